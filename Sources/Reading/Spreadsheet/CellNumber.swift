internal import Glibc

/// Numbers of workbooks as text: the shortest decimal of at most 15 significant digits, which is what
/// Excel knows of a number, without grouping and without a format.
enum CellNumber {
  /// Room for every number, in bytes.
  static let room = 400

  /// Writes a number; infinities and what is none are written as Excel's error for them.
  ///
  /// - Returns: the number of bytes written.
  static func write(_ value: Double, into out: UnsafeMutablePointer<UInt8>) -> Int {
    guard value.isFinite else { return copy("#NUM!", into: out) }
    if let whole = Int64(exactly: value), whole.magnitude < 1_000_000_000_000_000 {
      return write(whole, into: out)
    }
    var digits = [CChar](repeating: 0, count: 40)
    // d.dddddddddddddde±xx
    _ = withVaList([value]) { vsnprintf(&digits, digits.count, "%.14e", $0) }
    let text = digits.map { UInt8(bitPattern: $0) }
    guard let mark = text.firstIndex(of: UInt8(ascii: "e")) else { return 0 }
    let exponent = atoi(Array(digits[(mark + 1)...]))
    var figures = Array(text[..<mark].filter { $0 &- 48 <= 9 })
    while figures.count > 1, figures.last == 48 { figures.removeLast() }
    return write(figures, exponent: Int(exponent), isNegative: value < 0, into: out)
  }

  static func write(_ value: Int64, into out: UnsafeMutablePointer<UInt8>) -> Int {
    var rest = value.magnitude
    var length = 0
    repeat {
      out[length] = UInt8(48 + rest % 10)
      rest /= 10
      length += 1
    } while rest > 0
    if value < 0 {
      out[length] = UInt8(ascii: "-")
      length += 1
    }
    let written = UnsafeMutableBufferPointer(start: out, count: length)
    for at in 0..<(length / 2) { written.swapAt(at, length - 1 - at) }
    return length
  }

  /// Places the decimal point among the figures; what has more than 21 places before it, or more than 8
  /// zeros behind it, is written with an exponent.
  private static func write(
    _ figures: [UInt8], exponent: Int, isNegative: Bool, into out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    if exponent < -9 || exponent > 20 {
      text.append(figures[0])
      if figures.count > 1 { text += [UInt8(ascii: ".")] + figures[1...] }
      text += [UInt8(ascii: "E"), exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")]
      let size = "\(abs(exponent))"
      text += Array((size.utf8.count < 2 ? "0" + size : size).utf8)
    } else if exponent < 0 {
      text += Array("0.".utf8) + [UInt8](repeating: 48, count: -exponent - 1) + figures
    } else if figures.count <= exponent + 1 {
      text += figures + [UInt8](repeating: 48, count: exponent + 1 - figures.count)
    } else {
      text += figures[...exponent] + [UInt8(ascii: ".")] + figures[(exponent + 1)...]
    }
    for (at, byte) in text.enumerated() { out[at] = byte }
    return text.count
  }

  private static func copy(_ text: StaticString, into out: UnsafeMutablePointer<UInt8>) -> Int {
    memcpy(out, text.utf8Start, text.utf8CodeUnitCount)
    return text.utf8CodeUnitCount
  }

  /// Reads a number of digits alone, at most 15; nil where it is none.
  @inline(__always)
  static func parseCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 15 else { return nil }
    var value = 0
    for byte in bytes {
      guard byte &- 48 <= 9 else { return nil }
      value = value &* 10 &+ Int(byte &- 48)
    }
    return value
  }

  /// Reads a decimal number as the parts of a workbook write it; nil where it is none.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    if let whole = parseCount(bytes) { return Double(whole) }
    guard bytes.count <= 64, let first = bytes.first, first != 0x20,
      bytes.allSatisfy({ $0 &- 48 <= 9 || "+-.eE".utf8.contains($0) })
    else { return nil }
    return Double(String(decoding: bytes, as: UTF8.self))
  }

  /// Whether a number is written as this program would: digits, at most 15 of them, perhaps a sign and
  /// a point with digits on both sides, no zeros too many.
  @inline(__always)
  static func isShort(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    let end = bytes.count
    if at < end, bytes[at] == UInt8(ascii: "-") { at = 1 }
    guard at < end, end - at <= 15, bytes[at] &- 48 <= 9 else { return false }
    if bytes[at] == 48, at + 1 < end, bytes[at + 1] != UInt8(ascii: ".") { return false }
    while at < end, bytes[at] &- 48 <= 9 { at += 1 }
    if at == end { return !(end == 2 && bytes[0] == UInt8(ascii: "-") && bytes[1] == 48) }
    guard bytes[at] == UInt8(ascii: ".") else { return false }
    at += 1
    guard at < end, bytes[end - 1] != 48 else { return false }
    while at < end, bytes[at] &- 48 <= 9 { at += 1 }
    return at == end
  }
}
