/// Figures of a series as bytes: numerators, and denominators where they are not all 1, each as a
/// variable-length whole number of 7 bits a byte, so that a ward's small counts take a byte each.
enum FigureCoding {
  static func bytes(_ numerators: [Int64], _ denominators: [Int64]) -> [UInt8] {
    let isPlain = denominators.allSatisfy { $0 == 1 }
    var bytes: [UInt8] = [isPlain ? 0 : 1]
    bytes.reserveCapacity(numerators.count * 2)
    for number in numerators { append(number, to: &bytes) }
    if !isPlain { for number in denominators { append(number, to: &bytes) } }
    return bytes
  }

  /// The numerators and denominators of so many figures; nil where the bytes are not theirs.
  static func numbers(
    _ bytes: [UInt8], count: Int
  ) -> (numerators: [Int64], denominators: [Int64])? {
    var rest = bytes[...]
    guard let kind = rest.popFirst(), kind <= 1, count <= bytes.count else { return nil }
    guard let numerators = numbers(&rest, count) else { return nil }
    if kind == 0 {
      return rest.isEmpty ? (numerators, Array(repeating: 1, count: count)) : nil
    }
    guard let denominators = numbers(&rest, count), rest.isEmpty else { return nil }
    return (numerators, denominators)
  }

  /// Names, each behind its length.
  static func bytes(_ names: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for name in names {
      append(Int64(name.utf8.count), to: &bytes)
      bytes += Array(name.utf8)
    }
    return bytes
  }

  /// The names that bytes stand for; nil where they stand for none.
  static func names(_ bytes: [UInt8]) -> [String]? {
    var rest = bytes[...]
    var names: [String] = []
    while !rest.isEmpty {
      guard let length = number(&rest), length >= 0, length <= rest.count else { return nil }
      names.append(String(decoding: rest.prefix(Int(length)), as: UTF8.self))
      rest = rest.dropFirst(Int(length))
    }
    return names
  }

  private static func append(_ number: Int64, to bytes: inout [UInt8]) {
    // Small negative numbers become small, too: 0, -1, 1, -2 … are 0, 1, 2, 3 …
    var rest = UInt64(bitPattern: number << 1) ^ UInt64(bitPattern: number >> 63)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private static func numbers(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> [Int64]? {
    var numbers: [Int64] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count {
      guard let number = number(&rest) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    var folded: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = rest.popFirst() {
      guard shift < 64 else { return nil }
      folded |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 {
        return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
      }
      shift += 7
    }
    return nil
  }
}
