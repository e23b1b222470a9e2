import CXLSXWriter
import ReportModel

/// One worksheet; every write is checked for what libxlsxwriter would lose in silence.
///
/// Must not be used after the workbook is finished.
final class Sheet {
  typealias Format = UnsafeMutablePointer<lxw_format>

  static let defaultRowHeight = 13.5
  /// Whole numbers up to this are kept exactly.
  static let exactLimit = Double(SheetLimits.exactInteger)

  let pointer: UnsafeMutablePointer<lxw_worksheet>
  let name: String
  var pageBreaks: [UInt32] = []
  private var taken: [CellRange] = []
  private var rows = RowSet()
  /// What the sheet holds so far, but for its rows.
  private(set) var holds = WorkbookContents.Sheet()
  /// The columns of each of its tables.
  private(set) var tableColumns: [Int] = []
  /// The defined names that it has: `Print_Titles`, `Print_Area`.
  private(set) var names: Set<String> = []
  private var heights: [Int: Double] = [:]

  init(pointer: UnsafeMutablePointer<lxw_worksheet>, name: String) {
    self.pointer = pointer
    self.name = name
  }

  /// What the file must hold.
  var contents: WorkbookContents.Sheet {
    var contents = holds
    contents.rows = rows.count
    return contents
  }

  /// Notes what the sheet holds besides cells.
  func note(_ change: (inout WorkbookContents.Sheet) -> Void) { change(&holds) }

  func noteTable(columns: Int) {
    holds.tables += 1
    tableColumns.append(columns)
  }

  func noteName(_ name: String) { names.insert(name) }

  /// Writes any cell of a report; a blank one shows its sign.
  ///
  /// - Throws: `textTooLong`, `notFinite`, `inexact`, `outsideSheet`.
  func write(_ cell: Cell, _ row: Int, _ column: Int, _ format: Format?) throws(WorkbookError) {
    switch cell {
    case .text(let text), .blank(let text): try write(text, row, column, format)
    case .number(let value): try write(value, row, column, format)
    case .integer(let value):
      guard value.magnitude <= SheetLimits.exactInteger else {
        throw .inexact(place: place(row, column), value: value)
      }
      try write(Double(value), row, column, format)
    }
  }

  /// - Throws: `textTooLong`, `outsideSheet`.
  func write(_ text: String, _ row: Int, _ column: Int, _ format: Format?) throws(WorkbookError) {
    let count = text.utf8.count
    if count > SheetLimits.textUnits, text.utf16.count > SheetLimits.textUnits {
      throw .textTooLong(place: place(row, column), units: text.utf16.count)
    }
    let (at, across) = try position(row, column)
    let result: lxw_error? = text.withCString { bytes in
      guard SheetText.isPlain(bytes, count: count) else { return nil }
      return worksheet_write_string(pointer, at, across, bytes, format)
    }
    guard let result else { return try write(cleaned: text, row, column, format) }
    try require(result, "a text", row, column)
  }

  private func write(
    cleaned text: String, _ row: Int, _ column: Int, _ format: Format?
  ) throws(WorkbookError) {
    let safe = SheetText.cleaned(text)
    guard safe.utf16.count <= SheetLimits.textUnits else {
      throw .textTooLong(place: place(row, column), units: safe.utf16.count)
    }
    let (at, across) = try position(row, column)
    try require(worksheet_write_string(pointer, at, across, safe, format), "a text", row, column)
  }

  /// - Throws: `notFinite`, `outsideSheet`.
  func write(_ value: Double, _ row: Int, _ column: Int, _ format: Format?) throws(WorkbookError) {
    guard value.isFinite else { throw .notFinite(place: place(row, column)) }
    let (at, across) = try position(row, column)
    try require(
      worksheet_write_number(pointer, at, across, value, format), "a number", row, column)
  }

  /// Writes a formula with the value that it has, for programs that do not calculate.
  func write(
    formula: String, value: Double, _ row: Int, _ column: Int, _ format: Format?
  ) throws(WorkbookError) {
    guard value.isFinite else { throw .notFinite(place: place(row, column)) }
    try check(formula, row, column)
    let (at, across) = try position(row, column)
    try require(
      worksheet_write_formula_num(pointer, at, across, formula, format, value), "a formula", row,
      column)
  }

