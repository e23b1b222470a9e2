import CXLSXWriter
import ReportModel

extension SectionSheet {
  /// Places a chart at the right of its table where both fit on a page across, below it otherwise.
  mutating func write(_ chart: Chart) throws(WorkbookError) {
    guard var place = places[chart.table] else {
      throw .chart(title: chart.title, reason: "draws no table of its sheet above it")
    }
    guard place.isWhole, place.sheet === sheet else {
      throw .chart(title: chart.title, reason: "draws a table that is too long for one sheet")
    }
    guard let data = place.dataRows else { return }
    let drawing = try ChartDrawing(chart, place.table, data, headingRow: place.headingRow, sheets)
    let atRight = fitsRight(of: place, drawing)
    if !atRight { keepTogether(pixels: Double(drawing.height) + 30) }
    let first = atRight ? place.freeRowAtRight : row
    let column = atRight ? place.table.columns.count : 0
    try drawing.insert(
      into: sheet, row: first, column: column, indent: Int32(atRight ? SectionSheet.gap : 0))
    let end = rowBelow(first, pixels: drawing.height + 8)
    if atRight {
      place.freeRowAtRight = end
      rightEdge = max(rightEdge, edge(of: place.table, drawing))
    }
    places[chart.table] = place
    row = max(row, end + 1)
  }

  private func fitsRight(of place: TablePlace, _ drawing: ChartDrawing) -> Bool {
    let top = pixelsBetween(pageStart, place.freeRowAtRight)
    return edge(of: place.table, drawing) <= SectionSheet.widestPage
      && top + Double(drawing.height) <= pageHeight
  }

  /// The right edge of a chart beside its table, in pixels.
  private func edge(of table: Table, _ drawing: ChartDrawing) -> Int {
    widths.pixels(ofFirst: table.columns.count) + SectionSheet.gap + drawing.width
  }

  private static let gap = 24

  /// A4 across at 86 %, in pixels: what is wider becomes too small to read on paper.
  private static let widestPage = 1170

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
