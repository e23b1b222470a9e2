/// Why a workbook was not written; whatever libxlsxwriter would lose or garble in silence is one.
public enum WorkbookError: Error, Sendable, Equatable {
  /// libxlsxwriter is not there, or not as it must be.
  case noLibrary(reason: String)
  /// The file cannot be made or written at this path.
  case notWritable(path: String, reason: String)
  /// The written file was read again and is not what was meant, as on a full disk.
  case incomplete(part: String, reason: String)
  /// A text is longer than a cell holds: 32,767 UTF-16 units.
  case textTooLong(place: String, units: Int)
  /// Not a number or infinite.
  case notFinite(place: String)
  /// A whole number that a workbook, which knows only doubles, would change.
  case inexact(place: String, value: Int64)
  case sheetName(String, reason: String)
  case tableName(String, reason: String)
  /// A heading that is empty, too long, or stands twice in its table.
  case heading(String, table: String, reason: String)
  /// A row has fewer or more cells than its table has columns.
  case cellCount(table: String, row: Int, found: Int, expected: Int)
  /// The cells of a column are not what the column says they are made from.
  case derivation(table: String, column: String, reason: String)
  /// A formula that a spreadsheet would refuse.
  case formula(place: String, reason: String)
  /// A sheet of an accessible workbook has what a screen reader stumbles over.
  case inaccessible(sheet: String, reason: String)
  /// Two tables or merged ranges on the same cells.
  case overlap(sheet: String, range: String, other: String)
  /// A cell beyond the last row or column of a sheet.
  case outsideSheet(place: String)
  /// A font's name or a number format of more than 127 bytes.
  case formatTooLong(String)
  /// A chart of a table or a column that is not on its sheet.
  case chart(title: String, reason: String)
  /// libxlsxwriter refused something for a reason of its own.
  case refused(what: String, place: String, reason: String)
}

extension WorkbookError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noLibrary(let reason):
      "libxlsxwriter cannot be loaded: \(reason); is it installed?"
    case .notWritable(let path, let reason): "cannot write '\(path)': \(reason)"
    case .incomplete(let part, let reason):
      "the workbook is incomplete: '\(part)' \(reason); is the disk full?"
    case .textTooLong(let place, let units):
      "\(place): a text of \(units) UTF-16 units; a cell holds \(SheetLimits.textUnits)"
    case .notFinite(let place): "\(place): a number that is not finite"
    case .inexact(let place, let value): "\(place): \(value) cannot be kept exactly in a cell"
    case .sheetName(let name, let reason): "the sheet name '\(name)' \(reason)"
    case .tableName(let name, let reason): "the table name '\(name)' \(reason)"
    case .heading(let heading, let table, let reason):
      "the heading '\(heading)' of table '\(table)' \(reason)"
    case .cellCount(let table, let row, let found, let expected):
      "row \(row) of table '\(table)' has \(found) cells instead of \(expected)"
    case .derivation(let table, let column, let reason):
      "column '\(column)' of table '\(table)' \(reason)"
    case .formula(let place, let reason): "\(place): the formula \(reason)"
    case .inaccessible(let sheet, let reason):
      "the sheet '\(sheet)' of an accessible workbook \(reason)"
    case .overlap(let sheet, let range, let other):
      "\(range) on sheet '\(sheet)' overlaps with \(other)"
    case .outsideSheet(let place): "\(place) lies outside the sheet"
    case .formatTooLong(let text): "the format '\(text)' is longer than 127 bytes"
    case .chart(let title, let reason): "the chart '\(title)' \(reason)"
    case .refused(let what, let place, let reason): "\(place): \(what) refused: \(reason)"
    }
  }
}
