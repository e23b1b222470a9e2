internal import Records

extension SettingsReader {
  /// `{phrase: {zh: …, en: …}}`: the hospital's own words for phrases of the text.
  static func wording(_ node: YAMLNode) throws(YAMLError) -> [Phrase: Bilingual] {
    var result: [Phrase: Bilingual] = [:]
    for entry in try mapping(node) {
      guard let phrase = Phrase(rawValue: entry.key) else {
        throw entry.value.error(
          "there is no phrase '\(entry.key)'; 'halfyear metrics --wording' lists them")
      }
      // What is worded in one language alone stays as it is in the other.
      var words = phrase.standard
      if let chinese = entry.value["zh"] { words.chinese = try worded(chinese, phrase) }
      if let english = entry.value["en"] { words.english = try worded(english, phrase) }
      guard entry.value["zh"] != nil || entry.value["en"] != nil else {
        throw entry.value.error("the wording is given by language: {zh: …, en: …}")
      }
      result[phrase] = words
    }
    return result
  }

  private static func worded(_ node: YAMLNode, _ phrase: Phrase) throws(YAMLError) -> String {
    let text = try string(node)
    if let objection = phrase.objection(to: text) { throw node.error(objection) }
    return text
  }
}
