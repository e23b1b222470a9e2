public import Records

/// What `hospital.yaml` says.
public struct Settings: Sendable {
  public var name: Bilingual
  /// The standard sources, and those that the hospital adds.
  public var sources: [Source] = Source.standard
  /// The language of the workbook and of messages.
  public var language = Language.chinese
  public var rounding = RoundingRule.halfUp
  /// Counts below this are hidden in what is circulated.
  public var disclosureThreshold = 5
  /// Further headings by file: what a department writes (lower case) to the canonical heading.
  public var headings: [String: [String: String]] = [:]
  /// Further names of departments by id.
  public var departmentAliases: [String: [String]] = [:]
  /// The largest share of rejected rows, in hundredths, with which a report is still issued.
  public var rejectedShareLimit = 50
  /// Campaigns, targets and what else a hospital has planned.
  public var plan = Plan()
  /// The hospital's own words for phrases of the text.
  public var wording: [Phrase: Bilingual] = [:]
  /// How many days behind a period's last day its files are to be there; nil where it is not said.
  public var submissionDueDays: Int?
  /// A workbook and texts for each department come with every report for the office.
  public var hasDepartmentPacks = false
  /// Which departments figures are told of.
  public var departmentView = DepartmentView.asWas
  /// Keys that this version does not use, with their places; told, never silently passed over.
  public var unused: [(key: String, place: YAMLPlace)] = []

  public init(name: Bilingual) { self.name = name }
}

extension Settings {
  /// Reads the settings from a YAML text.
  ///
  /// - Throws: `YAMLError` with line and column for whatever is not as it must be.
  public init(yaml: [UInt8]) throws(YAMLError) {
    let root = try YAMLNode.parse(yaml)
    guard let entries = root.entries else {
      throw root.error("the settings must be a list of keys, beginning with 'name'")
    }
    guard let name = root["name"] else { throw root.error("'name' is missing: {zh: …, en: …}") }
    self.init(name: try SettingsReader.bilingual(name))
    for entry in entries { try read(entry) }
    try readPlan(root)
  }

  private mutating func read(_ entry: YAMLNode.Entry) throws(YAMLError) {
    let value = entry.value
    switch entry.key {
    case "name": break
    case _ where Settings.planKeys.contains(entry.key): break
    case "sources": sources += try SettingsReader.sources(value)
    case "language": language = try SettingsReader.choice(value)
    case "rounding": rounding = try SettingsReader.choice(value)
    case "disclosure_threshold":
      disclosureThreshold = try SettingsReader.number(value, in: 0...1000)
    case "max_rejected_percent":
      rejectedShareLimit = try SettingsReader.number(value, in: 0...100)
    case "headings": headings = try SettingsReader.headings(value)
    case "wording": wording = try SettingsReader.wording(value)
    case "submission": try readSubmission(value)
    case "department_view": departmentView = try SettingsReader.choice(value)
    case "department_packs": hasDepartmentPacks = try SettingsReader.flag(value)
    case "aliases": departmentAliases = try SettingsReader.aliases(value)
    default: unused.append((entry.key, entry.keyPlace))
    }
  }
}

/// Strict readers of the kinds of values that settings have.
enum SettingsReader {
  static func string(_ node: YAMLNode) throws(YAMLError) -> String {
    guard let text = node.string, !text.isEmpty else { throw node.error("a text is expected here") }
    return text
  }

  static func bilingual(_ node: YAMLNode) throws(YAMLError) -> Bilingual {
    if let text = node.string, !text.isEmpty { return Bilingual(zh: text, en: text) }
    guard let chinese = node["zh"] ?? node["en"], let english = node["en"] ?? node["zh"] else {
      throw node.error("a name in two languages is expected here: {zh: …, en: …}")
    }
    return Bilingual(zh: try string(chinese), en: try string(english))
  }

