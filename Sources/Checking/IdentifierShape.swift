internal import CScan

/// The shape of most ids of a file: a prefix and a decimal number, as `S000123`.
///
/// A number has one spelling only (padded to `width`, no further leading zeros), so that two texts
/// never share a number.
struct IdentifierShape {
  private let prefix: [UInt8]
  private let prefixCount: Int
  private let firstOfPrefix: UInt8
  /// The least number of digits; 0 where no text has the shape.
  private let width: Int
  /// Of a prefix and digits of up to eight bytes together, nearly always as long as the first text: its
  /// length, what its bytes are moved by to stand in the upper part of a word, the prefix and zeros there,
  /// and the bits of the prefix.
  private let usualCount: Int
  private let usualShift: UInt64
  private let usualZero: UInt64
  private let usualPrefix: UInt64

  /// For a loop over the texts that are as long as nearly all; nil where these have more than eight bytes or no
  /// length of their own.
  var usual: ScanShape? {
    guard usualCount > 0 else { return nil }
    return ScanShape(
      count: UInt32(usualCount), shift: usualShift, zero: usualZero, prefix: usualPrefix)
  }

  /// No text has this shape.
  init() { self.init(prefix: [], width: 0) }

  /// The shape of a text: what stands before its last digits, and their width where they begin with a
  /// zero.
  init(of text: UnsafeBufferPointer<UInt8>) {
    let digits = text.reversed().prefix { (48...57).contains($0) }.count
    let width = digits == 0 ? 0 : text[text.count - digits] == 48 ? digits : 1
    self.init(prefix: Array(text.dropLast(digits)), width: width)
  }

  private init(prefix: [UInt8], width: Int) {
    self.prefix = prefix
    self.width = width
    prefixCount = prefix.count
    firstOfPrefix = prefix.first ?? 0
    let count = prefix.count + width
    // A width of one stands for any without zeros in front.
    guard width > 1, count <= 8 else {
      (usualCount, usualShift, usualZero, usualPrefix) = (-1, 0, 0, 0)
      return
    }
    let bytes = prefix + Array(repeating: 48, count: width)
    usualCount = count
    usualShift = UInt64(8 - count) * 8
    usualZero = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } << usualShift
    usualPrefix = prefix.reduce(0) { word, _ in word << 8 | 0xFF } << usualShift
  }

  /// The same as `number`, of a text behind whose beginning eight bytes may be read.
  @inline(__always)
  func number(ofPadded text: UnsafeBufferPointer<UInt8>) -> Int {
    guard text.count == usualCount, let base = text.baseAddress else { return number(of: text) }
    let raw = UnsafeRawPointer(base).loadUnaligned(as: UInt64.self).littleEndian
    let word = raw << (usualShift & 63) ^ usualZero
    guard IdentifierShape.areDigits(word), word & usualPrefix == 0 else { return -1 }
    return IdentifierShape.value(word)
  }

  /// The number of a text that has the shape, below 10⁹; -1 for any other text.
  @inline(__always)
  func number(of text: UnsafeBufferPointer<UInt8>) -> Int {
    let digits = text.count &- prefixCount
    guard width > 0, digits >= width, digits <= 9, let base = text.baseAddress else { return -1 }
    // The first byte tells most strangers apart; a prefix is seldom longer.
    if prefixCount > 0 {
      guard base[0] == firstOfPrefix else { return -1 }
      for at in 1..<max(prefixCount, 1) where base[at] != prefix[at] { return -1 }
    }
    let first = base + prefixCount
    guard digits == width || first[0] != 48 else { return -1 }
    if digits <= 8 { return IdentifierShape.decimal(first, digits) }
    let leading = Int(first[0] &- 48)
    let rest = IdentifierShape.decimal(first + 1, 8)
    return leading <= 9 && rest >= 0 ? leading &* 100_000_000 &+ rest : -1
  }

  /// The value of one to eight digits, all at once; -1 where one of the bytes is no digit. Three
  /// multiplications put together pairs, then fours, then all eight.
  @inline(__always)
  private static func decimal(_ digits: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let shift = UInt64(truncatingIfNeeded: (8 &- count) &* 8)
    // Every byte is the digit's value, the first digit in the lowest byte that is not padding.
    let word = rightAligned(digits, count) ^ (0x3030_3030_3030_3030 << shift)
    return areDigits(word) ? value(word) : -1
  }

  @inline(__always)
  private static func areDigits(_ word: UInt64) -> Bool {
    (word | (word &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0
  }

  @inline(__always)
  private static func value(_ word: UInt64) -> Int {
    let pairs = (word &* 10) &+ (word >> 8)
    let even = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let odd = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return Int(truncatingIfNeeded: (even &+ odd) >> 32)
  }

  /// The bytes in the upper part of a word, zeros below; none beside them is read.
  @inline(__always)
  private static func rightAligned(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let raw = UnsafeRawPointer(bytes)
    if count == 8 { return raw.loadUnaligned(as: UInt64.self).littleEndian }
    if count >= 4 {
      // The two halves overlap, with the same bytes.
      let low = UInt64(raw.loadUnaligned(as: UInt32.self).littleEndian)
      let high = UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self).littleEndian)
      return high << 32 | low << UInt64(truncatingIfNeeded: (8 &- count) &* 8)
    }
    var word: UInt64 = 0
    for at in 0..<count { word = word >> 8 | UInt64(bytes[at]) << 56 }
    return word
  }
}
