/// Bytes of an HTML page being put together; every text goes through ``text(_:)``, which escapes it.
struct HTMLBuffer: ~Copyable {
  private(set) var bytes: [UInt8] = []
  /// Where the page goes piece by piece; nil where it is kept as a whole.
  private let file: OutputFile.Shared?
  private var failure: OutputError?
  private static let pieceSize = 64 << 10

  init(to file: OutputFile.Shared? = nil) {
    self.file = file
    bytes.reserveCapacity(HTMLBuffer.pieceSize + (8 << 10))
  }

  /// Hands over what has come together, where it is a piece; to be called between elements.
  mutating func passOn() {
    if file != nil, bytes.count >= HTMLBuffer.pieceSize { writeOut() }
  }

  /// Hands over the rest.
  ///
  /// - Throws: why this or an earlier piece could not be written.
  mutating func finish() throws(OutputError) {
    writeOut()
    if let failure { throw failure }
  }

  private mutating func writeOut() {
    guard let file, failure == nil else { return }
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(OutputError) in try file.write(bytes) }
    }
    if case .failure(let error) = result { failure = error }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Markup of the program's own.
  mutating func raw(_ markup: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
  }

  /// A number in markup of the program's own.
  mutating func raw(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

  /// A whole number with its thousands separated, as `NumberText` writes it.
  mutating func raw(count: Int64) {
    if count < 0 { bytes.append(UInt8(ascii: "-")) }
    var scale: UInt64 = 1
    var rest = count.magnitude
    while rest / scale >= 1000 { scale *= 1000 }
    raw(Int(rest / scale))
    while scale > 1 {
      rest %= scale
      scale /= 1000
      let group = rest / scale
      bytes.append(UInt8(ascii: ","))
      for power: UInt64 in [100, 10, 1] {
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: group / power % 10))
      }
    }
  }

  /// Any text: what HTML would read as markup is escaped, what it cannot hold becomes U+FFFD.
  mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { source in
      // Most texts are plain.
      guard !source.allSatisfy(HTMLBuffer.isPlain) else {
        bytes.append(contentsOf: source)
        return
      }
      for (index, byte) in source.enumerated() {
        switch byte {
        case UInt8(ascii: "&"): raw("&amp;")
        case UInt8(ascii: "<"): raw("&lt;")
        case UInt8(ascii: ">"): raw("&gt;")
        case UInt8(ascii: "\""): raw("&quot;")
        case UInt8(ascii: "'"): raw("&#39;")
        case 0x09, 0x0A: bytes.append(byte)
        case 0..<0x20, 0x7F: raw("\u{FFFD}")
        case 0x80...0x9F where index > 0 && source[index - 1] == 0xC2:
          // A control character of Latin-1, in two bytes.
          bytes.removeLast()
          raw("\u{FFFD}")
        default: bytes.append(byte)
        }
      }
    }
  }

  /// Whether a byte stands for itself wherever it is; the first byte of a control character of Latin-1
  /// does not.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), 0x7F, 0xC2:
      return false
    default: return true
    }
  }

  /// A text in one or two languages: once where they agree, else each in an element that tells its
  /// language.
  mutating func text(_ texts: [String]) {
    guard let first = texts.first else { return }
    guard texts.count > 1, texts[1] != first else { return text(first) }
    for (index, text) in texts.prefix(2).enumerated() {
      raw(index == 0 ? "<span class=a>" : "<span class=b>")
      self.text(text)
      raw("</span>")
    }
  }
}

/// The elements that stand at the same place of reports in several languages, put together.
///
/// Reports of the same facts have the same parts; should one have fewer, the first one's stand alone.
func sideBySide<Element>(_ lists: [[Element]]) -> [[Element]] {
  guard let first = lists.first else { return [] }
  return first.indices.map { index in
    lists.compactMap { $0.indices.contains(index) ? $0[index] : nil }
  }
}
