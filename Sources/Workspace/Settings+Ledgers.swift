internal import Records

extension SettingsReader {
  static func ledgerRules(
    _ node: YAMLNode, sources: [Source]
  ) throws(YAMLError) -> LedgerRules {
    var rules = LedgerRules()
    let known = ["due_soon_days", "age_bands", "recurrence_days", "listed"]
    if node.isNull { return rules }
    for entry in try entries(node, known: known) {
      switch entry.key {
      case "due_soon_days": rules.dueSoonDays = try number(entry.value, in: 0...366)
      case "recurrence_days": rules.recurrenceDays = try number(entry.value, in: 1...3660)
      case "age_bands": rules.ageBands = try ageBands(entry.value)
      default: rules.listed = try ledgerNames(entry.value, sources)
      }
    }
    return rules
  }

  private static func ageBands(_ node: YAMLNode) throws(YAMLError) -> [Int] {
    var bands: [Int] = []
    for element in try list(node) {
      let days = try number(element, in: 0...36_600)
      guard bands.last ?? -1 < days else { throw element.error("the bands' ends must rise") }
      bands.append(days)
    }
    guard (1...12).contains(bands.count) else {
      throw node.error("1 to 12 bands are expected here")
    }
    return bands
  }

  private static func ledgerNames(
    _ node: YAMLNode, _ sources: [Source]
  ) throws(YAMLError) -> [String] {
    var names: [String] = []
    for element in try list(node) {
      let name = try string(element)
      guard sources.contains(where: { $0.name == name && $0.family == .ledger }) else {
        throw element.error("'\(name)' is no ledger")
      }
      names.append(name)
    }
    return names
  }

  /// `{issues: {category: [{zh: …, en: …}, …], source: […], aspect: […]}}`.
  static func vocabulary(
    _ node: YAMLNode, sources: [Source]
  ) throws(YAMLError) -> [String: Vocabulary] {
    var result: [String: Vocabulary] = [:]
    for entry in try mapping(node) {
      guard let source = sources.first(where: { $0.name == entry.key }) else {
        throw YAMLError("'\(entry.key)' is no source", at: entry.keyPlace)
      }
      let columns =
        source.family == .ledger ? ["category", "source", "aspect"] : ["form", "kind", "shift"]
      var vocabulary = Vocabulary()
      for column in try entries(entry.value, known: columns) {
        vocabulary.values[column.key] = try bilinguals(column.value)
      }
      result[entry.key] = vocabulary
    }
    return result
  }
}
