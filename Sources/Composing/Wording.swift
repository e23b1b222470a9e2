import Records
import ReportModel

/// Says the same facts in one of the two languages.
///
/// Every sentence is declared once, in both languages side by side, with the same values; so what one
/// language says, the other says too.
struct Wording: Sendable {
  let language: Language
  let numbers: NumberText

  /// The hospital's own words for phrases.
  let phrases: [Phrase: Bilingual]

  /// Groups of people are compared in the departments' place, and called so.
  let isAboutGroups: Bool

  init(
    _ language: Language, rounding: RoundingRule, phrases: [Phrase: Bilingual] = [:],
    isAboutGroups: Bool = false
  ) {
    self.language = language
    self.phrases = phrases
    self.isAboutGroups = isAboutGroups
    numbers = NumberText(rule: rounding)
  }

  /// The places behind the point of everything that is not a whole number.
  static let places = 1

  /// The text in this language, with `{1}`, `{2}` … to `{9}` replaced by the values.
  func callAsFunction(_ chinese: String, _ english: String, _ values: String...) -> String {
    let template = language == .chinese ? chinese : english
    return fill(isAboutGroups ? Wording.aboutGroups(template) : template, values)
  }

  /// What is said of departments, said of groups of people.
  private static func aboutGroups(_ template: String) -> String {
    let nouns = [
      ("科室", "人群"), ("departments", "groups"), ("Departments", "Groups"), ("department", "group"),
      ("Department", "Group"),
    ]
    return nouns.reduce(template) { $0.replacing($1.0, with: $1.1) }
  }

  /// A whole number with its unit.
  func callAsFunction(_ chinese: String, _ english: String, count: Int) -> String {
    fill(language == .chinese ? chinese : english, [number(count)])
  }

  func number(_ count: Int) -> String { numbers.count(Int64(count)) }

  func share(_ part: Int, of whole: Int) -> String {
    numbers.share(Int64(part), of: Int64(whole), places: Wording.places)
  }

  /// A whole number and a noun, as `3 个科室`, `1 department`, `3 departments`.
  func amount(_ count: Int, _ chinese: String, _ singular: String, _ plural: String) -> String {
    number(count) + " " + (language == .chinese ? chinese : count == 1 ? singular : plural)
  }

  func departments(_ count: Int) -> String {
    amount(count, "个科室", "department", "departments")
  }

  /// Parts of one sentence that belong together.
  func joined(_ parts: [String]) -> String {
    parts.joined(separator: language == .chinese ? "，" : ", ")
  }

  /// Clauses of one sentence, with its full stop and, in English, its capital.
  func sentence(_ clauses: [String]) -> String {
    let text = clauses.joined(separator: language == .chinese ? "；" : "; ")
    return language == .chinese
      ? text + "。" : text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  /// What is said of something, and what is added to it: after a comma in Chinese, in brackets in
  /// English.
  func remark(_ text: String, _ additions: [String]) -> String {
    if additions.isEmpty { return text }
    return language == .chinese
      ? joined([text] + additions) : "\(text) (\(joined(additions)))"
  }

  /// Sentences of one paragraph.
  func paragraph(_ sentences: [String]) -> String {
    sentences.joined(separator: language == .chinese ? "" : " ")
  }

  /// Names one after the other, at most `limit` of them; where there are more, it says so.
  ///
  /// - Parameter total: how many there are, where not all of them are handed over.
  func list(_ names: [String], limit: Int = 10, total: Int? = nil) -> String {
    let shown = names.prefix(limit).joined(separator: language == .chinese ? "、" : ", ")
    return (total ?? names.count) > limit ? self("{1}等", "{1} and others", shown) : shown
  }

  private func fill(_ template: String, _ values: [String]) -> String {
    guard !values.isEmpty else { return template }
    // By bytes: thousands of sentences are filled, and characters cost ten times as much to tell apart.
    let bytes = template.utf8
    var text = ""
    var (plain, at) = (bytes.startIndex, bytes.startIndex)
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "{")) {
      at = bytes.index(after: open)
      guard at < bytes.endIndex else { break }
      let number = Int(bytes[at]) - Int(UInt8(ascii: "0"))
      let close = bytes.index(after: at)
      guard values.indices.contains(number - 1), close < bytes.endIndex,
        bytes[close] == UInt8(ascii: "}")
      else { continue }
      text += template[plain..<open]
      text += values[number - 1]
      at = bytes.index(after: close)
      plain = at
    }
    return text + template[plain...]
  }
}
