internal import Records

/// The texts that the cells of a workbook refer to by number, all in one piece of memory.
///
/// - Complexity: O(1) to find one; memory is the texts and eight bytes each.
struct SharedTexts: Sendable {
  /// What all texts of a workbook may take together.
  static let mostBytes = 192 << 20
  static let mostTexts = 1 << 23

  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var count: Int { ends.count }

  /// - Throws: `ReadingError.fault(.tooManyTexts)` where the limits are reached.
  mutating func append(_ text: [UInt8]) throws(ReadingError) {
    guard bytes.count + text.count <= SharedTexts.mostBytes, ends.count < SharedTexts.mostTexts
    else { throw .fault(.tooManyTexts) }
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  /// Calls the body with a text; with an empty one where there is none of the number.
  func withText(
    _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    guard index >= 0, index < ends.count else {
      return try body(UnsafeBufferPointer(start: nil, count: 0))
    }
    let start = index == 0 ? 0 : ends[index - 1]
    let end = ends[index]
    try bytes.withUnsafeBufferPointer { buffer throws(ReadingError) in
      try body(UnsafeBufferPointer(rebasing: buffer[start..<end]))
    }
  }
}

extension SharedTexts {
  /// Reads the part of shared strings; runs of rich text are joined, readings above characters left out.
  init(_ scanner: XMLScanner) throws(ReadingError) {
    var text: [UInt8] = []
    while true {
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
}

/// Rich or plain text of a cell.
enum OOXMLText {
  /// Appends the texts `t` of the element that has just begun, up to its end.
  static func append(of scanner: XMLScanner, to text: inout [UInt8]) throws(ReadingError) {
    let start = text.count
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      switch try scanner.next() {
      case .start where scanner.isNamed("t"):
        try scanner.appendContent(to: &text, limit: SheetText.longestCell)
      case .start where scanner.isNamed("rPh"): try scanner.skipElement()
      case .done: throw .fault(.cutShort)
      default: break
      }
      guard text.count - start <= SheetText.longestCell else { throw .fault(.tooManyTexts) }
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
