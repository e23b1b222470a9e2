internal import Records

/// A number rounded to a whole multiple of a power of ten: its sign and its decimal digits.
struct Digits {
  enum Sign {
    case minusOnly
    /// A plus before what is positive; nothing before zero.
    case always
  }

  private let isNegative: Bool
  /// ASCII digits without leading zeros; empty for zero.
  private let digits: [UInt8]

  private init(isNegative: Bool, digits: some Sequence<UInt8>) {
    self.digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
    self.isNegative = isNegative && !self.digits.isEmpty
  }

  /// The quotient times 10 to the power, rounded; nil where the denominator is 0.
  ///
  /// 64 bits times 10¹⁷ fit into 128 bits, so that nothing is lost before the one rounding.
  init?(_ numerator: Int64, over denominator: Int64, power: Int, rule: RoundingRule) {
    guard denominator != 0 else { return nil }
    let scale = (0..<power).reduce(UInt128(1)) { scale, _ in scale * 10 }
    let divisor = UInt128(denominator.magnitude)
    var (quotient, rest) = (UInt128(numerator.magnitude) * scale)
      .quotientAndRemainder(dividingBy: divisor)
    let remainder: RoundingRule.Remainder =
      rest * 2 == divisor ? .half : rest * 2 < divisor ? .belowHalf : .aboveHalf
    if rule.roundsUp(remainder, lastDigitIsOdd: quotient & 1 == 1) { quotient += 1 }
    self.init(isNegative: (numerator < 0) != (denominator < 0), digits: String(quotient).utf8)
  }

  /// The value times 10 to the power, rounded from its shortest decimal; nil where it is not finite.
  init?(_ value: Double, power: Int, rule: RoundingRule) {
    guard value.isFinite else { return nil }
    let (digits, point) = Digits.shortestDecimal(of: value.magnitude)
    let kept = point + power
    guard kept >= 0 else {
      self.init(isNegative: false, digits: [])
      return
    }
    var result = Array(digits.prefix(kept))
    result.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: kept - result.count))
    let remainder = Digits.remainder(digits.dropFirst(kept))
    if rule.roundsUp(remainder, lastDigitIsOdd: (result.last ?? 48) & 1 == 1) {
      Digits.increment(&result)
    }
    self.init(isNegative: value < 0, digits: result)
  }

  /// The digits d₁d₂… (the first and the last not 0) and p, where the value is 0.d₁d₂… × 10ᵖ.
  ///
  /// Swift describes a `Double` by the shortest decimal that reads back as the same value.
  private static func shortestDecimal(of value: Double) -> (digits: [UInt8], point: Int) {
    let text = value.description.utf8
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    // Of the zeros before the first other digit, those behind the point move it.
    var (point, exponent, isBehind) = (0, 0, false)
    for at in text.indices {
      let byte = text[at]
      if byte == UInt8(ascii: "e") {
        exponent = Int(Substring(text[text.index(after: at)...])) ?? 0
        break
      } else if byte == UInt8(ascii: ".") {
        isBehind = true
      } else if byte == UInt8(ascii: "0"), digits.isEmpty {
        point -= isBehind ? 1 : 0
      } else {
        digits.append(byte)
        point += isBehind ? 0 : 1
      }
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return digits.isEmpty ? ([], 0) : (digits, point + exponent)
  }

  /// The value times 10 to the power, rounded, where every rule rounds it alike; nil where it is too large
  /// or so near a half that only its digits can tell.
  ///
  /// The shortest decimal of a `Double` is at most half a unit of its last place away from it, and the
  /// product errs by no more: below 10⁹ that is less than a millionth.
  static func units(of value: Double, power: Int) -> UInt64? {
    guard value.isFinite, (0..<scales.count).contains(power) else { return nil }
    let scaled = value.magnitude * Double(scales[power])
    guard scaled < 1e9 else { return nil }
    let whole = scaled.rounded(.down)
    let rest = scaled - whole
    guard (rest - 0.5).magnitude > 1e-6 else { return nil }
    return UInt64(whole) + (rest > 0.5 ? 1 : 0)
  }

  private static let scales: [UInt64] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

  private static func remainder(_ rest: ArraySlice<UInt8>) -> RoundingRule.Remainder {
    guard let first = rest.first, first >= UInt8(ascii: "5") else { return .belowHalf }
    return first == UInt8(ascii: "5") && rest.count == 1 ? .half : .aboveHalf
  }

  private static func increment(_ digits: inout [UInt8]) {
    for index in digits.indices.reversed() {
      if digits[index] < UInt8(ascii: "9") {
        digits[index] += 1
        return
      }
      digits[index] = UInt8(ascii: "0")
    }
    digits.insert(UInt8(ascii: "1"), at: 0)
  }

  /// A number of units with its last `places` digits behind the point and its thousands separated.
  static func text(_ units: UInt64, isNegative: Bool, places: Int, sign: Sign) -> String {
    // At most 20 digits, as many separators as fit between them, a point, a sign; or zeros before a point.
    String(unsafeUninitializedCapacity: 48) { buffer in
      var start = buffer.count
      func put(_ byte: UInt8) {
        start -= 1
        buffer[start] = byte
      }
      var (rest, written) = (units, 0)
      repeat {
        if written == places, places > 0 { put(UInt8(ascii: ".")) }
        if written > places, (written - places) % 3 == 0 { put(UInt8(ascii: ",")) }
        put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
        written += 1
      } while rest > 0 || written <= places
      if isNegative, units > 0 {
        put(UInt8(ascii: "-"))
      } else if sign == .always, units > 0 {
        put(UInt8(ascii: "+"))
      }
      let count = buffer.count - start
      for index in 0..<count { buffer[index] = buffer[start + index] }
      return count
    }
  }

  /// The number with its last `places` digits behind the point and its thousands separated.
  func text(places: Int, sign: Sign) -> String {
    let padding = repeatElement(UInt8(ascii: "0"), count: max(0, places + 1 - digits.count))
    let padded = padding + digits
    var text: [UInt8] = []
    if isNegative {
      text.append(UInt8(ascii: "-"))
    } else if sign == .always, !digits.isEmpty {
      text.append(UInt8(ascii: "+"))
    }
    let whole = padded.count - places
    for (index, digit) in padded.enumerated() {
      if index == whole {
        text.append(UInt8(ascii: "."))
      } else if index > 0, index < whole, (whole - index) % 3 == 0 {
        text.append(UInt8(ascii: ","))
      }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
