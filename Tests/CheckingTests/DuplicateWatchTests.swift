import Testing

@testable import Checking

/// Participation rows as pairs; the reference is a set of all pairs seen so far.
@Suite("Finding repeated participations")
struct DuplicateWatchTests {
  /// Runs the watch block by block, then settles the suspects as the second pass does.
  private func duplicates(_ pairs: [(event: Int64, person: Int64)], blockSize: Int) -> Set<Int> {
    let watch = DuplicateWatch(people: 50, events: 200, expectedRows: pairs.count)
    var found: Set<Int> = []
    var suspects: [Int] = []
    for start in stride(from: 0, to: pairs.count, by: blockSize) {
      let block = pairs[start..<min(start + blockSize, pairs.count)]
      var verdicts = [DuplicateWatch.Verdict](repeating: .first, count: block.count)
      var firstRows = [UInt32](repeating: 0, count: block.count)
      watch.judge(
        events: block.map(\.event), people: block.map(\.person),
        rows: block.indices.map { UInt32($0) }, count: block.count, verdicts: &verdicts,
        firstRows: &firstRows)
      for (offset, verdict) in verdicts.enumerated() {
        if verdict == .duplicate { found.insert(start + offset) }
        if verdict == .suspect { suspects.append(start + offset) }
      }
    }
    var table = SuspectTable(pairs: suspects.map { PairKey(pairs[$0].event, pairs[$0].person) })
    for (row, pair) in pairs.enumerated() where pair.event >= 0 && pair.person >= 0 {
      table.see(PairKey(pair.event, pair.person), in: UInt32(row))
    }
    for row in suspects
    where table.firstRow(of: PairKey(pairs[row].event, pairs[row].person)) != row {
      found.insert(row)
    }
    return found
  }

  private func reference(_ pairs: [(event: Int64, person: Int64)]) -> Set<Int> {
    var seen: Set<PairKey> = []
    return Set(
      pairs.indices.filter {
        pairs[$0].event >= 0 && pairs[$0].person >= 0
          && !seen.insert(PairKey(pairs[$0].event, pairs[$0].person)).inserted
      })
  }

  @Test("Grouped, shuffled and mixed files give what a set of all pairs gives", arguments: 0..<60)
  func agreement(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    var pairs: [(event: Int64, person: Int64)] = (0..<600).map { _ in
      (Int64(random(40)) - (random(20) == 0 ? 50 : 0), Int64(random(50)))
    }
    if seed % 3 == 0 { pairs.sort { $0.event < $1.event } }
    if seed % 3 == 1 {
      pairs.sort { $0.event < $1.event }
      for _ in 0..<6 { pairs.swapAt(random(600), random(600)) }
    }
    #expect(duplicates(pairs, blockSize: 1 + random(200)) == reference(pairs))
  }
}
