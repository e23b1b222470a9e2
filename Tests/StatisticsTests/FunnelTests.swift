import Statistics
import Testing

@Suite("Funnels")
struct FunnelTests {
  @Test("Limits of a proportion")
  func limits() throws {
    let limits = try #require(Funnel(.proportion, level: 0.9).limits(base: 30))
    #expect(abs(limits.inner.lower - 0.79265) < 0.000_005 && limits.inner.upper == 1)
    #expect(abs(limits.outer.lower - 0.73074) < 0.000_005 && limits.outer.upper == 1)
    #expect(Funnel(.proportion, level: 0.9).limits(base: 0) == nil)
  }

  @Test("Limits of a rate, which is never below nothing")
  func rates() throws {
    let limits = try #require(Funnel(.rate, level: 4).limits(base: 100))
    #expect(abs(limits.inner.lower - 3.608_007) < 0.000_001)
    #expect(abs(limits.inner.upper - 4.391_993) < 0.000_001)
    #expect(try #require(Funnel(.rate, level: 0.1).limits(base: 5)).outer.lower == 0)
  }

  @Test("Winsorised values end at the deciles")
  func winsorising() {
    // The deciles of 1 … 9 and 100 are 1.9 and 18.1.
    let values = winsorised([9, 1, 5, 2, 8, 3, 7, 4, 6, 100], share: 0.1)
    #expect(
      values.enumerated().allSatisfy {
        $0 == 1 || $0 == 9 || $1 == [9, 0, 5, 2, 8, 3, 7, 4, 6][$0]
      })
    #expect(abs(values[1] - 1.9) < 1e-12 && abs(values[9] - 18.1) < 1e-12)
    #expect(winsorised([3], share: 0.1) == [3])
    #expect(winsorised([], share: 0.1).isEmpty)
  }

  @Test("Departments that differ among themselves widen the limits")
  func overdispersion() throws {
    // Twenty departments of 100, half of them at 70 %, half at 90 %: z is ±5 for each, so φ = 25, and with
    // equal weights w = 625 the variance between is (20 × 25 − 19) / (19 × 625) = 481 / 11,875.
    let parts = (0..<20).map { Funnel.Part(count: $0 % 2 == 0 ? 70 : 90, base: 100) }
    let funnel = try #require(Funnel(.proportion, of: parts))
    #expect(funnel.level == 0.8)
    #expect(abs(funnel.dispersion - 6.25) < 1e-9)
    // s² = 0.8 × 0.2 / 100 = 0.0016, z = 2.5.
    #expect(abs(funnel.betweenVariance - (20 * 6.25 - 19) / (19 / 0.0016)) < 1e-12)
    #expect(parts.allSatisfy { funnel.place($0) == .within })
    let plain = try #require(Funnel(.proportion, of: parts, adjusted: false))
    #expect(plain.betweenVariance == 0)
    #expect(plain.place(parts[0]) == .belowInner && plain.place(parts[1]) == .aboveInner)
  }

  @Test("What a small base cannot say is not said")
  func small() {
    let even = Funnel(.proportion, level: 0.5)
    #expect(even.place(.init(count: 0, base: 4)) == .tooSmall)
    #expect(even.place(.init(count: 0, base: 8)) == .tooSmall)
    #expect(even.place(.init(count: 0, base: 10)) == .belowOuter)
    // The limits alone would flag two absences of twenty, which chance gives once in sixty times.
    let high = Funnel(.proportion, level: 0.99)
    #expect(high.limits(base: 20)!.outer.lower > 0.9)
    #expect(high.place(.init(count: 18, base: 20)) == .belowInner)
    #expect(high.place(.init(count: 16, base: 20)) == .belowOuter)
    #expect(Funnel(.proportion, level: 1).place(.init(count: 30, base: 30)) == .within)
    #expect(Funnel(.rate, level: 0.5).place(.init(count: 0, base: 10)) == .tooSmall)
    #expect(
      Funnel(.rate, level: 0.5).place(.init(count: 0, base: 10), watching: .above) == .belowInner)
    #expect(
      Funnel(.rate, level: 0.5).place(.init(count: 16, base: 10), watching: .above) == .aboveOuter)
    #expect(high.place(.init(count: 9, base: 9), watching: .above) == .tooSmall)
    #expect(Funnel(.rate, level: 5).place(.init(count: 20, base: 10)) == .belowOuter)
    #expect(Funnel(.rate, level: 5).place(.init(count: 80, base: 10)) == .aboveOuter)
  }

  /// The simulation of a hospital whose departments differ in nothing but chance.
  @Test(
    "No real differences raise at most 0.5 % of flags at 99.8 %",
    arguments: [0.03, 0.2, 0.5, 0.8, 0.92, 0.97, 0.995])
  func noDifferences(level: Double) throws {
    var random = SplitMix(seed: 20_230_630)
    var flags = (proportion: 0, rate: 0)
    var judged = 0
    for _ in 0..<100 {
      let bases = (0..<61).map { _ in 3 + Int64(random.uniform() * random.uniform() * 150) }
      let proportions = bases.map { base in
        Funnel.Part(count: random.successes(base, level), base: base)
      }
      let rates = bases.map { base in
        Funnel.Part(count: random.events(Double(base) * level * 8), base: base)
      }
      if let funnel = Funnel(.proportion, of: proportions) {
        flags.proportion += proportions.count { funnel.place($0).isOuter }
      }
      if let funnel = Funnel(.rate, of: rates) {
        flags.rate += rates.count { funnel.place($0).isOuter }
      }
      judged += bases.count
    }
    #expect(flags.proportion * 200 <= judged, "\(flags) of \(judged)")
    #expect(flags.rate * 200 <= judged, "\(flags) of \(judged)")
  }

  @Test("A department that does differ is flagged among such")
  func oneDifference() throws {
    var random = SplitMix(seed: 7)
    var parts = (0..<60).map { _ in Funnel.Part(count: random.successes(40, 0.9), base: 40) }
    parts.append(Funnel.Part(count: 22, base: 40))
    let funnel = try #require(Funnel(.proportion, of: parts))
    #expect(funnel.place(parts[60]) == .belowOuter)
  }
}

extension Funnel.Place {
  fileprivate var isOuter: Bool { self == .belowOuter || self == .aboveOuter }
}

/// A generator with a fixed course (Steele, Lea and Flood's SplitMix64).
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((value ^ (value >> 31)) >> 11) * 0x1p-53
  }

  mutating func successes(_ trials: Int64, _ rate: Double) -> Int64 {
    (0..<trials).reduce(0) { sum, _ in sum + (uniform() < rate ? 1 : 0) }
  }

  /// A Poisson count: how many exponential waits fit into the mean.
  mutating func events(_ mean: Double) -> Int64 {
    var count: Int64 = 0
    var rest = mean
    while true {
      // −ln u by the product form would underflow for large means, so waits are added one by one.
      rest -= exponential()
      if rest < 0 { return count }
      count += 1
    }
  }

  private mutating func exponential() -> Double {
    // Von Neumann's method, which needs no logarithm.
    var whole = 0.0
    while true {
      let first = uniform()
      var last = first
      var isOdd = true
      while true {
        let next = uniform()
        if next > last { break }
        last = next
        isOdd.toggle()
      }
      if isOdd { return whole + first }
      whole += 1
    }
  }
}
