public import Checking
public import Records
internal import Synchronization
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

  /// Counts the sources; one whose file cannot be read is left out.
  ///
  /// Two sources have nothing in common but staff and departments, and so they are counted side by side as far as
  /// there are threads: each then has a table of its own and waits for no other. A thread that finds no
  /// source any more helps with those that are still being read. What is found is put together in the order
  /// of the sources.
  public func cube(of sources: [Source]) -> Cube {
    let lanes = self.lanes(of: sources)
    var records = RecordStore(staff: staff, departments: departments.counted.count)
    for lane in lanes {
      if lane.checker !== checker { checker.take(lane.checker) }
      records.take(lane.records)
    }
    let counted = lanes.compactMap { lane in lane.summary.map { (lane.source, $0) } }
    // Each is one loop after another over all people and departments, so they are made at once.
    let summaries = Threads.make(counted.map(\.1), jobs: jobs)
    return Cube(
      timeline: timeline, departments: departments.counted, staff: staffSummary,
      hasVolunteers: staff.hasVolunteers,
      sources: zip(counted, summaries).map { ($0.0, $1) }, records: records,
      organisation: organisation)
  }

  /// The sources, all read.
  private func lanes(of sources: [Source]) -> [Lane] {
    let isSideBySide = jobs > 1 && sources.count > 1 && checker.hasLanes(for: sources)
    let crew = Crew(free: jobs - sources.count)
    let lanes = sources.map { source in
      Lane(
        source, isSideBySide ? checker.lane(crew) : checker,
        RecordStore(staff: staff, departments: departments.counted.count))
    }
    let begun = Atomic(0)
    _ = Threads.make(
      lanes.map { lane in
        {
          begun.add(1, ordering: .relaxed)
          count(lane)
          // There is no further source that this thread could begin.
          if begun.load(ordering: .relaxed) == lanes.count { crew.release() }
        }
      }, jobs: isSideBySide ? jobs : 1)
    return lanes
  }

  /// A source on its way, with what is known of it when it has been read. One thread at a time has it.
  private final class Lane {
    let source: Source
    let checker: Checker
    var records: RecordStore
    /// Puts the summary together; nil where the source could not be read.
    var summary: (() -> Cube.Summary)?

    init(_ source: Source, _ checker: Checker, _ records: RecordStore) {
      self.source = source
      self.checker = checker
      self.records = records
    }
  }

  private func count(_ lane: Lane) {
    lane.summary = lane.source.family == .activity ? activity(lane) : ledger(lane)
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
  private func activity(_ lane: Lane) -> (() -> Cube.Summary)? {
    let (source, checker) = (lane.source, lane.checker)
    guard let events = checker.events(source, departments) else { return nil }
    let plan = EventPlan(events: events, timeline: timeline)
    var counting = ActivityCounting(source, plan, jobs: jobs, keeping, staff, departments, timeline)
    let results = checker.participations(
      source, events: events, staff: staff, consumers: counting.consumers)
    // What a list leaves behind that could not be read to its end is nobody's figure.
    if results == nil {
      counting = ActivityCounting(source, plan, jobs: 1, keeping, staff, departments, timeline)
    }
    lane.records.keep(source, events, counting.keepers)
    lane.records.keep(source, counting.tallies, end: timeline.windows[0].end)
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
  private func ledger(_ lane: Lane) -> (() -> Cube.Summary)? {
    let (source, checker) = (lane.source, lane.checker)
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
    if let register = labels.register { lane.records.keep(source, register) }
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
