internal import Counting
internal import Records
internal import Statistics

/// What is hidden from a circle of readers, so that no small count names somebody.
///
/// Hidden are, of the ledgers that hold items of individuals, the counts below the threshold (zeros are shown),
/// and of tests the rates of so few rows, or with so few who failed: of departments, branches,
/// categories and the values of columns, never of the whole hospital. With a count goes whatever it could
/// be worked out from: the counts that one balance ties together (open at start, raised, closed, open
/// at end) are hidden as one, rates with their parts, and further departments until the totals give
/// nothing away (`SuppressionTable`).
public struct Disclosure: Sendable {
  /// Measures that are hidden together, because one could be worked out from the others.
  enum Group: CaseIterable {
    case balance, people, onTime, due, overdue, rechecks, passes, scores

    var measures: Set<Measure> {
      switch self {
      // What is raised mostly has a measure, and the rate's parts are these counts.
      case .balance:
        return [
          .openAtStart, .raised, .closed, .openAtEnd, .withMeasure, .closureRate,
          .daysToCloseMedian,
        ]
      case .people: return [.peopleRaised]
      case .onTime: return [.closedOnTime, .closedInTimeRate]
      case .due: return [.due, .dueMetRate]
      case .overdue: return [.overdueAtEnd]
      case .rechecks: return [.rechecked, .reopened]
      case .passes: return [.passRate]
      case .scores: return [.meanScore]
      }
    }
  }

  /// One table of figures: a source's group of measures in a window, over departments and their groups
  /// or over the values of a column.
  struct Place: Hashable, Sendable {
    let source: String
    let group: Group
    let window: Int
    let scope: Scope
  }

  private var places: [Place: Set<Int>] = [:]
  public let threshold: Int

  /// How many figures are hidden in the period, by scope.
  public func count(_ isCounted: (Scope) -> Bool) -> Int {
    places.reduce(0) { sum, entry in
      entry.key.window == 0 && isCounted(entry.key.scope) ? sum + entry.value.count : sum
    }
  }

  /// The members of a scope whose figures are hidden.
  func hidden(_ metric: SourceMetric, _ scope: Scope, window: Int) -> Set<Int> {
    guard let group = Group.allCases.first(where: { $0.measures.contains(metric.metric.measure) })
    else { return [] }
    let place = Place(source: metric.source, group: group, window: window, scope: scope)
    return places[place] ?? []
  }
}

extension Disclosure {
  /// Finds what must be hidden of figures.
  ///
  /// - Parameter threshold: counts from 1 to below it are hidden; below 2 nothing is.
  /// - Complexity: O(sources × windows × departments³) at worst, mostly far less.
  init(_ figures: Figures, threshold: Int) {
    self.threshold = threshold
    guard threshold > 1 else { return }
    let timeline = figures.timeline
    // Months are told of the hospital alone; what else there is are earlier periods to the same day.
    let sameDay = (timeline.reportedCount..<timeline.windows.count).filter {
      timeline.windows[$0].period.kind != .month
    }
    for source in figures.sources where figures.isPersonal(source) {
      for group in Group.allCases {
        hide(group, source, Array(0..<timeline.periodCount) + sameDay, figures)
      }
    }
  }

  private mutating func hide(
    _ group: Group, _ source: Source, _ windows: [Int], _ figures: Figures
  ) {
    let counts = figures.smallParts(group, source)
    guard !counts.isEmpty else { return }
    if figures.departments.count > Disclosure.mostDepartments {
      for window in windows { hideAll(group, source, window, figures, counts) }
    } else {
      hide(group, source, windows, figures, DisclosureSystem(departmentsOf: figures))
    }
    let periods = windows.filter { $0 < figures.timeline.periodCount }
    for column in figures.breakdownColumns(of: source.name) {
      let system = DisclosureSystem(valuesOf: column, source, figures)
      hide(group, source, periods, figures, system)
    }
  }

  /// Hides what must be hidden of one system of totals, in several windows.
  private mutating func hide(
    _ group: Group, _ source: Source, _ windows: [Int], _ figures: Figures,
    _ system: DisclosureSystem
  ) {
    let counts = figures.smallParts(group, source)
    let slacks = figures.slacks(group, source)
    var hidden: [Int: Set<Int>] = [:]
    for window in windows { hidden[window] = system.small(counts, figures, window, threshold) }
    if group == .balance, let stock = figures.stockAtStart(source) {
      // What is open at the end of one window is open at the start of the next: hidden in one and shown in
      // the other, it would be told.
      for (earlier, later) in figures.timeline.adjacent(windows) {
        let small = system.small([stock], figures, later, threshold)
        let table = system.table([stock], [], figures, later, threshold)
        let closed = table.closed(small)
        hidden[earlier, default: []].formUnion(closed)
        hidden[later, default: []].formUnion(closed)
      }
    }
    for window in windows {
      let table = system.table(counts, slacks, figures, window, threshold)
      for (scope, members) in system.members(of: table.closed(hidden[window] ?? [])) {
        set(members, group, source, window, scope)
      }
    }
  }

