import CXLSXWriter
import ReportModel

extension SectionSheet {
  /// Places a chart at the right of its table where a page has room for both, below it otherwise; above it
  /// where it comes first.
  mutating func write(_ chart: Chart) throws(WorkbookError) {
    guard var place = places[chart.table] else { return try leaveRoom(for: chart) }
    let room = place.hasChartAtRight ? 0 : roomAtRight(of: place.table)
    let atRight = room >= ChartDrawing.narrowest
    let size = ChartSize(
      width: atRight ? min(room, ChartDrawing.widest) : ChartDrawing.widest,
      height: atRight ? heightAtRight(chart, place) : ChartDrawing.height(chart, place.table))
    guard let drawing = try drawing(of: chart, place, size) else { return }
    if !atRight { keepTogether(pixels: Double(size.height) + 20) }
    let first = atRight ? place.headingRow - 1 : row
    try drawing.insert(
      into: sheet, row: first, column: atRight ? place.table.columns.count : 0,
      indent: Int32(atRight ? SectionSheet.gap : 0))
    row = max(row, rowBelow(first, pixels: size.height + 8) + 1)
    place.hasChartAtRight = place.hasChartAtRight || atRight
    places[chart.table] = place
  }

  /// A chart of a table that stands on the sheet; nil where the table has no rows.
  private func drawing(
    of chart: Chart, _ place: TablePlace, _ size: ChartSize
  ) throws(WorkbookError) -> ChartDrawing? {
    guard place.isWhole, place.sheet === sheet else {
      throw .chart(title: chart.title, reason: "draws a table that is too long for one sheet")
    }
    guard let data = place.dataRows else { return nil }
    return try ChartDrawing(chart, place.table, data, headingRow: place.headingRow, size, sheets)
  }

  /// The chart is drawn when its table stands.
  private mutating func leaveRoom(for chart: Chart) throws(WorkbookError) {
    guard let table = section.tables.first(where: { $0.id == chart.table }) else {
      throw .chart(title: chart.title, reason: "draws no table of its sheet")
    }
    let height = ChartDrawing.height(chart, table)
    keepTogether(pixels: Double(height) + 20)
    awaited.append((chart, row))
    row = rowBelow(row, pixels: height + 8) + 1
  }

  /// Draws the charts that stand above the table.
  mutating func drawCharts(above table: Table) throws(WorkbookError) {
    guard let place = places[table.id] else { return }
    for (chart, row) in awaited where chart.table == table.id {
      let size = ChartSize(
        width: ChartDrawing.widest, height: ChartDrawing.height(chart, table))
      try drawing(of: chart, place, size)?.insert(into: sheet, row: row, column: 0, indent: 0)
    }
    awaited.removeAll { $0.chart.table == table.id }
  }

  /// The height that a table takes together with the first chart beside it, in pixels.
  func heightWithChart(_ table: Table) -> Double {
    let charts = section.blocks.compactMap { block -> Chart? in
      if case .chart(let chart) = block, chart.table == table.id { chart } else { nil }
    }
    let height = blockHeight(table)
    guard let chart = charts.first, roomAtRight(of: table) >= ChartDrawing.narrowest else {
      return height
    }
    return max(height, Double(ChartDrawing.leastHeight(chart, table)) + 8)
  }

  /// A chart beside its table ends where the table does, unless it would be too low to read.
  private func heightAtRight(_ chart: Chart, _ place: TablePlace) -> Int {
    max(ChartDrawing.leastHeight(chart, place.table), Int(blockHeight(place.table)) - 8)
  }

  /// What a page has left at the right of a table, in pixels.
  private func roomAtRight(of table: Table) -> Int {
    min(PageArea.width, widths.pixels(ofFirst: widths.widths.count))
      - widths.pixels(ofFirst: table.columns.count) - SectionSheet.gap - 4
  }

  private static let gap = 24

  /// The first row that begins at least so many pixels below the top of a row.
  private func rowBelow(_ first: Int, pixels: Int) -> Int {
    var rest = Double(pixels)
    var row = first
    while rest > 0 {
      rest -= sheet.height(ofRow: row) * 4 / 3
      row += 1
    }
    return row
  }
}
