internal import Glibc

/// Appends escaped text; what is no entity stands for itself.
func appendUnescaped(_ escaped: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
  var at = 0
  while at < escaped.count {
    guard let base = escaped.baseAddress,
      let found = memchr(base + at, Int32(UInt8(ascii: "&")), escaped.count - at)
    else {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: escaped[at...]))
      return
    }
    let ampersand = UnsafePointer(base).distance(to: found.assumingMemoryBound(to: UInt8.self))
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: escaped[at..<ampersand]))
    let rest = UnsafeBufferPointer(rebasing: escaped[ampersand...])
    if let length = appendEntity(rest, to: &bytes) {
      at = ampersand + length
    } else {
      bytes.append(UInt8(ascii: "&"))
      at = ampersand + 1
    }
  }
}

/// Appends what an entity at the beginning of the bytes stands for, and returns its length.
private func appendEntity(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) -> Int? {
  guard let end = bytes.prefix(12).firstIndex(of: UInt8(ascii: ";")), end > 1 else { return nil }
  let name = bytes[1..<end]
  if name.first == UInt8(ascii: "#") {
    let digits = String(decoding: name.dropFirst(), as: UTF8.self)
    let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
    guard let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits) else {
      return nil
    }
    out.append(contentsOf: String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
    return end + 1
  }
  let known: [(StaticString, UInt8)] = [
    ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
    ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")),
  ]
  for (entity, byte) in known
  where name.count == entity.utf8CodeUnitCount
    && memcmp(bytes.baseAddress! + 1, entity.utf8Start, name.count) == 0
  {
    out.append(byte)
    return end + 1
  }
  return nil
}
