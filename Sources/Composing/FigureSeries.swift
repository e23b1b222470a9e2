public import Comparing
internal import Counting
internal import Records
public import ReportModel

/// Every figure of a report in the order of `statistics.csv`: by metric, period, month and scope, each
/// by its bytes, then by member.
public struct FigureSeries: SeriesSource {
  private let figures: Figures
  private let keys: [Key]
  /// The departments in the order of their ids' bytes.
  private let departmentOrder: [Int]
  public let memberLists: [[String]]

  private struct Key: Sendable {
    let metric: SourceMetric
    let scope: Scope
    let window: Int
    let period: String
    let month: String
    let scopeName: String
    /// Index of `memberLists`.
    let members: Int

    /// The four texts in one; a zero byte comes before any other, so that a text comes before those
    /// that it begins.
    var order: [UInt8] {
      [metric.name, period, month, scopeName].reduce(into: []) { $0 += Array($1.utf8) + [0] }
    }
  }

  public init(_ figures: Figures) {
    self.figures = figures
    let ids = figures.departments.map { Array($0.id.utf8) }
    departmentOrder = ids.indices.sorted { ids[$0].lexicographicallyPrecedes(ids[$1]) }
    var lists = MemberLists(departments: departmentOrder.map { figures.departments[$0].id })
    keys = figures.metrics.flatMap { FigureSeries.keys(of: $0, figures, &lists) }
      .map { (key: $0, order: $0.order) }
      .sorted { $0.order.lexicographicallyPrecedes($1.order) }
      .map(\.key)
    memberLists = lists.all
  }

  public var seriesCount: Int { keys.count }

  public func series(_ index: Int) -> Series {
    let key = keys[index]
    return Series(
      metric: key.metric.name, unit: key.metric.metric.unit.rawValue, period: key.period,
      month: key.month, scope: key.scopeName, members: key.members,
      scale: key.metric.metric.scale, showsParts: key.metric.metric.isQuotient)
  }

  public func figures(of index: Int, members: Range<Int>) -> [SeriesFigure] {
    let key = keys[index]
    let made =
      key.scope == .department
      ? figures.column(key.metric, departments: departmentOrder[members], window: key.window)
      : Array(figures.column(key.metric, key.scope, window: key.window)[members])
    return made.map { SeriesFigure($0.numerator, over: $0.denominator) }
  }

  /// The lists of members found so far; the first is that of the departments.
  private struct MemberLists {
    private(set) var all: [[String]]
    private var known: [String: Int] = [:]

    init(departments: [String]) { all = [departments] }

    mutating func index(of scope: Scope, _ source: String, _ figures: Figures) -> Int {
      guard scope != .department else { return 0 }
      let name = scope.name(in: source)
      if let index = known[name] { return index }
      all.append(figures.members(scope, of: source))
      known[name] = all.count - 1
      return all.count - 1
    }
  }

  private static func keys(
    of metric: SourceMetric, _ figures: Figures, _ lists: inout MemberLists
  ) -> [Key] {
    let timeline = figures.timeline
    let period = "\(timeline.windows[0].period)"
    var keys: [Key] = []
    for window in 0..<timeline.reportedCount {
      let isMonth = window >= timeline.periodCount
      let name = "\(timeline.windows[window].period)"
      var scopes = isMonth ? [.hospital, .department] : figures.standardScopes
      if !isMonth {
        scopes += figures.breakdownColumns(of: metric.source).map { .breakdown(column: $0) }
      }
      for scope in scopes {
        keys.append(
          Key(
            metric: metric, scope: scope, window: window, period: isMonth ? period : name,
            month: isMonth ? name : "", scopeName: scope.name(in: metric.source),
            members: lists.index(of: scope, metric.source, figures)))
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
