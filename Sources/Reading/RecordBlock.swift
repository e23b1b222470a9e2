internal import CScan

/// A batch of records: their bytes, and where each wanted cell of each record lies in them.
///
/// This is what Reading hands to Checking. A block is reused for the next batch, so that reading a
/// file of any length needs the memory of a few blocks. Cells are stored column by column: a column
/// is then decoded in one tight loop.
///
/// - Note: `bytes` may be read up to 64 bytes behind the last record; that padding is zero or stale.
public final class RecordBlock {
  /// The bytes that one block takes from the file at most.
  public static let byteCapacity = 512 << 10
  /// What it takes of a file of some megabytes or less, whose report is to need little memory. Of larger
  /// ones blocks are twice as long, and threads wait half as often for each other.
  static let usualBytes = 256 << 10
  static let largeFile = 16 << 20
  static let padding = 64

  public private(set) var bytes: UnsafeMutablePointer<UInt8>
  let bufferSize: Int
  private let buffer: UnsafeMutablePointer<UInt8>
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

  /// Where cells begin and end, as offsets into `bytes`: of a slot's first cell at `firsts[slot]`, of each
  /// further one `stride` behind. The end is that much less as `gaps[slot]` says.
  @usableFromInline private(set) var starts: UnsafeMutablePointer<UInt32>
  @usableFromInline private(set) var ends: UnsafeMutablePointer<UInt32>
  @usableFromInline private(set) var stride = 1
  @usableFromInline private(set) var firsts: [Int]
  @usableFromInline private(set) var gaps: [UInt32]
  /// At first 0 and the offsets behind all separators and line feeds, as `look` finds them.
  private var cells: UnsafeMutablePointer<UInt32>
  private var cellCapacity = 0
  /// The row of each record as a person counts it; the heading is row 1.
  public private(set) var rowNumbers: UnsafeMutablePointer<UInt32>
  private(set) var rowCapacity = 0

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
  /// Of a plain block: its separators and line feeds, the end of a last record without a line feed among
  /// them; its carriage returns; and whether there is such a record.
  var markCount = 0
  var returnCount = 0
  var isOpenEnded = false
  /// Whether all that was read is UTF-8; nil where that is not known.
  private(set) var isKnownUTF8: Bool?
  /// The block's last record is only the beginning of one.
  var isLastCut = false
  var dialect = Dialect.standard
  /// The bytes have been converted, so they are UTF-8 without looking.
  var isConverted = false

  public init(columnCount: Int) {
    self.columnCount = columnCount
    bufferSize = RecordBlock.byteCapacity + RecordReader.longestRecord
    buffer = .allocate(capacity: bufferSize + 2 * RecordBlock.padding)
    buffer.initialize(repeating: 0, count: RecordBlock.padding)
    (buffer + bufferSize).initialize(repeating: 0, count: 2 * RecordBlock.padding)
    bytes = buffer
    firsts = Array(repeating: 0, count: columnCount)
    gaps = Array(repeating: 0, count: columnCount)
    cells = .allocate(capacity: 0)
    starts = cells
    ends = cells
    rowNumbers = .allocate(capacity: 0)
  }

  deinit {
    buffer.deallocate()
    cells.deallocate()
    rowNumbers.deallocate()
  }

  /// Lets the bytes begin where the next ones behind those carried over begin with a group of 64.
  func begin(carrying count: Int) {
    bytes = buffer + (64 - count % 64) % 64
  }

  /// Looks at the bytes that have been read, and finds the places of their marks.
  ///
  /// - Parameter fresh: the file whose digest has yet to take the last ones in, and where these begin.
  func look(
    count: Int, isFinal: Bool, dialect: Dialect, fresh: (file: TextFile, from: Int)?
  ) -> ScanLook {
    let lead = bytes - buffer
    buffer.update(repeating: 0, count: lead)
    (bytes + count).update(repeating: 0, count: RecordBlock.padding)
    var look = ScanLook()
    look.separator = dialect.separator
    look.quote = dialect.quote == 0 ? 0xFF : dialect.quote
    // As many as there are bytes: memory is taken as far as there are marks.
    reserveCells(lead + count + RecordBlock.padding)
    cells[0] = 0
    let places = cells + 1
    func run(_ digest: UnsafeMutablePointer<UInt32>?, _ from: Int) -> Bool {
      scan_look(&look, buffer, lead + count, isFinal ? 1 : 0, lead, places, digest, lead + from)
        != 0
    }
    if let fresh {
      let bytes = UnsafeRawBufferPointer(start: bytes + fresh.from, count: count - fresh.from)
      fresh.file.digest(bytes) { run($0, fresh.from) }
    } else {
      _ = run(nil, 0)
    }
    look.end = max(look.end, lead) - lead
    isKnownUTF8 = look.is_utf8 < 0 ? nil : look.is_utf8 == 1
    return look
  }

