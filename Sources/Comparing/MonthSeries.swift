public import Counting
public import Records
internal import Statistics

/// The whole months that figures are known of, the earliest first: those of the period and, where the
/// timeline has them, months before it.
public struct MonthSeries: Sendable {
  /// Indices into the timeline's windows.
  public let windows: [Int]
  public let months: [Period]

  /// How many months a chart of months looks at.
  public static let span = 24

  /// - Parameter count: the latest of them, at most.
  public init(_ timeline: Timeline, latest count: Int = MonthSeries.span) {
    let whole = timeline.windows.indices.filter { index in
      let window = timeline.windows[index]
      return index >= timeline.periodCount && window.period.kind == .month
        && window.period == Period(monthOf: window.period.first)
        && window.end == window.period.last
    }
    let order = whole.sorted {
      timeline.windows[$0].period.first < timeline.windows[$1].period.first
    }
    // A span of one month is a period and a month; only the latter is wanted, once.
    windows = Array(order.suffix(count))
    months = windows.map { timeline.windows[$0].period }
  }
}

extension Figures {
  /// A metric's months for each member of a scope: nil for a month without any record of the source in the
  /// hospital, and for a rate without a base.
  public func monthValues(
    _ metric: SourceMetric, _ scope: Scope, _ series: MonthSeries
  ) -> [[Double?]] {
    let names = ["events", "participations", "raised", "closed", "open_at_end"]
    let evidence = names.compactMap { self.metric("\(metric.source).\($0)") }
    var values: [[Double?]] = members(scope).map { _ in [] }
    for window in series.windows {
      let isKnown =
        evidence.isEmpty || evidence.contains { hospital($0, window: window).numerator > 0 }
      for (member, figure) in column(metric, scope, window: window).enumerated() {
        values[member].append(isKnown ? figure.value(scale: metric.metric.scale) : nil)
      }
    }
    return values
  }
}
