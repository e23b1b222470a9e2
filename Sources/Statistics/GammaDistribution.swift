internal import Glibc

/// The gamma distribution with scale 1, from which the quantiles of the normal, the chi-square and the
/// Poisson distributions follow. Results are accurate to about 12 digits.
enum GammaDistribution {
  /// ln Γ(x) for x > 0, by Stirling's series (NIST Digital Library of Mathematical Functions, 5.11.1)
  /// beyond 15, by the recurrence (5.5.1) below.
  static func logGamma(_ x: Double) -> Double {
    var shift = 0.0
    var x = x
    while x < 15 {
      shift += log(x)
      x += 1
    }
    let inverse = 1 / x
    let square = inverse * inverse
    // B₂ₖ / (2k (2k − 1)), k = 1 … 6.
    let terms = [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360]
    let series = terms.reversed().reduce(0) { $0 * square + $1 } * inverse
    return (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + series - shift
  }

  /// P(a, x), the part of the distribution of shape a > 0 below x ≥ 0.
  ///
  /// The power series (DLMF 8.7.1) below a + 1, else one minus the continued fraction (DLMF 8.9.2),
  /// evaluated by Lentz's method.
  /// - Complexity: O(√a) terms.
  static func below(_ x: Double, shape a: Double) -> Double {
    guard x > 0 else { return 0 }
    let factor = exp(a * log(x) - x - logGamma(a))
    return x < a + 1 ? factor * series(x, a) : 1 - factor * fraction(x, a)
  }

  private static let mostTerms = 100_000

  private static func series(_ x: Double, _ a: Double) -> Double {
    var term = 1 / a
    var sum = term
    for step in 1...mostTerms {
      term *= x / (a + Double(step))
      sum += term
      if term < sum * 1e-17 { break }
    }
    return sum
  }

  private static func fraction(_ x: Double, _ a: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var value = d
    for step in 1...mostTerms {
      let numerator = -Double(step) * (Double(step) - a)
      b += 2
      d = numerator * d + b
      c = b + numerator / c
      if abs(d) < tiny { d = tiny }
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      value *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return value
  }

  /// The x below which a part p of the distribution lies, by bisection of ``below(_:shape:)``.
  static func quantile(_ p: Double, shape a: Double) -> Double {
    guard p > 0 else { return 0 }
    guard p < 1 else { return .infinity }
    var low = 0.0
    var high = a + 1
    while below(high, shape: a) < p { high *= 2 }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if below(middle, shape: a) < p { low = middle } else { high = middle }
    }
  }
}

/// The two-sided quantile of the standard normal distribution: so many standard deviations to either side
/// of the mean hold a part `level` of it, as 1.959964 for 0.95 and 3.090232 for 0.998.
///
/// Its square is the quantile of the chi-square distribution with one degree of freedom (Abramowitz and
/// Stegun, Handbook of Mathematical Functions, 26.4.14).
///
/// - Precondition: `level` lies between 0 and 1, both excluded.
/// - Complexity: O(1) for the two usual levels, which are found once; else some thousand operations.
public func normalQuantile(level: Double) -> Double {
  precondition(level > 0 && level < 1)
  if level == 0.95 { return UsualQuantiles.inner }
  if level == 0.998 { return UsualQuantiles.outer }
  return UsualQuantiles.find(level)
}

/// Quantiles that are asked for again and again.
private enum UsualQuantiles {
  static let inner = find(0.95)
  static let outer = find(0.998)

  static func find(_ level: Double) -> Double {
    (2 * GammaDistribution.quantile(level, shape: 0.5)).squareRoot()
  }
}
