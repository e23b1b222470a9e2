internal import Synchronization

/// Reads the records of one text in blocks, for any number of threads. A record is a row. The text is that
/// of a file, or what a sheet of a workbook becomes.
///
/// It is read once, front to back, and a file is hashed as it is read. Whoever calls `next` gets the next
/// block of whole records; finding its cells happens outside the lock, on the caller's thread. Reads
/// go straight into the block, not through a memory map: pages of a map count towards the
/// program's memory, a reused block does not grow.
///
/// - Complexity: memory is O(1) in the length of the text.
public final class RecordReader: RowReader {
  /// The longest record in bytes, and the longest that a cell in quotes may be. A record that is longer than
  /// that by a block keeps its beginning only, and is marked as cut. Excel's longest cell has 32,767
  /// characters, which with all quotes doubled are 128 KiB at most.
  public static let longestRecord = 1 << 20
  static let longestQuotedCell = 256 << 10
  /// What is kept of a record that is cut.
  static let keptOfCut = 4096

  public let sheet: String
  public let isHidden: Bool
  public let byteCount: Int
  private let state: Mutex<State>

  private struct State {
    let source: any TextSource
    /// The bytes that are read for a block.
    let blockSize: Int
    var dialect: Dialect?
    var carry: [UInt8] = []
    var nextRow = 1
    var sequence = 0
    var isAtEnd = false
    var hexDigest = ""
    /// What is carried over from the beginning is the whole text.
    var isWhole = false
    /// The beginning has been read.
    var isBegun = false
    /// The last record was cut: what follows up to its line break belongs to it.
    var isWithinCut = false
  }

  /// Opens a text file and reads its beginning.
  ///
  /// - Throws: `ReadingError` where the file cannot be opened or read, or is no text.
  public convenience init(path: String) throws(ReadingError) {
    let file = try TextFile(path: path)
    self.init(try InputText.open(file), byteCount: file.byteCount)
    _ = try beginning
  }

  /// - Parameters:
  ///   - dialect: how the text separates its cells; nil where that is to be found out.
  init(
    _ source: any TextSource, byteCount: Int, dialect: Dialect? = nil, sheet: String = "",
    isHidden: Bool = false
  ) {
    self.byteCount = byteCount
    self.sheet = sheet
    self.isHidden = isHidden
    state = Mutex(
      State(source: source, blockSize: RecordReader.blockSize(byteCount), dialect: dialect))
  }

  private static func blockSize(_ byteCount: Int) -> Int {
    byteCount < RecordBlock.largeFile ? RecordBlock.usualBytes : RecordBlock.byteCapacity
  }

  /// Fills the block with the next records; false where there are none left.
  ///
  /// The block's records are found by `RecordBlock.locateCells`, which this does not call.
  public func next(into block: RecordBlock) throws(ReadingError) -> Bool {
    try state.withLock { state throws(ReadingError) in
      guard !state.isAtEnd else { return false }
      try RecordReader.readBeginning(&state)
      let (count, isFinal, fresh) = try RecordReader.fill(block, &state)
      let dialect = state.dialect ?? .standard
      var survey = survey(
        block, count: count, isFinal: isFinal, dialect: dialect, fresh: fresh)
      let rest = count - survey.byteCount
      block.isLastCut = rest > RecordReader.longestRecord
      if block.isLastCut {
        RecordReader.cut(&survey, of: block.bytes, dialect)
        (state.carry, state.isWithinCut) = ([], true)
      } else {
        state.carry = Array(UnsafeBufferPointer(start: block.bytes + survey.byteCount, count: rest))
      }
      block.byteCount = survey.byteCount
      block.recordCount = survey.recordCount
      block.isPlain = survey.isPlain
      block.dialect = dialect
      block.firstRow = state.nextRow
      block.sequence = state.sequence
      block.isConverted = state.source.isUTF8
      state.nextRow += survey.recordCount
      state.sequence += 1
      if isFinal { try RecordReader.finish(&state) }
      return true
    }
  }

  /// What is known before the first block is taken.
  struct Beginning {
    var bytes: [UInt8]
    /// Nothing follows the bytes.
    let isFinal: Bool
    let dialect: Dialect
    /// The number of the first row.
    let firstRow: Int
  }

  var beginning: Beginning {
    get throws(ReadingError) {
      try state.withLock { state throws(ReadingError) in
        try RecordReader.readBeginning(&state)
        return Beginning(
          bytes: state.carry, isFinal: state.isWhole, dialect: state.dialect ?? .standard,
          firstRow: state.nextRow)
      }
    }
  }

  /// Drops rows of the beginning.
  func skip(bytes: Int, rows: Int) {
    state.withLock { state in
      state.carry.removeFirst(min(bytes, state.carry.count))
      state.nextRow += rows
    }
  }

  public var remarks: [SheetRemark] { state.withLock { $0.source.remarks } }
  public var sha256: String { state.withLock { $0.hexDigest } }
  public var lastRow: Int { state.withLock { $0.nextRow - 1 } }

