import Comparing
import Counting
public import Records
public import ReportModel
import Statistics

/// The report of each department: its own figures beside the hospital's, what it has to do, and which of its
/// rows would change its figures.
///
/// What all of them need (ranks, limits) is made once.
public struct DepartmentPacks: Sendable {
  let composer: Composer
  let counts: [Standings]
  let rates: [Standings]
  let reporting: [ReportingStatus.Line]
  /// By source and window of comparison: how each department's figures may be read.
  let comparability: [String: [Int: [Comparability]]]

  /// Days before a due day from which an item is to be thought of.
  public static let soon = 30
  /// The findings that are listed.
  public static let listedFindings = 10

  private static let shownCounts: [Measure] = [
    .headcount, .events, .participations, .people, .raised, .closed, .openAtEnd, .overdueAtEnd,
  ]
  private static let shownRates: [Measure] = [
    .coverage, .passRate, .closureRate, .dueMetRate, .registrationRate,
  ]

  /// - Complexity: O(metrics × departments²).
  public init(facts: ReportFacts, language: Language) {
    composer = Composer(facts: facts, language: language)
    let figures = facts.figures
    func standings(_ measures: [Measure]) -> [Standings] {
      figures.metrics.filter { measures.contains($0.metric.measure) }
        .map { Standings(figures, $0, .department) }
    }
    counts = standings(DepartmentPacks.shownCounts)
    rates = standings(DepartmentPacks.shownRates)
    reporting = composer.reportingStatus.lines
    let windows = composer.comparisons.map(\.window)
    var comparability: [String: [Int: [Comparability]]] = [:]
    for metric in (counts + rates).map(\.metric) where comparability[metric.source] == nil {
      comparability[metric.source] = Dictionary(
        uniqueKeysWithValues: windows.map {
          ($0, figures.comparability(metric, .department, from: $0))
        })
    }
    self.comparability = comparability
  }

  /// The report of one department.
  ///
  /// - Parameters:
  ///   - department: its index.
  ///   - details: what its rows say.
  public func report(of department: Int, _ details: DepartmentDetails) -> Report {
    let facts = composer.facts
    let words = composer.words
    let pack = DepartmentPack(packs: self, department: department, details: details)
    return Report(
      language: words.language,
      title: words(
        "{1}：{2}", "{1}: {2}", composer.departmentNames[department],
        words.reportTitle(facts.period)),
      organisation: facts.hospital[words.language], pageNote: composer.pageNote,
      asOf: facts.asOf, rounding: facts.rounding, cover: composer.cover,
      dataState: pack.dataState, sections: Composer.validlyNamed(pack.sections),
      summary: pack.summary, signs: composer.signs)
  }
}

/// One department's report in the making.
struct DepartmentPack {
  let packs: DepartmentPacks
  let department: Int
  let details: DepartmentDetails

  var composer: Composer { packs.composer }
  var words: Wording { composer.words }
  var figures: Figures { composer.figures }

  var dataState: [String] {
    [composer.comparisonSentence, composer.runningSentence].compactMap { $0 }
      + composer.organisationSentences + [
        words(
          "待办事项 {1} 条；未计入或需核对的行 {2} 行。", "{1} things to do; {2} rows not counted or to be checked.",
          words.number(tasks.count), words.number(details.findings.count))
      ]
  }

  var sections: [Section] {
    [
      Section(
        name: words("主要指标", "Key figures"), title: words("主要指标", "Key figures"),
        purpose: words("本科室的主要数字，与全院和以往比较。", "The department's figures, beside the hospital's."),
        lead: [composer.comparisonSentence],
        blocks: [
          figureTable("pack_counts", words("数量", "Counts"), packs.counts),
          figureTable("pack_rates", words("比率", "Rates"), packs.rates),
        ].compactMap { $0 }
          .map(Block.table), notes: [rankNote]),
      monthSection,
      Section(
        name: words("待办事项", "To do"), title: words("待办事项", "To do"),
        purpose: words("逾期、将到期、未报送、被剔除的。", "Overdue, due soon, not reported, rejected."),
        blocks: [.table(taskTable)]),
      Section(
        name: words("数据问题", "Findings"),
        title: words("对本科室数字影响最大的数据问题", "Findings that change most"),
        purpose: words("改正后最能改变数字的行。", "The rows whose correction would change figures most."),
        lead: [findingLead], blocks: findingTable.map { [.table($0)] } ?? []),
    ].compactMap { $0 }
  }

  private var rankNote: String {
    words(
      "名次：比率按本值、数量按人均，并列者名次相同；基数不足 {1} 的不排名；四分位在同类别科室之间，第 1 为最好。判断：只有超出 99.8% 界限的才是信号。",
      "Ranks are of rates, and of counts per head; equals share a rank, a base below {1} has none; "
        + "quarters are among departments of one category, 1 the best. Verdicts: only what lies beyond "
        + "the 99.8 % limits is a signal.", "\(Standings.leastBase)")
  }

