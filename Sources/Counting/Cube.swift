public import Checking
public import Records

/// Everything counted: one summary a source, over the same departments and windows.
public struct Cube: Sendable {
  public let timeline: Timeline
  public let departments: [Department]
  public let staff: StaffSummary
  public let hasVolunteers: Bool
  public let sources: [(source: Source, summary: Summary)]

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

  public init(
    checker: Checker, departments: Departments, staff: Staff, timeline: Timeline, jobs: Int
  ) {
    self.checker = checker
    self.departments = departments
    self.staff = staff
    self.timeline = timeline
    self.jobs = max(1, jobs)
    staffSummary = StaffSummary(staff, departments: departments.all.count, timeline: timeline)
  }

  /// Counts the sources in their order; one whose file cannot be read is left out.
  public func cube(of sources: [Source]) -> Cube {
    var counted: [(source: Source, summary: Cube.Summary)] = []
    for source in sources {
      let summary: Cube.Summary?
      switch source.family {
      case .activity: summary = activity(source).map(Cube.Summary.activity)
      case .ledger: summary = ledger(source).map(Cube.Summary.ledger)
      }
      if let summary { counted.append((source, summary)) }
    }
    return Cube(
      timeline: timeline, departments: departments.all, staff: staffSummary,
      hasVolunteers: staff.hasVolunteers, sources: counted)
  }

  private func activity(_ source: Source) -> ActivitySummary? {
    guard let events = checker.events(source, departments) else { return nil }
    let plan = EventPlan(events: events, timeline: timeline)
    let counters = (0..<jobs).map { _ in
      ActivityCounter(
        plan: plan, people: staff.count, departments: departments.all.count)
    }
    let results = checker.participations(
      source, events: events, staff: staff, consumers: counters)
    let total = counters[0]
    for other in counters.dropFirst() { total.merge(other) }
    checker.compareHeadCounts(events) { Int(total.rows.base[$0]) }
    return ActivitySummary(
      total, plan: plan, staff: staff, staffSummary: staffSummary,
      departments: departments.all.count, timeline: timeline,
      hasScore: results?.hasScore ?? false, hasPassed: results?.hasPassed ?? false)
  }

  private func ledger(_ source: Source) -> LedgerSummary? {
    let places = ValuePlaces()
    let counters = (0..<jobs).map { _ in
      LedgerCounter(
        timeline: timeline, staff: staff, departments: departments.all.count, places: places)
    }
    guard
      let labels = checker.ledger(
        source, departments: departments, staff: staff, consumers: counters)
    else { return nil }
    let total = counters[0]
    for other in counters.dropFirst() { total.merge(other) }
    return LedgerSummary(
      total, staff: staff, departments: departments.all.count, timeline: timeline,
      places: places,
      labels: [
        ("level", labels.levels), ("category", labels.categories), ("source", labels.sources),
      ])
  }
}
