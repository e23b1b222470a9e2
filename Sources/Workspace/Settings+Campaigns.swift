internal import Records

extension SettingsReader {
  /// `{leaders: {title: …, values: [领导]}}`; a group without values is that of its own name.
  static func groups(_ node: YAMLNode) throws(YAMLError) -> [PeopleGroup] {
    var groups: [PeopleGroup] = []
    for entry in try mapping(node) {
      if !entry.value.isNull { try entries(entry.value, known: ["title", "values"]) }
      let values = try texts(entry.value["values"])
      groups.append(
        PeopleGroup(
          name: entry.key, title: try title(entry.value, or: entry.key),
          values: values.isEmpty ? [entry.key] : values))
    }
    return groups
  }

  /// A list of campaigns, each with its phases in the order of their days.
  static func campaigns(_ node: YAMLNode) throws(YAMLError) -> [Campaign] {
    var campaigns: [Campaign] = []
    for element in try list(node) {
      try entries(element, known: ["name", "title", "phases"])
      let nameNode = try required(element, "name")
      let name = try string(nameNode)
      guard !campaigns.contains(where: { $0.name == name }) else {
        throw nameNode.error("a campaign named '\(name)' is there already")
      }
      campaigns.append(
        Campaign(
          name: name, title: try title(element, or: name),
          phases: try phases(required(element, "phases"))))
    }
    return campaigns
  }

  private static func phases(_ node: YAMLNode) throws(YAMLError) -> [Phase] {
    var phases: [Phase] = []
    for element in try list(node) {
      try entries(element, known: ["name", "title", "first_day", "last_day", "deliverables"])
      let nameNode = try required(element, "name")
      let name = try string(nameNode)
      guard !phases.contains(where: { $0.name == name }) else {
        throw nameNode.error("a phase named '\(name)' is there already")
      }
      let period = try period(element)
      if let earlier = phases.last, period.first <= earlier.period.last {
        throw try required(element, "first_day").error(
          "the phase begins before '\(earlier.name)' has ended on \(earlier.period.last)")
      }
      phases.append(
        Phase(
          name: name, title: try title(element, or: name), period: period,
          deliverables: try bilinguals(element["deliverables"])))
    }
    guard !phases.isEmpty else { throw node.error("a campaign has at least one phase") }
    return phases
  }

  private static func period(_ node: YAMLNode) throws(YAMLError) -> Period {
    let first = try day(required(node, "first_day"))
    let lastNode = try required(node, "last_day")
    guard let period = Period(from: first, through: try day(lastNode)) else {
      throw lastNode.error("the last day lies before the first")
    }
    return period
  }

  /// A list of key projects; each is found in the ledger `projects` by its name, as id or title there.
  static func keyProjects(_ node: YAMLNode) throws(YAMLError) -> [KeyProject] {
    var projects: [KeyProject] = []
    let known = ["name", "title", "leader", "department", "due_on", "acceptance_standard"]
    for element in try list(node) {
      try entries(element, known: known)
      let nameNode = try required(element, "name")
      let name = try string(nameNode)
      guard !projects.contains(where: { $0.name == name }) else {
        throw nameNode.error("a key project named '\(name)' is there already")
      }
      projects.append(
        KeyProject(
          name: name, title: try title(element, or: name),
          leader: try element["leader"].map { node throws(YAMLError) in try string(node) } ?? "",
          department: try element["department"].map { node throws(YAMLError) in
            try string(node)
          } ?? "",
          due: try element["due_on"].map { node throws(YAMLError) in try day(node) },
          acceptance: try bilingual(required(element, "acceptance_standard"))))
    }
    return projects
  }

  /// `{department: partner}` or `{department: [partner, …]}`.
  static func pairs(
    _ node: YAMLNode
  ) throws(YAMLError) -> [(department: String, partners: [String])] {
    var pairs: [(department: String, partners: [String])] = []
    for entry in try mapping(node) {
      let partners = try texts(entry.value)
      guard !partners.isEmpty else {
        throw entry.value.error("at least one department is expected")
      }
      pairs.append((entry.key, partners))
    }
    return pairs
  }
}
