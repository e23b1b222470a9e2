public import Comparing
import Records

/// What is to be compared with what.
public struct ComparisonRequest: Sendable {
  /// In which order the members stand.
  public enum Order: String, Sendable, CaseIterable {
    /// That of the file of departments.
    case official
    /// From the first rank to the last; who is not ranked stands at the end.
    case score
  }

  public var metrics: [SourceMetric]
  public var scope: Scope
  /// The members that are shown, by index; all of them take part in ranks and limits.
  public var shown: [Int]
  public var order: Order
  /// The members that are compared at all; nil for all of the scope.
  public var compared: Set<Int>?

  public init(
    metrics: [SourceMetric], scope: Scope, shown: [Int], order: Order = .official,
    compared: Set<Int>? = nil
  ) {
    self.metrics = metrics
    self.scope = scope
    self.shown = shown
    self.order = order
    self.compared = compared
  }
}

extension ComparisonRequest {
  /// Whether every department is compared with every other.
  var isOfAllDepartments: Bool { scope == .department && compared == nil }

  /// The metrics that departments are compared by where none are named: participation and coverage of
  /// the first activity, every pass rate, closing of the first ledger, volunteers.
  public static func usualMetrics(_ figures: Figures) -> [SourceMetric] {
    let activity = figures.sources.first { $0.family == .activity }?.name
    let ledger = figures.sources.first { $0.family == .ledger }?.name
    var names: [String] = []
    if let activity { names += ["\(activity).participations", "\(activity).coverage"] }
    names += figures.sources.map { "\($0.name).pass_rate" }
    if let ledger {
      names += ["closure_rate", "due_met_rate", "overdue_at_end"].map { "\(ledger).\($0)" }
    }
    return (names + ["volunteers.registration_rate"]).compactMap(figures.metric)
  }
}
