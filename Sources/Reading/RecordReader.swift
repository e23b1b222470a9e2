internal import Glibc
internal import Synchronization

/// Reads the records of one text file in blocks, for any number of threads. A record is a row.
///
/// The file is read once, front to back, and hashed as it is read. Whoever calls `next` gets the next
/// block of whole records; finding its cells happens outside the lock, on the caller's thread. Reads
/// go through `pread` into the block, not through a memory map: pages of a map count towards the
/// program's memory, a reused block does not grow.
///
/// - Complexity: memory is O(1) in the length of the file.
public final class RecordReader: RowReader {
  /// The longest record in bytes; a longer one is an error, not a reason to hold the whole file.
  public static let longestRecord = 64 << 10

  public var sheet: String { "" }
  public var isHidden: Bool { false }
  /// The length of the file when it was opened.
  public let byteCount: Int
  public var remarks: [SheetRemark] { [] }
  private let state: Mutex<State>

  private struct State {
    var file: Int32
    /// The file as it was when it was opened.
    var opened = stat()
    var digest = Digest()
    var carry: [UInt8] = []
    var nextRow = 1
    var sequence = 0
    var isAtEnd = false
    var hexDigest = ""
    /// Nil for UTF-8, which needs no conversion.
    var transcoder: Transcoder?
    var hasReadAll = false
    /// What is carried over from the beginning is the whole text.
    var isWhole = false
  }

