/// Numbers and texts as bytes: seven bits of a number in each byte, texts behind their length.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []
  private var known: [String: UInt64] = [:]

  init(reserving count: Int = 0) { bytes.reserveCapacity(count) }

  @inline(__always)
  mutating func number(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func count(_ count: Int) { number(UInt64(max(count, 0))) }

  /// Small numbers of either sign are short.
  @inline(__always)
  mutating func signed(_ value: Int64) {
    number(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  mutating func flag(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  /// A number whose bits are all alike likely, as a digest's.
  mutating func word(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func text(_ text: String) {
    count(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// A text that comes many times is written once.
  mutating func repeated(_ text: String) {
    if let place = known[text] { return number(place) }
    known[text] = UInt64(known.count + 1)
    number(0)
    self.text(text)
  }

  /// The bytes of a cell, to be read back as a piece.
  mutating func cell(_ cell: CellBytes) {
    count(cell.count)
    bytes.append(contentsOf: cell)
  }

  mutating func piece(_ piece: [UInt8]) {
    count(piece.count)
    bytes.append(contentsOf: piece)
  }

  mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }
}

/// Rows as bytes, in pieces that stand for themselves: how many rows, then the rows.
struct PieceWriter {
  var rows = ByteWriter()
  private var count = 0

  /// One more row is among those written.
  mutating func countRow() { count += 1 }

  /// The piece with its rows; empty where there are none.
  var bytes: [UInt8] {
    guard count > 0 else { return [] }
    var piece = ByteWriter(reserving: rows.bytes.count + 8)
    piece.count(count)
    piece.append(rows.bytes)
    return piece.bytes
  }
}

/// Bytes that are not what a `ByteWriter` wrote.
struct DamagedBytes: Error {}

/// Reads what a `ByteWriter` has written; nothing that stands in the bytes can lead it out of them.
///
/// It is good as long as the memory is that it reads from.
struct ByteReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private var known: [String] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  @inline(__always)
  mutating func byte() throws(DamagedBytes) -> UInt8 {
    guard at < bytes.count else { throw DamagedBytes() }
    defer { at += 1 }
    return bytes[at]
  }

  @inline(__always)
  mutating func number() throws(DamagedBytes) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      guard shift < 64 else { throw DamagedBytes() }
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
      shift += 7
    }
  }

  @inline(__always)
  mutating func signed() throws(DamagedBytes) -> Int64 {
    let number = try number()
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  /// The number of things that follow: each of them takes a byte or more.
  mutating func count() throws(DamagedBytes) -> Int {
    let number = try number()
    guard number <= UInt64(bytes.count - at) else { throw DamagedBytes() }
    return Int(number)
  }

  /// A number that is no length.
  mutating func int() throws(DamagedBytes) -> Int {
    guard let number = Int(exactly: try number()) else { throw DamagedBytes() }
    return number
  }

  mutating func flag() throws(DamagedBytes) -> Bool { try byte() != 0 }

  /// A day since 1970-01-01.
  mutating func day() throws(DamagedBytes) -> Int32 {
    guard let day = Int32(exactly: try signed()) else { throw DamagedBytes() }
    return day
  }

  mutating func word() throws(DamagedBytes) -> UInt64 {
    guard bytes.count - at >= 8 else { throw DamagedBytes() }
    defer { at += 8 }
    return UInt64(
      littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
        fromByteOffset: at, as: UInt64.self))
  }

  mutating func piece() throws(DamagedBytes) -> UnsafeBufferPointer<UInt8> {
    let length = try count()
    defer { at += length }
    return UnsafeBufferPointer(rebasing: bytes[at..<(at + length)])
  }

  mutating func text() throws(DamagedBytes) -> String {
    String(decoding: try piece(), as: UTF8.self)
  }

  mutating func repeated() throws(DamagedBytes) -> String {
    let place = try int()
    guard place == 0 else {
      guard known.indices.contains(place - 1) else { throw DamagedBytes() }
      return known[place - 1]
    }
    let text = try text()
    known.append(text)
    return text
  }
}
