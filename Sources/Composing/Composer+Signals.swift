import Comparing
import Counting
import Records
import ReportModel
import Statistics

extension Composer {
  /// More departments than this are not judged in the workbook: `compare` does.
  static let mostForSignals = 500
  /// The metrics that are judged side by side, and those whose limits are drawn.
  private static let judgedMetrics = 5
  private static let drawnMetrics = 2

  /// What is signal and what is chance: verdicts on every department, the limits behind them, the months.
  var signalSections: [Section] {
    let count = figures.departments.count
    guard facts.audience.seesDepartments else { return [monthSection].compactMap { $0 } }
    guard count > 3, count <= Composer.mostForSignals else { return [] }
    let judged = ComparisonRequest.usualMetrics(figures).map(standingsTable).filter {
      $0.standings.funnel != nil && $0.standings.rankedCount > 1
    }
    var sections: [Section] = []
    if !judged.isEmpty {
      sections.append(verdictSection(Array(judged.prefix(Composer.judgedMetrics))))
      sections += drawn(judged).enumerated().map { funnelSection($1, $0 + 1) }
    }
    return sections + [monthSection, departmentMonthSection].compactMap { $0 }
  }

  private func standingsTable(_ metric: SourceMetric) -> StandingsTable {
    StandingsTable(
      self,
      ComparisonRequest(
        metrics: [metric], scope: .department, shown: Array(figures.departments.indices)), metric,
      isFull: false)
  }

  /// One of the first activity and one of the first ledger, where there are both.
  private func drawn(_ judged: [StandingsTable]) -> [StandingsTable] {
    let measures: [Measure] = [.participations, .dueMetRate, .closureRate, .coverage]
    let found = measures.compactMap { measure in
      judged.first { $0.metric.metric.measure == measure }
    }
    return Array(found.prefix(Composer.drawnMetrics))
  }

  private func verdictSection(_ judged: [StandingsTable]) -> Section {
    let rows = departmentRows
    let labels = [rows.label] + (rows.remark.map { [$0] } ?? [])
    let table = Table(
      id: "signals_verdicts", title: words("各科室的判断", "Verdicts"),
      columns: labels.map(\.column) + judged.flatMap { verdictColumns($0, among: judged) },
      rows: figures.departments.indices.map { department in
        labels.map { $0.cell(department) }
          + judged.flatMap { $0.verdictCells(department) }
      }, notes: [1])
    return Section(
      name: words("科室判断", "Verdicts"), title: words("科室判断：信号与偶然", "Departments: signal and chance"),
      purpose: words(
        "哪些差别超出偶然，哪些没有。", "Which differences are more than chance, and which are not."),
      group: .departments,
      lead: judged.map { standings in
        words(
          "{1}：{2}", "{1}: {2}", fullTitle(standings.metric),
          words.paragraph(standings.signalSentences))
      }, blocks: [.table(table)], notes: [verdictNote])
  }

  private var verdictNote: String {
    words(
      "界限以全院水平为中心，科室越小越宽，科室间本来离散的再放宽；超出 99.8% 界限且精确概率同样小的，才是信号。基数小到怎样都算不上信号的，不判断。数量按人均比较。",
      "Limits lie about the hospital's level, widen as departments get smaller, and further where "
        + "departments differ anyway; only what lies beyond those of 99.8 %, with an exact probability "
        + "as small, is a signal. Where the base is so small that nothing would be one, nothing is said. "
        + "Counts are compared per head.")
  }

  /// The headings tell the area only where several of them have the figure.
  private func verdictColumns(
    _ standings: StandingsTable, among judged: [StandingsTable]
  ) -> [Column] {
    let title = words.title(standings.metric)
    let isAlone = judged.count { words.title($0.metric) == title } == 1
    let name = isAlone ? title : fullTitle(standings.metric)
    var value = standings.valueColumn
    value.heading = standings.isPerHead ? words("人均{1}", "{1} per head", name) : name
    return [value, Column(words("{1}判断", "{1}: verdict", name), kind: .text)]
  }