  /// Makes room for so many records by column; what the block held before is lost.
  func reserve(rows: Int) {
    reserveRows(rows)
    let count = rowCapacity * max(columnCount, 1)
    reserveCells(2 * count)
    starts = cells
    ends = cells + count
    stride = 1
    for slot in 0..<columnCount { (firsts[slot], gaps[slot]) = (slot * rowCapacity, 0) }
  }

  private func reserveRows(_ rows: Int) {
    guard rows > rowCapacity else { return }
    rowNumbers.deallocate()
    rowCapacity = max(rows, 1024)
    rowNumbers = .allocate(capacity: rowCapacity)
  }

  private func reserveCells(_ count: Int) {
    guard count > cellCapacity else { return }
    cells.deallocate()
    cellCapacity = max(count, 4096)
    cells = .allocate(capacity: cellCapacity)
  }

  /// Takes the marks of a plain block for its cells, where all records have as many as the heading, none is
  /// blank and all end alike: then a cell begins behind each mark, and none has to be told from another.
  ///
  /// - Parameter slots: for each column of the file, the column of the block that takes it, or -1.
  /// - Returns: false where that is not so, and nothing is known of the cells.
  func takeMarks(slots: UnsafeBufferPointer<Int>) -> Bool {
    let hasReturns = returnCount > 0
    guard isPlain, !isLastCut, !slots.isEmpty, markCount == recordCount * slots.count,
      !hasReturns || returnCount == recordCount
    else { return false }
    if isOpenEnded { cells[markCount] = UInt32(byteCount + 1) }
    guard isRegular(columns: slots.count) else { return false }
    starts = cells
    ends = cells + 1
    stride = slots.count
    for (column, slot) in slots.enumerated() where slot >= 0 {
      (firsts[slot], gaps[slot]) = (column, hasReturns && column == slots.count - 1 ? 2 : 1)
    }
    reserveRows(recordCount)
    for row in 0..<recordCount {
      rowNumbers[row] = UInt32(truncatingIfNeeded: firstRow &+ row)
    }
    rowCount = recordCount
    return true
  }

  /// Whether every so many marks a record ends, and none begins as a blank one may.
  private func isRegular(columns: Int) -> Bool {
    let separator = dialect.separator
    var mark = cells
    for row in 0..<recordCount {
      let first = bytes[Int(mark[0])]
      mark += columns
      guard first > 0x2C, first != separator,
        bytes[Int(mark[0]) &- 1] == 0x0A || isOpenEnded && row == recordCount - 1
      else { return false }
    }
    return true
  }

  /// The bytes of one cell, not trimmed.
  @inlinable
  public func cell(_ column: Int, _ row: Int) -> UnsafeBufferPointer<UInt8> {
    self.column(column)[row]
  }

  /// The cells of one column, for a loop over its rows.
  @inlinable
  public func column(_ column: Int) -> CellColumn {
    let first = firsts[column]
    return CellColumn(
      bytes: bytes, starts: starts + first, ends: ends + first, stride: stride, gap: gaps[column])
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
  public let bytes: UnsafePointer<UInt8>
  public let starts: UnsafePointer<UInt32>
  public let ends: UnsafePointer<UInt32>
  public let stride: Int
  public let gap: UInt32

  /// - Parameters:
  ///   - stride: from the place of a row to that of the next.
  ///   - gap: how far behind the end of a cell the bytes lie that `ends` tells.
  @inlinable
  public init(
    bytes: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>,
    stride: Int = 1, gap: UInt32 = 0
  ) {
    self.bytes = bytes
    self.starts = starts
    self.ends = ends
    self.stride = stride
    self.gap = gap
  }

  /// The cells behind some rows.
  @inlinable
  public func dropping(rows: Int) -> CellColumn {
    CellColumn(
      bytes: bytes, starts: starts + rows &* stride, ends: ends + rows &* stride, stride: stride,
      gap: gap)
  }

  /// The bytes of a cell, not trimmed.
  @inlinable
  public subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
    let at = row &* stride
    let start = starts[at]
    return UnsafeBufferPointer(
      start: bytes + Int(start), count: Int(truncatingIfNeeded: ends[at] &- gap &- start))
  }
}
