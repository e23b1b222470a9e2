import Comparing
import Records

/// Which departments have no record of a source in the period (未报送).
struct ReportingGaps: Sendable {
  struct Gap: Sendable {
    let source: Source
    /// By index, in the order of their file.
    let departments: [Int]
  }

  /// One for each source that is there.
  let gaps: [Gap]
  /// The departments without a record of any source.
  let silent: [Int]
  private let departmentCount: Int

  init(_ figures: Figures) {
    departmentCount = figures.departments.count
    gaps = figures.sources.map { source in
      Gap(source: source, departments: ReportingGaps.missing(source, figures))
    }
    var missing = [Int](repeating: 0, count: figures.departments.count)
    for gap in gaps { for department in gap.departments { missing[department] += 1 } }
    let sources = gaps.count
    silent = missing.indices.filter { missing[$0] == sources && sources > 0 }
  }

  /// The sources of a family that each department has no record of, as indices into `gaps`.
  func sourcesMissing(_ family: Family) -> [[Int]] {
    var missing = [[Int]](repeating: [], count: departmentCount)
    for (number, gap) in gaps.enumerated() where gap.source.family == family {
      for department in gap.departments { missing[department].append(number) }
    }
    return missing
  }

  /// A record is an event held, a participation, an item raised or an item closed.
  private static func missing(_ source: Source, _ figures: Figures) -> [Int] {
    let names = source.family == .activity ? ["events", "participations"] : ["raised", "closed"]
    let columns = names.compactMap { figures.metric("\(source.name).\($0)") }.map {
      figures.column($0, .department, window: 0)
    }
    return figures.departments.indices.filter { department in
      // Nobody asks a department for what it did when it was not there.
      guard figures.exists(department, window: 0) else { return false }
      return columns.allSatisfy { $0[department].numerator == 0 && !$0[department].isHidden }
    }
  }
}
