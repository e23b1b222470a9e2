/// A funnel: limits about a common level that widen as the base gets smaller, so that what differs only by
/// chance stays within them, however small a department is.
///
/// Spiegelhalter DJ, Funnel plots for comparing institutional performance, Stat Med 2005;24:1185–1202:
/// normal approximation, clipped to what is possible. Limits are adjusted for over-dispersion, where
/// there is any, as in Spiegelhalter DJ, Handling over-dispersion of performance indicators, Qual Saf
/// Health Care 2005;14:347–351: z-scores winsorised at 10 %, then a variance between departments added
/// to that within each (additive random effects, estimated by DerSimonian and Laird's moments).
public struct Funnel: Sendable {
  public enum Kind: Sendable {
    /// Parts of a whole: the variance is θ (1 − θ) / n.
    case proportion
    /// Events for each unit of the base: the variance is θ / n.
    case rate
  }

  /// One department's count, and what it is divided by.
  public struct Part: Hashable, Sendable {
    public var count: Int64
    public var base: Int64

    public init(count: Int64, base: Int64) {
      self.count = count
      self.base = base
    }
  }

  /// Where a value lies.
  public enum Place: Hashable, Sendable {
    case belowOuter, belowInner, within, aboveInner, aboveOuter
    /// No value that the base allows would be a signal on the side that is watched.
    case tooSmall
  }

  /// The side on which a signal must be possible, so that its absence says something.
  public enum Side: Sendable { case below, above }

  public static let innerLevel = 0.95
  public static let outerLevel = 0.998
  /// A base smaller than this is never judged.
  public static let leastBase: Int64 = 5

  public let kind: Kind
  /// The common level θ.
  public let level: Double
  /// The variance between departments τ² beyond chance; 0 where there is no over-dispersion.
  public let betweenVariance: Double
  /// The mean square φ of the winsorised z-scores; 1 is what chance alone gives.
  public let dispersion: Double

  private static let innerZ = normalQuantile(level: innerLevel)
  private static let outerZ = normalQuantile(level: outerLevel)

  /// A funnel about a level that is given, without over-dispersion.
  public init(_ kind: Kind, level: Double) {
    self.kind = kind
    self.level = level
    betweenVariance = 0
    dispersion = 1
  }

  /// The funnel of departments about their common level, the ratio of their sums.
  ///
  /// - Parameter adjusted: whether limits are widened for over-dispersion.
  /// - Returns: nil where there is nothing to divide by.
  /// - Complexity: O(n log n).
  public init?(_ kind: Kind, of parts: [Part], adjusted: Bool = true) {
    let sums = parts.reduce((count: 0.0, base: 0.0)) {
      ($0.count + Double($1.count), $0.base + Double($1.base))
    }
    guard sums.base > 0 else { return nil }
    self.kind = kind
    level = sums.count / sums.base
    let plain = Funnel(kind, level: level)
    let used = parts.filter { $0.base > 0 && plain.variance(base: $0.base) > 0 }
    let variances = used.map { plain.variance(base: $0.base) }
    let scores = zip(used, variances).map { part, variance in
      (Double(part.count) / Double(part.base) - plain.level) / variance.squareRoot()
    }
    let squares = winsorised(scores, share: 0.1).reduce(0) { $0 + $1 * $1 }
    dispersion = scores.isEmpty ? 1 : squares / Double(scores.count)
    betweenVariance = adjusted ? Funnel.between(squares, variances) : 0
  }

