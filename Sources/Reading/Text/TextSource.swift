/// A text that rows are read from: a file's own, converted from its encoding, or made out of a
/// workbook's sheet. Used under the lock of its reader only, which is what makes sharing it safe.
protocol TextSource: ByteStream, Sendable {
  /// The text is UTF-8 for certain; otherwise its reader has to look.
  var isUTF8: Bool { get }
  /// What the text does not show, as far as it has been read.
  var remarks: [SheetRemark] { get }
  /// The SHA-256 of the file that the text is made from, in hexadecimal; to be asked for at the end.
  func sha256() throws(ReadingError) -> String
  /// The file whose bytes all that is still to come is; nil where the text is not a file's own.
  var remainder: TextFile? { get }
}

extension TextSource {
  var remainder: TextFile? { nil }
}

/// A text in memory.
final class StoredText: TextSource, @unchecked Sendable {
  private let bytes: MemoryBytes
  private var offset = 0

  init(_ bytes: MemoryBytes) { self.bytes = bytes }

  var isUTF8: Bool { false }
  var remarks: [SheetRemark] { [] }
  func sha256() -> String { bytes.sha256() }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let got = bytes.read(at: offset, into: buffer)
    offset += got
    return got
  }
}

/// A text file in another encoding than UTF-8.
final class ConvertedText: TextSource, @unchecked Sendable {
  private let file: any TextSource
  private let converted: ConvertedStream

  /// - Parameter beginning: bytes of the file that have been read already.
  init(
    _ file: any TextSource, beginning: [UInt8], from encoding: TextEncoding
  ) throws(ReadingError) {
    self.file = file
    converted = try ConvertedStream(file, beginning: beginning, from: encoding)
  }

  var isUTF8: Bool { true }
  var remarks: [SheetRemark] { file.remarks }
  func sha256() throws(ReadingError) -> String { try file.sha256() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    try converted.read(into: buffer)
  }
}

/// The bytes of a text in another encoding as UTF-8.
final class ConvertedStream: ByteStream {
  private let source: any ByteStream
  private let transcoder: Transcoder
  private var hasReadAll = false
  private let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

  /// - Parameter beginning: bytes of the text that have been read already.
  init(
    _ source: any ByteStream, beginning: [UInt8], from encoding: TextEncoding
  ) throws(ReadingError) {
    self.source = source
    transcoder = try Transcoder(from: encoding)
    beginning.withUnsafeBufferPointer(transcoder.take)
  }

  deinit { raw.deallocate() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    let out = buffer.bindMemory(to: UInt8.self)
    while let base = out.baseAddress {
      guard let written = transcoder.convert(into: base, capacity: out.count) else {
        throw .badEncoding(row: 0)
      }
      if written > 0 { return written }
      guard !hasReadAll else {
        // What is left is half a character.
        if transcoder.isDrained { return 0 }
        throw .badEncoding(row: 0)
      }
      let got = try source.read(into: raw)
      hasReadAll = got == 0
      transcoder.take(UnsafeBufferPointer(rebasing: raw.bindMemory(to: UInt8.self)[..<got]))
    }
    return 0
  }
}

/// A text that has been looked at: its beginning is given out again.
final class ResumedText: TextSource, @unchecked Sendable {
  private let rest: any TextSource
  private var beginning: ArraySlice<UInt8>

  init(_ beginning: [UInt8], _ rest: any TextSource) {
    self.beginning = beginning[...]
    self.rest = rest
  }

  var isUTF8: Bool { rest.isUTF8 }
  var remarks: [SheetRemark] { rest.remarks }
  func sha256() throws(ReadingError) -> String { try rest.sha256() }
  var remainder: TextFile? { beginning.isEmpty ? rest.remainder : nil }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    guard !beginning.isEmpty else { return try rest.read(into: buffer) }
    let piece = beginning.prefix(buffer.count)
    buffer.copyBytes(from: piece)
    beginning = beginning.dropFirst(piece.count)
    return piece.count
  }
}