  static func number(_ node: YAMLNode, in range: ClosedRange<Int>) throws(YAMLError) -> Int {
    guard let number = node.int, range.contains(number) else {
      throw node.error(
        "a whole number from \(range.lowerBound) to \(range.upperBound) is expected here")
    }
    return number
  }

  /// `true` or `false`.
  static func flag(_ node: YAMLNode) throws(YAMLError) -> Bool {
    switch node.string {
    case "true": return true
    case "false": return false
    default: throw node.error("'true' or 'false' is expected here")
    }
  }

  static func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: YAMLNode
  ) throws(YAMLError) -> Choice where Choice.RawValue == String {
    guard let text = node.string, let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw node.error("one of \(known) is expected here")
    }
    return choice
  }

  /// `{file: {heading: canonical}}`.
  static func headings(_ node: YAMLNode) throws(YAMLError) -> [String: [String: String]] {
    var result: [String: [String: String]] = [:]
    for file in try mapping(node) {
      for heading in try mapping(file.value) {
        let folded = heading.key.lowercased().filter { !$0.isWhitespace }
        result[file.key, default: [:]][folded] = try string(heading.value)
      }
    }
    return result
  }

  /// `{department id: [name, …]}` or `{department id: name}`.
  static func aliases(_ node: YAMLNode) throws(YAMLError) -> [String: [String]] {
    var result: [String: [String]] = [:]
    for entry in try mapping(node) {
      for name in entry.value.elements ?? [entry.value] {
        result[entry.key, default: []].append(try string(name))
      }
    }
    return result
  }

  static func mapping(_ node: YAMLNode) throws(YAMLError) -> [YAMLNode.Entry] {
    if node.isNull { return [] }
    guard let entries = node.entries else { throw node.error("keys with values are expected here") }
    return entries
  }

  /// Further sources: a mapping from names to declarations, or a list of declarations with a name.
  static func sources(_ node: YAMLNode) throws(YAMLError) -> [Source] {
    var result: [Source] = []
    var declarations: [(name: YAMLNode?, key: String?, body: YAMLNode)] = []
    if let elements = node.elements {
      declarations = elements.map { ($0["name"], nil, $0) }
    } else {
      declarations = try mapping(node).map { (nil, $0.key, $0.value) }
    }
    for declaration in declarations {
      var name = declaration.key
      if name == nil, let node = declaration.name { name = try string(node) }
      guard let name else { throw declaration.body.error("the source has no 'name'") }
      let known = Source.standard.map(\.name) + result.map(\.name) + ["staff", "volunteers"]
      guard !known.contains(name) else {
        throw declaration.body.error("a source named '\(name)' is there already")
      }
      guard isIdentifier(name) else {
        throw declaration.body.error(
          "the name '\(name)' may have lower-case letters, digits and '_' only")
      }
      result.append(try source(name, declaration.body))
    }
    return result
  }

  private static func isIdentifier(_ name: String) -> Bool {
    name.utf8.first.map { (97...122).contains($0) } == true
      && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
  }

  private static func source(_ name: String, _ node: YAMLNode) throws(YAMLError) -> Source {
    let familyNode = node["family"] ?? node
    guard let text = familyNode.string, let family = Family(rawValue: text) else {
      throw familyNode.error("the family is 'activity' or 'ledger'")
    }
    var title = Bilingual(zh: name, en: name)
    if let node = node["title"] ?? node["label"] { title = try bilingual(node) }
    let file = try optionalString(node["file"] ?? node["events"] ?? node["items"]) ?? name
    guard family == .activity else { return .ledger(name, title, file: file) }
    let participation = try optionalString(node["participation"]) ?? "\(name)_participation"
    let singular = name.hasSuffix("s") ? String(name.dropLast()) : name
    let event = try optionalString(node["event_column"]) ?? "\(singular)_id"
    return .activity(
      name, title, events: file, participation: participation, event: event, isOpen: true)
  }

  private static func optionalString(_ node: YAMLNode?) throws(YAMLError) -> String? {
    guard let node else { return nil }
    return try string(node)
  }
}
