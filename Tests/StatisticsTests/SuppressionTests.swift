import Statistics
import Testing

@Suite("What is hidden together")
struct SuppressionTests {
  private typealias Relation = SuppressionTable.Relation

  @Test("A single hidden part would follow from the total: the smallest other goes with it")
  func single() {
    let table = SuppressionTable(
      counts: [[3, 20, 10, 0]], relations: [Relation(parts: [0, 1, 2, 3])], threshold: 5)
    #expect(table.determined(by: [0]) == [0])
    #expect(table.closed([0]) == [0, 2])
    #expect(table.determined(by: [0, 2]).isEmpty)
    #expect(table.closed([]).isEmpty)
  }

  @Test("Hidden parts that together are few would name each other")
  func few() {
    let table = SuppressionTable(
      counts: [[1, 1, 30, 9]], relations: [Relation(parts: [0, 1, 2, 3])], threshold: 5)
    #expect(table.closed([0, 1]) == [0, 1, 3])
  }

  @Test("Each of the counts that are hidden as one is many, or none")
  func several() {
    // Of the second count the first two cells have 1 together: the third is added.
    let table = SuppressionTable(
      counts: [[3, 20, 30, 40], [1, 0, 6, 9]], relations: [Relation(parts: [0, 1, 2, 3])],
      threshold: 5)
    #expect(table.closed([0]) == [0, 1, 2])
  }

  @Test("Hidden parts that shown counts leave no room hide a further one")
  func slack() throws {
    // The second cell cannot be smaller than 10, which is shown: what is left of the total is the first.
    let counts: [[Int64]] = [[3, 10, 20, 30]]
    let relations = [Relation(parts: [0, 1, 2, 3])]
    let plain = SuppressionTable(counts: counts, relations: relations, threshold: 5)
    #expect(plain.closed([0]) == [0, 1])
    let bound = SuppressionTable(
      counts: counts, slacks: [[1, 0, 9, 0]], relations: relations, threshold: 5)
    #expect(bound.closed([0]) == [0, 1, 2])
    // Where no cell has any room, there is nothing to add.
    let tight = SuppressionTable(
      counts: counts, slacks: [[0, 0, 0, 0]], relations: relations, threshold: 5)
    #expect(tight.closed([0]) == [0, 1])
  }

  @Test("A part that is all of its group hides the group, and that a further one")
  func nested() {
    // Cells 0–3 are departments; 4 is the branch of the first, 5 that of the others.
    let table = SuppressionTable(
      counts: [[3, 8, 9, 10, 3, 27]],
      relations: [
        Relation(parts: [0, 1, 2, 3]), Relation(parts: [0], total: 4),
        Relation(parts: [1, 2, 3], total: 5), Relation(parts: [4, 5]),
      ], threshold: 5)
    let hidden = table.closed([0])
    #expect(hidden.isSuperset(of: [0, 4]))
    #expect(table.determined(by: hidden).isEmpty)
    #expect(table.determined(by: [0, 1, 4, 5]).isEmpty)
    #expect(table.determined(by: [0, 1]) == [0, 1])
  }

  @Test("Nothing can be added to a table of one part, and that is told")
  func alone() {
    let table = SuppressionTable(counts: [[3]], relations: [Relation(parts: [0])], threshold: 5)
    #expect(table.closed([0]) == [0] && table.determined(by: [0]) == [0])
  }

  /// Random hospitals: departments in branches and in categories, both adding up to the hospital.
  @Test("No hidden cell of a random table can be worked out", arguments: 0..<40)
  func random(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let departments = 4 + Int(random.uniform() * 25)
    let (branches, categories) = (2 + Int(random.uniform() * 6), 2 + Int(random.uniform() * 4))
    let branch = (0..<departments).map { _ in Int(random.uniform() * Double(branches)) }
    let category = (0..<departments).map { _ in Int(random.uniform() * Double(categories)) }
    var counts = (0..<departments).map { _ in Int64(random.uniform() * random.uniform() * 40) }
    var relations = [Relation(parts: Array(0..<departments))]
    for (groups, count) in [(branch, branches), (category, categories)] {
      let base = counts.count
      for group in 0..<count {
        let parts = groups.indices.filter { groups[$0] == group }
        counts.append(parts.reduce(0) { $0 + counts[$1] })
        relations.append(Relation(parts: parts, total: base + group))
      }
      relations.append(Relation(parts: Array(base..<base + count)))
    }
    let table = SuppressionTable(counts: [counts], relations: relations, threshold: 5)
    let primary = Set(counts.indices.filter { counts[$0] > 0 && counts[$0] < 5 })
    let hidden = table.closed(primary)
    #expect(hidden.isSuperset(of: primary))
    #expect(table.determined(by: hidden).isEmpty)
    #expect(Self.fixedCells(hidden.sorted(), relations).isEmpty)
  }

  /// The hidden cells that are the same in every solution, found another way: from the solutions of the
  /// homogeneous equations, by elimination over doubles.
  private static func fixedCells(
    _ cells: [Int], _ relations: [SuppressionTable.Relation]
  ) -> [Int] {
    var rows = relations.map { relation in
      cells.map { cell in
        Double(relation.parts.count { $0 == cell }) - (relation.total == cell ? 1 : 0)
      }
    }
    var pivots: [Int] = []
    for column in cells.indices {
      let from = pivots.count
      guard
        let pivot = (from..<rows.count).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
        abs(rows[pivot][column]) > 1e-9
      else { continue }
      rows.swapAt(from, pivot)
      rows[from] = rows[from].map { $0 / rows[from][column] }
      for row in rows.indices where row != from {
        let factor = rows[row][column]
        rows[row] = zip(rows[row], rows[from]).map { $0 - factor * $1 }
      }
      pivots.append(column)
      if pivots.count == rows.count { break }
    }
    let free = cells.indices.filter { !pivots.contains($0) }
    let fixed = pivots.enumerated().filter { row, _ in
      free.allSatisfy { abs(rows[row][$0]) < 1e-9 }
    }
    return fixed.map { cells[$0.element] }
  }
}
