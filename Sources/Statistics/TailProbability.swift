internal import Glibc

/// Exact probabilities of counts as far from what is expected as one that was seen, or farther.
public enum TailProbability {
  /// The probability of at most `count` successes in `base` trials.
  ///
  /// The sum of the binomial distribution, from `count` downwards, each term from the one above it.
  ///
  /// - Complexity: O(`count`), mostly O(√`base`).
  public static func binomial(atMost count: Int64, of base: Int64, rate: Double) -> Double {
    guard count >= 0 else { return 0 }
    guard count < base else { return 1 }
    guard rate > 0 else { return 1 }
    guard rate < 1 else { return 0 }
    // The shorter side of the mean is summed, so that nothing is lost beside a sum of nearly one.
    if Double(count) > Double(base) * rate {
      return 1 - binomial(atMost: base - count - 1, of: base, rate: 1 - rate)
    }
    let (n, odds) = (Double(base), (1 - rate) / rate)
    var x = Double(count)
    var term = exp(
      GammaDistribution.logGamma(n + 1) - GammaDistribution.logGamma(x + 1)
        - GammaDistribution.logGamma(n - x + 1) + x * log(rate) + (n - x) * log(1 - rate))
    var sum = 0.0
    while term > sum * 1e-17, x >= 0 {
      sum += term
      term *= x / (n - x + 1) * odds
      x -= 1
    }
    return min(sum, 1)
  }

  /// The probability of at least `count` successes in `base` trials.
  public static func binomial(atLeast count: Int64, of base: Int64, rate: Double) -> Double {
    binomial(atMost: base - count, of: base, rate: 1 - rate)
  }

  /// The probability of at least `count` events where `mean` are expected (Poisson distribution), which
  /// is that of a gamma variable of shape `count` below the mean (DLMF 8.4.10).
  public static func poisson(atLeast count: Int64, mean: Double) -> Double {
    count <= 0 ? 1 : GammaDistribution.below(mean, shape: Double(count))
  }

  /// The probability of at most `count` events where `mean` are expected (Poisson distribution).
  public static func poisson(atMost count: Int64, mean: Double) -> Double {
    count < 0 ? 0 : 1 - GammaDistribution.below(mean, shape: Double(count) + 1)
  }
}
