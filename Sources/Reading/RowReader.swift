/// One table of rows, wherever it comes from: a text file, or a sheet of a workbook.
///
/// It is read in three steps. `preview` shows the first rows, so that whoever knows what a table of its
/// kind looks like can tell its heading from the titles above it. `begin` says behind which row the
/// table's own rows start. Then blocks are taken with `next` and their cells found with `locateCells`, by
/// any number of threads.
///
/// Cells are text in UTF-8 as a person would type them: a day of a workbook is `2023-06-05`, or
/// `2023-06-05 14:30` with a time; a number has no grouping and no exponent. Where cells are merged
/// across rows, each of these rows has the value; where they are merged across columns, the first has it.
public protocol RowReader: AnyObject, Sendable {
  /// The sheet's name; empty for text files, which are one sheet without a name.
  var sheet: String { get }
  /// The sheet is not shown to those who open the workbook.
  var isHidden: Bool { get }
  /// The table's length in bytes, roughly: sizes of buffers are taken from it.
  var byteCount: Int { get }

  /// The first rows that are not blank; to be called before `begin`.
  ///
  /// - Parameter limit: how many at most; fewer are returned where the table has no more, or where its
  ///   first 64 KiB hold no more.
  /// - Throws: `ReadingError` where the first rows cannot be read.
  func preview(rows limit: Int) throws(ReadingError) -> [PreviewRow]

  /// Starts the table's rows behind a row, 0 for all of them; to be called once.
  ///
  /// - Parameter row: at most the last row that `preview` has returned.
  func begin(behind row: Int) throws(ReadingError)

  /// Fills the block with the next rows; false where there are none left.
  func next(into block: RecordBlock) throws(ReadingError) -> Bool

  /// Finds the wanted cells of a block's rows.
  ///
  /// - Parameter slots: for each column of the table, the column of the block that takes it, or -1.
  func locateCells(of block: RecordBlock, slots: [Int])

  /// The SHA-256 of the whole file in hexadecimal; empty until the last block has been read.
  var sha256: String { get }
  /// The number of the last row, blank ones included; known when the last block has been read.
  var lastRow: Int { get }
  /// What the cells do not show; known when the last block has been read.
  var remarks: [SheetRemark] { get }
}

/// A row as it stands in the file, its cells without white space at their ends.
public struct PreviewRow: Hashable, Sendable {
  /// As a person counts it, from 1.
  public let number: Int
  public let cells: [String]

  public init(number: Int, cells: [String]) {
    self.number = number
    self.cells = cells
  }
}

/// Something about a sheet that its cells do not show.
public enum SheetRemark: Hashable, Sendable {
  /// Rows that are not shown; they are read like the others.
  case hiddenRows(ClosedRange<Int>)
  /// A formula without a stored result; its cell is empty. Columns count from 0.
  case formulaWithoutValue(row: Int, column: Int)
  /// A cell whose stored result is an error, as `#REF!`; the cell holds that text.
  case errorValue(row: Int, column: Int)
  /// A text longer than Excel holds in a cell; the cell has as much of it as that.
  case longText(row: Int, column: Int, beginning: String)
}
