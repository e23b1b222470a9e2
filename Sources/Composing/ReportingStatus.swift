public import Checking
public import Comparing
public import Records

/// Who has reported for a period, who has not, and who was late: by source and by department.
///
/// A department has reported a source when it has a record of it in the period, or when the register of
/// submissions says that it sent one. Whether it was on time only the register tells: times on a disk
/// change with every copy. Who has not reported is not on time.
public struct ReportingStatus: Sendable {
  /// One source's state: departments by index, in the order of their file.
  struct Line: Sendable {
    let source: Source
    let missing: [Int]
    /// The day on which each department's submission came, where the register tells.
    let received: [Int: Day]
  }

  /// What one department has sent; sources as indices into `lines`.
  struct Submitted: Sendable {
    let department: Int
    /// The activities that it has not reported.
    let missing: [Int]
    /// Sources of either family that came behind the due day.
    let late: [Int]
    /// How many activities came by the due day.
    let timely: Int
    /// There are ledgers, and it has no record in any of them.
    let hasNoItems: Bool
  }

  /// One for each source that is there.
  let lines: [Line]
  /// The departments that have reported no source at all.
  let silent: [Int]
  /// The last day on which a submission of the period is on time; nil where the settings name none.
  let due: Day?
  let departments: [Department]
  /// How many of them are asked: those that are there on any day of the period.
  let asked: Int
  let period: Period
  /// The register has lines of the period.
  let hasRegister: Bool

  /// - Parameters:
  ///   - received: the register; rows of other periods are passed over.
  ///   - dueDays: how many days behind the period's last day are still on time; nil where it is not said.
  /// - Complexity: O(sources × (departments + rows of the register)).
  public init(_ figures: Figures, received: [Submission], dueDays: Int?, period: Period) {
    let register = received.filter { $0.period == "\(period)" }
    self.period = period
    departments = figures.departments
    due = dueDays.map { period.last.adding(days: $0) }
    hasRegister = !register.isEmpty
    let isAsked = departments.indices.map { figures.exists($0, window: 0) }
    asked = isAsked.count { $0 }
    lines = figures.sources.map { source in
      var days: [Int: Day] = [:]
      for row in register where row.source == nil || row.source == source.name {
        let department = Int(row.department)
        guard isAsked[department] else { continue }
        days[department] = min(days[department] ?? row.receivedOn, row.receivedOn)
      }
      let missing = ReportingStatus.withoutRecord(source, figures)
      return Line(source: source, missing: missing.filter { days[$0] == nil }, received: days)
    }
    var missing = [Int](repeating: 0, count: departments.count)
    for line in lines { for department in line.missing { missing[department] += 1 } }
    let sources = lines.count
    silent = missing.indices.filter { missing[$0] == sources && sources > 0 }
  }

  /// A record is an event held, a participation, an item raised or an item closed.
  private static func withoutRecord(_ source: Source, _ figures: Figures) -> [Int] {
    let names = source.family == .activity ? ["events", "participations"] : ["raised", "closed"]
    let columns = names.compactMap { figures.metric("\(source.name).\($0)") }.map {
      figures.column($0, .department, window: 0)
    }
    return figures.departments.indices.filter { department in
      figures.exists(department, window: 0)
        && columns.allSatisfy { $0[department].numerator == 0 && !$0[department].isHidden }
    }
  }

  /// Whether anything can be said of who was on time.
  var tellsTime: Bool { hasRegister && due != nil }

  /// Whether it can be said of a source: the register has it.
  func tellsTime(_ line: Line) -> Bool { due != nil && !line.received.isEmpty }

  /// The activities of which it can be said.
  var timed: [Line] { activities.filter(tellsTime) }

  var activities: [Line] { lines.filter { $0.source.family == .activity } }

  /// How many departments sent a source by the due day.
  func timely(_ line: Line) -> Int {
    guard let due else { return 0 }
    return line.received.values.count { $0 <= due }
  }

  /// The departments that sent a source behind the due day, in the order of their file.
  func late(_ line: Line) -> [Int] {
    guard let due else { return [] }
    return line.received.filter { $0.value > due }.keys.sorted()
  }

  /// The departments that lack an activity or every ledger, or were late with anything, worst first.
  var defaulters: [Submitted] {
    submitted.filter { !$0.missing.isEmpty || !$0.late.isEmpty || $0.hasNoItems }
      .sorted {
        (-$0.missing.count, -$0.late.count, $0.department)
          < (-$1.missing.count, -$1.late.count, $1.department)
      }
  }

  private var submitted: [Submitted] {
    let count = departments.count
    var missing = [[Int]](repeating: [], count: count)
    var late = [[Int]](repeating: [], count: count)
    var timely = [Int](repeating: 0, count: count)
    var emptyLedgers = timely
    for (number, line) in lines.enumerated() {
      let isActivity = line.source.family == .activity
      for department in line.missing {
        if isActivity { missing[department].append(number) } else { emptyLedgers[department] += 1 }
      }
      for department in self.late(line) { late[department].append(number) }
      guard isActivity, let due else { continue }
      for (department, day) in line.received where day <= due { timely[department] += 1 }
    }
    let ledgers = lines.count - activities.count
    return departments.indices.map {
      Submitted(
        department: $0, missing: missing[$0], late: late[$0], timely: timely[$0],
        hasNoItems: ledgers > 0 && emptyLedgers[$0] == ledgers)
    }
  }
}
