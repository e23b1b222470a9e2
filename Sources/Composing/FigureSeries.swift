public import Comparing
internal import Counting
internal import Records
public import ReportModel

/// Every figure of a report in the order of `statistics.csv`: by metric, period, month and scope, each
/// by its bytes, then by member.
public struct FigureSeries: SeriesSource {
  private let figures: Figures
  private let keys: [Key]
  /// The departments in the order of their ids' bytes, and these ids.
  private let departmentOrder: [Int]
  private let departmentIds: [String]

  private struct Key: Sendable {
    let metric: SourceMetric
    let scope: Scope
    let window: Int
    let period: String
    let month: String
    let scopeName: String

    /// The four texts in one; a zero byte comes before any other, so that a text comes before those
    /// that it begins.
    var order: [UInt8] {
      [metric.name, period, month, scopeName].reduce(into: []) { $0 += Array($1.utf8) + [0] }
    }
  }

  /// - Parameter audience: the public is told nothing of departments.
  public init(_ figures: Figures, for audience: Audience = .office) {
    self.figures = figures
    keys = figures.metrics.flatMap { FigureSeries.keys(of: $0, figures) }
      .filter { audience.seesDepartments || $0.scope != .department }
      .map { (key: $0, order: $0.order) }
      .sorted { $0.order.lexicographicallyPrecedes($1.order) }
      .map(\.key)
    let ids = figures.departments.map { Array($0.id.utf8) }
    departmentOrder = ids.indices.sorted { ids[$0].lexicographicallyPrecedes(ids[$1]) }
    departmentIds = departmentOrder.map { figures.departments[$0].id }
  }

  public var seriesCount: Int { keys.count }

  public func series(_ index: Int) -> Series {
    let key = keys[index]
    let column = figures.column(key.metric, key.scope, window: key.window)
    let isDepartment = key.scope == .department
    let ordered = isDepartment ? departmentOrder.map { column[$0] } : column
    let members =
      isDepartment ? departmentIds : figures.members(key.scope, of: key.metric.source)
    guard figures.disclosure == nil else { return shown(key, members, ordered) }
    return Series(
      metric: key.metric.name, unit: key.metric.metric.unit.rawValue, period: key.period,
      month: key.month, scope: key.scopeName,
      members: members,
      numerators: ordered.map(\.numerator), denominators: ordered.map(\.denominator),
      scale: key.metric.metric.scale, showsParts: key.metric.metric.isQuotient)
  }

  /// The rows of those members whose figures are shown; the others have none.
  private func shown(_ key: Key, _ members: [String], _ column: [Figure]) -> Series {
    let kept = column.indices.filter { !column[$0].isHidden }
    return Series(
      metric: key.metric.name, unit: key.metric.metric.unit.rawValue, period: key.period,
      month: key.month, scope: key.scopeName, members: kept.map { members[$0] },
      numerators: kept.map { column[$0].numerator },
      denominators: kept.map { column[$0].denominator }, scale: key.metric.metric.scale,
      showsParts: key.metric.metric.isQuotient)
  }

  private static func keys(of metric: SourceMetric, _ figures: Figures) -> [Key] {
    let timeline = figures.timeline
    let period = "\(timeline.windows[0].period)"
    var keys: [Key] = []
    for window in 0..<timeline.reportedCount {
      let isMonth = window >= timeline.periodCount
      let name = "\(timeline.windows[window].period)"
      // For a circle of readers the months of departments are left out: they would add up to what is hidden.
      let isOpen = figures.disclosure == nil
      var scopes =
        isMonth ? (isOpen ? [.hospital, .department] : [.hospital]) : figures.standardScopes
      if !isMonth {
        scopes += figures.breakdownColumns(of: metric.source).map { .breakdown(column: $0) }
      }
      for scope in scopes {
        keys.append(
          Key(
            metric: metric, scope: scope, window: window, period: isMonth ? period : name,
            month: isMonth ? name : "", scopeName: scope.name(in: metric.source)))
      }
    }
    return keys
  }
}

extension Scope {
  /// As `statistics.csv` calls it.
  public func name(in source: String) -> String {
    switch self {
    case .hospital: return "hospital"
    case .branch: return "branch"
    case .category: return "category"
    case .department: return "department"
    case .breakdown(let column): return "\(source).\(column)"
    }
  }
}
