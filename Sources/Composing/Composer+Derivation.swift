import Comparing
import Records
import ReportModel

/// How the columns of figures are made from their rows and from each other.
extension Composer {
  /// Of a column of figures over the members of a scope.
  ///
  /// - Parameter isWhole: false where members are left out, so that those shown do not add up.
  func derivation(
    of index: Int, in columns: [FigureColumn], over scope: Scope, isWhole: Bool
  ) -> Column.Derivation {
    func place(_ measure: Measure) -> Int? {
      columns.firstIndex { column in
        if case .figure(let metric, _) = column { metric.metric.measure == measure } else { false }
      }.map { $0 + 1 }
    }
    switch columns[index] {
    case .change: return .given
    case .part(let metric):
      return place(metric.metric.measure).map { exact(.part(of: $0)) } ?? .given
    case .figure(let metric, _):
      if metric.metric.measure == .registrationRate, let part = place(.registered),
        let base = place(.employees)
      {
        return exact(.quotient(part, over: base))
      }
      return isWhole ? derivation(of: metric, over: scope) : .given
    }
  }

  /// Of a metric's figures over all members of a scope: a person belongs to one department, and so to
  /// one branch and category, but may have moved or taken part in several forms of an activity, and items
  /// of one person may be several departments'.
  func derivation(of metric: SourceMetric, over scope: Scope) -> Column.Derivation {
    switch metric.metric.measure {
    case .peopleRaised: return .distinct
    case .people:
      if case .breakdown = scope { return .distinct }
      return figures.peopleAddUp(of: metric.source) ? .sum : .distinct
    default:
      if metric.metric.kind == .quantity { return exact(.sum) }
      return metric.metric.kind == .count ? .sum : .given
    }
  }

  /// Of a metric's months: what happens adds up, what is there at a time does not.
  func derivation(overMonthsOf metric: Metric) -> Column.Derivation {
    switch metric.measure {
    case .people, .peopleRaised: return .distinct
    case .openAtStart, .openAtEnd, .overdueAtEnd, .headcount, .employees, .registered:
      return .given
    default:
      if metric.kind == .quantity { return exact(.sum) }
      return metric.kind == .count ? .sum : .given
    }
  }

  /// A derivation that holds of exact values: not where cells are rounded before they are written.
  func exact(_ derivation: Column.Derivation) -> Column.Derivation {
    facts.rounding == .halfUp ? derivation : .given
  }
}
