internal import Glibc
internal import Records

/// The texts that the cells of a workbook refer to by number.
///
/// They lie in blocks that are never moved, each behind its length, so that memory is never needed twice.
/// Safe to share once all texts are there.
///
/// - Complexity: O(1) to find one; memory is the texts and eight bytes each.
final class SharedTexts: @unchecked Sendable {
  /// What all texts of a workbook may take together.
  static let mostBytes = 192 << 20
  static let mostTexts = 1 << 23
  private static let blockSize = 256 << 10

  private var blocks: [UnsafeMutablePointer<UInt8>] = []
  /// Where in all blocks together the length of each text stands.
  private var starts: [UInt32] = []
  private var end = 0

  deinit { for block in blocks { block.deallocate() } }

  /// - Parameter text: at most `SheetText.longestCell` bytes and a piece of the XML.
  /// - Throws: `ReadingError.fault(.tooManyTexts)` where the limits are reached.
  func append(_ text: UnsafeBufferPointer<UInt8>) throws(ReadingError) {
    let length = min(text.count, SheetText.longestCell)
    let size = MemoryLayout<UInt32>.size + length
    guard end + size <= SharedTexts.mostBytes, starts.count < SharedTexts.mostTexts else {
      throw .fault(.tooManyTexts)
    }
    if blocks.count * SharedTexts.blockSize - end < size {
      end = blocks.count * SharedTexts.blockSize
      blocks.append(.allocate(capacity: SharedTexts.blockSize))
    }
    let place = blocks[blocks.count - 1] + end % SharedTexts.blockSize
    UnsafeMutableRawPointer(place).storeBytes(of: UInt32(length), as: UInt32.self)
    if let base = text.baseAddress { memcpy(place + MemoryLayout<UInt32>.size, base, length) }
    starts.append(UInt32(end))
    end += size
  }

  func append(_ text: [UInt8]) throws(ReadingError) {
    try text.withUnsafeBufferPointer { bytes throws(ReadingError) in try append(bytes) }
  }

  /// Calls the body with a text; with an empty one where there is none of the number.
  func withText(
    _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    guard index >= 0, index < starts.count else {
      return try body(UnsafeBufferPointer(start: nil, count: 0))
    }
    let start = Int(starts[index])
    let place = UnsafeRawPointer(
      blocks[start / SharedTexts.blockSize] + start % SharedTexts.blockSize)
    let length = Int(place.loadUnaligned(as: UInt32.self))
    let text = (place + MemoryLayout<UInt32>.size).assumingMemoryBound(to: UInt8.self)
    try body(UnsafeBufferPointer(start: text, count: length))
  }
}

extension SharedTexts {
  /// Reads the part of shared strings; runs of rich text are joined, readings above characters left out.
  convenience init(_ scanner: XMLScanner) throws(ReadingError) {
    self.init()
    scanner.pieceEnd = "</si>"
    var text: [UInt8] = []
    while true {
      if scanner.depth == 1, scanner.isBetweenTags { try readPlain(scanner) }
      switch try scanner.next() {
      case .done: return
      case .start where scanner.isNamed("si"):
        text.removeAll(keepingCapacity: true)
        try OOXMLText.append(of: scanner, to: &text)
        try append(text)
      default: break
      }
    }
  }

  /// Reads texts of the common shape `<si><t>…</t></si>` from the window, up to the first that has
  /// another one.
  private func readPlain(_ scanner: XMLScanner) throws(ReadingError) {
    while true {
      if scanner.limit - scanner.position < 1024, !scanner.hasAll {
        try scanner.refill(keeping: scanner.position)
      }
      let bytes = UnsafePointer(scanner.window + scanner.position)
      let count = scanner.limit - scanner.position
      var at = 4
      guard scanner.starts(with: "<si>"), let text = PlainText.element(bytes, count, &at),
        load(bytes + at) & 0xFF_FFFF_FFFF == packed("</si>"), at + 5 <= count
      else { return }
      try append(text)
      scanner.position += at + 5
    }
  }
}

/// Rich or plain text of a cell.
enum OOXMLText {
  /// Appends the texts `t` of the element that has just begun, up to its end; no more than a cell may have
  /// and a piece of the XML.
  static func append(of scanner: XMLScanner, to text: inout [UInt8]) throws(ReadingError) {
    let start = text.count
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      switch try scanner.next() {
      case .start where scanner.isNamed("t"):
        try scanner.appendContent(
          to: &text, limit: SheetText.longestCell - (text.count - start))
      case .start where scanner.isNamed("rPh"): try scanner.skipElement()
      case .done: throw .fault(.cutShort)
      default: break
      }
    }
    unescape(&text, from: start)
  }

  /// Replaces `_x000D_` and its kind, which is how characters are written that XML has not.
  static func unescape(_ text: inout [UInt8], from start: Int) {
    guard text.count - start >= 7 else { return }
    var at = start
    var to = start
    var units: [UInt16] = []
    while at < text.count {
      units.removeAll(keepingCapacity: true)
      while let unit = escapedUnit(text, at) {
        units.append(unit)
        at += 7
      }
      if units.isEmpty {
        text[to] = text[at]
        to += 1
        at += 1
      } else {
        for byte in String(decoding: units, as: UTF16.self).utf8 {
          text[to] = byte
          to += 1
        }
      }
    }
    text.removeLast(text.count - to)
  }

  private static func escapedUnit(_ text: [UInt8], _ at: Int) -> UInt16? {
    guard at + 7 <= text.count, text[at] == UInt8(ascii: "_"), text[at + 1] == UInt8(ascii: "x"),
      text[at + 6] == UInt8(ascii: "_")
    else { return nil }
    let digits = text[(at + 2)..<(at + 6)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
