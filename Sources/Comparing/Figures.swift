public import Counting
public import Records

/// Whom a figure is about.
public enum Scope: Hashable, Sendable {
  case hospital, branch, category, department
  /// A split of the hospital's figures by the values of a column of the source.
  case breakdown(column: String)
}

/// A metric of a source, as `issues.closure_rate`.
public struct SourceMetric: Hashable, Sendable {
  public let source: String
  public let metric: Metric
  public var name: String { "\(source).\(metric.name)" }
}

/// All figures of a report: any metric, for any window and any scope.
///
/// Nothing is stored but the cube and its sums over branches, categories and the hospital; a column of
/// figures is made when it is asked for, so that a province's millions of figures never stand in
/// memory at once.
public struct Figures: Sendable {
  public let timeline: Timeline
  public let departments: [Department]
  /// Every metric of every source that is there, in the order of reports.
  public let metrics: [SourceMetric]
  public let sources: [Source]
  /// What is hidden, where the figures are for a circle of readers; nil where all is shown.
  public internal(set) var disclosure: Disclosure?
  let cube: Cube
  let groupings: [Scope: Grouping]
  private let sourceIndex: [String: Int]
  private let metricIndex: [String: Int]
  let sums: [SourceSums]
  private let staffSums: [Scope: [StaffCounts]]

  /// Departments put together: a number for each department, and the groups' names.
  struct Grouping: Sendable {
    let group: [Int]
    let members: [String]
    let departments: [[Int]]
  }

  public init(_ cube: Cube) {
    self.cube = cube
    timeline = cube.timeline
    departments = cube.departments
    sources = cube.sources.map(\.source)
    var groupings: [Scope: Grouping] = [
      .hospital: Grouping(
        group: Array(repeating: 0, count: cube.departments.count), members: [""],
        departments: [Array(cube.departments.indices)])
    ]
    groupings[.branch] = Figures.grouping(cube.departments.map(\.branch))
    groupings[.category] = Figures.grouping(cube.departments.map(\.category))
    self.groupings = groupings
    metrics = Figures.catalogue(cube)
    sourceIndex = Dictionary(
      uniqueKeysWithValues: cube.sources.enumerated().map { ($1.source.name, $0) })
    metricIndex = Dictionary(
      uniqueKeysWithValues: metrics.enumerated().map { ($1.name, $0) })
    staffSums = groupings.mapValues { StaffCounts.sums(cube.staff, $0, cube.timeline) }
    sums = cube.sources.map { SourceSums($0.summary, cube.timeline, groupings) }
  }

  /// The members of a scope, in the order of its figures; departments by index. Empty where the scope
  /// does not apply.
  public func members(_ scope: Scope, of source: String? = nil) -> [String] {
    switch scope {
    case .department: return departments.map(\.id)
    case .breakdown(let column):
      return source.flatMap { breakdownMembers($0, column) } ?? []
    default: return groupings[scope]?.members ?? []
    }
  }

  /// The scopes that a source's metrics have, besides the columns that split them.
  public var standardScopes: [Scope] {
    [.hospital, .branch, .category, .department].filter {
      $0 == .department || groupings[$0] != nil
    }
  }

  /// The columns by which a source's figures of the hospital are split.
  public func breakdownColumns(of source: String) -> [String] {
    guard let index = sourceIndex[source] else { return [] }
    switch cube.sources[index].summary {
    case .activity(let summary): return summary.breakdowns.map(\.column)
    case .ledger(let summary): return summary.breakdowns.map(\.column)
    }
  }

  /// The figures of all members of a scope in one window.
  ///
  /// - Parameter window: index into `timeline.windows`; for breakdowns one of the first `periodCount`.
  public func column(_ metric: SourceMetric, _ scope: Scope, window: Int) -> [Figure] {
    var column = fullColumn(metric, scope, window: window)
    for member in disclosure?.hidden(metric, scope, window: window) ?? [] {
      column[member] = .hidden
    }
    return column
  }

