import Records
import Workspace

/// The totals of one activity in a span of days, and what chance does not decide.
struct ActivityTarget: Sendable {
  let events: Int
  let participations: Int
  /// Distinct people among the lists; nil where it does not matter.
  let people: Int?
  /// Events that state a head count and have no list.
  let withoutList: Int
  /// The exact number of events of each form; empty where chance decides.
  let forms: [(name: String, events: Int)]
  /// What the events are about, one after the other; empty where chance decides.
  let subjects: [String]
  /// The days of the events, one after the other; empty where chance decides.
  let days: [Day]
  /// The length of each event in half hours; nil where chance decides.
  let halfHours: Int?
  /// Only people of these groups take part; empty for all.
  let groups: [String]
  /// The departments that hold the events, one after the other; empty where chance decides.
  let hosts: [String]
  /// All events are equally large.
  let isEven: Bool

  init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(known: [
      "events", "participations", "people", "without_list", "forms", "subjects", "days",
      "half_hours", "groups", "hosts", "even",
    ])
    events = try node.required(count: "events")
    participations = try node.required(count: "participations")
    people = try node["people"]?.count()
    withoutList = try node.count("without_list")
    forms = try node.counts("forms").map { (name: $0.name, events: $0.count) }
    subjects = try node.texts("subjects")
    days = try node.days("days")
    halfHours = try node["half_hours"]?.count()
    groups = try node.texts("groups")
    hosts = try node.texts("hosts")
    isEven = node["even"]?.flag ?? false
    let stated = forms.reduce(0) { $0 + $1.events }
    guard forms.isEmpty || stated == events else {
      throw node.error("the forms add up to \(stated), not to \(events) events")
    }
    guard withoutList <= events, participations >= events, people ?? 0 <= participations,
      events > 0 || participations == 0
    else { throw node.error("there are fewer participations than events or people") }
  }
}

extension YAMLNode {
  /// Names with a whole number each, in the order of the text; none where the key is absent.
  func counts(_ key: String) throws(YAMLError) -> [(name: String, count: Int)] {
    var counts: [(name: String, count: Int)] = []
    for entry in try self[key]?.entries() ?? [] {
      counts.append((entry.key, try entry.value.count()))
    }
    return counts
  }

  /// The days of a list; none where the key is absent.
  func days(_ key: String) throws(YAMLError) -> [Day] {
    var days: [Day] = []
    for element in self[key]?.elements ?? [] { days.append(try element.day()) }
    return days
  }
}
