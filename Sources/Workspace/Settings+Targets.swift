internal import Records

/// Reads targets, which refer to sources, groups and phases.
struct TargetReader {
  let sources: [Source]
  let plan: Plan

  private static let keys = [
    "name", "title", "metric", "at_least", "at_most", "scope", "period", "phase", "group", "where",
    "every", "each", "categories", "owner", "decided_on",
  ]
  /// What can be counted for some records, some people or each person.
  private static let ofRecords: Set<Measure> = [
    .events, .participations, .people, .hours, .coverage, .raised, .withMeasure, .closed,
    .closureRate, .peopleRaised,
  ]
  private static let ofPersons: Set<Measure> = [
    .participations, .hours, .raised, .closed,
  ]

  func targets(_ node: YAMLNode) throws(YAMLError) -> [Target] {
    var targets: [Target] = []
    for element in try SettingsReader.list(node) {
      let target = try target(element)
      guard !targets.contains(where: { $0.name == target.name }) else {
        throw (element["name"] ?? element).error("a target named '\(target.name)' is there already")
      }
      targets.append(target)
    }
    return targets
  }

  private func target(_ node: YAMLNode) throws(YAMLError) -> Target {
    try SettingsReader.entries(node, known: TargetReader.keys)
    let name = try SettingsReader.string(SettingsReader.required(node, "name"))
    let (source, metric) = try SettingsReader.metric(
      SettingsReader.required(node, "metric"), sources: sources)
    var scope = Target.Scope.hospital
    if let node = node["scope"] { scope = try SettingsReader.choice(node) }
    let (period, phase) = try span(node)
    let target = Target(
      name: name, title: try SettingsReader.title(node, or: name), source: source,
      metric: metric.name, limit: try limit(node), scope: scope, period: period, phase: phase,
      group: try group(node), condition: try condition(node, source),
      every: try node["every"].map { node throws(YAMLError) in try SettingsReader.choice(node) },
      each: try node["each"].map { node throws(YAMLError) in try values(node, source) },
      categories: try SettingsReader.texts(node["categories"]),
      owner: try node["owner"].map { node throws(YAMLError) in try SettingsReader.string(node) }
        ?? "",
      decidedOn: try node["decided_on"].map { node throws(YAMLError) in
        try SettingsReader.day(node)
      })
    try check(target, metric, node)
    return target
  }

  /// What the records themselves are asked for must be something that they can tell.
  private func check(_ target: Target, _ metric: Metric, _ node: YAMLNode) throws(YAMLError) {
    if let node = node["categories"], [.hospital, .branch].contains(target.scope) {
      throw node.error("'categories' go with the scope 'department' or 'person'")
    }
    guard target.needsRecords else { return }
    let place = node["metric"] ?? node
    let allowed = target.scope == .person ? TargetReader.ofPersons : TargetReader.ofRecords
    guard allowed.contains(metric.measure), !["staff", "volunteers"].contains(target.source) else {
      let names = (Metric.activity + Metric.ledger).filter { allowed.contains($0.measure) }
        .map(\.name)
      throw place.error(
        "with 'group', 'where', 'every', 'each' or scope 'person' the metric is one of "
          + names.joined(separator: ", "))
    }
    if target.isRepeated, metric.kind == .share {
      throw place.error("with 'every' or 'each' the metric is a count or a sum")
    }
    if target.every != nil, let period = target.period, period.length > 3700 {
      throw (node["period"] ?? node["phase"] ?? place).error("with 'every' it is ten years at most")
    }
    if target.scope == .person, target.isRepeated || target.limit.atLeast == nil {
      throw place.error("of each person 'at_least' is wanted, without 'every' and 'each'")
    }
  }

  private func limit(_ node: YAMLNode) throws(YAMLError) -> Target.Limit {
    let least = try node["at_least"].map { node throws(YAMLError) in try SettingsReader.exact(node)
    }
    let most = try node["at_most"].map { node throws(YAMLError) in try SettingsReader.exact(node) }
    guard least != nil || most != nil else {
      throw node.error("'at_least' or 'at_most' is missing")
    }
    if let least, let most, most < least {
      throw (node["at_most"] ?? node).error("'at_most' is less than 'at_least'")
    }
    return Target.Limit(atLeast: least, atMost: most)
  }

  private func span(_ node: YAMLNode) throws(YAMLError) -> (Period?, Phase?) {
    if let periodNode = node["period"] {
      guard node["phase"] == nil else { throw periodNode.error("'period' or 'phase', not both") }
      let text = try SettingsReader.string(periodNode)
      guard let period = Period(text) else {
        throw periodNode.error("a period as 2023H1 or 2021-09-01..2021-12-31 is expected here")
      }
      return (period, nil)
    }
    guard let phaseNode = node["phase"] else { return (nil, nil) }
    let name = try SettingsReader.string(phaseNode)
    if let phase = plan.campaigns.flatMap(\.phases).first(where: { $0.name == name }) {
      return (phase.period, phase)
    }
    if let (title, period) = plan.period(named: name) {
      return (period, Phase(name: name, title: title, period: period))
    }
    throw phaseNode.error(
      "'\(name)' is no phase; known are \(plan.periodNames.joined(separator: ", "))")
  }

  private func group(_ node: YAMLNode) throws(YAMLError) -> String? {
    guard let node = node["group"] else { return nil }
    let name = try SettingsReader.string(node)
    guard plan.groups.contains(where: { $0.name == name }) else {
      throw node.error(
        "'\(name)' is no group; known are \(plan.groups.map(\.name).joined(separator: ", "))")
    }
    return name
  }

  /// `{form: 义诊}`: one column and its value.
  private func condition(
    _ node: YAMLNode, _ source: String
  ) throws(YAMLError) -> Target.Condition? {
    guard let node = node["where"] else { return nil }
    let columns =
      family(of: source) == .activity
      ? ["form", "kind", "shift"] : ["level", "category", "source", "aspect", "origin"]
    let entries = try SettingsReader.entries(node, known: columns)
    guard entries.count == 1 else { throw node.error("one column and its value are expected here") }
    let value = try SettingsReader.string(entries[0].value)
    guard entries[0].key != "origin" || ["old", "new"].contains(value) else {
      throw entries[0].value.error("the origin is 'old' or 'new'")
    }
    return Target.Condition(column: entries[0].key, spellings: [value])
  }

  private func family(of source: String) -> Family {
    sources.first { $0.name == source }?.family ?? .activity
  }

  /// `shift`: a column whose values the vocabulary lists, for what has no value yet has no row either.
  private func values(_ node: YAMLNode, _ source: String) throws(YAMLError) -> Target.Values {
    let column = try SettingsReader.string(node)
    guard let all = plan.vocabulary[source]?.values[column], !all.isEmpty else {
      throw node.error(
        "the values of '\(column)' are to be listed, as vocabulary: {\(source): {\(column): […]}}")
    }
    return Target.Values(column: column, all: all)
  }
}