  /// The figures in rows, beside earlier ones, the hospital's, and the department's place.
  private func figureTable(_ id: String, _ title: String, _ standings: [Standings]) -> Table? {
    guard let first = standings.first?.metric.metric else { return nil }
    var columns = [
      Column(words("领域", "Area"), kind: .text), Column(words("指标", "Figure"), kind: .text),
      Column(words("本科室", "Department"), kind: composer.kind(first)),
    ]
    for comparison in composer.comparisons {
      columns.append(Column(words.earlier(comparison), kind: composer.kind(first)))
      columns.append(composer.changeColumn(comparison, standings[0].metric))
    }
    columns += [
      Column(words("全院", "Hospital"), kind: composer.kind(first)),
      Column(words("名次", "Rank"), kind: .text, note: 1),
      Column(words("同类四分位", "Quarter of peers"), kind: .text, note: 1),
      Column(words("判断", "Verdict"), kind: .text, note: 1),
    ]
    return Table(id: id, title: title, columns: columns, rows: standings.map(figureRow))
  }

  private func figureRow(_ standings: Standings) -> [Cell] {
    let metric = standings.metric
    let standing = standings.members[department]
    var cells: [Cell] = [
      .text(composer.areaTitle(metric.source)), .text(words.title(metric)),
      composer.cell(standing.figure, metric.metric),
    ]
    for comparison in composer.comparisons { cells += changeCells(standing, metric, comparison) }
    let undefined = Cell.blank(NumberText.undefined)
    return cells + [
      composer.cell(standings.hospital, metric.metric), composer.rankCell(standing),
      standing.quartile.map { .text(words.quartile($0, of: standing.peers)) } ?? undefined,
      standing.verdict.map { .text(words.verdict($0)) } ?? undefined,
    ]
  }

  private func changeCells(
    _ standing: Standings.Standing, _ metric: SourceMetric, _ comparison: Comparison
  ) -> [Cell] {
    let earlier = figures.column(metric, .department, window: comparison.window)[department]
    guard composer.hasData(metric.source, window: comparison.window) else {
      let none = Cell.blank(words("无数据", "no data"))
      return [none, none]
    }
    let comparable =
      packs.comparability[metric.source]?[comparison.window]?[department] ?? .comparable
    guard comparable == .comparable else {
      return [composer.cell(earlier, metric.metric), .blank(words.reason(comparable))]
    }
    let change = Change(metric.metric, from: earlier, to: standing.figure, hasData: true)
    return [
      composer.cell(earlier, metric.metric), composer.cell(change, of: standing.figure, metric),
    ]
  }

  /// The months of what the sources are mainly counted by.
  private var monthSection: Section? {
    let metrics = figures.sources.compactMap(composer.mainMetric).prefix(10)
    guard composer.months.count > 1, !metrics.isEmpty else { return nil }
    let columns = metrics.map { metric in
      Column(
        composer.fullTitle(metric), kind: composer.kind(metric.metric),
        derivation: composer.derivation(overMonthsOf: metric.metric))
    }
    let table = Table(
      id: "pack_months", title: words("各月", "By month"),
      columns: [Column(words("月份", "Month"), kind: .text)] + columns,
      rows: composer.months.map { window in
        [.text("\(figures.timeline.windows[window].period)")]
          + metrics.map { cell($0, window: window) }
      }, total: [.text(words("本期", "Period"))] + metrics.map { cell($0, window: 0) })
    return Section(
      name: words("各月", "Months"), title: words("各月", "By month"),
      purpose: words("各领域逐月的数字。", "Every area, month by month."), blocks: [.table(table)])
  }

  private func cell(_ metric: SourceMetric, window: Int) -> Cell {
    composer.cell(
      figures.column(metric, .department, window: window)[department], metric.metric)
  }

  /// The same in words: the figures, the list of things to do, the findings.
  var summary: [TextBlock] {
    let facts = composer.facts
    let title =
      facts.hospital[words.language] + words("", ": ")
      + composer.departmentNames[department] + words("", ", ") + words.reportTitle(facts.period)
    var blocks: [TextBlock] = [
      .title(title),
      .paragraph(
        words(
          "统计期 {1}，数据截至 {2}。", "Period {1}, data as of {2}.", words.span(facts.period),
          "\(facts.asOf)") + words.paragraph(composer.organisationSentences)),
      .heading(words("主要指标", "Key figures")),
    ]
    blocks += [
      figureTable("pack_text_counts", "", packs.counts),
      figureTable("pack_text_rates", "", packs.rates),
    ].compactMap { $0 }.map(TextBlock.table)
    blocks.append(.heading(words("待办事项", "To do")))
    blocks.append(
      tasks.isEmpty
        ? .paragraph(words("没有待办事项。", "Nothing to do.")) : .list(tasks.map(\.sentence)))
    blocks.append(.heading(words("数据问题", "Findings")))
    blocks.append(.paragraph(findingLead))
    if !ranked.isEmpty { blocks.append(.list(ranked.map(sentence))) }
    return blocks
  }
}

extension Composer {
  /// The rank of a standing, or why there is none.
  func rankCell(_ standing: Standings.Standing) -> Cell {
    guard let rank = standing.rank else {
      return standing.basis.isDefined ? .blank(words.smallBase) : noValue(standing.basis)
    }
    return .text(words.rank(rank, isTied: standing.isTied))
  }
}
