import Statistics
import Testing

@Suite("Shares and ranks")
struct SharesTests {
  @Test("Rounded parts add up, the largest remainders first")
  func remainders() {
    #expect(Shares.rounded([1, 1, 1], units: 1000) == [334, 333, 333])
    #expect(
      Shares.rounded([47, 16, 15.9, 12, 6, 3.1].map { Int64($0 * 10) }, units: 10)
        == [5, 2, 1, 1, 1, 0])
    #expect(Shares.rounded([0, 0], units: 1000) == [0, 0])
    #expect(Shares.rounded([.max, 1], units: 1000) == [0, 0])
    #expect(Shares.rounded([], units: 1000).isEmpty)
    for seed in 1...50 {
      let counts = (1...(1 + seed % 9)).map { Int64(($0 * 7919 * seed) % 97) }
      let sum = Shares.rounded(counts, units: 1000).reduce(0, +)
      #expect(sum == (counts.reduce(0, +) > 0 ? 1000 : 0))
    }
  }

  @Test("The vital few reach four fifths")
  func pareto() {
    let parts = Shares.pareto([5, 0, 60, 10, 25])
    #expect(parts.map(\.index) == [2, 4, 3, 0, 1])
    #expect(parts.map(\.cumulative) == [60, 85, 95, 100, 100])
    #expect(parts.map(\.isVital) == [true, true, false, false, false])
    // Four fifths exactly are reached by the first four of five alike, and by no fewer.
    #expect(Shares.pareto([7, 7, 7, 7, 7]).map(\.isVital) == [true, true, true, true, false])
    #expect(Shares.pareto([0, 0]).map(\.isVital) == [false, false])
    let huge = Shares.pareto([.max / 2, .max / 4])
    #expect(huge.map(\.isVital) == [true, true])
  }

  @Test("Participations over people")
  func spread() {
    let spread = ParticipationSpread([0, 0, 1, 1, 1, 2, 2, 3, 4, 16])
    #expect(spread.never == 2 && spread.once == 3 && spread.twice == 2 && spread.threeOrMore == 3)
    #expect(spread.people == 10 && spread.busiest == 2 && spread.busiestShare == 20.0 / 30)
    #expect(ParticipationSpread([]).busiestShare == nil)
    #expect(ParticipationSpread([7]).busiestShare == 1)
  }

  @Test("Ranks that cannot be told apart")
  func rankIntervals() {
    func estimate(_ count: Int64, _ base: Int64) -> (estimate: Double, interval: Interval) {
      (Double(count) / Double(base), Interval.wilson(count, of: base)!)
    }
    let clear = [estimate(10, 1000), estimate(990, 1000), estimate(500, 1000)]
    #expect(Statistics.rankIntervals(clear, higherIsBetter: true) == [3...3, 1...1, 2...2])
    #expect(Statistics.rankIntervals(clear, higherIsBetter: false) == [1...1, 3...3, 2...2])
    let mixed = [estimate(95, 100), estimate(60, 100), estimate(62, 100), estimate(3, 4)]
    #expect(Statistics.rankIntervals(mixed, higherIsBetter: true) == [1...2, 2...4, 2...4, 1...4])
  }

  @Test("Quarters of ranks")
  func quartiles() {
    #expect((1...8).map { quartile(rank: $0, of: 8) } == [1, 1, 2, 2, 3, 3, 4, 4])
    #expect((1...5).map { quartile(rank: $0, of: 5) } == [1, 1, 2, 3, 4])
    #expect(quartile(rank: 1, of: 3) == nil && quartile(rank: 9, of: 8) == nil)
  }
}
