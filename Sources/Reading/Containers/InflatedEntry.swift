internal import CZlib
internal import Records

/// Unpacks one entry of a zip archive piece by piece.
///
/// What the directory says of the length is not believed: bytes are counted as they come out, and the
/// entry is refused when they exceed what any sheet has.
final class InflatedEntry: ByteStream {
  /// The most that one entry may unpack to.
  static let largest = 2 << 30
  /// Up to this length nothing is said of the ratio: small sheets may be very regular.
  static let unquestioned = 64 << 20
  static let largestRatio = 300

  private let entry: ZipArchive.Entry
  private let store: any ByteStore
  private var stream = z_stream()
  private var isOpen = false
  private var isDone = false
  private var offset: Int
  private var left: Int
  private var produced = 0
  private var checksum: UInt = 0
  private let packed = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

  /// - Throws: `ReadingError.fault` where the entry's header is not where the directory says.
  init(_ entry: ZipArchive.Entry, in store: any ByteStore) throws(ReadingError) {
    self.entry = entry
    self.store = store
    offset = 0
    left = 0
    guard entry.offset >= 0, entry.offset <= store.count - 30 else { throw .fault(.badArchive) }
    let header = try store.bytes(at: entry.offset, count: 30)
    guard header.number32(0) == 0x0403_4B50, let nameLength = header.number16(26),
      let extraLength = header.number16(28)
    else { throw .fault(.badArchive) }
    offset = entry.offset + 30 + nameLength + extraLength
    guard entry.packedSize >= 0, entry.packedSize <= store.count,
      offset <= store.count - entry.packedSize
    else { throw .fault(.cutShort) }
    left = entry.packedSize
    guard entry.method != 0 else { return }
    guard entry.method == 8 else { throw .fault(.badCompression) }
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, size) == Z_OK else {
      throw .fault(.badCompression)
    }
    isOpen = true
  }

  deinit {
    if isOpen { inflateEnd(&stream) }
    packed.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    guard !isDone, buffer.count > 0 else { return 0 }
    let got = isOpen ? try inflatePiece(into: buffer) : try copyPiece(into: buffer)
    if got > 0 {
      checksum = crc32(checksum, buffer.bindMemory(to: UInt8.self).baseAddress, UInt32(got))
      produced += got
      try refuseExcess()
    }
    #if !FUZZING
      if isDone, checksum != UInt(entry.checksum) { throw .fault(.badChecksum) }
    #endif
    return got
  }

  private func refuseExcess() throws(ReadingError) {
    guard produced <= InflatedEntry.largest else { throw .fault(.inflatesTooMuch) }
    if produced > InflatedEntry.unquestioned,
      produced / InflatedEntry.largestRatio > entry.packedSize
    {
      throw .fault(.inflatesTooMuch)
    }
  }

  private func copyPiece(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    let wanted = min(buffer.count, left)
    let got = try store.read(
      at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
    guard got == wanted else { throw .fault(.cutShort) }
    offset += got
    left -= got
    isDone = left == 0
    return got
  }

  private func inflatePiece(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int
  {
    let room = min(buffer.count, 1 << 30)
    stream.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
    stream.avail_out = UInt32(room)
    while stream.avail_out > 0 {
      if stream.avail_in == 0 { try refill() }
      let before = stream.avail_in
      let result = inflate(&stream, Z_NO_FLUSH)
      if result == Z_STREAM_END {
        isDone = true
        break
      }
      guard result == Z_OK || result == Z_BUF_ERROR else { throw .fault(.badCompression) }
      // Nothing to take and nothing to give: the data ends before the stream does.
      if before == 0, left == 0, stream.avail_out > 0 { throw .fault(.cutShort) }
    }
    return room - Int(stream.avail_out)
  }

  private func refill() throws(ReadingError) {
    let wanted = min(packed.count, left)
    let got = try store.read(
      at: offset, into: UnsafeMutableRawBufferPointer(rebasing: packed[..<wanted]))
    guard got == wanted else { throw .fault(.cutShort) }
    offset += got
    left -= got
    stream.next_in = packed.bindMemory(to: UInt8.self).baseAddress
    stream.avail_in = UInt32(got)
  }
}
