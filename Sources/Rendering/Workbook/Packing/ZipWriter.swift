import CDeflate
import Glibc

/// Writes a zip archive of deflated parts, one after the other (PKWARE, APPNOTE.TXT 4.3), without ZIP64.
///
/// The headers are those that libxlsxwriter would have minizip write: dates of 1980, sizes in front.
final class ZipWriter {
  /// What stands before a part's name.
  private static let headerLength = 30

  private struct Entry {
    let name: [UInt8]
    let offset: Int
    var checksum: UInt32 = 0
    var packedSize = 0
    var size = 0
  }

  private let descriptor: Int32
  private let deflater = PartDeflater()
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)
  private var filled = 0
  /// The bytes that have left the buffer.
  private var written = 0
  private var entries: [Entry] = []
  /// Why the archive cannot be finished; the first reason of several.
  private(set) var failure: Int32?

  /// Nil where the file cannot be opened; `errno` says why.
  init?(path: String) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return nil }
    if deflater == nil { failure = ENOMEM }
  }

  deinit {
    buffer.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  /// Begins a part.
  func begin(_ name: [UInt8]) {
    if entries.count == 0xFFFF || name.count > 0xFFFF { fail(EFBIG) }
    entries.append(Entry(name: name, offset: written + filled))
    var header = fields([(0x0403_4B50, 4)])
    header += common(Entry(name: name, offset: 0))
    header.withUnsafeBufferPointer(append)
    name.withUnsafeBufferPointer(append)
    deflater?.begin()
  }

  /// Packs further bytes of the part that has been begun.
  ///
  /// - Complexity: O(n).
  func pack(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !bytes.isEmpty, !entries.isEmpty, failure == nil else { return }
    let last = entries.count - 1
    entries[last].size += bytes.count
    entries[last].checksum = libdeflate_crc32(
      entries[last].checksum, bytes.baseAddress, bytes.count)
    if deflater?.take(bytes, append) != true { fail(EINVAL) }
  }

  /// Ends the part and notes its sizes where it begins.
  func end() {
    guard !entries.isEmpty, failure == nil else { return }
    if deflater?.end(append) != true { return fail(EINVAL) }
    let last = entries.count - 1
    entries[last].packedSize =
      written + filled - entries[last].offset - ZipWriter.headerLength - entries[last].name.count
    guard entries[last].size <= 0xFFFF_FFFF, written + filled <= 0xFFFF_FFFF else {
      return fail(EFBIG)
    }
    let sizes = sizes(entries[last])
    let at = entries[last].offset + 14
    if at >= written {
      for (index, byte) in sizes.enumerated() { buffer[at - written + index] = byte }
    } else {
      flush()
      let count = pwrite(descriptor, sizes, sizes.count, off_t(at))
      if count != sizes.count { fail(count < 0 ? errno : EIO) }
    }
  }

  /// Writes the directory, and the rest of the file; false where anything was not written.
  func finish() -> Bool {
    let start = written + filled
    for entry in entries {
      // Made by whom, in the first of these fields, nobody says.
      let record =
        fields([(0x0201_4B50, 4), (0, 2)]) + common(entry)
        + fields([(0, 2), (0, 2), (0, 2), (0, 4), (entry.offset, 4)])
      record.withUnsafeBufferPointer(append)
      entry.name.withUnsafeBufferPointer(append)
    }
    let size = written + filled - start
    let count = entries.count
    fields([(0x0605_4B50, 4), (0, 4), (count, 2), (count, 2), (size, 4), (start, 4), (0, 2)])
      .withUnsafeBufferPointer(append)
    flush()
    if written > 0xFFFF_FFFF { fail(EFBIG) }
    return failure == nil
  }

  /// What both headers of a part have: version 2.0, deflated, 1 January 1980, sizes, lengths.
  private func common(_ entry: Entry) -> [UInt8] {
    fields([(20, 2), (0, 2), (8, 2), (0, 2), (0x21, 2)]) + sizes(entry)
      + fields([(entry.name.count, 2), (0, 2)])
  }

  private func sizes(_ entry: Entry) -> [UInt8] {
    fields([(Int(entry.checksum), 4), (entry.packedSize, 4), (entry.size, 4)])
  }

  /// Numbers with their lengths in bytes, the low byte first.
  private func fields(_ numbers: [(value: Int, length: Int)]) -> [UInt8] {
    numbers.flatMap { value, length in
      (0..<length).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    var rest = bytes[...]
    while !rest.isEmpty {
      if filled == buffer.count { flush() }
      let piece = rest.prefix(buffer.count - filled)
      memcpy(
        buffer.baseAddress! + filled, UnsafeBufferPointer(rebasing: piece).baseAddress!, piece.count
      )
      filled += piece.count
      rest = rest.dropFirst(piece.count)
    }
  }

  private func flush() {
    var sent = 0
    while sent < filled, failure == nil {
      let count = write(descriptor, buffer.baseAddress! + sent, filled - sent)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { fail(count < 0 ? errno : EIO) } else { sent += count }
    }
    written += filled
    filled = 0
  }

  private func fail(_ number: Int32) { failure = failure ?? number }
}
