import Comparing
import Counting
import Records
import ReportModel

/// The marking of figures that are not what was published.
extension Composer {
  /// - Parameter member: by its index in the scope's figures.
  func isRevised(
    _ metric: SourceMetric, _ scope: Scope = .hospital, member: Int = 0, window: Int = 0
  ) -> Bool {
    guard !facts.revised.isEmpty else { return false }
    let timeline = figures.timeline
    let isMonth = window >= timeline.periodCount
    let name = "\(timeline.windows[window].period)"
    return facts.revised.contains(
      FigureAddress(
        metric: metric.name, period: isMonth ? "\(timeline.windows[0].period)" : name,
        month: isMonth ? name : "", scope: scope.name(in: metric.source),
        member: scope == .hospital ? "" : figures.members(scope, of: metric.source)[member]))
  }

  /// What stands behind a revised figure in a sentence; empty for all others.
  func revisedMark(_ metric: SourceMetric) -> String {
    isRevised(metric) ? Table.revisedMark : ""
  }

  /// The positions of a table's revised cells.
  ///
  /// - Parameters:
  ///   - metrics: by column; nil where the column has no figures of its own.
  ///   - rows: for each row the member and the window that its figures are about.
  func revisedCells(
    _ metrics: [SourceMetric?], _ scope: Scope, _ rows: [(member: Int, window: Int)],
    total: Bool = true
  ) -> Set<Table.Position> {
    guard !facts.revised.isEmpty else { return [] }
    var positions: Set<Table.Position> = []
    for (column, metric) in metrics.enumerated() {
      guard let metric else { continue }
      for (row, place) in rows.enumerated()
      where isRevised(metric, scope, member: place.member, window: place.window) {
        positions.insert(Table.Position(.data(row), column))
      }
      if total, isRevised(metric) { positions.insert(Table.Position(.total, column)) }
    }
    return positions
  }

  /// What the mark means; nil where nothing is marked.
  var revisedSign: Sign? {
    guard !facts.revised.isEmpty else { return nil }
    return Sign(
      Table.revisedMark,
      meaning: words(
        "与已发布的数字不同，原数字和原因见 revisions.csv",
        "not what was published; the figure as published and the reason stand in revisions.csv"))
  }
}
