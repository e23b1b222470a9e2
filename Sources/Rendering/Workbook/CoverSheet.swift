import ReportModel

/// The first sheet: who reports what, on which data, and what is found where.
struct CoverSheet {
  private static let widths = [30.0, 44.0, 44.0]
  private static let width = widths.reduce(0, +)
  private static let lastColumn = widths.count - 1

  private let sheets: WorkbookSheets
  private let sheet: Sheet
  private var report: Report { sheets.report }

  init(_ sheets: WorkbookSheets) throws(WorkbookError) {
    self.sheets = sheets
    sheet = try sheets.addSheet(sheets.words.contents, title: sheets.report.title)
  }

  func write() throws(WorkbookError) {
    for (column, width) in CoverSheet.widths.enumerated() {
      try sheet.setWidth(width, ofColumn: column)
    }
    var row = try writeTitle()
    row = try writeFacts(from: row)
    row = try writeList(sheets.words.highlights, report.highlights.map(\.text), from: row)
    row = try writeList(sheets.words.decisions, report.decisions.map(\.text), from: row)
    row = try writeList(sheets.words.dataState, report.dataState, from: row)
    try writeContents(from: row)
    sheet.fitUprightPages()
  }

  private func writeTitle() throws(WorkbookError) -> Int {
    try sheet.setHeight(12, ofRow: 0)
    try line(
      report.organisation, 1, height: 24,
      CellStyle(size: 14, colour: Palette.quiet))
    try line(
      report.title, 2, height: 40,
      CellStyle(size: 24, isBold: true, colour: Palette.accent, wraps: true))
    try line(
      report.pageNote, 3, height: 22,
      CellStyle(
        size: 10.5, colour: Palette.quiet, bottom: .medium, edgeColour: Palette.accent))
    return 5
  }

  private func writeFacts(from first: Int) throws(WorkbookError) -> Int {
    let label = try sheets.styles.format(
      CellStyle(size: 10.5, colour: Palette.quiet, bottom: .hair))
    let style = CellStyle(size: 10.5, wraps: true, bottom: .hair)
    for (offset, fact) in report.cover.enumerated() {
      try sheet.write(fact.label, first + offset, 0, label)
      try text(fact.value, first + offset, from: 1, style)
    }
    return first + report.cover.count + (report.cover.isEmpty ? 0 : 1)
  }

  private func writeList(
    _ title: String, _ sentences: [String], from first: Int
  ) throws(WorkbookError) -> Int {
    guard !sentences.isEmpty else { return first }
    try heading(title, first)
    let style = CellStyle(size: 10.5, wraps: true)
    for (offset, sentence) in sentences.enumerated() {
      try text(sentence, first + 1 + offset, from: 0, style)
    }
    return first + sentences.count + 2
  }

  private func writeContents(from first: Int) throws(WorkbookError) {
    try heading(sheets.words.contents, first)
    let link = try sheets.styles.format(
      CellStyle(
        size: 10.5, isUnderlined: true, colour: Palette.accent, bottom: .hair))
    let plain = CellStyle(size: 10.5, wraps: true, bottom: .hair)
    for (offset, section) in report.sections.enumerated() {
      let row = first + 1 + offset
      try text(section.purpose, row, from: 1, plain)
      try sheet.write(link: section.name, to: section.name, row, 0, link)
    }
  }

  private func heading(_ text: String, _ row: Int) throws(WorkbookError) {
    try line(
      text, row, height: 22,
      CellStyle(
        size: 12, isBold: true, colour: Palette.accent, bottom: .thin, edgeColour: Palette.accent))
  }

  private func line(
    _ text: String, _ row: Int, height: Double, _ style: CellStyle
  ) throws(WorkbookError) {
    let range = CellRange(
      firstRow: row, firstColumn: 0, lastRow: row, lastColumn: CoverSheet.lastColumn)
    try sheet.merge(text, range, sheets.styles.format(style))
    let lines =
      style.wraps ? ColumnWidths.lines(of: text, in: CoverSheet.width * 10 / style.size) : 1
    try sheet.setHeight(height * Double(lines), ofRow: row)
  }

  /// A text that runs over all columns from one on, its row as high as it needs.
  private func text(
    _ text: String, _ row: Int, from column: Int, _ style: CellStyle
  ) throws(WorkbookError) {
    let range = CellRange(
      firstRow: row, firstColumn: column, lastRow: row, lastColumn: CoverSheet.lastColumn)
    try sheet.merge(text, range, sheets.styles.format(style))
    let width = CoverSheet.widths[column...].reduce(0, +)
    let lines = ColumnWidths.lines(of: text, in: width)
    try sheet.setHeight(Double(lines) * 14 + 3, ofRow: row)
  }
}
