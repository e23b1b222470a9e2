import CXLSXWriter
import Records

/// Writes a form as an Excel workbook; the same form gives the same bytes.
public struct FormRenderer: Sendable {
  public init() {}

  /// The most comments that one sheet gets; what is more stands in the list of findings only.
  static let mostComments = 5000

  /// Writes the workbook and reads it back, so that what returns without an error is whole.
  ///
  /// - Parameters:
  ///   - path: a file that stands there is replaced; nothing stands there after an error.
  ///   - temporaryFolder: where the parts are collected.
  /// - Throws: `WorkbookError`, where a value does not fit a workbook, or the disk not the workbook.
  /// - Complexity: O(n) in the number of cells.
  public func write(
    _ form: FormWorkbook, to path: String, temporaryFolder: String
  ) throws(WorkbookError) {
    try WrittenWorkbook.make(at: path) { () throws(WorkbookError) in
      try assemble(form, path: path, temporaryFolder: temporaryFolder)
    }
  }

  private func assemble(
    _ form: FormWorkbook, path: String, temporaryFolder: String
  ) throws(WorkbookError) -> WorkbookContents {
    let file = try WorkbookFile(path: path, temporaryFolder: temporaryFolder)
    file.describe(title: form.title, organisation: form.organisation, day: form.day)
    let styles = try StyleBook(
      book: file.book, theme: Theme(.accessible, form.language))
    var names = NameRegister()
    var sheets: [Sheet] = []
    for model in form.sheets {
      try names.takeSheet(model.name)
      guard let pointer = workbook_add_worksheet(file.book, model.name) else {
        throw .sheetName(model.name, reason: "is refused by libxlsxwriter")
      }
      let sheet = Sheet(pointer: pointer, name: model.name)
      try FormSheet(model, form, sheet, styles).write()
      sheets.append(sheet)
    }
    let meant = WorkbookContents(of: sheets)
    try file.finish(path: path)
    return meant
  }
}

/// One sheet of a form.
private struct FormSheet {
  private let model: FormWorkbook.Sheet
  private let form: FormWorkbook
  private let sheet: Sheet
  private let styles: StyleBook

  init(
    _ model: FormWorkbook.Sheet, _ form: FormWorkbook, _ sheet: Sheet, _ styles: StyleBook
  ) {
    self.model = model
    self.form = form
    self.sheet = sheet
    self.styles = styles
  }

  func write() throws(WorkbookError) {
    try setUpPage()
    for cell in model.cells { try write(cell) }
    if model.wraps { try setHeights() }
    // Room for a pen.
    for row in Set(model.cells.filter { $0.look == .input }.map(\.row)).sorted() {
      try sheet.setHeight(21, ofRow: row - 1)
    }
    for comment in model.comments.prefix(FormRenderer.mostComments) {
      try sheet.comment(comment.text, comment.row - 1, comment.column)
    }
    for check in model.checks { try sheet.addCheck(check, form.language) }
  }

  private func setUpPage() throws(WorkbookError) {
    let words = FixedWords(form.language)
    try sheet.setUpPage(
      PageMargins(
        headerLeft: form.organisation, headerRight: form.title, footerLeft: model.name,
        footerRight: words.page, font: Theme(.accessible, form.language).text))
    sheet.fitWidthOnPages()
    worksheet_gridlines(sheet.pointer, UInt8(LXW_SHOW_SCREEN_GRIDLINES.rawValue))
    if model.isHidden { worksheet_hide(sheet.pointer) }
    if model.headingRow > 0 {
      sheet.freeze(aboveRow: model.headingRow, leftOfColumn: 0)
      try sheet.repeatOnPages(row: model.headingRow - 1)
    }
    for (column, width) in widths().sorted(by: { $0.key < $1.key }) {
      try sheet.setColumn(column, width: width, format: try columnFormat(column))
    }
  }

  private static let dayFormat = "yyyy-mm-dd"

  private func isDay(_ column: Int) -> Bool {
    model.checks.contains { $0.column == column && $0.rule == .day }
  }

  /// What is written into a column of days is shown as one.
  private func columnFormat(_ column: Int) throws(WorkbookError) -> Sheet.Format? {
    guard isDay(column) else { return nil }
    var style = CellStyle()
    style.numberFormat = FormSheet.dayFormat
    style.alignment = .left
    return try styles.format(style)
  }

  /// Rows are as high as their longest cell needs: where the height of rows is given, no program makes
  /// them higher by itself.
  private func setHeights() throws(WorkbookError) {
    let widths = widths()
    var lines: [Int: Int] = [:]
    for cell in model.cells where cell.look != .title && cell.look != .note {
      let room = max(Int(widths[cell.column] ?? 9) - 2, 1)
      let needed = (displayWidth(cell.value.text) + room - 1) / room
      lines[cell.row] = max(lines[cell.row] ?? 1, needed)
    }
    for (row, count) in lines.sorted(by: { $0.key < $1.key }) where count > 1 {
      try sheet.setHeight(Double(min(count, 20)) * Sheet.defaultRowHeight, ofRow: row - 1)
    }
  }

  private func widths() -> [Int: Double] {
    var widths: [Int: Double] = [:]
    for cell in model.cells
    where cell.look != .title && cell.look != .note && cell.row >= model.headingRow {
      let width = Double(displayWidth(cell.value.text)) + 3
      widths[cell.column] = max(widths[cell.column] ?? 9, min(width, 48))
    }
    return widths.merging(model.widths) { $1 }
  }

  private func write(_ cell: FormWorkbook.Cell) throws(WorkbookError) {
    let format = try styles.format(style(of: cell))
    switch cell.value {
    case .text(""): try sheet.writeEmpty(cell.row - 1, cell.column, format)
    case .text(let text): try sheet.write(text, cell.row - 1, cell.column, format)
    case .number(let value): try sheet.write(value, cell.row - 1, cell.column, format)
    case .link(let text, let name, let row, let column):
      try sheet.write(
        link: text, to: name, cell: CellRange.a1(max(row, 1) - 1, column), cell.row - 1,
        cell.column, format)
    }
  }

  private func style(of cell: FormWorkbook.Cell) -> CellStyle {
    var style = CellStyle()
    // Titles and notes go on over the empty cells beside them.
    style.wraps = model.wraps && cell.look != .title && cell.look != .note
    style.isTopAligned = style.wraps
    switch cell.look {
    case .plain: break
    case .title:
      style.size = 14
      style.isBold = true
      style.colour = Palette.accent
    case .note: style.colour = Palette.quiet
    case .heading, .requiredHeading:
      style.isBold = true
      style.fill = Palette.headingFill
      style.bottom = .thin
      style.edgeColour = Palette.accent
      if cell.look == .requiredHeading { style.colour = Palette.accent }
    case .input:
      style.bottom = .hair
      style.top = .hair
      if isDay(cell.column) { style.numberFormat = FormSheet.dayFormat }
    case .example:
      style.colour = Palette.quiet
      style.fill = Palette.totalFill
    case .error: style.fill = Palette.errorFill
    case .warning: style.fill = Palette.warningFill
    }
    if case .link = cell.value { style.isUnderlined = true }
    return style
  }
}

extension FormWorkbook.Value {
  fileprivate var text: String {
    switch self {
    case .text(let text), .link(let text, _, _, _): text
    case .number(let value): "\(value)"
    }
  }
}
