internal import Glibc

extension OOXMLSheet {
  /// Reads cells of the common shapes from the window, up to the first that has another one:
  /// `<c r="B2" s="1" t="s"><v>17</v></c>`, with `s` and `t` in either order or left out, and the empty
  /// `<c r="B2" s="1"/>`.
  func readPlainCells(_ text: SheetText) throws(ReadingError) {
    while true {
      // Any such cell without its value is shorter than this; the value is looked at byte by byte.
      if scanner.limit - scanner.position < 128 {
        guard !scanner.hasAll else { return }
        try scanner.refill(keeping: scanner.position)
        guard scanner.limit - scanner.position >= 128 else { return }
      }
      guard
        let cell = PlainCell(scanner.window + scanner.position, scanner.limit - scanner.position)
      else { return }
      if cell.value.count > 0 {
        try put(cell.column, cell.kind, cell.style, cell.value, text)
      }
      nextColumn = cell.column + 1
      scanner.position += cell.length
    }
  }
}

/// One cell of a common shape.
private struct PlainCell {
  let column: Int
  let style: Int
  let kind: OOXMLValues.Kind
  let value: UnsafeBufferPointer<UInt8>
  /// From the cell's `<` to behind its end tag.
  let length: Int

  /// Nil where the bytes do not begin with such a cell, or do not hold it wholly.
  ///
  /// - Parameters:
  ///   - count: how many bytes there are, 128 at least.
  @inline(__always)
  init?(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    guard load(bytes) & 0xFFFF_FFFF_FFFF == packed("<c r=\"") else { return nil }
    var at = 6
    var column = 0
    while bytes[at] &- 65 < 26, at < 9 {
      column = column * 26 + Int(bytes[at] &- 64)
      at += 1
    }
    guard column > 0 else { return nil }
    self.column = column - 1
    while bytes[at] &- 48 <= 9, at < 20 { at += 1 }
    guard bytes[at] == quote else { return nil }
    at += 1
    var style = 0
    var kind = OOXMLValues.Kind.number
    while bytes[at] == 0x20, at < 64 {
      let attribute = load(bytes + at)
      if attribute & 0xFFFF_FFFF == packed(" s=\"") {
        at += 4
        while bytes[at] &- 48 <= 9, style < 1_000_000 {
          style = style * 10 + Int(bytes[at] &- 48)
          at += 1
        }
      } else if attribute & 0xFFFF_FFFF == packed(" t=\"") {
        switch bytes[at + 4] {
        case UInt8(ascii: "s") where bytes[at + 5] == quote: kind = .shared
        case UInt8(ascii: "n") where bytes[at + 5] == quote: kind = .number
        case UInt8(ascii: "b") where bytes[at + 5] == quote: kind = .boolean
        default: return nil
        }
        at += 5
      } else {
        return nil
      }
      guard bytes[at] == quote else { return nil }
      at += 1
    }
    self.style = style
    self.kind = kind
    if bytes[at] == UInt8(ascii: "/"), bytes[at + 1] == UInt8(ascii: ">") {
      value = UnsafeBufferPointer(start: nil, count: 0)
      length = at + 2
      return
    }
    guard load(bytes + at) & 0xFFFF_FFFF == packed("><v>") else { return nil }
    let start = at + 4
    at = start
    while at < count, bytes[at] != UInt8(ascii: "<") { at += 1 }
    guard count - at >= 8, at > start, load(bytes + at) == packed("</v></c>") else { return nil }
    value = UnsafeBufferPointer(start: bytes + start, count: at - start)
    length = at + 8
  }
}

private let quote = UInt8(ascii: "\"")

@inline(__always)
private func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
  UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
}

/// The bytes of a short text as the number that `load` gives for them.
@inline(__always)
private func packed(_ text: StaticString) -> UInt64 {
  var word: UInt64 = 0
  for at in 0..<text.utf8CodeUnitCount { word |= UInt64(text.utf8Start[at]) << UInt64(at * 8) }
  return word
}
