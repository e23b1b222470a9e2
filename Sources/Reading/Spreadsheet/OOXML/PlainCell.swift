internal import Glibc

/// One cell of a common shape: `<c r="B2" s="1" t="s"><v>17</v></c>`, with `s` and `t` in either order or
/// left out, a formula before the value, or a text `<is><t>…</t></is>` in its place; and the empty
/// `<c r="B2" s="1"/>`.
struct PlainCell {
  let column: Int
  let style: Int
  let kind: OOXMLValues.Kind
  let value: UnsafeBufferPointer<UInt8>
  /// From the cell's `<` to behind its end tag.
  let length: Int

  /// Nil where the bytes do not begin with such a cell, or do not hold it wholly.
  ///
  /// - Parameters:
  ///   - bytes: followed by 64 further ones that may be looked at.
  ///   - count: how many bytes there are.
  @inline(__always)
  init?(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    guard count >= 64, load(bytes) & 0xFFFF_FFFF_FFFF == packed("<c r=\"") else { return nil }
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
    guard let (style, kind) = PlainCell.attributes(bytes, &at) else { return nil }
    self.style = style
    self.kind = kind
    if load(bytes + at) & 0xFFFF == packed("/>") {
      value = UnsafeBufferPointer(start: nil, count: 0)
      length = at + 2
    } else {
      guard bytes[at] == UInt8(ascii: ">") else { return nil }
      at += 1
      guard let value = PlainCell.value(bytes, count, &at) else { return nil }
      self.value = value
      length = at
    }
    // Behind `count` stands what was there before.
    guard length <= count else { return nil }
  }

  /// Reads style and type up to what closes the tag; nil where there is something else.
  @inline(__always)
  private static func attributes(
    _ bytes: UnsafePointer<UInt8>, _ at: inout Int
  ) -> (style: Int, kind: OOXMLValues.Kind)? {
    var style = 0
    var kind = OOXMLValues.Kind.number
    while bytes[at] == 0x20, at < 50 {
      let attribute = load(bytes + at)
      if attribute & 0xFFFF_FFFF == packed(" s=\"") {
        at += 4
        while bytes[at] &- 48 <= 9, style < 1_000_000 {
          style = style * 10 + Int(bytes[at] &- 48)
          at += 1
        }
        guard bytes[at] == quote else { return nil }
        at += 1
      } else if attribute & 0xFFFF_FFFF == packed(" t=\"") {
        at += 4
        guard let found = PlainCell.kind(bytes, &at) else { return nil }
        kind = found
      } else {
        return nil
      }
    }
    return (style, kind)
  }

  /// Reads a type and the quote behind it.
  @inline(__always)
  private static func kind(
    _ bytes: UnsafePointer<UInt8>, _ at: inout Int
  ) -> OOXMLValues.Kind? {
    if bytes[at + 1] == quote {
      at += 2
      switch bytes[at - 2] {
      case UInt8(ascii: "s"): return .shared
      case UInt8(ascii: "n"): return .number
      case UInt8(ascii: "b"): return .boolean
      default: return nil
      }
    }
    if load(bytes + at) & 0xFFFF_FFFF == packed("str\"") {
      at += 4
      return .text
    }
    guard load(bytes + at) == packed("inlineSt"), bytes[at + 8] == UInt8(ascii: "r"),
      bytes[at + 9] == quote
    else { return nil }
    at += 10
    return .text
  }

  /// Reads the value and the end tags behind it; nil where there is none that stands for itself.
  @inline(__always)
  private static func value(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ at: inout Int
  ) -> UnsafeBufferPointer<UInt8>? {
    if load(bytes + at) & 0xFFFF == packed("<f") {
      guard skipFormula(bytes, count, &at) else { return nil }
    }
    if load(bytes + at) & 0xFF_FFFF == packed("<v>") {
      at += 3
      guard let text = PlainText.find(bytes, count, &at), load(bytes + at) == packed("</v></c>")
      else { return nil }
      at += 8
      return text
    }
    guard load(bytes + at) & 0xFFFF_FFFF == packed("<is>") else { return nil }
    at += 4
    guard let text = PlainText.element(bytes, count, &at),
      load(bytes + at) == packed("</is></c"), bytes[at + 8] == UInt8(ascii: ">")
    else { return nil }
    at += 9
    return text
  }

