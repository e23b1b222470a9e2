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

  var metric: SourceMetric {
    switch self {
    case .figure(let metric, _), .part(let metric), .change(let metric, _): return metric
    }
  }
}

/// The rows of a table of figures: whom they are about, and what stands before their figures.
struct MemberRows {
  let scope: Scope
  let labelColumns: [Column]
  let labels: (Int) -> [Cell]
  let count: Int
}

extension Composer {
  /// Scopes with more members than this are shown by their first and last ones.
  static let mostRows = 2_000
  /// How many of the strongest, and of the weakest, stand for a scope with very many members.
  static let shownOfMany = 50

  /// A table with a row for each member of a scope, and the hospital's own figures as its total.
  func table(
    id: String, title: String, _ rows: MemberRows, _ columns: [FigureColumn],
    notes: SourceNotes = SourceNotes()
  ) -> Table {
    let kept = keptRows(rows, by: columns.first?.metric)
    let made = columns.map { cells($0, rows.scope) }
    return Table(
      id: id, title: title + (kept == nil ? "" : reductionMark),
      columns: rows.labelColumns + columns.map { column($0, notes) },
      rows: (kept ?? Array(0..<rows.count)).map { row in
        rows.labels(row) + made.map { $0[row] }
      },
      total: totalLabels(rows.labelColumns.count) + columns.map { cells($0, .hospital)[0] })
  }

  /// Of very many members the strongest and the weakest by a metric, in that order; else nil.
  private func keptRows(_ rows: MemberRows, by metric: SourceMetric?) -> [Int]? {
    guard rows.count > Composer.mostRows, let metric else { return nil }
    let values = figures.column(metric, rows.scope, window: 0).map(\.numerator)
    let order = (0..<rows.count).sorted { (-values[$0], $0) < (-values[$1], $1) }
    return Array(order.prefix(Composer.shownOfMany) + order.suffix(Composer.shownOfMany))
  }

  private var reductionMark: String {
    words(
      "（仅列最多和最少各 {1} 个）", " (the {1} with most and the {1} with least only)",
      words.number(Composer.shownOfMany))
  }

  func totalLabels(_ count: Int) -> [Cell] {
    [.text(words("全院", "Hospital"))] + Array(repeating: .text(""), count: max(0, count - 1))
  }

  func column(_ column: FigureColumn, _ notes: SourceNotes) -> Column {
    let metric = column.metric
    switch column {
    case .figure(_, let bar):
      return Column(
        words.title(metric), unit: words.headingUnit(metric),
        kind: kind(metric.metric), showsBar: bar, note: notes[metric.metric.measure])
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

  private func cells(_ column: FigureColumn, _ scope: Scope) -> [Cell] {
    let metric = column.metric
    let now = figures.column(metric, scope, window: 0)
    switch column {
    case .figure: return now.map { cell($0, metric.metric) }
    case .part:
      let whole = figures.hospital(metric).numerator
      return now.map { cell(part: $0.numerator, of: whole) }
    case .change(_, let comparison):
      let hasData = hasData(metric.source, window: comparison.window)
      return zip(figures.column(metric, scope, window: comparison.window), now).map {
        cell(Change(metric.metric, from: $0, to: $1, hasData: hasData), of: $1, metric)
      }
    }
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
    let heading = Column(words("科室", "Department"), kind: .text)
    let category = Column(words("类别", "Category"), kind: .text)
    return MemberRows(
      scope: .department, labelColumns: hasCategories ? [heading, category] : [heading],
      labels: { department in
        let name = Cell.text(departmentNames[department])
        guard hasCategories else { return [name] }
        let category = figures.departments[department].category
        return [name, .text(category.isEmpty ? "" : ValueWords.name(category, words))]
      },
      count: figures.departments.count)
  }

  /// The members of any other scope.
  func rows(_ scope: Scope, of source: String? = nil) -> MemberRows {
    let members = figures.members(scope, of: source)
    return MemberRows(
      scope: scope, labelColumns: [Column(title(of: scope), kind: .text)],
      labels: { [.text(ValueWords.name(members[$0], words))] }, count: members.count)
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
    id: String, title: String, _ metrics: [SourceMetric], notes: SourceNotes = SourceNotes()
  ) -> Table {
    let rows = months.map { window in
      [Cell.text("\(figures.timeline.windows[window].period)")]
        + metrics.map { cell(figures.hospital($0, window: window), $0.metric) }
    }
    return Table(
      id: id, title: title,
      columns: [Column(words("月份", "Month"), kind: .text)]
        + metrics.map { column(.figure($0, bar: false), notes) },
      rows: rows,
      total: [.text(words("本期", "Period"))]
        + metrics.map { cell(figures.hospital($0), $0.metric) })
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
