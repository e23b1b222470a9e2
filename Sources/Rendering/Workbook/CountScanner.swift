/// Holds the counts that an XML part states of itself, as `<cellXfs count="12">`, against what is there.
///
/// A chunk that was lost where a temporary folder was full for a moment leaves a part that begins and ends
/// as it should, and is often well-formed. Its counts are then wrong.
struct CountScanner {
  private struct Element {
    var name: [UInt8]
    var expected: Int?
    var children = 0
  }

  private var open: [Element] = []
  private var tag: [UInt8]?
  private(set) var agrees = true

  /// Longer tags are none of those that are written here.
  private static let longestTag = 4096

  mutating func take(_ piece: UnsafeBufferPointer<UInt8>) {
    for byte in piece {
      guard var tag = tag.take() else {
        if byte == UInt8(ascii: "<") { self.tag = [] }
        continue
      }
      if byte == UInt8(ascii: ">") {
        end(tag)
        continue
      }
      // A `<` within a tag: something between the two is missing.
      agrees = agrees && byte != UInt8(ascii: "<") && tag.count < CountScanner.longestTag
      tag.append(byte)
      self.tag = tag
    }
  }

  /// Whether all elements are closed and have as many children as they say.
  var isWhole: Bool { agrees && open.isEmpty && tag == nil }

  private mutating func end(_ tag: [UInt8]) {
    guard let first = tag.first, first != UInt8(ascii: "?"), first != UInt8(ascii: "!") else {
      return
    }
    if first == UInt8(ascii: "/") { return close(Array(tag.dropFirst())) }
    if !open.isEmpty { open[open.count - 1].children += 1 }
    let name = Array(tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") })
    open.append(Element(name: name, expected: CountScanner.count(in: tag)))
    if tag.last == UInt8(ascii: "/") { close(name) }
  }

  private mutating func close(_ name: [UInt8]) {
    guard let element = open.popLast(), element.name == name else {
      agrees = false
      return
    }
    if let expected = element.expected, expected != element.children { agrees = false }
  }

  /// What a tag says of its children: `uniqueCount`, or else `count`.
  private static func count(in tag: [UInt8]) -> Int? {
    for name in CountScanner.names where tag.count > name.count {
      for start in 0..<(tag.count - name.count)
      where tag[start] == name[0] && tag[start...].starts(with: name) {
        return number(tag[(start + name.count)...])
      }
    }
    return nil
  }

  private static let names = [Array(" uniqueCount=\"".utf8), Array(" count=\"".utf8)]

  /// The whole number before the next quotation mark; nil where there is something else, or too large a one.
  private static func number(_ text: ArraySlice<UInt8>) -> Int? {
    let digits = text.prefix { $0 != UInt8(ascii: "\"") }
    guard !digits.isEmpty, digits.count < 18, digits.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}

extension Optional {
  /// The value, leaving nothing behind: so that an array in it is not copied when it grows.
  fileprivate mutating func take() -> Wrapped? {
    defer { self = nil }
    return self
  }
}