  private static func skipFormula(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ at: inout Int
  ) -> Bool {
    at += 2
    guard bytes[at] == UInt8(ascii: ">") || bytes[at] == 0x20 else { return false }
    while at < count, bytes[at] != UInt8(ascii: ">") {
      if bytes[at] == quote {
        at += 1
        while at < count, bytes[at] != quote { at += 1 }
      }
      at += 1
    }
    at += 1
    guard at < count else { return false }
    if bytes[at - 2] == UInt8(ascii: "/") { return true }
    while at < count, bytes[at] != UInt8(ascii: "<") { at += 1 }
    guard at < count, load(bytes + at) & 0xFFFF_FFFF == packed("</f>") else { return false }
    at += 4
    return true
  }
}

/// The beginning of a row: `<row r="2" spans="1:3" hidden="1">` with whatever attributes.
struct PlainRow {
  /// Nil where it does not say.
  private(set) var number: Int?
  private(set) var isHidden = false
  /// The row ends where it begins.
  let isEmpty: Bool
  let length: Int

  /// Nil where the bytes do not begin with a row, or do not hold its tag wholly.
  ///
  /// - Parameters:
  ///   - bytes: followed by 64 further ones that may be looked at.
  ///   - count: how many bytes there are.
  init?(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    guard count >= 5, load(bytes) & 0xFFFF_FFFF == packed("<row") else { return nil }
    var at = 4
    while at < count, bytes[at] == 0x20 {
      while bytes[at] == 0x20, at < count { at += 1 }
      guard bytes[at] != UInt8(ascii: ">"), bytes[at] != UInt8(ascii: "/") else { break }
      let name = at
      while at < count, bytes[at] != UInt8(ascii: "="), bytes[at] > 0x20 { at += 1 }
      let nameLength = at - name
      guard at < count, load(bytes + at) & 0xFFFF == packed("=\"") else { return nil }
      at += 2
      let start = at
      while at < count, bytes[at] != quote {
        guard bytes[at] != UInt8(ascii: "<"), bytes[at] != UInt8(ascii: "&") else { return nil }
        at += 1
      }
      let value = UnsafeBufferPointer(start: bytes + start, count: at - start)
      at += 1
      if nameLength == 1, bytes[name] == UInt8(ascii: "r") {
        guard number == nil, value.count <= 10, let found = CellNumber.parseCount(value)
        else { return nil }
        number = found
      } else if nameLength == 6, load(bytes + name) & 0xFFFF_FFFF_FFFF == packed("hidden") {
        isHidden = value.saysYes
      }
    }
    isEmpty = load(bytes + at) & 0xFFFF == packed("/>")
    guard isEmpty || bytes[at] == UInt8(ascii: ">") else { return nil }
    length = at + (isEmpty ? 2 : 1)
    guard length <= count else { return nil }
  }
}

/// Text in XML that stands for itself.
enum PlainText {
  /// Reads up to the next tag; nil where there is none, nothing before it, an entity, or what XML or
  /// Office write in another way than it is meant.
  @inline(__always)
  static func find(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ at: inout Int
  ) -> UnsafeBufferPointer<UInt8>? {
    let start = at
    while at < count, bytes[at] != UInt8(ascii: "<") {
      let byte = bytes[at]
      if byte < 0x20 && byte != 0x09 && byte != 0x0A || byte == UInt8(ascii: "&")
        || byte == UInt8(ascii: "_") && bytes[at + 1] == UInt8(ascii: "x")
      {
        return nil
      }
      at += 1
    }
    guard at < count, at > start else { return nil }
    return UnsafeBufferPointer(start: bytes + start, count: at - start)
  }

  /// Reads `<t>…</t>`, with blanks to be kept or not.
  @inline(__always)
  static func element(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ at: inout Int
  ) -> UnsafeBufferPointer<UInt8>? {
    if load(bytes + at) & 0xFF_FFFF == packed("<t>") {
      at += 3
    } else {
      guard load(bytes + at) == packed("<t xml:s"), load(bytes + at + 8) == packed("pace=\"pr"),
        load(bytes + at + 16) == packed("eserve\">")
      else { return nil }
      at += 24
    }
    guard let text = find(bytes, count, &at),
      load(bytes + at) & 0xFFFF_FFFF == packed("</t>")
    else { return nil }
    at += 4
    return text
  }
}

private let quote = UInt8(ascii: "\"")

@inline(__always)
func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
  UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
}

/// The bytes of a short text as the number that `load` gives for them.
@inline(__always)
func packed(_ text: StaticString) -> UInt64 {
  var word: UInt64 = 0
  for at in 0..<text.utf8CodeUnitCount { word |= UInt64(text.utf8Start[at]) << UInt64(at * 8) }
  return word
}
