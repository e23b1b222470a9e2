import Records
import Workspace

/// The totals of one ledger in a span of days, and what chance does not decide.
struct LedgerTarget: Sendable {
  /// Items raised at each level.
  let hospital, department, individual: Int
  /// Distinct people among the individual items; nil where it does not matter.
  let people: Int?
  let partyMembersOnly: Bool
  /// Of 100 items, how many state a measure.
  let measuresPercent: Int
  /// The exact number of items with each value of a column; empty where chance decides.
  let labels: [Label: [(name: String, count: Int)]]
  /// What stands in the items' texts, one after the other; empty for none.
  let titles, leaders, owners, acceptance: [String]
  /// The departments of the items above the individual, one after the other.
  /// `*` stands for every department in turn.
  let hosts: [String]
  /// The people of this group lead the items, one after the other, and are named by them.
  let leadersOf: String
  let due: Day?
  /// Of 100 items, how many are closed by their deadline and by the last day; nil where chance decides.
  let closedPercent: Int?
  /// Of 100 closed items, how many are re-checked, and of 100 of these how many are opened again.
  let recheckedPercent: Int?
  let reopenedPercent: Int
  /// Of 100 open items, how many are postponed.
  let postponedPercent: Int
  /// Items that are given one by one, beside the others.
  let items: [NamedItem]

  enum Label: String, CaseIterable, Sendable {
    case category = "categories"
    case source = "sources"
    case aspect = "aspects"
    case origin = "origins"
  }

  var count: Int { hospital + department + individual }

  init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(
      known: Set(
        [
          "hospital", "department", "individual", "people", "party_members_only",
          "measures_percent", "titles", "leaders", "leaders_of", "owners", "acceptance", "hosts",
          "due_on",
          "closed_percent", "rechecked_percent", "reopened_percent", "postponed_percent", "items",
        ] + Label.allCases.map(\.rawValue)))
    hospital = try node.count("hospital")
    department = try node.count("department")
    individual = try node.count("individual")
    people = try node["people"]?.count()
    partyMembersOnly = node["party_members_only"]?.flag ?? false
    measuresPercent = try node.count("measures_percent", or: 100)
    var labels: [Label: [(name: String, count: Int)]] = [:]
    for label in Label.allCases { labels[label] = try node.counts(label.rawValue) }
    self.labels = labels.filter { !$0.value.isEmpty }
    titles = try node.texts("titles")
    leaders = try node.texts("leaders")
    owners = try node.texts("owners")
    acceptance = try node.texts("acceptance")
    hosts = try node.texts("hosts")
    leadersOf = try node["leaders_of"]?.text() ?? ""
    due = try node["due_on"]?.day()
    closedPercent = try node["closed_percent"]?.count()
    recheckedPercent = try node["rechecked_percent"]?.count()
    reopenedPercent = try node.count("reopened_percent", or: 20)
    postponedPercent = try node.count("postponed_percent")
    var items: [NamedItem] = []
    for element in node["items"]?.elements ?? [] { items.append(try NamedItem(element)) }
    self.items = items
    try check(node)
  }

  private func check(_ node: YAMLNode) throws(YAMLError) {
    guard people ?? 0 <= individual else {
      throw node.error("there are fewer individual items than people")
    }
    for label in Label.allCases {
      guard let values = labels[label] else { continue }
      let stated = values.reduce(0) { $0 + $1.count }
      guard stated == count else {
        throw node.error("the \(label.rawValue) add up to \(stated), not to \(count) items")
      }
    }
  }
}

/// An item of a ledger as it is to stand in the file.
struct NamedItem: Sendable {
  let title, department, leader, owner, category, source, measure, acceptance: String
  let raised, due: Day
  let closed, rechecked, postponedTo, postponedOn: Day?
  let isReopened: Bool

  init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(known: [
      "title", "department", "leader", "owner", "category", "source", "measure", "acceptance",
      "raised_on", "due_on", "closed_on", "rechecked_on", "reopened", "postponed_to",
      "postponed_on",
    ])
    title = try node.required("title").text()
    department = try node.required("department").text()
    leader = try node["leader"]?.text() ?? ""
    owner = try node["owner"]?.text() ?? ""
    category = try node["category"]?.text() ?? ""
    source = try node["source"]?.text() ?? ""
    measure = try node["measure"]?.text() ?? ""
    acceptance = try node["acceptance"]?.text() ?? ""
    raised = try node.required("raised_on").day()
    due = try node.required("due_on").day()
    closed = try node["closed_on"]?.day()
    rechecked = try node["rechecked_on"]?.day()
    postponedTo = try node["postponed_to"]?.day()
    postponedOn = try node["postponed_on"]?.day()
    isReopened = node["reopened"]?.flag ?? false
  }
}
