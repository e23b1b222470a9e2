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
  let halves: [HalfTarget]
  let faults: [Fault: Int]

  init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(known: [
      "model", "seed", "hospital", "last_day", "chinese_tables", "staff", "departments", "halves",
      "faults",
    ])
    seed = UInt64(try node.required(count: "seed"))
    settings = try node.required("hospital").text()
    _ = try YAMLNode.parse(Array(settings.utf8))
    lastDay = try node.required("last_day").day()
    chineseTables = try node.texts("chinese_tables")
    staff = try StaffTarget(node.required("staff"))
    departments = try DepartmentTarget.list(node.required("departments"))
    halves = try HalfTarget.list(node.required("halves"))
    faults = try Fault.counts(node["faults"])
    guard staff.employees >= departments.count else {
      throw node.error("there are fewer employees than departments")
    }
    if let late = halves.last, late.period.last > lastDay {
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
      "name", "aliases", "category", "branch", "paired_with", "size", "quiet",
    ])
    name = try node.required("name").text()
    aliases = try node.texts("aliases")
    category = try node.required("category").text()
    branch = try node.required("branch").text()
    pairedWith = try node["paired_with"]?.text() ?? ""
    size = max(1, try node.required(count: "size"))
    quiet = try node.texts("quiet")
  }
}

/// The totals of one half-year.
struct HalfTarget: Sendable {
  let period: Period
  let activities: [(source: String, target: ActivityTarget)]
  let ledgers: [(source: String, target: LedgerTarget)]

  static func list(_ node: YAMLNode) throws(YAMLError) -> [HalfTarget] {
    var list: [HalfTarget] = []
    for entry in try node.entries() {
      guard let period = Period(entry.key), period.kind == .half else {
        throw YAMLError("a half-year as 2023H1 is expected", at: entry.keyPlace)
      }
      list.append(try HalfTarget(period, entry.value))
    }
    return list.sorted { $0.period.first < $1.period.first }
  }

  private init(_ period: Period, _ node: YAMLNode) throws(YAMLError) {
    var activities: [(source: String, target: ActivityTarget)] = []
    var ledgers: [(source: String, target: LedgerTarget)] = []
    for entry in try node.entries() {
      guard let source = Source.standard.first(where: { $0.name == entry.key }) else {
        throw YAMLError("'\(entry.key)' is no source", at: entry.keyPlace)
      }
      switch source.family {
      case .activity: activities.append((source.name, try ActivityTarget(entry.value)))
      case .ledger: ledgers.append((source.name, try LedgerTarget(entry.value)))
      }
    }
    self.period = period
    self.activities = activities
    self.ledgers = ledgers
  }
}

struct ActivityTarget: Sendable {
  let events: Int
  let participations: Int
  /// Distinct people among the lists; nil where it does not matter.
  let people: Int?
  /// Events that state a head count and have no list.
  let withoutList: Int
  /// The exact number of events of each form; empty where chance decides.
  let forms: [(name: String, events: Int)]

  init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(known: ["events", "participations", "people", "without_list", "forms"])
    events = try node.required(count: "events")
    participations = try node.required(count: "participations")
    people = try node["people"]?.count()
    withoutList = try node.count("without_list")
    var forms: [(name: String, events: Int)] = []
    for entry in try node["forms"]?.entries() ?? [] {
      forms.append((entry.key, try entry.value.count()))
    }
    self.forms = forms
    let stated = forms.reduce(0) { $0 + $1.events }
    guard forms.isEmpty || stated == events else {
      throw node.error("the forms add up to \(stated), not to \(events) events")
    }
    guard withoutList <= events, participations >= events, people ?? 0 <= participations,
      events > 0 || participations == 0
    else { throw node.error("there are fewer participations than events or people") }
  }
}

struct LedgerTarget: Sendable {
  /// Items raised at each level.
  let hospital, department, individual: Int
  /// Distinct people among the individual items; nil where it does not matter.
  let people: Int?
  let partyMembersOnly: Bool
  /// Of 100 items, how many state a measure.
  let measuresPercent: Int

  init(_ node: YAMLNode) throws(YAMLError) {
    _ = try node.entries(known: [
      "hospital", "department", "individual", "people", "party_members_only", "measures_percent",
    ])
    hospital = try node.count("hospital")
    department = try node.count("department")
    individual = try node.count("individual")
    people = try node["people"]?.count()
    partyMembersOnly = node["party_members_only"]?.flag ?? false
    measuresPercent = try node.count("measures_percent", or: 100)
    guard people ?? 0 <= individual else {
      throw node.error("there are fewer individual items than people")
    }
  }
}
