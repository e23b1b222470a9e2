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
  var hasChartAtRight = false
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
  /// The height of the heading that is printed on each further page, in pixels.
  var repeatedHeight = 0.0
  /// What a printed page of the sheet holds.
  let page: PageArea
  /// The sheet has a table that runs over several pages, whose heading they repeat; another table
  /// under that heading would mislead.
  var holdsLongTable = false
  var holdsTables = false
  /// The sheets that the section has.
  var partCount = 1
  var places: [String: TablePlace] = [:]
  /// Charts that stand above their tables, and the rows that they begin in.
  var awaited: [(chart: Chart, row: Int)] = []
  /// The columns of each table that line charts draw.
  let lineColumns: [String: Set<Int>]

  static let textSize = 10.5
  private static let gapHeight = 8.0

  init(_ section: Section, _ sheets: WorkbookSheets) throws(WorkbookError) {
    self.section = section
    self.sheets = sheets
    let words = sheets.words
    widths = ColumnWidths(
      tables: section.tables + SectionSheet.lookupTables(section, sheets),
      headings: { $0.headings(words) },
      numbers: NumberText(rule: sheets.report.rounding), language: sheets.report.language)
    textColumn = widths.widths.count - 1
    lineColumns = section.lineColumns
    page = PageArea(rightEdge: widths.pixels(ofFirst: widths.widths.count))
    sheet = try sheets.addSheet(section.name, title: section.title, group: section.group)
  }

  mutating func write() throws(WorkbookError) {
    try open(title: section.title)
    for sentence in section.lead {
      try paragraph(
        sentence, CellStyle(size: SectionSheet.textSize, isTopAligned: true, wraps: true))
    }
    for comment in section.comments {
      try paragraph(
        comment.signed(sheets.report.language),
        CellStyle(
          size: SectionSheet.textSize, fill: Palette.totalFill, isTopAligned: true, wraps: true))
    }
    if !section.lead.isEmpty || !section.comments.isEmpty { try leaveGap() }
    if let lookup = section.lookup { try write(lookup) }
    for block in section.blocks {
      switch block {
      case .table(let table): try write(table)
      case .chart(let chart): try write(chart)
      }
    }
    try writeNotes()
    try sheet.applyPageBreaks()
    sheets.tables.merge(places) { _, later in later }
    if !section.isPrinted, let first = places.values.map(\.headingRow).min() {
      try sheet.limitPrint(toRow: first - 2, column: 8)
    }
  }

  /// The head of a sheet: title, period, way back; and its columns.
  mutating func open(title: String) throws(WorkbookError) {
    for (column, width) in widths.widths.enumerated() {
      try sheet.setWidth(width, ofColumn: column)
    }
    sheet.setPrintScale(section.isPrinted ? page.scale : PageArea(rightEdge: 0).scale)
    let heading = CellStyle(size: 16, isBold: true, colour: Palette.accent)
    try sheet.write(title, 0, 0, sheets.styles.format(heading))
    try sheet.setHeight(28, ofRow: 0)
    let quiet = CellStyle(size: 9, colour: Palette.quiet)
    try sheet.write(sheets.report.pageNote, 1, 0, sheets.styles.format(quiet))
    let link = CellStyle(size: 9, isUnderlined: true, colour: Palette.accent)
    try sheet.write(
      link: sheets.words.backToContents, to: sheets.words.contents, 2, 0,
      sheets.styles.format(link))
    try sheet.setHeight(6, ofRow: 3)
    row = 4
    pageStart = 0
    repeatedHeight = 0
    holdsLongTable = false
    holdsTables = false
  }

  /// An empty row, lower than others.
  mutating func leaveGap() throws(WorkbookError) {
    try sheet.setHeight(SectionSheet.gapHeight, ofRow: row)
    row += 1
  }

  /// A text over the width of the sheet, its row as high as it needs.
  mutating func paragraph(_ text: String, _ style: CellStyle) throws(WorkbookError) {
    let range = CellRange(firstRow: row, firstColumn: 0, lastRow: row, lastColumn: textColumn)
    try sheet.merge(text, range, sheets.styles.format(style))
    let width = widths.total(ofFirst: textColumn + 1) * 10 / style.size
    let lines = Double(ColumnWidths.lines(of: text, in: width))
    try sheet.setHeight(lines * style.size * 1.5 + 3, ofRow: row)
    row += 1
  }

  private mutating func writeNotes() throws(WorkbookError) {
    let texts =
      section.notes.indices.map { sheets.words.mark($0 + 1) + " " + section.notes[$0] }
      + signs.map { sheets.words.explained($0) } + section.remarks
    guard !texts.isEmpty else { return }
    let width = widths.total(ofFirst: textColumn + 1) * 10 / 9
    let lines = texts.reduce(1) { $0 + ColumnWidths.lines(of: $1, in: width) }
    keepTogether(pixels: Double(lines) * 20)
    let heading = CellStyle(size: 9, isBold: true, colour: Palette.quiet)
    try sheet.write(sheets.words.notes, row, 0, sheets.styles.format(heading))
    row += 1
    for text in texts {
      try paragraph(
        text, CellStyle(size: 9, colour: Palette.quiet, isTopAligned: true, wraps: true))
    }
  }

  /// The signs in the section's tables that are to be explained.
  private var signs: [Sign] {
    sheets.report.signs.filter { sign in
      section.tables.contains { table in
        sign.text == Table.revisedMark && !table.revised.isEmpty
          || table.rows.contains { $0.contains(.blank(sign.text)) }
          || table.total?.contains(.blank(sign.text)) == true
      }
    }
  }

  /// Prints the heading of a long table on each of its pages, and keeps that of a first one in sight.
  mutating func holdHeading(_ headingRow: Int, isFirst: Bool, rowCount: Int) throws(WorkbookError) {
    if holdsLongTable {
      try sheet.repeatOnPages(row: headingRow)
      repeatedHeight = sheet.height(ofRow: headingRow) * 4 / 3
    }
    let above = (0...headingRow).reduce(0.0) { $0 + sheet.height(ofRow: $1) }
    guard isFirst, rowCount > 20, above < 260 else { return }
    sheet.freeze(aboveRow: headingRow + 1, leftOfColumn: 1)
  }
}

extension Section {
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
