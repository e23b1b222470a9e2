import Statistics
import Testing

@Suite("Ranks")
struct RankTests {
  @Test("Ties share a rank and the next ranks are skipped")
  func ties() {
    let values = [5, 9, 5, 7, 9, 1]
    let ranks = competitionRanks(count: values.count) { values[$0] > values[$1] }
    #expect(ranks.map(\.rank) == [4, 1, 4, 3, 1, 6])
    #expect(ranks.map(\.isTied) == [true, true, true, false, true, false])
    #expect(competitionRanks(count: 0) { _, _ in true }.isEmpty)
  }
}
