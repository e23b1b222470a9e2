/// What a sheet of an .xlsx file can hold.
enum SheetLimits {
  static let rows = 1_048_576
  static let columns = 16_384
  static let textUnits = 32_767
  static let nameUnits = 31
  static let headingUnits = 255
  static let formatBytes = 127
  /// Whole numbers up to this are kept exactly.
  static let exactInteger: UInt64 = 1 << 53
}

/// A rectangle of cells; rows and columns are counted from 0, both ends belong to it.
struct CellRange: Hashable {
  var firstRow: Int
  var firstColumn: Int
  var lastRow: Int
  var lastColumn: Int

  func overlaps(_ other: CellRange) -> Bool {
    firstRow <= other.lastRow && other.firstRow <= lastRow
      && firstColumn <= other.lastColumn && other.firstColumn <= lastColumn
  }

  var fitsSheet: Bool {
    firstRow >= 0 && firstColumn >= 0 && firstRow <= lastRow && firstColumn <= lastColumn
      && lastRow < SheetLimits.rows && lastColumn < SheetLimits.columns
  }

  /// As it is written in formulas, as `B3:G8`.
  var a1: String {
    CellRange.a1(firstRow, firstColumn) + ":" + CellRange.a1(lastRow, lastColumn)
  }

  /// One cell as it is written in formulas, as `B3`.
  static func a1(_ row: Int, _ column: Int) -> String { letters(column) + String(row + 1) }

  private static func letters(_ column: Int) -> String {
    var letters: [UInt8] = []
    var rest = column + 1
    while rest > 0 {
      letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }
}
