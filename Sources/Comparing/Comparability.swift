internal import Records

/// Whether a department's figures of two windows can be compared.
public enum Comparability: Hashable, Sendable {
  case comparable
  /// Nobody worked there, and nothing was recorded, in the earlier window.
  case didNotExist
  /// There it was, but without a record of the source in the earlier window.
  case notReportedThen
  /// Without a record of the source now, though with some then.
  case notReportedNow
}

extension Figures {
  /// Of each member of a scope, whether a metric of two windows can be compared.
  ///
  /// A member has reported where it has any event, participation, item raised, closed or open of the
  /// metric's source in the window; without any in both it is comparable, for there is nothing to
  /// explain.
  ///
  /// - Complexity: O(members × sources).
  public func comparability(
    _ metric: SourceMetric, _ scope: Scope, from earlier: Int, to later: Int = 0
  ) -> [Comparability] {
    let reported = { (source: String, window: Int) in self.hasRecords(source, scope, window) }
    let then = reported(metric.source, earlier)
    let now = reported(metric.source, later)
    let heads = headcounts(scope, window: earlier)
    let any = sources.map { reported($0.name, earlier) }
    return then.indices.map { member in
      let existed = heads[member] > 0 || any.contains { $0[member] }
      switch (then[member], now[member]) {
      case (true, true): return .comparable
      case (true, false): return .notReportedNow
      case (false, _) where !existed: return .didNotExist
      case (false, true): return .notReportedThen
      case (false, false): return .comparable
      }
    }
  }

  private func hasRecords(_ source: String, _ scope: Scope, _ window: Int) -> [Bool] {
    let names = ["events", "participations", "raised", "closed", "open_at_end"]
    var found = names.compactMap { metric("\(source).\($0)") }
    if found.isEmpty { found = [metric("staff.headcount")].compactMap { $0 } }
    let columns = found.map { column($0, scope, window: window) }
    return members(scope).indices.map { member in
      columns.contains { $0[member].numerator > 0 || $0[member].isHidden }
    }
  }

  /// The hospital's figure over those departments only that can be compared: like for like.
  ///
  /// - Returns: the sums then and now and how many departments they are of; nil for medians, which
  ///   are of no sum, and for people of ledgers, who may belong to several departments.
  public func likeForLike(
    _ metric: SourceMetric, from earlier: Int, to later: Int = 0
  ) -> (then: Figure, now: Figure, departments: Int)? {
    guard metric.metric.kind != .median, metric.metric.measure != .peopleRaised else { return nil }
    let comparable = comparability(metric, .department, from: earlier, to: later)
    let used = comparable.indices.filter { comparable[$0] == .comparable }
    func sum(_ window: Int) -> Figure {
      let column = column(metric, .department, window: window)
      let isCount = metric.metric.kind == .count || metric.metric.kind == .quantity
      return used.reduce(Figure(0, over: isCount ? 1 : 0)) { sum, member in
        Figure(
          sum.numerator + column[member].numerator,
          over: isCount ? 1 : sum.denominator + column[member].denominator)
      }
    }
    return (sum(earlier), sum(later), used.count)
  }
}
