internal import Counting
internal import Records
internal import Statistics

/// The members of one or several scopes in one row, with the totals that tie them together.
struct DisclosureSystem {
  /// Each scope with the place of its first member.
  private var scopes: [(scope: Scope, first: Int, count: Int)] = []
  private var relations: [SuppressionTable.Relation] = []

  /// Departments, and the branches and categories that they add up to.
  init(departmentsOf figures: Figures) {
    append(.department, count: figures.departments.count)
    for scope in [Scope.branch, .category] {
      guard let grouping = figures.groupings[scope] else { continue }
      let first = append(scope, count: grouping.members.count)
      relations += grouping.departments.enumerated().map {
        SuppressionTable.Relation(parts: $1, total: first + $0)
      }
    }
  }

  /// The values of a column, which add up to the hospital.
  init(valuesOf column: String, _ source: Source, _ figures: Figures) {
    let scope = Scope.breakdown(column: column)
    append(scope, count: figures.members(scope, of: source.name).count)
  }

  /// The members of a scope make up the hospital, which is always known.
  @discardableResult
  private mutating func append(_ scope: Scope, count: Int) -> Int {
    let first = (scopes.last?.first ?? 0) + (scopes.last?.count ?? 0)
    scopes.append((scope, first, count))
    relations.append(SuppressionTable.Relation(parts: Array(first..<first + count)))
    return first
  }

  /// A count of all members, in their order.
  private func all(_ count: CountOf, _ figures: Figures, _ window: Int) -> [Int64] {
    scopes.flatMap { count(figures, $0.scope, window) }
  }

  /// The members of which any count is small, and not nothing.
  func small(
    _ counts: [CountOf], _ figures: Figures, _ window: Int, _ threshold: Int
  ) -> Set<Int> {
    var small: Set<Int> = []
    for count in counts {
      for (member, value) in all(count, figures, window).enumerated()
      where value > 0 && value < Int64(threshold) {
        small.insert(member)
      }
    }
    return small
  }

  func table(
    _ counts: [CountOf], _ slacks: [CountOf], _ figures: Figures, _ window: Int, _ threshold: Int
  ) -> SuppressionTable {
    SuppressionTable(
      counts: counts.map { all($0, figures, window) },
      slacks: slacks.map { all($0, figures, window) }, relations: relations,
      threshold: Int64(threshold))
  }

  /// Members by their scopes, as these number them.
  func members(of found: Set<Int>) -> [(scope: Scope, members: Set<Int>)] {
    scopes.map { scope, first, count in
      (scope, Set(found.filter { (first..<first + count).contains($0) }.map { $0 - first }))
    }
  }
}

extension Timeline {
  /// Pairs of these windows of which the second begins on the day after the first one's end.
  func adjacent(_ windows: [Int]) -> [(earlier: Int, later: Int)] {
    windows.flatMap { earlier in
      windows.filter { self.windows[$0].period.first == self.windows[earlier].end.adding(days: 1) }
        .map { (earlier, $0) }
    }
  }
}
