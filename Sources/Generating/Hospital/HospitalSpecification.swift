import Records
import Workspace

/// What a hospital's data set must add up to.
struct HospitalSpecification: Sendable {
  let seed: UInt64
  /// The text of `hospital.yaml`, copied as it stands.
  let settings: String
  /// The last day on which anything happened; only deadlines lie after it.
  let lastDay: Day
  /// The tables that are written with Chinese headings and values.
  let chineseTables: [String]
  let staff: StaffTarget
  let departments: [DepartmentTarget]
  /// The totals of half-years, or of any other spans of days; these may overlap.
  let halves: [HalfTarget]
  /// The standard sources and those of the settings.
  let sources: [Source]
  let faults: [Fault: Int]

  init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(known: [
      "model", "seed", "hospital", "last_day", "chinese_tables", "staff", "departments", "halves",
      "spans", "faults",
    ])
    seed = UInt64(try node.required(count: "seed"))
    settings = try node.required("hospital").text()
    sources = try Settings(yaml: Array(settings.utf8)).sources
    lastDay = try node.required("last_day").day()
    chineseTables = try node.texts("chinese_tables")
    staff = try StaffTarget(node.required("staff"))
    departments = try DepartmentTarget.list(node.required("departments"))
    guard node["halves"] != nil || node["spans"] != nil else {
      throw node.error("'halves' or 'spans' are missing")
    }
    halves =
      try HalfTarget.list(node["halves"], of: [.half], sources)
      + HalfTarget.list(node["spans"], of: nil, sources)
    faults = try Fault.counts(node["faults"])
    guard staff.employees >= departments.count else {
      throw node.error("there are fewer employees than departments")
    }
    if let late = halves.first(where: { $0.period.last > lastDay }) {
      throw node.error("\(late.period) ends after the last day")
    }
  }
}

/// The staff on the last day, and how it came about.
struct StaffTarget: Sendable {
  let employees: Int
  let trainees: Int
  /// Employees who are registered volunteers.
  let volunteers: Int
  let partyMembers: Int
  /// Employees who joined between the first half's first day and the last day.
  let joined: Int
  /// Employees who left in that time; they come on top of `employees`.
  let left: Int

  var headCount: Int { employees + trainees }

  init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(known: [
      "employees", "trainees", "volunteers", "party_members", "joined", "left",
    ])
    employees = try node.required(count: "employees")
    trainees = try node.required(count: "trainees")
    volunteers = try node.required(count: "volunteers")
    partyMembers = try node.required(count: "party_members")
    joined = try node.count("joined")
    left = try node.count("left")
    guard volunteers <= employees, partyMembers <= employees, joined <= employees else {
      throw node.error("volunteers, party members and joined are employees: at most \(employees)")
    }
  }
}

struct DepartmentTarget: Sendable {
  let name: String
  let aliases: [String]
  let category: String
  let branch: String
  /// The name of the department that it looks after; empty for none.
  let pairedWith: String
  /// Its share of the staff, in people before rounding.
  let size: Int
  /// Halves in which it held nothing.
  let quiet: [String]
  /// The group of all its people, and their roles, the head's first; where they are not as usual.
  let group: String?
  let roles: [String]

  static func list(_ node: YAMLNode) throws(YAMLError) -> [DepartmentTarget] {
    guard let elements = node.elements, !elements.isEmpty else {
      throw node.error("a list of departments is expected")
    }
    var list: [DepartmentTarget] = []
    for element in elements { list.append(try DepartmentTarget(element)) }
    return list
  }

  private init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(known: [
      "name", "aliases", "category", "branch", "paired_with", "size", "quiet", "group", "roles",
    ])
    name = try node.required("name").text()
    aliases = try node.texts("aliases")
    category = try node.required("category").text()
    branch = try node.required("branch").text()
    pairedWith = try node["paired_with"]?.text() ?? ""
    size = max(1, try node.required(count: "size"))
    quiet = try node.texts("quiet")
    group = try node["group"]?.text()
    roles = try node.texts("roles")
  }
}

/// The totals of one half-year, or of another span of days.
struct HalfTarget: Sendable {
  let period: Period
  let activities: [(source: String, target: ActivityTarget)]
  let ledgers: [(source: String, target: LedgerTarget)]

  /// - Parameter kinds: the kinds of periods that may stand there; nil for any.
  static func list(
    _ node: YAMLNode?, of kinds: [Period.Kind]?, _ sources: [Source]
  ) throws(YAMLError) -> [HalfTarget] {
    guard let node else { return [] }
    var list: [HalfTarget] = []
    for entry in try node.entries() {
      guard let period = Period(entry.key), kinds?.contains(period.kind) != false else {
        let wanted = kinds == nil ? "a period as 2021-09-01..2021-09-15" : "a half-year as 2023H1"
        throw YAMLError("\(wanted) is expected", at: entry.keyPlace)
      }
      list.append(try HalfTarget(period, entry.value, sources))
    }
    return list.sorted { $0.period.first < $1.period.first }
  }

  private init(_ period: Period, _ node: YAMLNode, _ sources: [Source]) throws(YAMLError) {
    var activities: [(source: String, target: ActivityTarget)] = []
    var ledgers: [(source: String, target: LedgerTarget)] = []
    for entry in try node.entries() {
      guard let source = sources.first(where: { $0.name == entry.key }) else {
        throw YAMLError("'\(entry.key)' is no source", at: entry.keyPlace)
      }
      // A source may have several parts in a span, as study sessions and lectures.
      for part in entry.value.elements ?? [entry.value] {
        switch source.family {
        case .activity: activities.append((source.name, try ActivityTarget(part)))
        case .ledger: ledgers.append((source.name, try LedgerTarget(part)))
        }
      }
    }
    self.period = period
    self.activities = activities
    self.ledgers = ledgers
  }
}