  /// Writes a formula with the text that it has.
  func write(
    formula: String, text: String, _ row: Int, _ column: Int, _ format: Format?
  ) throws(WorkbookError) {
    try check(formula, row, column)
    let (at, across) = try position(row, column)
    try require(
      worksheet_write_formula_str(pointer, at, across, formula, format, SheetText.cleaned(text)),
      "a formula", row, column)
  }

  private func check(_ formula: String, _ row: Int, _ column: Int) throws(WorkbookError) {
    if let reason = FormulaCheck.objection(formula) {
      throw .formula(place: place(row, column), reason: reason)
    }
    holds.formulas += 1
  }

  /// An empty cell that has a look.
  func writeEmpty(_ row: Int, _ column: Int, _ format: Format) throws(WorkbookError) {
    let (at, across) = try position(row, column)
    try require(worksheet_write_blank(pointer, at, across, format), "a blank", row, column)
  }

  /// A text that leads to a cell of another sheet of the workbook.
  func write(
    link text: String, to sheet: String, cell: String = "A1", _ row: Int, _ column: Int,
    _ format: Format
  ) throws(WorkbookError) {
    let quoted = sheet.split(separator: "'", omittingEmptySubsequences: false).joined(
      separator: "''")
    let (at, across) = try position(row, column)
    let target = "internal:'\(quoted)'!\(cell)"
    try require(worksheet_write_url(pointer, at, across, target, format), "a link", row, column)
    try write(text, row, column, format)
  }

  /// Joins cells of one row and writes a text into them.
  ///
  /// - Throws: `overlap` where a table or other joined cells lie there.
  func merge(_ text: String, _ range: CellRange, _ format: Format) throws(WorkbookError) {
    try take(range)
    if range.firstColumn < range.lastColumn || range.firstRow < range.lastRow {
      let (at, across) = try position(range.firstRow, range.firstColumn)
      let (end, endAcross) = try position(range.lastRow, range.lastColumn)
      try require(
        worksheet_merge_range(pointer, at, across, end, endAcross, "", format), "joined cells",
        range.firstRow, range.firstColumn)
      for row in range.firstRow...range.lastRow { rows.insert(row) }
      holds.joined += 1
    }
    try write(text, range.firstRow, range.firstColumn, format)
  }

  /// Claims cells for a table or joined cells.
  func take(_ range: CellRange) throws(WorkbookError) {
    guard range.fitsSheet else { throw .outsideSheet(place: "\(name)!\(range.a1)") }
    if let other = taken.first(where: range.overlaps) {
      throw .overlap(sheet: name, range: range.a1, other: other.a1)
    }
    taken.append(range)
  }

  /// Sets the height of a row, in points.
  func setHeight(_ points: Double, ofRow row: Int) throws(WorkbookError) {
    let (at, _) = try position(row, 0)
    try require(worksheet_set_row(pointer, at, points, nil), "a row height", row, 0)
    heights[row] = points
  }

  /// The height of a row, in points.
  func height(ofRow row: Int) -> Double { heights[row] ?? Sheet.defaultRowHeight }

  /// The place as people write it, as `科室!C7`.
  func place(_ row: Int, _ column: Int) -> String {
    guard row >= 0, column >= 0 else { return name }
    return name + "!" + CellRange.a1(row, column)
  }

  /// - Throws: `refused` where libxlsxwriter reports anything but success.
  func require(
    _ result: lxw_error, _ what: String, _ row: Int, _ column: Int
  ) throws(WorkbookError) {
    guard result == LXW_NO_ERROR else {
      throw .refused(what: what + " was", place: place(row, column), reason: reason(result))
    }
  }

  private func position(_ row: Int, _ column: Int) throws(WorkbookError) -> (UInt32, UInt16) {
    guard row >= 0, column >= 0, row < SheetLimits.rows, column < SheetLimits.columns else {
      throw .outsideSheet(place: place(row, column))
    }
    rows.insert(row)
    return (UInt32(row), UInt16(column))
  }
}

/// The rows that were written; a bitmap, since a long table has a million of them.
private struct RowSet {
  private var words: [UInt64] = []
  private var latest = -1

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  mutating func insert(_ row: Int) {
    guard row != latest else { return }
    latest = row
    while words.count <= row / 64 { words.append(0) }
    words[row / 64] |= 1 << UInt64(row % 64)
  }
}
