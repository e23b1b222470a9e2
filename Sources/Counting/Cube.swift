public import Checking
public import Records
internal import Threading

/// Everything counted: one summary a source, over the same departments and windows.
public struct Cube: Sendable {
  public let timeline: Timeline
  public let departments: [Department]
  public let staff: StaffSummary
  public let hasVolunteers: Bool
  public let sources: [(source: Source, summary: Summary)]
  /// The rows themselves, as far as they are kept.
  public let records: RecordStore
  /// How the departments have changed, and which of them the figures are told of.
  public let organisation: Organisation

  public enum Summary: Sendable {
    case activity(ActivitySummary)
    case ledger(LedgerSummary)
  }
}

/// Counts the sources of a workspace, one pass a file.
public struct Counter {
  private let checker: Checker
  private let departments: Departments
  private let staff: Staff
  private let staffSummary: StaffSummary
  private let timeline: Timeline
  private let jobs: Int
  private let keeping: RecordKeeping

  /// - Parameter keeping: the sources whose rows are held in memory beside being counted.
  public init(
    checker: Checker, departments: Departments, staff: Staff, timeline: Timeline, jobs: Int,
    keeping: RecordKeeping = RecordKeeping()
  ) {
    self.keeping = keeping
    self.checker = checker
    self.departments = departments
    self.staff = staff
    self.timeline = timeline
    self.jobs = max(1, jobs)
    staffSummary = StaffSummary(staff, departments: departments.counted.count, timeline: timeline)
  }

  /// Counts the sources in their order; one whose file cannot be read is left out.
  public func cube(of sources: [Source]) -> Cube {
    var counted: [(source: Source, summary: () -> Cube.Summary)] = []
    var records = RecordStore(staff: staff, departments: departments.counted.count)
    for source in sources {
      let summary =
        source.family == .activity ? activity(source, &records) : ledger(source, &records)
      if let summary { counted.append((source, summary)) }
    }
    // Each is one loop after another over all people and departments, so they are made at once.
    let summaries = Threads.make(counted.map(\.summary), jobs: jobs)
    return Cube(
      timeline: timeline, departments: departments.counted, staff: staffSummary,
      hasVolunteers: staff.hasVolunteers,
      sources: zip(counted, summaries).map { ($0.source, $1) }, records: records,
      organisation: organisation)
  }

  private var organisation: Organisation {
    var organisation = Organisation()
    organisation.isByGroup = departments.isGrouped
    guard !organisation.isByGroup else { return organisation }
    organisation.view = checker.departmentView
    organisation.present = departments.present.map(Int.init)
    organisation.movedPeople = staff.movedPeople
    organisation.hasAssignments = !staff.assignments.isEmpty
    return organisation
  }

  /// Counts an activity; what is returned puts the summary together.
  private func activity(
    _ source: Source, _ records: inout RecordStore
  ) -> (() -> Cube.Summary)? {
    guard let events = checker.events(source, departments) else { return nil }
    let plan = EventPlan(events: events, timeline: timeline)
    var counting = ActivityCounting(source, plan, jobs: jobs, keeping, staff, departments, timeline)
    let results = checker.participations(
      source, events: events, staff: staff, consumers: counting.consumers)
    // What a list leaves behind that could not be read to its end is nobody's figure.
    if results == nil {
      counting = ActivityCounting(source, plan, jobs: 1, keeping, staff, departments, timeline)
    }
    records.keep(source, events, counting.keepers)
    records.keep(source, counting.tallies, end: timeline.windows[0].end)
    let total = counting.merged()
    checker.compareHeadCounts(events) { Int(total.rows.base[$0]) }
    return {
      .activity(
        ActivitySummary(
          total, plan: plan, staff: staff, staffSummary: staffSummary,
          departments: departments.counted.count, timeline: timeline,
          hasScore: results?.hasScore ?? false, hasPassed: results?.hasPassed ?? false))
    }
  }

  /// Counts a ledger; what is returned puts the summary together.
  private func ledger(
    _ source: Source, _ records: inout RecordStore
  ) -> (() -> Cube.Summary)? {
    let places = ValuePlaces()
    let counters = (0..<jobs).map { _ in
      LedgerCounter(
        timeline: timeline, staff: staff, departments: departments.counted.count, places: places)
    }
    guard
      let labels = checker.ledger(
        source, departments: departments, staff: staff, consumers: counters,
        keeping: keeping.ledger(source.name))
    else { return nil }
    if let register = labels.register { records.keep(source, register) }
    for counter in counters { counter.finish() }
    let total = counters[0]
    for other in counters.dropFirst() { total.merge(other) }
    return {
      .ledger(
        LedgerSummary(
          total, staff: staff, departments: departments.counted.count, timeline: timeline,
          places: places,
          labels: [
            ("level", labels.levels), ("category", labels.categories), ("source", labels.sources),
          ]))
    }
  }
}

/// The counters of an activity, one for each thread, and who keeps its rows, where somebody asks for them.
private struct ActivityCounting {
  let counters: [ActivityCounter]
  let keepers: [AttendanceKeeper]
  let tallies: [PersonTally]

  init(
    _ source: Source, _ plan: EventPlan, jobs: Int, _ keeping: RecordKeeping, _ staff: Staff,
    _ departments: Departments, _ timeline: Timeline
  ) {
    counters = (0..<jobs).map { _ in
      ActivityCounter(plan: plan, people: staff.count, departments: departments.counted.count)
    }
    keepers = keeping.activities.contains(source.name) ? counters.map { AttendanceKeeper($0) } : []
    let next: [any ParticipationConsumer] = keepers.isEmpty ? counters : keepers
    tallies =
      keeping.tallied.contains(source.name)
      ? next.map { PersonTally($0, plan, people: staff.count, in: timeline.windows[0]) } : []
  }

  var consumers: [any ParticipationConsumer] {
    if !tallies.isEmpty { return tallies }
    return keepers.isEmpty ? counters : keepers
  }

  /// The first counter, to which what the others have counted is added; to be asked for once.
  func merged() -> ActivityCounter {
    for other in counters.dropFirst() { counters[0].merge(other) }
    return counters[0]
  }
}
