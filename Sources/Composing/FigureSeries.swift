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
    var members = 0
    /// Of a column of which something is hidden, the places of what is shown; nil where all is.
    var shown: [Int]?

    /// The four texts in one; a zero byte comes before any other, so that a text comes before those
    /// that it begins.
    var order: [UInt8] {
      [metric.name, period, month, scopeName].reduce(into: []) { $0 += Array($1.utf8) + [0] }
    }
  }

  /// - Parameter audience: the public is told nothing of departments.
  public init(_ figures: Figures, for audience: Audience = .office) {
    self.figures = figures
    let ids = figures.departments.map { Array($0.id.utf8) }
    let order = ids.indices.sorted { ids[$0].lexicographicallyPrecedes(ids[$1]) }
    var lists = MemberLists(departments: order.map { figures.departments[$0].id })
    keys = figures.metrics.flatMap { FigureSeries.keys(of: $0, figures) }
      .filter { audience.seesDepartments || $0.scope != .department }
      .map { (key: $0, order: $0.order) }
      .sorted { $0.order.lexicographicallyPrecedes($1.order) }
      .map { lists.add($0.key, figures, order) }
    departmentOrder = order
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
    return column(key, members).map { SeriesFigure($0.numerator, over: $0.denominator) }
  }

  private func column(_ key: Key, _ members: Range<Int>) -> [Figure] {
    if let shown = key.shown {
      let column = FigureSeries.column(key, figures, departmentOrder)
      return shown[members].map { column[$0] }
    }
    guard key.scope == .department else {
      return Array(figures.column(key.metric, key.scope, window: key.window)[members])
    }
    return figures.column(key.metric, departments: departmentOrder[members], window: key.window)
  }

  /// All figures of a key, those of departments in the order of their ids.
  private static func column(_ key: Key, _ figures: Figures, _ order: [Int]) -> [Figure] {
    let column = figures.column(key.metric, key.scope, window: key.window)
    return key.scope == .department ? order.map { column[$0] } : column
  }

  /// The lists of members found so far; the first is that of all departments.
  private struct MemberLists {
    private(set) var all: [[String]]
    private var known: [String: Int] = [:]

    init(departments: [String]) { all = [departments] }

    /// The key with its list; of a column of which something is hidden, a list of its own.
    mutating func add(_ key: Key, _ figures: Figures, _ order: [Int]) -> Key {
      var key = key
      key.members = index(of: key, figures)
      guard figures.disclosure != nil else { return key }
      let column = FigureSeries.column(key, figures, order)
      let shown = column.indices.filter { !column[$0].isHidden }
      guard shown.count < column.count else { return key }
      all.append(shown.map { all[key.members][$0] })
      key.members = all.count - 1
      key.shown = shown
      return key
    }

    private mutating func index(of key: Key, _ figures: Figures) -> Int {
      guard key.scope != .department else { return 0 }
      if let index = known[key.scopeName] { return index }
      all.append(figures.members(key.scope, of: key.metric.source))
      known[key.scopeName] = all.count - 1
      return all.count - 1
    }
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
