/// Puts one cell behind the other at an address.
///
/// Whoever makes one sees to the room: what is copied is copied in whole steps, so that up to a step of
/// bytes behind the end is written, and read.
struct RowText {
  var at: UnsafeMutablePointer<UInt8>

  /// The number of bytes copied at once.
  static let step = 32
  /// No number is longer.
  static let longestNumber = 32
  /// No more room than this is taken by value, numerator and denominator with what separates them.
  static let longestFigures = 3 * longestNumber + 3

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    at.pointee = byte
    at += 1
  }

  /// Copies so many bytes.
  @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    let from = UnsafeRawPointer(bytes)
    let to = UnsafeMutableRawPointer(at)
    var offset = 0
    repeat {
      to.storeBytes(
        of: from.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt8>.self),
        toByteOffset: offset, as: SIMD32<UInt8>.self)
      offset &+= RowText.step
    } while offset < count
    at += count
  }

  @inline(__always)
  mutating func append(_ text: SIMD32<UInt8>, _ count: Int) {
    UnsafeMutableRawPointer(at).storeBytes(of: text, as: SIMD32<UInt8>.self)
    at += count
  }

  /// Most figures of a department have one digit or two.
  @inline(__always)
  mutating func append(_ number: Int64) {
    if number >= 0, number < 10 {
      append(48 &+ UInt8(truncatingIfNeeded: number))
    } else {
      appendLong(number)
    }
  }

  private mutating func appendLong(_ number: Int64) {
    if number < 0 { append(0x2D as UInt8) }
    appendDigits(number.magnitude, atLeast: 1)
  }

  /// A number of parts of ten to a power (of millionths: 6) in the shortest decimal form.
  mutating func append(_ number: Int64, places: Int) {
    guard places > 0 else { return append(number) }
    if number < 0 { append(0x2D as UInt8) }
    var unit: UInt64 = 1
    for _ in 0..<places { unit &*= 10 }
    let (whole, rest) = number.magnitude.quotientAndRemainder(dividingBy: unit)
    appendDigits(whole, atLeast: 1)
    guard rest > 0 else { return }
    append(0x2E as UInt8)
    var (digits, width) = (rest, places)
    while digits % 10 == 0 { (digits, width) = (digits / 10, width - 1) }
    appendDigits(digits, atLeast: width)
  }

  @inline(__always)
  private mutating func appendDigits(_ number: UInt64, atLeast width: Int) {
    var length = 1
    var bound: UInt64 = 10
    while number >= bound, length < 20 {
      length += 1
      bound = length < 20 ? bound &* 10 : .max
    }
    length = max(length, width)
    var rest = number
    var position = length
    while position > 0 {
      position &-= 1
      at[position] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    at += length
  }
}
