internal import Records

extension Settings {
  /// Read when everything else is known, because they refer to sources and to each other.
  static let planKeys: Set<String> = [
    "groups", "campaigns", "targets", "key_projects", "pairs", "vocabulary", "ledgers",
    "assessment",
  ]

  mutating func readPlan(_ root: YAMLNode) throws(YAMLError) {
    if let node = root["groups"] { plan.groups = try SettingsReader.groups(node) }
    if let node = root["campaigns"] { plan.campaigns = try SettingsReader.campaigns(node) }
    if let node = root["key_projects"] {
      plan.projects = try SettingsReader.keyProjects(node)
      plan.asksForAccounts = true
    }
    if let node = root["pairs"] { plan.pairs = try SettingsReader.pairs(node) }
    if let node = root["vocabulary"] {
      plan.vocabulary = try SettingsReader.vocabulary(node, sources: sources)
    }
    if let node = root["ledgers"] {
      plan.ledgers = try SettingsReader.ledgerRules(node, sources: sources)
      plan.asksForAccounts = true
    }
    if let node = root["assessment"] {
      plan.assessment = try SettingsReader.assessment(node, sources: sources)
    }
    if let node = root["targets"] {
      plan.targets = try TargetReader(sources: sources, plan: plan).targets(node)
    }
  }
}

extension SettingsReader {
  /// The entries of a mapping, none of whose keys is unknown: a misspelt key would be a wish that nobody
  /// hears.
  @discardableResult
  static func entries(
    _ node: YAMLNode, known: [String]
  ) throws(YAMLError) -> [YAMLNode.Entry] {
    let entries = try mapping(node)
    if let stranger = entries.first(where: { !known.contains($0.key) }) {
      throw YAMLError(
        "key '\(stranger.key)' is not known here; known are \(known.joined(separator: ", "))",
        at: stranger.keyPlace)
    }
    return entries
  }

  static func required(_ node: YAMLNode, _ key: String) throws(YAMLError) -> YAMLNode {
    guard let value = node[key] else { throw node.error("'\(key)' is missing") }
    return value
  }

  static func list(_ node: YAMLNode) throws(YAMLError) -> [YAMLNode] {
    guard let elements = node.elements else {
      throw node.error("a list is expected here: [ …, … ]")
    }
    return elements
  }

  /// A list of texts, or a single one.
  static func texts(_ node: YAMLNode?) throws(YAMLError) -> [String] {
    guard let node else { return [] }
    var texts: [String] = []
    for element in node.elements ?? [node] { texts.append(try string(element)) }
    return texts
  }

  static func bilinguals(_ node: YAMLNode?) throws(YAMLError) -> [Bilingual] {
    guard let node else { return [] }
    var texts: [Bilingual] = []
    for element in try list(node) { texts.append(try bilingual(element)) }
    return texts
  }

  static func day(_ node: YAMLNode) throws(YAMLError) -> Day {
    guard let day = node.string.flatMap({ Day($0) }) else {
      throw node.error("a day as 2021-09-15 is expected here")
    }
    return day
  }

  static func exact(_ node: YAMLNode) throws(YAMLError) -> ExactNumber {
    guard let number = node.string.flatMap(ExactNumber.init) else {
      throw node.error("a number as 12, 0.95 or 95% is expected here")
    }
    return number
  }

  static func title(_ node: YAMLNode, or name: String) throws(YAMLError) -> Bilingual {
    try node["title"].map { node throws(YAMLError) in try bilingual(node) }
      ?? Bilingual(zh: name, en: name)
  }

  /// A name of a source and a name of one of its metrics, as `issues.closure_rate`.
  static func metric(
    _ node: YAMLNode, sources: [Source]
  ) throws(YAMLError) -> (source: String, metric: Metric) {
    let text = try string(node)
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw node.error("a metric as 'training.coverage' is expected here")
    }
    let metrics: [Metric]
    switch parts[0] {
    case "staff": metrics = Metric.staff
    case "volunteers": metrics = Metric.volunteers
    default:
      guard let source = sources.first(where: { $0.name == parts[0] }) else {
        let known = sources.map(\.name) + ["staff", "volunteers"]
        throw node.error("'\(parts[0])' is no source; known are \(known.joined(separator: ", "))")
      }
      metrics = Metric.metrics(of: source.family)
    }
    guard let metric = metrics.first(where: { $0.name == parts[1] }) else {
      throw node.error(
        "'\(parts[0])' has no metric '\(parts[1])'; it has "
          + metrics.map(\.name).joined(separator: ", "))
    }
    return (parts[0], metric)
  }
}
