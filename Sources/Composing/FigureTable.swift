import Comparing
import Counting
import Records
import ReportModel

/// A column of a table that is made from figures.
enum FigureColumn {
  case figure(SourceMetric, bar: Bool)
  /// The member's part of the hospital's figure.
  case part(of: SourceMetric)
  case change(SourceMetric, Comparison)

  static func figures(_ metrics: [SourceMetric], bars: Set<Measure> = []) -> [FigureColumn] {
    metrics.map { .figure($0, bar: bars.contains($0.metric.measure)) }
  }

  /// The metric of a column whose cells are figures themselves.
  var figure: SourceMetric? {
    if case .figure(let metric, _) = self { return metric }
    return nil
  }

  var metric: SourceMetric {
    switch self {
    case .figure(let metric, _), .part(let metric), .change(let metric, _): return metric
    }
  }
}

/// The rows of a table of figures: whom they are about, and what is said of each beside its figures.
struct MemberRows {
  typealias Label = (column: Column, cell: (Int) -> Cell)

  let scope: Scope
  let label: Label
  /// Stands behind the figures, so that the tables of a sheet have their figures in the same columns.
  var remark: Label?
  let count: Int
}

extension Composer {
  /// Scopes with more members than this are shown by their first and last ones.
  static let mostRows = 2_000
  /// So many members are always all shown, whether they have records or not.
  static let fewRows = 20
  /// How many of the strongest, and of the weakest, stand for a scope with very many members.
  static let shownOfMany = 50

  /// A table with a row for each member of a scope, and the hospital's own figures as its total.
  ///
  /// - Parameter main: what the strongest are strongest in, where the members are too many for a table.
  /// - Complexity: O(members) for each column.
  func table(
    id: String, title: String, _ rows: MemberRows, _ columns: [FigureColumn],
    main: SourceMetric? = nil, notes: SourceNotes = SourceNotes()
  ) -> Table {
    let kept = keptRows(rows, columns, by: main ?? columns.first?.metric)
    let cells = columns.map { self.cells($0, rows.scope, kept.members) }
    let remark = rows.remark.map { [$0] } ?? []
    var table = Table(
      id: id, title: title + kept.remark,
      columns: [rows.label.column]
        + columns.indices.map { index in
          var column = column(columns[index], notes)
          column.derivation = derivation(
            of: index, in: columns, over: rows.scope, isWhole: kept.isWhole)
          // What does not add up must not be added up by a formula.
          if figures.hidesAny(of: columns[index].metric, rows.scope) { column.derivation = .given }
          if case .part = column.derivation, !areExact(columns[index].metric, rows, kept.members) {
            column.derivation = .given
          }
          return column
        } + remark.map(\.column),
      rows: kept.members.indices.map { position in
        let member = kept.members[position]
        return [rows.label.cell(member)] + cells.map { $0[position] }
          + remark.map { $0.cell(member) }
      },
      total: totalLabels(1) + columns.map { self.cells($0, .hospital, [0])[0] }
        + remark.map { _ in .text("") })
    table.revised = revisedCells(
      [nil] + columns.map(\.figure), rows.scope, kept.members.map { (member: $0, window: 0) })
    return table
  }

  private func areExact(_ metric: SourceMetric, _ rows: MemberRows, _ members: [Int]) -> Bool {
    let column = figures.column(metric, rows.scope, window: 0)
    return parts(of: members.map { column[$0].numerator }).isExact
  }

  /// The members of a table, and what its title says of those that are left out.
  /// They are the whole where those left out have nothing to add.
  typealias Kept = (members: [Int], remark: String, isWhole: Bool)

  /// Of very many members the strongest and the weakest by a metric, in that order; of departments or
  /// branches of which most have no records, those that have some; else all.
  func keptRows(
    _ rows: MemberRows, _ columns: [FigureColumn], by metric: SourceMetric?
  ) -> Kept {
    let all = Array(0..<rows.count)
    guard let metric else { return (all, "", true) }
    if rows.count > Composer.mostRows { return strongestAndWeakest(rows, by: metric) }
    guard rows.scope == .department || rows.scope == .branch, rows.count > Composer.fewRows else {
      return (all, "", true)
    }
    let counts = columns.filter { $0.metric.metric.kind == .count }.map {
      figures.column($0.metric, rows.scope, window: 0)
    }
    let active = all.filter { member in
      counts.contains { $0[member].numerator > 0 || $0[member].isHidden }
    }
    guard active.count * 2 < all.count, !active.isEmpty else { return (all, "", true) }
    return (
      active,
      words(
        "（仅列有记录的 {1} 个）", " (the {1} with records only)", words.number(active.count)), true
    )
  }

  private func strongestAndWeakest(_ rows: MemberRows, by metric: SourceMetric) -> Kept {
    let values = figures.column(metric, rows.scope, window: 0).map(\.numerator)
    let order = (0..<rows.count).sorted { (-values[$0], $0) < (-values[$1], $1) }
    return (
      Array(order.prefix(Composer.shownOfMany) + order.suffix(Composer.shownOfMany)),
      words(
        "（仅列{1}最多和最少各 {2} 个）", " (by {1} the first and the last {2} only)",
        words.title(metric).lowercased(), words.number(Composer.shownOfMany)), false
    )
  }

  func totalLabels(_ count: Int) -> [Cell] {
    [.text(words("全院", "Hospital"))] + Array(repeating: .text(""), count: max(0, count - 1))
  }