  /// The members from the smallest base to the largest: drawn in this order, the limits are a funnel.
  private func funnelSection(_ standings: StandingsTable, _ number: Int) -> Section {
    let order = figures.departments.indices.filter { standings.standings.members[$0].base > 0 }
      .sorted {
        (standings.standings.members[$0].base, $0) < (standings.standings.members[$1].base, $1)
      }
    let table = standings.funnelTable(id: "signals_funnel_\(number)", order)
    let title = words("{1}的界限", "Limits of {1}", fullTitle(standings.metric))
    return Section(
      name: words("界限-{1}", "Limits - {1}", fullTitle(standings.metric)), title: title,
      purpose: words(
        "各科室的数值与 95%、99.8% 界限，按基数从小到大。",
        "Each department beside the limits of 95 % and 99.8 %, from the smallest base up."),
      group: .departments, lead: standings.signalSentences,
      // Above its table, which is long.
      blocks: [
        .chart(
          Chart(
            kind: .line, title: title, table: table.id, category: 0, series: [2, 3, 6, 7],
            isCourse: false)),
        .table(table),
      ], notes: standingsNotes(standings).prefix(2).map { $0 })
  }
}

extension StandingsTable {
  private var words: Wording { composer.words }

  /// The value that is judged: a rate, or a count per head.
  var valueColumn: Column {
    let title = composer.fullTitle(metric)
    return Column(
      isPerHead ? words("{1}（人均）", "{1} (per head)", title) : title, kind: valueKind)
  }

  var isPerHead: Bool { standings.funnel?.kind == .rate }

  var valueKind: Column.Kind {
    isPerHead ? .decimal(places: 2) : .share(places: Wording.places)
  }

  func verdictCells(_ member: Int) -> [Cell] {
    let verdict = standings.members[member].verdict
    return [
      value(member), verdict.map { .text(words.verdict($0)) } ?? .blank(NumberText.undefined),
    ]
  }

  private func value(_ member: Int) -> Cell {
    let basis = standings.members[member].basis
    guard basis.isDefined else { return composer.noValue(basis) }
    return number(Double(basis.numerator) / Double(basis.denominator))
  }

  /// A number that is shown with the column's places, rounded by the report's rule.
  private func number(_ value: Double) -> Cell {
    composer.rounded(value, places: isPerHead ? 2 : Wording.places + 2)
  }

  /// The values beside the limits, in this order.
  func funnelTable(id: String, _ order: [Int]) -> Table {
    let rows = composer.departmentRows
    let level = standings.funnel.map { number($0.level) } ?? .blank(NumberText.undefined)
    let headings = [
      words("全院水平", "Level"), words("95% 下限", "95 % low"), words("95% 上限", "95 % high"),
      words("99.8% 下限", "99.8 % low"), words("99.8% 上限", "99.8 % high"),
    ]
    var value = valueColumn
    value.showsBar = true
    return Table(
      id: id, title: composer.fullTitle(metric),
      columns: [rows.label.column, Column(words("基数", "Base"), kind: .count), value]
        + headings.map { Column($0, kind: valueKind) }
        + [
          Column(words("名次区间", "Ranks"), kind: .text), Column(words("判断", "Verdict"), kind: .text),
        ],
      rows: order.map { member in
        let standing = standings.members[member]
        let limits = standings.funnel?.limits(base: standing.base)
        let ends = [
          limits?.inner.lower, limits?.inner.upper, limits?.outer.lower, limits?.outer.upper,
        ]
        return [rows.label.cell(member), .integer(standing.base), self.value(member), level]
          + ends.map { $0.map(number) ?? .blank(NumberText.undefined) }
          + [
            .text(standing.ranks.map(words.ranks) ?? words.smallBase), verdictCells(member)[1],
          ]
      }, notes: [1, 2])
  }
}

extension Composer {
  /// A double as a cell, rounded by the report's rule where Excel would round by another.
  func rounded(_ value: Double, places: Int) -> Cell {
    guard facts.rounding != .halfUp else { return .number(value) }
    let text = words.numbers.decimal(value, places: places)
    return Double(text.filter { $0 != "," }).map(Cell.number) ?? .blank(NumberText.undefined)
  }
}
