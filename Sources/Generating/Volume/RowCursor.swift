/// Writes the cells of a row to where a pointer stands; the caller has reserved enough room.
struct RowCursor {
  private let start: UnsafeMutablePointer<UInt8>
  private var place: UnsafeMutablePointer<UInt8>

  init(_ start: UnsafeMutablePointer<UInt8>) {
    self.start = start
    place = start
  }

  /// The number of bytes written.
  var count: Int { place - start }

  mutating func put(_ byte: UInt8) {
    place.pointee = byte
    place += 1
  }

  mutating func comma() { put(UInt8(ascii: ",")) }

  mutating func endLine() { put(UInt8(ascii: "\n")) }

  mutating func put(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { source in
      guard let first = source.baseAddress else { return }
      place.update(from: first, count: source.count)
    }
    place += bytes.count
  }

  /// A letter and a number of exactly `width` digits.
  mutating func id(_ letter: UInt8, _ number: Int, width: Int) {
    put(letter)
    var rest = UInt64(number)
    for index in stride(from: width - 1, through: 0, by: -1) {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      place[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
    place += width
  }

  /// A number of halves as a decimal, below ten; nothing for 0.
  mutating func halves(_ count: Int) {
    guard count > 0 else { return }
    put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: count / 2))
    if count % 2 == 1 {
      put(UInt8(ascii: "."))
      put(UInt8(ascii: "5"))
    }
  }
}
