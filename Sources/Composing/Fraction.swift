import Comparing

/// An exact quotient of two whole numbers that a difference of figures gives; the denominator is
/// positive.
struct Fraction: Hashable, Sendable {
  let numerator: Int64
  let denominator: Int64

  /// Reduces the quotient; where it still does not fit, both parts lose their last binary digits.
  ///
  /// - Precondition: `denominator` is positive.
  init(_ numerator: Int128, over denominator: Int128) {
    let divisor = Fraction.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    var top = numerator / Int128(divisor)
    var bottom = denominator / Int128(divisor)
    while Int64(exactly: top) == nil || Int64(exactly: bottom) == nil {
      top >>= 1
      bottom >>= 1
    }
    self.numerator = Int64(top)
    self.denominator = max(1, Int64(bottom))
  }

  /// What the later figure has more than the earlier; nil where one of them is undefined.
  init?(from earlier: Figure, to later: Figure, scale: Int64) {
    guard earlier.isDefined, later.isDefined else { return nil }
    let (a, b) = (Int128(later.numerator), Int128(later.denominator))
    let (c, d) = (Int128(earlier.numerator), Int128(earlier.denominator))
    self.init(a * d - c * b, over: b * d * Int128(scale))
  }

  var magnitude: Fraction { Fraction(Int128(numerator.magnitude), over: Int128(denominator)) }

  private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var (a, b) = (left, right)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }
}
