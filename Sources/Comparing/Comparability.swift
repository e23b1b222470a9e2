internal import Counting
internal import Records

/// Whether a department's figures of two windows can be compared.
public enum Comparability: Hashable, Sendable {
  case comparable
  /// It opened behind the earlier window or had closed before it; where no days are stated, nobody worked
  /// there, and nothing was recorded.
  case didNotExist
  /// It has closed before the later window, or its figures stand with its successor.
  case closedSince
  /// Between the two it took over from a department that closed, and so is another one than before.
  case changedSince
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
    let byDays = scope == .department ? departmentComparability(from: earlier, to: later) : [:]
    return then.indices.map { member in
      if let known = byDays[member] { return known }
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

  /// What the departments' days and successors say, of those of which they say that figures of the two
  /// windows cannot be compared.
  private func departmentComparability(
    from earlier: Int, to later: Int
  ) -> [Int: Comparability] {
    let (then, now) = (timeline.windows[earlier], timeline.windows[later])
    var found: [Int: Comparability] = [:]
    for (number, department) in departments.enumerated() {
      if organisation.isMovedAway(number) {
        found[number] = .closedSince
      } else if !department.exists(from: then.period.first, through: then.end) {
        found[number] = .didNotExist
      } else if !department.exists(from: now.period.first, through: now.end) {
        found[number] = .closedSince
      }
    }
    for (number, department) in departments.enumerated() {
      // Where it closed, its successors have been others than before ever since. Of today's departments one
      // that has all of another's figures has them in both windows.
      guard let closed = department.closed, !organisation.isMovedAway(number),
        then.period.first <= closed, closed < now.end
      else { continue }
      for successor in department.successors where found[successor] == nil {
        found[successor] = .changedSince
      }
    }
    return found
  }

  /// Whether a department is one whose figures are told, and is there on any day of a window.
  public func exists(_ department: Int, window: Int) -> Bool {
    let span = timeline.windows[window]
    return !organisation.isMovedAway(department)
      && departments[department].exists(from: span.period.first, through: span.end)
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
  ///   are of no sum, and for people who may belong to several departments.
  public func likeForLike(
    _ metric: SourceMetric, from earlier: Int, to later: Int = 0
  ) -> (then: Figure, now: Figure, departments: Int)? {
    guard metric.metric.kind != .median, metric.metric.measure != .peopleRaised,
      metric.metric.measure != .people || peopleAddUp(of: metric.source)
    else { return nil }
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
