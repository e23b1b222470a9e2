/// Which cells of a table must be hidden together, so that no hidden one can be worked out from its totals.
///
/// A table's relations are equations of 0 and ±1 over its cells: parts that add up to a total. A hidden cell can
/// be worked out exactly where the equations, with every shown cell put in, leave it no freedom: where its
/// unit vector lies in the row space of the equations over the hidden cells (Cox LH, Suppression
/// methodology and statistical disclosure control, J Am Stat Assoc 1980;75:377–385).
public struct SuppressionTable: Sendable {
  /// A relation: the cells of a total on one side, of its parts on the other.
  public struct Relation: Sendable {
    public let parts: [Int]
    /// Nil where the total is never hidden, and so always known.
    public let total: Int?

    public init(parts: [Int], total: Int? = nil) {
      self.parts = parts
      self.total = total
    }

    fileprivate var cells: [Int] { parts + (total.map { [$0] } ?? []) }
  }

  /// The counts of each cell that are hidden as one, the main one first: of that, the smallest cell is
  /// hidden first, of equals the first.
  public let counts: [[Int64]]
  /// By how much each cell may differ from a shown count that it cannot be smaller, or larger, than.
  public let slacks: [[Int64]]
  public let relations: [Relation]
  /// Together, the hidden parts of a relation are at least so many of every count, or none at all.
  public let threshold: Int64
  private let relationsOfCell: [[Int]]

  /// - Parameters:
  ///   - counts: all of one length, at least one of them.
  ///   - slacks: of the same length.
  public init(
    counts: [[Int64]], slacks: [[Int64]] = [], relations: [Relation], threshold: Int64
  ) {
    self.counts = counts
    self.slacks = slacks
    self.relations = relations
    self.threshold = threshold
    var found: [[Int]] = Array(repeating: [], count: counts[0].count)
    for (number, relation) in relations.enumerated() {
      for cell in relation.cells { found[cell].append(number) }
    }
    relationsOfCell = found
  }

  /// The cells that are hidden in the end, where these must be.
  ///
  /// Cells are added, the smallest that is shown first, until no hidden one can be worked out, and until
  /// what is hidden in a relation adds up to the threshold. Where nothing is left to add, as in a table of
  /// a single part, the rest stays as it is: ``determined(by:)`` tells of it.
  ///
  /// - Complexity: O(h · r · c) for h additions, r relations and c hidden cells.
  public func closed(_ primary: Set<Int>) -> Set<Int> {
    var hidden = primary
    while true {
      guard let addition = addition(to: hidden) else { return hidden }
      hidden.insert(addition)
    }
  }

  private func addition(to hidden: Set<Int>) -> Int? {
    for relation in relations {
      let parts = relation.parts.filter(hidden.contains)
      let isTotalHidden = relation.total.map(hidden.contains) ?? false
      guard !parts.isEmpty, !isTotalHidden else { continue }
      if let found = addition(to: parts, of: relation, outside: hidden) { return found }
    }
    for cell in determined(by: hidden).sorted() {
      let near = relationsOfCell[cell].flatMap { relations[$0].cells }
      if let found = smallest(of: near, outside: hidden) { return found }
    }
    return nil
  }

  /// What one relation lacks: a second part, or some more of a count of which too few are hidden.
  private func addition(to parts: [Int], of relation: Relation, outside hidden: Set<Int>) -> Int? {
    for count in counts {
      let sum = parts.reduce(Int64(0)) { $0 + count[$1] }
      guard sum > 0, sum < threshold else { continue }
      let others = relation.cells.filter { count[$0] > 0 }
      if let found = smallest(of: others, outside: hidden) { return found }
    }
    // Where the hidden parts have nothing to play with, one bound tells all of them.
    for slack in slacks where parts.reduce(Int64(0), { $0 + slack[$1] }) < threshold {
      let others = relation.cells.filter { slack[$0] > 0 }
      if let found = smallest(of: others, outside: hidden) { return found }
    }
    return parts.count < 2 ? smallest(of: relation.cells, outside: hidden) : nil
  }

  /// The smallest shown cell that is not zero, which would hide nothing; a zero where there is no other.
  private func smallest(of cells: [Int], outside hidden: Set<Int>) -> Int? {
    let main = counts[0]
    return cells.filter { !hidden.contains($0) }.min {
      (main[$0] == 0 ? 1 : 0, main[$0], $0) < (main[$1] == 0 ? 1 : 0, main[$1], $1)
    }
  }

  /// The hidden cells that can be worked out from what is shown.
  ///
  /// - Complexity: O(r² · c) for r relations and c hidden cells.
  public func determined(by hidden: Set<Int>) -> Set<Int> {
    let columns = hidden.sorted()
    let index = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    var rows: [[Int64]] = []
    for relation in relations {
      var row = [Int64](repeating: 0, count: columns.count)
      for part in relation.parts { if let at = index[part] { row[at] += 1 } }
      if let total = relation.total, let at = index[total] { row[at] -= 1 }
      if row.contains(where: { $0 != 0 }) { rows.append(row.map { ModularNumber.reduced($0) }) }
    }
    let pivots = ModularNumber.eliminate(&rows)
    return Set(
      pivots.filter { row, column in
        rows[row].enumerated().allSatisfy { $0 == column || $1 == 0 }
      }.map { columns[$1] })
  }
}

/// Exact elimination modulo a prime so large that the small determinants of such tables do not vanish.
private enum ModularNumber {
  static let prime: Int64 = 2_147_483_647

  static func reduced(_ value: Int64) -> Int64 { ((value % prime) + prime) % prime }

  /// By Fermat's little theorem.
  private static func inverse(_ value: Int64) -> Int64 {
    var (result, base, exponent) = (Int64(1), value, prime - 2)
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      exponent >>= 1
    }
    return result
  }

  /// Brings rows to reduced echelon form; returns each pivot's row and column.
  static func eliminate(_ rows: inout [[Int64]]) -> [(row: Int, column: Int)] {
    var pivots: [(row: Int, column: Int)] = []
    var next = 0
    for column in 0..<(rows.first?.count ?? 0) {
      guard let pivot = (next..<rows.count).first(where: { rows[$0][column] != 0 }) else {
        continue
      }
      rows.swapAt(next, pivot)
      let scale = inverse(rows[next][column])
      for at in rows[next].indices { rows[next][at] = rows[next][at] * scale % prime }
      for row in rows.indices where row != next && rows[row][column] != 0 {
        let factor = prime - rows[row][column]
        for at in rows[row].indices {
          rows[row][at] = (rows[row][at] + factor * rows[next][at]) % prime
        }
      }
      pivots.append((next, column))
      next += 1
      if next == rows.count { break }
    }
    return pivots
  }
}