  func column(_ column: FigureColumn, _ notes: SourceNotes) -> Column {
    let metric = column.metric
    switch column {
    case .figure(_, let bar):
      return Column(
        words.title(metric), unit: words.headingUnit(metric), kind: kind(metric.metric),
        showsBar: bar, note: notes[metric.metric.measure])
    case .part:
      return Column(
        words("{1}占比", "Share of {1}", words.title(metric).lowercased()),
        kind: .share(places: Wording.places))
    case .change(_, let comparison):
      return Column(
        words("{1}{2}", "{1}, {2}", words.title(metric), words.shortName(comparison.kind)),
        unit: metric.metric.kind == .share ? words("百分点", "points") : nil,
        kind: changeKind(metric.metric))
    }
  }

  /// The cells of some members of a scope.
  private func cells(_ column: FigureColumn, _ scope: Scope, _ members: [Int]) -> [Cell] {
    let metric = column.metric
    let now = figures.column(metric, scope, window: 0)
    switch column {
    case .figure: return members.map { cell(now[$0], metric.metric) }
    case .part:
      let whole = figures.hospital(metric).numerator
      let counts = members.map { now[$0].numerator }
      guard !figures.hidesAny(of: metric, scope) else {
        return members.map {
          now[$0].isHidden ? noValue(now[$0]) : cell(part: now[$0].numerator, of: whole)
        }
      }
      // Some of very many members are not the whole.
      guard counts.reduce(0, +) == whole else { return counts.map { cell(part: $0, of: whole) } }
      return parts(of: counts).cells
    case .change(_, let comparison):
      let hasData = hasData(metric.source, window: comparison.window)
      let earlier = figures.column(metric, scope, window: comparison.window)
      let comparability = comparability(metric, scope, comparison)
      return members.map {
        if hasData, comparability[$0] != .comparable {
          return .blank(words.reason(comparability[$0]))
        }
        let change = Change(metric.metric, from: earlier[$0], to: now[$0], hasData: hasData)
        return cell(change, of: now[$0], metric)
      }
    }
  }

  /// Whether the members' figures can be compared: by the same rule on every sheet. Of the values of a column
  /// none can be missing.
  private func comparability(
    _ metric: SourceMetric, _ scope: Scope, _ comparison: Comparison
  ) -> [Comparability] {
    if case .breakdown = scope {
      return figures.members(scope, of: metric.source).map { _ in .comparable }
    }
    return figures.comparability(metric, scope, from: comparison.window)
  }

  func cell(part: Int64, of whole: Int64) -> Cell {
    guard whole > 0 else { return .blank(NumberText.undefined) }
    return number(Fraction(Int128(part), over: Int128(whole)), shift: 2)
  }
}

extension Composer {
  /// All departments in the order of their file, with their categories where they have any.
  var departmentRows: MemberRows {
    let hasCategories = figures.standardScopes.contains(.category)
    return MemberRows(
      scope: .department,
      label: (
        Column(words("科室", "Department"), kind: .text), { .text(departmentNames[$0]) }
      ),
      remark: hasCategories
        ? (Column(words("类别", "Category"), kind: .text), { .text(categoryName($0)) }) : nil,
      count: figures.departments.count)
  }

  func categoryName(_ department: Int) -> String {
    ValueWords.name(figures.departments[department].category, words)
  }

  /// The members of any other scope.
  func rows(_ scope: Scope, of source: String? = nil) -> MemberRows {
    let members = figures.members(scope, of: source)
    return MemberRows(
      scope: scope,
      label: (
        Column(title(of: scope), kind: .text), { .text(ValueWords.name(members[$0], words)) }
      ),
      count: members.count)
  }

  func title(of scope: Scope) -> String {
    switch scope {
    case .hospital: return words("全院", "Hospital")
    case .branch: return words("党支部", "Party branch")
    case .category: return words("科室类别", "Category of department")
    case .department: return words("科室", "Department")
    case .breakdown(let column): return ValueWords.title(ofColumn: column, words)
    }
  }

  /// A row for each month that has begun; the total is the period's own figure.
  func monthTable(
    id: String, title: String, _ metrics: [SourceMetric], bars: Set<Measure> = [],
    notes: SourceNotes = SourceNotes()
  ) -> Table {
    let rows = months.map { window in
      [Cell.text("\(figures.timeline.windows[window].period)")]
        + metrics.map { cell(figures.hospital($0, window: window), $0.metric) }
    }
    var table = Table(
      id: id, title: title,
      columns: [Column(words("月份", "Month"), kind: .text)]
        + metrics.map {
          var column = column(.figure($0, bar: bars.contains($0.metric.measure)), notes)
          column.derivation = derivation(overMonthsOf: $0.metric)
          column.marksExtremes = $0.metric.kind == .count && rows.count > 2
          return column
        },
      rows: rows,
      total: [.text(words("本期", "Period"))]
        + metrics.map { cell(figures.hospital($0), $0.metric) })
    table.revised = revisedCells(
      [nil] + metrics, .hospital, months.map { (member: 0, window: $0) })
    return table
  }
}

/// The notes of a section, each found by the measures that it explains.
struct SourceNotes: Sendable {
  private(set) var texts: [String] = []
  private var numbers: [Measure: Int] = [:]

  mutating func add(_ text: String, for measures: [Measure]) {
    texts.append(text)
    for measure in measures { numbers[measure] = texts.count }
  }

  /// The number of the note about a measure.
  subscript(measure: Measure) -> Int? { numbers[measure] }
}
