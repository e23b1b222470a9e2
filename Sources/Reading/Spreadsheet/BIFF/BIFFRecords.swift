internal import Glibc
internal import Records

/// The records of a binary workbook, one after the other ([MS-XLS] 2.1.4): a number that says what it is,
/// a length, and as many bytes.
///
/// - Complexity: memory is a window of fixed size.
final class BIFFRecords {
  private static let windowSize = 192 << 10

  private let store: any ByteStore
  private let window: UnsafeMutablePointer<UInt8>
  /// The place of the window in the stream, what it holds, and the next record in it.
  private var base = 0
  private var limit = 0
  private var position = 0
  private let cipher: (any RecordCipher)?

  /// The record that `next` has gone to.
  private(set) var id = 0
  private(set) var data = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  /// - Parameter cipher: what the records are encrypted with.
  init(_ store: any ByteStore, at offset: Int = 0, cipher: (any RecordCipher)? = nil) {
    self.store = store
    self.cipher = cipher
    base = offset
    window = .allocate(capacity: BIFFRecords.windowSize + 16)
  }

  deinit { window.deallocate() }

  /// Goes to the next record; false at the end of the stream.
  ///
  /// - Throws: `ReadingError.fault(.cutShort)` where the stream ends within a record.
  func next() throws(ReadingError) -> Bool {
    guard try require(4) else { return false }
    id = peekNumber(0)
    if id == BIFF.oldFormulas.0 || id == BIFF.oldFormulas.1 { id = BIFF.formula }
    let length = peekNumber(2)
    guard try require(4 + length) else { throw .fault(.cutShort) }
    let start = position + 4
    cipher?.decrypt(
      UnsafeMutableBufferPointer(start: window + start, count: length), id: id, at: base + start)
    data = UnsafeBufferPointer(start: window + start, count: length)
    position += 4 + length
    return true
  }

  /// The number of the next record, nil at the end. The data of this one may be gone afterwards.
  func peek() throws(ReadingError) -> Int? { try require(4) ? peekNumber(0) : nil }

  /// Has the window hold so many bytes from the position on; false where the stream has no more.
  private func require(_ count: Int) throws(ReadingError) -> Bool {
    if limit - position >= count { return true }
    let kept = limit - position
    memmove(window, window + position, kept)
    base += position
    (position, limit) = (0, kept)
    let room = UnsafeMutableRawBufferPointer(
      start: window + limit, count: BIFFRecords.windowSize - limit)
    limit += try store.read(at: base + limit, into: room)
    return limit >= count
  }

  private func peekNumber(_ at: Int) -> Int {
    Int(window[position + at]) | Int(window[position + at + 1]) << 8
  }

  @inline(__always)
  func number8(_ at: Int) throws(ReadingError) -> Int {
    guard at < data.count else { throw .fault(.badRecord) }
    return Int(data[at])
  }

  @inline(__always)
  func number16(_ at: Int) throws(ReadingError) -> Int {
    guard at <= data.count - 2 else { throw .fault(.badRecord) }
    return Int(data[at]) | Int(data[at + 1]) << 8
  }

  @inline(__always)
  func number32(_ at: Int) throws(ReadingError) -> Int {
    try number16(at) | number16(at + 2) << 16
  }

  func double(_ at: Int) throws(ReadingError) -> Double {
    Double(bitPattern: UInt64(try number32(at)) | UInt64(try number32(at + 4)) << 32)
  }
}

/// What records of an encrypted workbook are read through.
protocol RecordCipher: AnyObject {
  /// - Parameter offset: where the record's data begins in the stream.
  func decrypt(_ data: UnsafeMutableBufferPointer<UInt8>, id: Int, at offset: Int)
}

/// The numbers of the records that are looked at.
enum BIFF {
  static let formula = 0x06
  /// Formulas under the numbers of earlier versions, which some programs write.
  static let oldFormulas = (0x206, 0x406)
  static let end = 0x0A
  static let dateMode = 0x22
  static let filePass = 0x2F
  static let continuation = 0x3C
  static let codePage = 0x42
  static let boundSheet = 0x85
  static let multipleRK = 0xBD
  static let richString = 0xD6
  static let cellFormat = 0xE0
  static let mergedCells = 0xE5
  static let sharedStrings = 0xFC
  static let sharedLabel = 0xFD
  static let number = 0x203
  static let label = 0x204
  static let booleanOrError = 0x205
  static let string = 0x207
  static let row = 0x208
  static let rk = 0x27E
  static let format = 0x41E
  static let begin = 0x809

  /// What of a record's data is encrypted in an encrypted workbook: of some nothing, of a sheet's entry not
  /// the place of the sheet ([MS-XLS] 2.2.10).
  static func encrypted(_ data: Range<Int>, _ id: Int) -> Range<Int> {
    switch id {
    case begin, filePass, 0xE1, 0x138, 0x195, 0x196: return data.upperBound..<data.upperBound
    case boundSheet: return min(data.lowerBound + 4, data.upperBound)..<data.upperBound
    default: return data
    }
  }

  /// The records that begin a stream, by version; those before BIFF5 are not read.
  static let oldBeginnings = [0x09, 0x209, 0x409]
}