  public func locateCells(of block: RecordBlock, slots: [Int]) { block.locateCells(slots: slots) }

  private static func finish(_ state: inout State) throws(ReadingError) {
    state.hexDigest = try state.source.sha256()
    state.isAtEnd = true
  }

  /// Makes a whole record out of the beginning of one that is too long: its last cell ends in `…`.
  private static func cut(
    _ survey: inout Survey, of bytes: UnsafeMutablePointer<UInt8>, _ dialect: Dialect
  ) {
    let start = survey.byteCount
    var end = start
    let special = [dialect.quote, dialect.escape, 0x0A, 0x0D].filter { $0 != 0 }
    while end < start + keptOfCut, !special.contains(bytes[end]) { end += 1 }
    while end > start, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    for byte in "…\n".utf8 {
      bytes[end] = byte
      end += 1
    }
    survey.byteCount = end
    survey.recordCount += 1
  }

  /// Puts the next bytes of the text behind the record that was cut into a buffer.
  private static func passRest(
    _ buffer: UnsafeMutablePointer<UInt8>, _ state: inout State
  ) throws(ReadingError) -> (count: Int, isFinal: Bool) {
    var kept = 0
    while true {
      let (count, isFinal) = try read(
        into: buffer, from: kept, to: RecordBlock.byteCapacity, &state)
      let end = (0..<count).first { buffer[$0] == 0x0A || buffer[$0] == 0x0D } ?? count
      // Whether a carriage return stands for itself the next byte tells.
      let isOpen = end + 1 == count && buffer[end] == 0x0D && !isFinal
      if end < count, !isOpen {
        let isPair = buffer[end] == 0x0D && end + 1 < count && buffer[end + 1] == 0x0A
        let next = end + (isPair ? 2 : 1)
        buffer.update(from: buffer + next, count: count - next)
        state.isWithinCut = false
        return (count - next, isFinal)
      }
      if isFinal { return (0, true) }
      kept = isOpen ? 1 : 0
      if isOpen { buffer[0] = 0x0D }
    }
  }

  /// Puts what was left over and the next bytes of the text into a block.
  ///
  /// - Returns: also the file whose digest has yet to take the last bytes in, and where these begin.
  private static func fill(
    _ block: RecordBlock, _ state: inout State
  ) throws(ReadingError) -> (count: Int, isFinal: Bool, fresh: (file: TextFile, from: Int)?) {
    block.begin(carrying: state.isWithinCut ? 0 : state.carry.count)
    if state.isWithinCut {
      let (count, isFinal) = try passRest(block.bytes, &state)
      return (count, isFinal, nil)
    }
    let count = state.carry.count
    state.carry.withUnsafeBufferPointer { carry in
      if let base = carry.baseAddress { block.bytes.update(from: base, count: count) }
    }
    let goal = max(count, min(count + state.blockSize, RecordBlock.byteCapacity + longestRecord))
    guard let file = state.source.remainder, goal > count else {
      let (count, isFinal) = try read(into: block.bytes, from: count, to: goal, &state)
      return (count, isFinal, nil)
    }
    let room = UnsafeMutableRawBufferPointer(start: block.bytes + count, count: goal - count)
    let got = try file.readUndigested(into: room)
    return (count + got, got < room.count, (file, count))
  }

  /// Reads until the goal is reached or the text ends.
  private static func read(
    into buffer: UnsafeMutablePointer<UInt8>, from start: Int, to goal: Int, _ state: inout State
  ) throws(ReadingError) -> (count: Int, isFinal: Bool) {
    var count = start
    // A character that is converted may take four bytes.
    while goal - count >= 8 {
      let room = UnsafeMutableRawBufferPointer(start: buffer + count, count: goal - count)
      do throws(ReadingError) {
        let got = try state.source.read(into: room)
        if got == 0 { return (count, true) }
        count += got
      } catch {
        if case .badEncoding = error { throw .badEncoding(row: state.nextRow) }
        throw error
      }
    }
    return (count, false)
  }

  /// Reads the first block and carries it over without its byte order mark; finds the dialect out.
  private static func readBeginning(_ state: inout State) throws(ReadingError) {
    guard !state.isBegun else { return }
    state.isBegun = true
    let size = RecordBlock.usualBytes / 2
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: size + RecordBlock.padding)
    defer { buffer.deallocate() }
    let (count, isFinal) = try read(into: buffer, from: 0, to: size, &state)
    var start = hasByteOrderMark(buffer, count) ? 3 : 0
    state.isWhole = isFinal
    if state.dialect == nil {
      let sample = UnsafeMutableBufferPointer(start: buffer + start, count: count - start)
      if let declared = DialectDetection.declared(UnsafeBufferPointer(sample)) {
        state.dialect = Dialect(separator: declared.separator)
        state.nextRow = 2
        start += declared.length
      } else {
        state.dialect = DialectDetection.dialect(of: UnsafeBufferPointer(sample), isWhole: isFinal)
      }
    }
    state.carry = Array(UnsafeBufferPointer(start: buffer + start, count: count - start))
  }

  private static func hasByteOrderMark(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
  }
}