  private func fullColumn(_ metric: SourceMetric, _ scope: Scope, window: Int) -> [Figure] {
    if let index = sourceIndex[metric.source] {
      switch cube.sources[index].summary {
      case .activity(let summary):
        return activityColumn(summary, sums[index], metric.metric, scope, window)
      case .ledger(let summary):
        return ledgerColumn(summary, sums[index], metric.metric, scope, window)
      }
    }
    return staffColumn(metric.metric, scope, window)
  }

  /// The figures of some departments in one window, where nothing is hidden.
  ///
  /// - Parameter departments: indices into `departments`; the figures come in this order.
  /// - Complexity: O(number of them), so that a province's are had some at a time.
  public func column(
    _ metric: SourceMetric, departments: ArraySlice<Int>, window: Int
  ) -> [Figure] {
    let measure = metric.metric.measure
    guard let index = sourceIndex[metric.source] else {
      return departments.map { StaffCounts(cube.staff, $0, window).figure(measure) }
    }
    switch cube.sources[index].summary {
    case .activity(let summary):
      return departments.map {
        summary.unit($0, window).figure(
          measure, headcount: Int64(cube.staff.headcount[$0, window]))
      }
    case .ledger(let summary):
      guard measure == .daysToCloseMedian else {
        return departments.map { summary.unit($0, window).figure(measure) }
      }
      return summary.days.doubledMedians(
        of: departments, buckets: timeline.windows[window].buckets
      ).map { $0.map { Figure($0) } ?? .undefined }
    }
  }

  /// How often each person of the head count took part in an activity in the period; nil where that was not
  /// counted.
  public func participationCounts(of source: String) -> [Int]? {
    cube.records.participationCounts(of: source)
  }

  /// How the departments have changed, and which of them the figures are told of.
  public var organisation: Organisation { cube.organisation }

  /// Whether the people of a source's departments add up to those of the hospital: not where somebody took
  /// part for several of them.
  public func peopleAddUp(of source: String) -> Bool {
    guard let index = sourceIndex[source] else { return true }
    guard case .activity(let summary) = cube.sources[index].summary else { return false }
    return !summary.hasMovedPeople
  }

  /// The figure of the whole hospital.
  public func hospital(_ metric: SourceMetric, window: Int = 0) -> Figure {
    hospitalSum(metric, window) ?? column(metric, .hospital, window: window)[0]
  }

  /// The same without a column, which a report asks for some thousand times; nil for a figure that is not
  /// made from sums, or may be hidden.
  private func hospitalSum(_ metric: SourceMetric, _ window: Int) -> Figure? {
    guard disclosure == nil, metric.metric.measure != .daysToCloseMedian,
      let index = sourceIndex[metric.source]
    else { return nil }
    if let units = sums[index].ledger[.hospital] {
      return units[window].figure(metric.metric.measure)
    }
    guard let units = sums[index].activity[.hospital], let heads = staffSums[.hospital] else {
      return nil
    }
    return units[window].figure(metric.metric.measure, headcount: heads[window].headcount)
  }

  /// A metric by its full name; nil where the report does not have it.
  public func metric(_ name: String) -> SourceMetric? { metricIndex[name].map { metrics[$0] } }

  private static func grouping(_ names: [String]) -> Grouping? {
    let members = Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard members != [""], !members.isEmpty else { return nil }
    let numbers = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    let group = names.map { numbers[$0] ?? 0 }
    var departments: [[Int]] = Array(repeating: [], count: members.count)
    for (department, number) in group.enumerated() { departments[number].append(department) }
    return Grouping(group: group, members: members, departments: departments)
  }

  private static func catalogue(_ cube: Cube) -> [SourceMetric] {
    var metrics = Metric.staff.map { SourceMetric(source: "staff", metric: $0) }
    for (source, summary) in cube.sources {
      for metric in Metric.metrics(of: source.family) {
        if case .activity(let activity) = summary {
          if metric.measure == .meanScore, !activity.hasScore { continue }
          if metric.measure == .passRate, !activity.hasPassed { continue }
        }
        metrics.append(SourceMetric(source: source.name, metric: metric))
      }
    }
    if cube.hasVolunteers {
      metrics += Metric.volunteers.map { SourceMetric(source: "volunteers", metric: $0) }
    }
    return metrics
  }

