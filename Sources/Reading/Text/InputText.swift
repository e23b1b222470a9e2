internal import Records

/// Opens the text of a file in UTF-8, whatever its encoding.
enum InputText {
  /// How much of a file is looked at to tell its encoding.
  private static let sample = 64 << 10

  /// - Throws: `ReadingError.fault` where the file is no text.
  static func open(_ file: any TextSource) throws(ReadingError) -> any TextSource {
    var beginning = [UInt8](repeating: 0, count: sample)
    var failure: ReadingError?
    var count = 0
    beginning.withUnsafeMutableBytes { buffer in
      do throws(ReadingError) { count = try file.read(into: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    beginning.removeLast(beginning.count - count)
    if let fault = foreign(beginning) { throw .fault(fault) }
    let encoding = beginning.withUnsafeBufferPointer { TextEncoding(sniffing: $0) }
    let isWide = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
    if !isWide, isBinary(beginning) { throw .fault(.noText) }
    if encoding == .utf8 { return ResumedText(beginning, file) }
    return try ConvertedText(file, beginning: beginning, from: encoding)
  }

  /// Files of other kinds, by their first bytes.
  private static func foreign(_ bytes: [UInt8]) -> FileFault? {
    let known: [([UInt8], FileFault)] = [
      ([0x50, 0x4B, 0x03, 0x04], .archive), ([0xD0, 0xCF, 0x11, 0xE0], .otherDocument),
      (Array("%PDF-".utf8), .noText), ([0x89, 0x50, 0x4E, 0x47], .noText),
      ([0xFF, 0xD8, 0xFF], .noText), ([0x1F, 0x8B], .archive), (Array("Rar!".utf8), .archive),
      ([0x37, 0x7A, 0xBC, 0xAF], .archive), (Array("MIME-Version:".utf8), .webArchive),
      (Array("{\\rtf".utf8), .otherDocument),
    ]
    return known.first { bytes.starts(with: $0.0) }?.1
  }

  /// Text has hardly any control characters besides white space, unless a zero stands for an empty cell.
  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    let marks: [UInt8] = [0x09, 0x0A, 0x0D, 0x2C, 0x3B, 0x7C]
    var controls = 0
    for (at, byte) in bytes.enumerated()
    where byte < 0x20 && byte != 0x1A && !(0x09...0x0D).contains(byte) {
      let isCell =
        byte == 0 && (at == 0 || marks.contains(bytes[at - 1]))
        && (at + 1 == bytes.count || marks.contains(bytes[at + 1]))
      if !isCell { controls += 1 }
    }
    return controls * 50 > bytes.count
  }
}
