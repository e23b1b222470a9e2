import Statistics
import Testing

@Suite("Intervals")
struct IntervalTests {
  private func expect(
    _ interval: Interval?, _ lower: Double, _ upper: Double, within tolerance: Double = 0.000_005,
    _ place: SourceLocation = #_sourceLocation
  ) {
    guard let interval else {
      Issue.record("no interval", sourceLocation: place)
      return
    }
    #expect(abs(interval.lower - lower) <= tolerance, "\(interval)", sourceLocation: place)
    #expect(abs(interval.upper - upper) <= tolerance, "\(interval)", sourceLocation: place)
  }

  @Test("Normal quantiles are those of the tables")
  func normal() {
    // Abramowitz and Stegun, table 26.5, to nine places.
    for (level, quantile) in [
      (0.5, 0.674_489_750), (0.9, 1.644_853_627), (0.95, 1.959_963_985), (0.99, 2.575_829_304),
      (0.998, 3.090_232_306), (0.999_998, 4.753_424_309),
    ] {
      #expect(abs(normalQuantile(level: level) - quantile) < 1e-9)
    }
  }

  @Test("Wilson's interval of a proportion")
  func wilson() {
    expect(.wilson(45, of: 60), 0.62768, 0.84223)
    expect(.wilson(0, of: 12), 0, 0.24249)
    expect(.wilson(12, of: 12), 0.75751, 1)
    // Newcombe 1998, table I: method 3, to four places.
    expect(.wilson(81, of: 263), 0.2553, 0.3662, within: 0.00005)
    expect(.wilson(15, of: 148), 0.0624, 0.1605, within: 0.00005)
    expect(.wilson(0, of: 20), 0, 0.1611, within: 0.00005)
    expect(.wilson(1, of: 29), 0.0061, 0.1718, within: 0.00005)
    #expect(Interval.wilson(0, of: 0) == nil)
    #expect(Interval.wilson(3, of: 2) == nil)
    #expect(Interval.wilson(-1, of: 2) == nil)
  }

  @Test("Byar's and the exact interval of a count")
  func poisson() {
    expect(.byar(100), 81.36211, 121.62794)
    expect(.exactPoisson(3), 0.61867, 8.76727)
    // Garwood's table, as the textbooks have it.
    expect(.exactPoisson(0), 0, 3.68888)
    expect(.exactPoisson(1), 0.02532, 5.57164)
    expect(.exactPoisson(10), 4.79539, 18.39036)
    expect(.exactPoisson(100), 81.36399, 121.62679)
    // Deaths from horse kicks: 196 in 280 corps-years.
    expect(.exactPoisson(196), 280 * 0.605_427_1, 280 * 0.805_157_0, within: 0.0001)
    expect(.byar(0), 0, 3.6687, within: 0.05)
    #expect(Interval.byar(-1) == nil && Interval.exactPoisson(-1) == nil)
    #expect(Interval.poisson(9) == Interval.exactPoisson(9))
    #expect(Interval.poisson(10) == Interval.byar(10))
  }

  @Test("Exact probabilities of tails")
  func tails() {
    // 10 throws of a coin: 1, 10, 45 of 1,024.
    #expect(abs(TailProbability.binomial(atMost: 2, of: 10, rate: 0.5) - 56.0 / 1024) < 1e-14)
    #expect(abs(TailProbability.binomial(atLeast: 8, of: 10, rate: 0.5) - 56.0 / 1024) < 1e-14)
    #expect(TailProbability.binomial(atMost: 10, of: 10, rate: 0.3) == 1)
    #expect(TailProbability.binomial(atMost: 3, of: 10, rate: 1) == 0)
    #expect(abs(TailProbability.binomial(atMost: 0, of: 3, rate: 0.1) - 0.729) < 1e-14)
    #expect(abs(TailProbability.poisson(atMost: 0, mean: 2) - 0.135_335_283_237) < 1e-11)
    #expect(abs(TailProbability.poisson(atLeast: 3, mean: 2) - 0.323_323_583_817) < 1e-11)
  }

  @Test("The interval of a difference of proportions")
  func difference() {
    // Newcombe 1998, table II, method 10: 56/70 − 48/80 is 0.0524 to 0.3339.
    let first = (56.0 / 70, Interval.wilson(56, of: 70)!)
    let second = (48.0 / 80, Interval.wilson(48, of: 80)!)
    expect(.difference(first, second), 0.0524, 0.3339, within: 0.00005)
  }
}