  private func breakdownMembers(_ source: String, _ column: String) -> [String]? {
    guard let index = sourceIndex[source] else { return nil }
    switch cube.sources[index].summary {
    case .activity(let summary):
      return summary.breakdowns.first { $0.column == column }?.members
    case .ledger(let summary):
      return summary.breakdowns.first { $0.column == column }?.members
    }
  }
}

/// What the staff list says of a department or of a group of them.
private struct StaffCounts {
  var headcount: Int64 = 0
  var employees: Int64 = 0
  var registered: Int64 = 0

  init(_ staff: StaffSummary, _ department: Int, _ window: Int) {
    headcount = Int64(staff.headcount[department, window])
    employees = Int64(staff.employees[department, window])
    registered = Int64(staff.registered[department, window])
  }

  init() {}

  func figure(_ measure: Measure) -> Figure {
    switch measure {
    case .headcount: return Figure(headcount)
    case .employees: return Figure(employees)
    case .registered: return Figure(registered)
    default: return Figure(registered, over: employees)
    }
  }

  /// By group: `[window × groups + group]`.
  static func sums(
    _ staff: StaffSummary, _ grouping: Figures.Grouping, _ timeline: Timeline
  ) -> [StaffCounts] {
    let groups = grouping.members.count
    var sums = [StaffCounts](repeating: StaffCounts(), count: timeline.windows.count * groups)
    for window in timeline.windows.indices {
      for (department, group) in grouping.group.enumerated() {
        let counts = StaffCounts(staff, department, window)
        sums[window * groups + group].headcount += counts.headcount
        sums[window * groups + group].employees += counts.employees
        sums[window * groups + group].registered += counts.registered
      }
    }
    return sums
  }
}

/// The sums of a source over branches, categories and the hospital: `[window × groups + group]`.
struct SourceSums: Sendable {
  private(set) var activity: [Scope: [ActivityUnit]] = [:]
  private(set) var ledger: [Scope: [LedgerUnit]] = [:]

  init(_ summary: Cube.Summary, _ timeline: Timeline, _ groupings: [Scope: Figures.Grouping]) {
    for (scope, grouping) in groupings {
      switch summary {
      case .activity(let summary):
        var units = SourceSums.sums(timeline, grouping, ActivityUnit()) {
          summary.unit($0, $1)
        } add: {
          $0 += $1
        }
        if summary.hasMovedPeople { SourceSums.countOnce(summary, timeline, grouping, &units) }
        activity[scope] = units
      case .ledger(let summary):
        var units = SourceSums.sums(timeline, grouping, LedgerUnit()) {
          summary.unit($0, $1)
        } add: {
          $0 += $1
        }
        for window in timeline.windows.indices {
          let people = summary.people(
            by: grouping.group, groups: grouping.members.count, window: window)
          for (group, count) in people.enumerated() {
            units[window * grouping.members.count + group].people = Int32(truncatingIfNeeded: count)
          }
        }
        ledger[scope] = units
      }
    }
  }

  /// People who took part for several departments of a group are one person there.
  private static func countOnce(
    _ summary: ActivitySummary, _ timeline: Timeline, _ grouping: Figures.Grouping,
    _ units: inout [ActivityUnit]
  ) {
    let groups = grouping.members.count
    for window in timeline.windows.indices {
      let row = window * groups..<(window + 1) * groups
      var people = units[row].map(\.people)
      summary.countOnce(&people, by: grouping.group, window: window)
      for (at, count) in zip(row, people) { units[at].people = count }
    }
  }

