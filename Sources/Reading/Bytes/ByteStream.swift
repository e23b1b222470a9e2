internal import Records

/// Bytes that come one after the other.
protocol ByteStream: AnyObject {
  /// Puts the next bytes into the buffer and returns how many; 0 at the end only.
  ///
  /// - Throws: `ReadingError` where the bytes cannot be had.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int
}

/// The bytes of a store from its beginning to its end.
final class StoreStream: ByteStream {
  private let store: any ByteStore
  private var offset = 0

  init(_ store: any ByteStore) { self.store = store }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    let got = try store.read(at: offset, into: buffer)
    offset += got
    return got
  }
}

extension ByteStream {
  /// The next bytes, up to so many.
  func some(_ most: Int) throws(ReadingError) -> [UInt8] {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: most, alignment: 16)
    defer { piece.deallocate() }
    return Array(piece[..<(try read(into: piece))])
  }

  /// All bytes up to the end.
  ///
  /// - Throws: `ReadingError`; `fault(.tooLarge)` where there are more than `limit`.
  func all(limit: Int) throws(ReadingError) -> [UInt8] {
    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let got = try read(into: piece)
      guard got > 0 else { return bytes }
      guard bytes.count + got <= limit else { throw .fault(.tooLarge) }
      bytes.append(contentsOf: piece[..<got])
    }
  }
}

/// Little-endian numbers in an array; what lies outside is nil, never a trap.
extension [UInt8] {
  @inline(__always)
  func number16(_ at: Int) -> Int? {
    guard at >= 0, at <= count - 2 else { return nil }
    return Int(self[at]) | Int(self[at + 1]) << 8
  }

  @inline(__always)
  func number32(_ at: Int) -> Int? {
    guard at >= 0, at <= count - 4 else { return nil }
    return Int(self[at]) | Int(self[at + 1]) << 8 | Int(self[at + 2]) << 16
      | Int(self[at + 3]) << 24
  }

  /// A number of 64 bits; nil, too, where it does not fit a signed one.
  func number64(_ at: Int) -> Int? {
    guard let low = number32(at), let high = number32(at + 4), high <= 0x7FFF_FFFF else {
      return nil
    }
    return low | high << 32
  }
}
