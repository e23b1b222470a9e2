internal import Glibc

/// A span of numbers from a lower to an upper limit.
public struct Interval: Hashable, Sendable {
  public var lower: Double
  public var upper: Double

  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Both limits moved into a range.
  public func clipped(to range: ClosedRange<Double>) -> Interval {
    Interval(
      lower: min(max(lower, range.lowerBound), range.upperBound),
      upper: min(max(upper, range.lowerBound), range.upperBound))
  }
}

extension Interval {
  /// The Wilson score interval of a proportion.
  ///
  /// Wilson EB, Probable inference, the law of succession, and statistical inference, J Am Stat Assoc
  /// 1927;22:209–212; recommended for any base by Newcombe RG, Stat Med 1998;17:857–872.
  ///
  /// - Parameters:
  ///   - count: from 0 to `base`.
  ///   - level: the confidence, as 0.95.
  /// - Returns: nil where the base is not positive or the count lies outside it.
  public static func wilson(_ count: Int64, of base: Int64, level: Double = 0.95) -> Interval? {
    guard base > 0, count >= 0, count <= base else { return nil }
    let (x, n) = (Double(count), Double(base))
    let z = normalQuantile(level: level)
    let centre = x + z * z / 2
    let half = z * (x * (n - x) / n + z * z / 4).squareRoot()
    let width = n + z * z
    return Interval(
      lower: count == 0 ? 0 : (centre - half) / width,
      upper: count == base ? 1 : (centre + half) / width)
  }

  /// Byar's approximation to the interval of a Poisson count, good from about 10 upwards.
  ///
  /// Breslow NE, Day NE, Statistical Methods in Cancer Research II, Lyon 1987, equation 2.13.
  ///
  /// - Returns: nil for a negative count; the lower limit of 0 is 0.
  public static func byar(_ count: Int64, level: Double = 0.95) -> Interval? {
    guard count >= 0 else { return nil }
    let z = normalQuantile(level: level)
    func limit(_ x: Double, _ sign: Double) -> Double {
      let root = 1 - 1 / (9 * x) + sign * z / (3 * x.squareRoot())
      return x * root * root * root
    }
    let x = Double(count)
    return Interval(lower: count == 0 ? 0 : max(0, limit(x, -1)), upper: limit(x + 1, 1))
  }

  /// The exact interval of a Poisson count: quantiles of the gamma, or half those of the chi-square
  /// distribution.
  ///
  /// Garwood F, Fiducial limits for the Poisson distribution, Biometrika 1936;28:437–442.
  ///
  /// - Returns: nil for a negative count.
  public static func exactPoisson(_ count: Int64, level: Double = 0.95) -> Interval? {
    guard count >= 0 else { return nil }
    let tail = (1 - level) / 2
    let x = Double(count)
    return Interval(
      lower: count == 0 ? 0 : GammaDistribution.quantile(tail, shape: x),
      upper: GammaDistribution.quantile(1 - tail, shape: x + 1))
  }

  /// The interval of a Poisson count: exact below 10, by Byar's approximation from there, as the
  /// Association of Public Health Observatories does (Technical Briefing 3, 2008).
  public static func poisson(_ count: Int64, level: Double = 0.95) -> Interval? {
    guard count < 10 else { return byar(count, level: level) }
    guard level == 0.95, count >= 0 else { return exactPoisson(count, level: level) }
    return smallCounts[Int(count)]
  }

  /// Small counts are many.
  private static let smallCounts: [Interval] = (0..<10).compactMap {
    exactPoisson($0, level: 0.95)
  }

  /// The interval of the difference of two independent estimates (the first less the second) from the
  /// interval of each, by the method of variance estimates recovery.
  ///
  /// Zou GY, Donner A, Stat Med 2008;27:1693–1702; for two proportions with Wilson intervals it is
  /// Newcombe's method 10 (Stat Med 1998;17:873–890).
  public static func difference(
    _ first: (estimate: Double, interval: Interval),
    _ second: (estimate: Double, interval: Interval)
  ) -> Interval {
    func root(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    let difference = first.estimate - second.estimate
    return Interval(
      lower: difference
        - root(
          first.estimate - first.interval.lower, second.interval.upper - second.estimate),
      upper: difference
        + root(
          first.interval.upper - first.estimate, second.estimate - second.interval.lower))
  }
}
