import Comparing
import Counting
import Records

/// The metrics of a report found by source and measure, and the windows in which a source has data; a
/// report asks for both some thousand times.
struct MetricIndex: Sendable {
  private var metrics: [String: [Measure: SourceMetric]] = [:]
  private var windows: [String: Set<Int>] = [:]

  /// - Complexity: O(metrics × windows).
  init(_ figures: Figures) {
    for metric in figures.metrics {
      metrics[metric.source, default: [:]][metric.metric.measure] = metric
    }
    for source in ["staff", "volunteers"] + figures.sources.map(\.name) {
      windows[source] = Set(
        figures.timeline.windows.indices.filter { window in
          evidence(of: source).contains { figures.hospital($0, window: window).numerator > 0 }
        })
    }
  }

  func metric(_ source: String, _ measure: Measure) -> SourceMetric? { metrics[source]?[measure] }

  func hasData(_ source: String, window: Int) -> Bool { windows[source]?.contains(window) ?? false }

  /// The counts of which at least one is above zero where there is any record.
  private func evidence(of source: String) -> [SourceMetric] {
    let measures: [Measure] = [.events, .participations, .raised, .closed, .openAtStart]
    let found = measures.compactMap { metric(source, $0) }
    return found.isEmpty ? [metric("staff", .headcount)].compactMap { $0 } : found
  }
}