  /// More departments than this are one too large system of equations: where any of their figures must be
  /// hidden, all of them are, with those of branches and categories.
  static let mostDepartments = 250

  private mutating func hideAll(
    _ group: Group, _ source: Source, _ window: Int, _ figures: Figures, _ counts: [CountOf]
  ) {
    let scopes = [Scope.department, .branch, .category].filter {
      $0 == .department || figures.groupings[$0] != nil
    }
    let system = DisclosureSystem(departmentsOf: figures)
    let isSmall = !system.small(counts, figures, window, threshold).isEmpty
    guard isSmall else { return }
    for scope in scopes {
      set(Set(figures.members(scope).indices), group, source, window, scope)
    }
  }

  private mutating func set(
    _ members: Set<Int>, _ group: Group, _ source: Source, _ window: Int, _ scope: Scope
  ) {
    guard !members.isEmpty else { return }
    places[Place(source: source.name, group: group, window: window, scope: scope)] = members
  }
}

/// One count of every member of a scope in a window.
typealias CountOf = @Sendable (Figures, Scope, Int) -> [Int64]

extension Figures {
  /// Whether a source says something of individuals: a ledger with their items, an activity with results.
  func isPersonal(_ source: Source) -> Bool {
    if source.family == .activity {
      return metric("\(source.name).pass_rate") != nil || metric("\(source.name).mean_score") != nil
    }
    let levels = members(.breakdown(column: "level"), of: source.name)
    if levels.contains("individual") { return true }
    guard let people = metric("\(source.name).people") else { return false }
    return (0..<timeline.periodCount).contains { hospital(people, window: $0).numerator > 0 }
  }

  /// What is open at the start of a window.
  func stockAtStart(_ source: Source) -> CountOf? {
    guard let metric = metric("\(source.name).open_at_start") else { return nil }
    return { figures, scope, window in
      figures.column(metric, scope, window: window).map(\.numerator)
    }
  }

  /// By how much counts of a group may differ from those of other groups that cannot be larger, or smaller,
  /// than they: where hidden counts leave each other no room, what is shown beside them tells nearly as much.
  func slacks(_ group: Disclosure.Group, _ source: Source) -> [CountOf] {
    let pairs: [(Disclosure.Group, String, String)] = [
      (.people, "raised", "people"), (.onTime, "closed", "closed_on_time"),
      (.overdue, "open_at_end", "overdue_at_end"),
    ]
    var found: [CountOf] = []
    for (own, wholeName, partName) in pairs where group == .balance || group == own {
      guard let whole = metric("\(source.name).\(wholeName)"),
        let part = metric("\(source.name).\(partName)")
      else { continue }
      found.append { figures, scope, window in
        zip(
          figures.column(whole, scope, window: window), figures.column(part, scope, window: window)
        ).map { max(0, $0.numerator - $1.numerator) }
      }
    }
    return found
  }

  /// The counts of a group of measures that may be too small: each of them by itself.
  func smallParts(_ group: Disclosure.Group, _ source: Source) -> [CountOf] {
    func count(_ name: String, _ part: @escaping @Sendable (Figure) -> Int64) -> CountOf? {
      guard let metric = metric("\(source.name).\(name)") else { return nil }
      return { figures, scope, window in
        figures.column(metric, scope, window: window).map(part)
      }
    }
    let whole: @Sendable (Figure) -> Int64 = { $0.numerator }
    let base: @Sendable (Figure) -> Int64 = { $0.denominator }
    let rest: @Sendable (Figure) -> Int64 = { max(0, $0.denominator - $0.numerator) }
    let found: [CountOf?]
    switch group {
    case .balance:
      let names = ["raised", "open_at_start", "closed", "open_at_end", "with_measure"]
      found = names.map { count($0, whole) } + parts("closure_rate")
    case .people: found = source.family == .ledger ? [count("people", whole)] : []
    case .onTime:
      found = [count("closed_on_time", whole)] + parts("closed_in_time_rate")
    case .due: found = [count("due", whole)] + parts("due_met_rate")
    case .overdue: found = [count("overdue_at_end", whole)]
    case .rechecks: found = [count("rechecked", whole), count("reopened", whole)]
    case .passes: found = [count("pass_rate", base), count("pass_rate", rest)]
    case .scores: found = [count("mean_score", base)]
    }
    func parts(_ name: String) -> [CountOf?] {
      [count(name, whole), count(name, base), count(name, rest)]
    }
    return found.compactMap { $0 }
  }
}

extension Figures {
  /// The figures as a circle of readers may see them: what would name somebody is hidden.
  ///
  /// - Parameter threshold: the smallest count, other than zero, that is shown.
  public func disclosed(threshold: Int) -> Figures {
    var figures = self
    figures.disclosure = Disclosure(self, threshold: threshold)
    return figures
  }

  /// Whether any figure of a column is hidden, so that what is shown does not add up.
  public func hidesAny(of metric: SourceMetric, _ scope: Scope, window: Int = 0) -> Bool {
    disclosure?.hidden(metric, scope, window: window).isEmpty == false
  }
}