  /// Opens a file and reads its beginning.
  ///
  /// - Throws: `ReadingError` where the file cannot be opened or read.
  public init(path: String) throws(ReadingError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .cannotOpen(errno: errno) }
    var state = State(file: file)
    guard fstat(file, &state.opened) == 0 else {
      close(file)
      throw .cannotRead(errno: errno)
    }
    byteCount = Int(state.opened.st_size)
    do {
      try RecordReader.readBeginning(&state)
    } catch {
      close(file)
      throw error
    }
    self.state = Mutex(state)
  }

  deinit { state.withLock { _ = close($0.file) } }

  /// Fills the block with the next records; false where there are none left.
  ///
  /// The block's records are found by `RecordBlock.locateCells`, which this does not call.
  public func next(into block: RecordBlock) throws(ReadingError) -> Bool {
    try state.withLock { state throws(ReadingError) in
      guard !state.isAtEnd else { return false }
      let (count, isFinal) = try RecordReader.fill(block.bytes, &state)
      let survey = survey(block.bytes, count: count, isFinal: isFinal)
      let rest = count - survey.byteCount
      guard rest <= RecordReader.longestRecord else {
        throw .recordTooLong(row: state.nextRow + survey.recordCount)
      }
      state.carry = Array(UnsafeBufferPointer(start: block.bytes + survey.byteCount, count: rest))
      block.byteCount = survey.byteCount
      block.recordCount = survey.recordCount
      block.isPlain = survey.isPlain
      block.firstRow = state.nextRow
      block.sequence = state.sequence
      block.isConverted = state.transcoder != nil
      state.nextRow += survey.recordCount
      state.sequence += 1
      if isFinal { try RecordReader.finish(&state) }
      return true
    }
  }

  /// The bytes of the beginning, and whether nothing follows them.
  var beginning: (bytes: [UInt8], isFinal: Bool) {
    state.withLock { ($0.carry, $0.isWhole) }
  }

  /// Drops rows of the beginning.
  func skip(bytes: Int, rows: Int) {
    state.withLock { state in
      state.carry.removeFirst(min(bytes, state.carry.count))
      state.nextRow += rows
    }
  }

  public var sha256: String { state.withLock { $0.hexDigest } }
  public var lastRow: Int { state.withLock { $0.nextRow - 1 } }

  public func locateCells(of block: RecordBlock, slots: [Int]) { block.locateCells(slots: slots) }

  /// Ends the reading, unless somebody wrote to the file meanwhile: half of the old bytes and half of the
  /// new are nobody's data.
  private static func finish(_ state: inout State) throws(ReadingError) {
    var status = stat()
    guard fstat(state.file, &status) == 0 else { throw .cannotRead(errno: errno) }
    let opened = state.opened
    guard status.st_size == opened.st_size, status.st_mtim.tv_sec == opened.st_mtim.tv_sec,
      status.st_mtim.tv_nsec == opened.st_mtim.tv_nsec
    else { throw .changedWhileRead }
    state.isAtEnd = true
    state.hexDigest = state.digest.finish()
  }

  /// Puts what was left over and the next bytes of the file into a buffer.
  private static func fill(
    _ buffer: UnsafeMutablePointer<UInt8>, _ state: inout State
  ) throws(ReadingError) -> (count: Int, isFinal: Bool) {
    state.carry.withUnsafeBufferPointer { carry in
      if let base = carry.baseAddress { buffer.update(from: base, count: carry.count) }
    }
    let count = state.carry.count
    let goal = max(
      count, min(count + RecordBlock.byteCapacity, RecordBlock.byteCapacity + longestRecord))
    if let transcoder = state.transcoder {
      return try fill(buffer, from: count, to: goal, &state, transcoder)
    }
    return (try readRaw(buffer, from: count, to: goal, &state), state.hasReadAll)
  }

  /// Reads and hashes bytes until the goal is reached or the file ends.
  private static func readRaw(
    _ buffer: UnsafeMutablePointer<UInt8>, from start: Int, to goal: Int, _ state: inout State
  ) throws(ReadingError) -> Int {
    var count = start
    while count < goal {
      let got = read(state.file, buffer + count, goal - count)
      if got < 0 {
        if errno == EINTR { continue }
        throw .cannotRead(errno: errno)
      }
      if got == 0 {
        state.hasReadAll = true
        break
      }
      state.digest.update(UnsafeRawBufferPointer(start: buffer + count, count: got))
      count += got
    }
    return count
  }

  /// The same for another encoding: bytes are read into a buffer of their own and converted.
  private static func fill(
    _ buffer: UnsafeMutablePointer<UInt8>, from start: Int, to goal: Int, _ state: inout State,
    _ transcoder: Transcoder
  ) throws(ReadingError) -> (count: Int, isFinal: Bool) {
    let size = 64 << 10
    let raw = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    defer { raw.deallocate() }
    var count = start
    while count < goal {
      if !state.hasReadAll {
        let got = try readRaw(raw, from: 0, to: size, &state)
        transcoder.take(UnsafeBufferPointer(start: raw, count: got))
      }
      guard let written = transcoder.convert(into: buffer + count, capacity: goal - count) else {
        throw .badEncoding(row: state.nextRow)
      }
      count += written
      if state.hasReadAll, written == 0 {
        // What is left is half a character, or does not fit into the little room that is left.
        if transcoder.isDrained { return (count, true) }
        guard goal - count < 8 else { throw .badEncoding(row: state.nextRow) }
        break
      }
    }
    return (count, false)
  }

  /// Reads the first block and carries it over without its byte order mark.
  private static func readBeginning(_ state: inout State) throws(ReadingError) {
    let size = RecordBlock.byteCapacity + longestRecord + RecordBlock.padding
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    defer { buffer.deallocate() }
    let (count, isFinal) = try fillFirst(buffer, &state)
    let mark = hasByteOrderMark(buffer, count) ? 3 : 0
    state.carry = Array(UnsafeBufferPointer(start: buffer + mark, count: count - mark))
    state.isWhole = isFinal
  }

  /// Reads the first bytes, finds out the encoding and converts them where they need it.
  private static func fillFirst(
    _ buffer: UnsafeMutablePointer<UInt8>, _ state: inout State
  ) throws(ReadingError) -> (count: Int, isFinal: Bool) {
    let count = try readRaw(buffer, from: 0, to: RecordBlock.byteCapacity / 2, &state)
    let bytes = UnsafeBufferPointer(start: buffer, count: count)
    try refuseForeignContent(bytes)
    let encoding = TextEncoding(sniffing: bytes)
    guard encoding != .utf8 else { return (count, state.hasReadAll) }
    let transcoder = try Transcoder(from: encoding)
    transcoder.take(bytes)
    state.transcoder = transcoder
    guard let written = transcoder.convert(into: buffer, capacity: RecordBlock.byteCapacity) else {
      throw .badEncoding(row: 1)
    }
    return (written, state.hasReadAll && transcoder.isDrained)
  }

  private static func hasByteOrderMark(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
  }

  /// A workbook under the name of a text file is told from its first bytes.
  private static func refuseForeignContent(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(ReadingError) {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw .unsupported("xlsx") }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .unsupported("xls") }
  }
}
