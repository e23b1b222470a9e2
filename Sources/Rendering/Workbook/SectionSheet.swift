import ReportModel

/// Where a table stands, for the charts that draw it.
struct TablePlace {
  var sheet: Sheet
  var headingRow: Int
  /// Nil where the table has no rows.
  var dataRows: ClosedRange<Int>?
  /// False where the table runs over several sheets.
  var isWhole: Bool
  var table: Table
  /// The first row at the right of the table that no chart takes yet.
  var freeRowAtRight: Int
}

/// One section's sheet, written from top to bottom; more sheets where a table is too long for one.
struct SectionSheet {
  let section: Section
  let sheets: WorkbookSheets
  let widths: ColumnWidths
  /// The last column of the sentences above and below the tables.
  let textColumn: Int
  var sheet: Sheet
  /// The next free row.
  var row = 0
  /// The first row of the printed page that `row` is on, as far as breaks were set.
  var pageStart = 0
  var places: [String: TablePlace] = [:]
  /// The right edge of what stands on the sheet, in pixels.
  var rightEdge: Int
  /// The columns of each table that line charts draw.
  let lineColumns: [String: Set<Int>]

  static let textSize = 10.5

  init(_ section: Section, _ sheets: WorkbookSheets) throws(WorkbookError) {
    self.section = section
    self.sheets = sheets
    let words = sheets.words
    widths = ColumnWidths(
      tables: section.tables, headings: { $0.headings(words) },
      numbers: NumberText(rule: sheets.report.rounding))
    let tableWidth = widths.total(ofFirst: widths.widths.count)
    textColumn = widths.column(reaching: min(max(tableWidth, 96), 132))
    lineColumns = section.lineColumns
    rightEdge = widths.pixels(ofFirst: max(widths.widths.count, textColumn + 1))
    sheet = try sheets.addSheet(section.name, title: section.title)
  }

  mutating func write() throws(WorkbookError) {
    try open(title: section.title)
    for sentence in section.lead {
      try paragraph(
        sentence, CellStyle(size: SectionSheet.textSize, isTopAligned: true, wraps: true))
    }
    if !section.lead.isEmpty { row += 1 }
    for block in section.blocks {
      switch block {
      case .table(let table): try write(table)
      case .chart(let chart): try write(chart)
      }
    }
    try writeNotes()
    try holdHeading()
    try sheet.applyPageBreaks()
  }

  /// The head of a sheet: title, period, way back; and its columns.
  mutating func open(title: String) throws(WorkbookError) {
    for (column, width) in widths.widths.enumerated() {
      try sheet.setWidth(width, ofColumn: column)
    }
    let heading = CellStyle(size: 16, isBold: true, colour: Palette.accent)
    try sheet.write(title, 0, 0, sheets.styles.format(heading))
    try sheet.setHeight(30, ofRow: 0)
    let quiet = CellStyle(size: 9, colour: Palette.quiet)
    try sheet.write(sheets.report.pageNote, 1, 0, sheets.styles.format(quiet))
    let link = CellStyle(size: 9, isUnderlined: true, colour: Palette.accent)
    try sheet.write(
      link: sheets.words.backToContents, to: sheets.words.contents, 2, 0,
      sheets.styles.format(link))
    row = 4
    pageStart = 0
  }

  /// A text over the width of the sheet, its row as high as it needs.
  mutating func paragraph(_ text: String, _ style: CellStyle) throws(WorkbookError) {
    let range = CellRange(firstRow: row, firstColumn: 0, lastRow: row, lastColumn: textColumn)
    try sheet.merge(text, range, sheets.styles.format(style))
    let width = widths.total(ofFirst: textColumn + 1) * 10 / style.size
    let lines = Double(ColumnWidths.lines(of: text, in: width))
    try sheet.setHeight(lines * style.size * 1.55 + 3, ofRow: row)
    row += 1
  }

  private mutating func writeNotes() throws(WorkbookError) {
    guard !section.notes.isEmpty else { return }
    let heading = CellStyle(size: 9, isBold: true, colour: Palette.quiet)
    try sheet.write(sheets.words.notes, row, 0, sheets.styles.format(heading))
    row += 1
    for (index, note) in section.notes.enumerated() {
      try paragraph(
        sheets.words.mark(index + 1) + " " + note,
        CellStyle(size: 9, colour: Palette.quiet, isTopAligned: true, wraps: true))
    }
  }

  /// Keeps the heading of a long first table in sight, and prints it on each of its pages where the
  /// sheet has no other table over whose rows it would mislead.
  private func holdHeading() throws(WorkbookError) {
    let tables = section.tables
    guard let first = tables.first, let place = places[first.id] else { return }
    let end = place.dataRows?.upperBound ?? place.headingRow
    if tables.count == 1, pixelsBetween(0, end + 1) > pageHeight {
      try place.sheet.repeatOnPages(row: place.headingRow)
    }
    let above = (0...place.headingRow).reduce(0.0) { $0 + place.sheet.height(ofRow: $1) }
    guard first.rows.count > 20, above < 260 else { return }
    place.sheet.freeze(aboveRow: place.headingRow + 1, leftOfColumn: 0)
  }
}

extension Section {
  var tables: [Table] {
    blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  /// The columns, by table, of the series of line charts.
  fileprivate var lineColumns: [String: Set<Int>] {
    blocks.reduce(into: [:]) { columns, block in
      guard case .chart(let chart) = block, chart.kind == .line else { return }
      columns[chart.table, default: []].formUnion(chart.series)
    }
  }
}

extension Table {
  func headings(_ words: FixedWords) -> [Heading] { columns.map { Heading($0, words) } }
}