  /// τ² by moments: (Iφ − (I − 1)) / (Σw − Σw² / Σw), with w = 1 / s².
  private static func between(_ squares: Double, _ variances: [Double]) -> Double {
    let weights = variances.map { 1 / $0 }
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return 0 }
    let spread = sum - weights.reduce(0) { $0 + $1 * $1 } / sum
    guard spread > 0 else { return 0 }
    return max(0, (squares - Double(variances.count - 1)) / spread)
  }

  private func variance(base: Int64) -> Double {
    (kind == .proportion ? level * (1 - level) : level) / Double(base)
  }

  /// The limits of 95 % and of 99.8 % for a base; nil where it is not positive.
  public func limits(base: Int64) -> (inner: Interval, outer: Interval)? {
    guard base > 0 else { return nil }
    let deviation = (variance(base: base) + betweenVariance).squareRoot()
    func limits(_ z: Double) -> Interval {
      Interval(lower: level - z * deviation, upper: level + z * deviation)
        .clipped(to: 0...(kind == .proportion ? 1 : .infinity))
    }
    return (limits(Funnel.innerZ), limits(Funnel.outerZ))
  }

  /// Where a department lies: beyond a limit counts only where the exact binomial or Poisson
  /// probability of such a count is as small as the limit says, too, since the normal approximation
  /// raises false alarms on small bases and near 0 and 1.
  ///
  /// - Parameter side: the unfavourable side; nil where either will do.
  /// - Complexity: O(√base).
  public func place(_ part: Part, watching side: Side? = nil) -> Place {
    guard part.base >= Funnel.leastBase, let limits = limits(base: part.base) else {
      return .tooSmall
    }
    // Where all are alike, nothing differs.
    guard variance(base: part.base) > 0 else { return .within }
    guard canSignal(base: part.base, side) else { return .tooSmall }
    let value = Double(part.count) / Double(part.base)
    let isAbove = value > level
    let tail = isAbove ? tail(atLeast: part) : tail(atMost: part)
    func isBeyond(_ limits: Interval, _ level: Double) -> Bool {
      (value < limits.lower || value > limits.upper) && tail <= (1 - level) / 2
    }
    if isBeyond(limits.outer, Funnel.outerLevel) { return isAbove ? .aboveOuter : .belowOuter }
    if isBeyond(limits.inner, Funnel.innerLevel) { return isAbove ? .aboveInner : .belowInner }
    return .within
  }

  /// Whether the most extreme count on a side would be a signal: nothing at all, or everything. A rate has
  /// no highest count.
  private func canSignal(base: Int64, _ side: Side?) -> Bool {
    let small = (1 - Funnel.outerLevel) / 2
    let below = tail(atMost: Part(count: 0, base: base)) <= small
    let above = kind == .rate || tail(atLeast: Part(count: base, base: base)) <= small
    switch side {
    case .below: return below
    case .above: return above
    case nil: return kind == .rate ? below : below || above
    }
  }

  private func tail(atMost part: Part) -> Double {
    switch kind {
    case .proportion: TailProbability.binomial(atMost: part.count, of: part.base, rate: level)
    case .rate: TailProbability.poisson(atMost: part.count, mean: level * Double(part.base))
    }
  }

  private func tail(atLeast part: Part) -> Double {
    switch kind {
    case .proportion: TailProbability.binomial(atLeast: part.count, of: part.base, rate: level)
    case .rate: TailProbability.poisson(atLeast: part.count, mean: level * Double(part.base))
    }
  }
}

/// The values with those below the quantile of a share set to it, and those above the opposite one to that.
///
/// - Complexity: O(n log n).
public func winsorised(_ values: [Double], share: Double) -> [Double] {
  guard !values.isEmpty else { return [] }
  let sorted = values.sorted()
  let (low, high) = (quantile(sorted, share), quantile(sorted, 1 - share))
  return values.map { min(max($0, low), high) }
}

/// The quantile of sorted values, interpolated between the two nearest: definition 7 of Hyndman RJ, Fan Y,
/// Sample quantiles in statistical packages, Am Stat 1996;50:361–365.
///
/// - Precondition: there are values.
private func quantile(_ sorted: [Double], _ share: Double) -> Double {
  let position = Double(sorted.count - 1) * share
  let below = min(Int(position), sorted.count - 1)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
}
