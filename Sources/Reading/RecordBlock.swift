/// A batch of records: their bytes, and where each wanted cell of each record lies in them.
///
/// This is what Reading hands to Checking. A block is reused for the next batch, so that reading a
/// file of any length needs the memory of a few blocks. Cells are stored column by column: a column
/// is then decoded in one tight loop.
///
/// - Note: `bytes` may be read up to 64 bytes behind the last record; that padding is zero or stale.
public final class RecordBlock {
  /// The bytes that one block takes from the file at most.
  public static let byteCapacity = 256 << 10
  static let padding = 64

  public let bytes: UnsafeMutablePointer<UInt8>
  let bufferSize: Int
  /// The length of all records of the block in bytes.
  public internal(set) var byteCount = 0
  /// The position of the block in its file, from 0.
  public internal(set) var sequence = 0
  /// The number of records that have at least one cell that is not empty.
  public internal(set) var rowCount = 0
  /// The number of records without any content.
  public var blankCount: Int { recordCount - rowCount }
  /// The number of columns for which cells are kept.
  public let columnCount: Int

  /// Where cells begin and end: `[column × rowCapacity + row]`, as offsets into `bytes`.
  public private(set) var starts: UnsafeMutablePointer<UInt32>
  public private(set) var ends: UnsafeMutablePointer<UInt32>
  /// The row of each record as a person counts it; the heading is row 1.
  public private(set) var rowNumbers: UnsafeMutablePointer<UInt32>
  public private(set) var rowCapacity = 0

  /// Rows (by index in the block) with more cells than the heading has, where these are not empty.
  public internal(set) var overfullRows: [Int] = []
  /// Rows (by index in the block) with a quoted cell that is never closed.
  public internal(set) var brokenRows: [Int] = []

  /// The row (by index in the block) that is longer than any may be; only its beginning is there.
  public internal(set) var cutRow: Int?

  /// What the reader found out while it held the file: decides between the fast and careful scan.
  var firstRow = 0
  var recordCount = 0
  var isPlain = true
  /// The block's last record is only the beginning of one.
  var isLastCut = false
  var dialect = Dialect.standard
  /// The bytes have been converted, so they are UTF-8 without looking.
  var isConverted = false

  public init(columnCount: Int) {
    self.columnCount = columnCount
    bufferSize = RecordBlock.byteCapacity + RecordReader.longestRecord
    bytes = .allocate(capacity: bufferSize + RecordBlock.padding)
    (bytes + bufferSize).initialize(repeating: 0, count: RecordBlock.padding)
    starts = .allocate(capacity: 0)
    ends = .allocate(capacity: 0)
    rowNumbers = .allocate(capacity: 0)
  }

  deinit {
    bytes.deallocate()
    starts.deallocate()
    ends.deallocate()
    rowNumbers.deallocate()
  }

  /// Makes room for so many records; what the block held before is lost.
  func reserve(rows: Int) {
    guard rows > rowCapacity else { return }
    starts.deallocate()
    ends.deallocate()
    rowNumbers.deallocate()
    rowCapacity = max(rows, 1024)
    starts = .allocate(capacity: rowCapacity * max(columnCount, 1))
    ends = .allocate(capacity: rowCapacity * max(columnCount, 1))
    rowNumbers = .allocate(capacity: rowCapacity)
  }

  /// The bytes of one cell, not trimmed.
  @inlinable
  public func cell(_ column: Int, _ row: Int) -> UnsafeBufferPointer<UInt8> {
    let at = column * rowCapacity + row
    return UnsafeBufferPointer(start: bytes + Int(starts[at]), count: Int(ends[at] - starts[at]))
  }

  /// The cells of one column, for a loop over its rows.
  @inlinable
  public func column(_ column: Int) -> CellColumn {
    let first = column * rowCapacity
    return CellColumn(bytes: bytes, starts: starts + first, ends: ends + first)
  }

  /// One cell as text; what is not UTF-8 is shown as U+FFFD.
  public func text(_ column: Int, _ row: Int) -> String {
    String(decoding: cell(column, row), as: UTF8.self)
  }
}

/// The cells of one column of a block by row. It holds plain addresses, so that a loop that writes what
/// it reads need not ask the block anew for each row; it is good as long as the block is not filled again.
///
/// - Note: as with the block's bytes, up to 64 bytes behind a cell may be read.
@frozen
public struct CellColumn {
  @usableFromInline let bytes: UnsafePointer<UInt8>
  @usableFromInline let starts: UnsafePointer<UInt32>
  @usableFromInline let ends: UnsafePointer<UInt32>

  @inlinable
  public init(
    bytes: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>
  ) {
    self.bytes = bytes
    self.starts = starts
    self.ends = ends
  }

  /// The bytes of a cell, not trimmed.
  @inlinable
  public subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: bytes + Int(starts[row]), count: Int(truncatingIfNeeded: ends[row] &- starts[row]))
  }
}