  private static func sums<Unit>(
    _ timeline: Timeline, _ grouping: Figures.Grouping, _ zero: Unit,
    unit: (Int, Int) -> Unit, add: (inout Unit, Unit) -> Void
  ) -> [Unit] {
    let groups = grouping.members.count
    var units = [Unit](repeating: zero, count: timeline.windows.count * groups)
    for window in timeline.windows.indices {
      for (department, group) in grouping.group.enumerated() {
        add(&units[window * groups + group], unit(department, window))
      }
    }
    return units
  }
}

extension Figures {
  /// The head count of each member; of the hospital for the values of a column.
  public func headcounts(_ scope: Scope, window: Int) -> [Int64] {
    if case .breakdown = scope { return headcounts(.hospital, window: window) }
    return staffCounts(scope, window) { $0.headcount }
  }

  /// One of the counts of the staff list for all members of a scope.
  private func staffCounts(
    _ scope: Scope, _ window: Int, _ count: (StaffCounts) -> Int64
  ) -> [Int64] {
    if let sums = staffSums[scope], let groups = groupings[scope]?.members.count {
      return sums[window * groups..<(window + 1) * groups].map(count)
    }
    return departments.indices.map { count(StaffCounts(cube.staff, $0, window)) }
  }

  private func staffColumn(_ metric: Metric, _ scope: Scope, _ window: Int) -> [Figure] {
    guard let sums = staffSums[scope], let groups = groupings[scope]?.members.count else {
      return departments.indices.map {
        StaffCounts(cube.staff, $0, window).figure(metric.measure)
      }
    }
    return sums[window * groups..<(window + 1) * groups].map { $0.figure(metric.measure) }
  }

  private func activityColumn(
    _ summary: ActivitySummary, _ sums: SourceSums, _ metric: Metric, _ scope: Scope, _ window: Int
  ) -> [Figure] {
    let heads = headcounts(scope, window: window)
    if case .breakdown(let column) = scope {
      guard let breakdown = summary.breakdowns.first(where: { $0.column == column }) else {
        return []
      }
      return breakdown.members.indices.map {
        breakdown.unit($0, window).figure(metric.measure, headcount: heads[0])
      }
    }
    if let units = sums.activity[scope] {
      return heads.indices.map {
        units[window * heads.count + $0].figure(metric.measure, headcount: heads[$0])
      }
    }
    return heads.indices.map {
      summary.unit($0, window).figure(metric.measure, headcount: heads[$0])
    }
  }

  private func ledgerColumn(
    _ summary: LedgerSummary, _ sums: SourceSums, _ metric: Metric, _ scope: Scope, _ window: Int
  ) -> [Figure] {
    if metric.measure == .daysToCloseMedian { return medians(summary, scope, window) }
    if case .breakdown(let column) = scope {
      guard let breakdown = summary.breakdowns.first(where: { $0.column == column }) else {
        return []
      }
      return breakdown.members.indices.map {
        breakdown.unit($0, window).figure(metric.measure)
      }
    }
    if let units = sums.ledger[scope], let groups = groupings[scope]?.members.count {
      return (0..<groups).map { units[window * groups + $0].figure(metric.measure) }
    }
    return departments.indices.map { summary.unit($0, window).figure(metric.measure) }
  }

  private func medians(_ summary: LedgerSummary, _ scope: Scope, _ window: Int) -> [Figure] {
    let figure: (Int64?) -> Figure = { $0.map { Figure($0) } ?? .undefined }
    if case .breakdown(let column) = scope {
      guard let number = summary.breakdowns.firstIndex(where: { $0.column == column }) else {
        return []
      }
      let count = summary.breakdowns[number].members.count
      return (0..<count).map {
        figure(summary.breakdownDays[number][window * count + $0].doubledMedian)
      }
    }
    let buckets = timeline.windows[window].buckets
    if let grouping = groupings[scope] {
      return grouping.departments.map {
        figure(summary.days.doubledMedian($0, buckets: buckets))
      }
    }
    return summary.days.doubledMedians(buckets: buckets).map(figure)
  }
}
