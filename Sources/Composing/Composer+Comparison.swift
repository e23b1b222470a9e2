import Comparing
import Counting
import Records
import ReportModel
import Statistics

extension Composer {
  /// A rate on a base smaller than this is marked and not ranked.
  static let smallBase: Int64 = 5
  /// The cells that the comparison of very many departments may take.
  private static let cellBudget = 560_000
  /// The columns, besides names, of a comparison, and of one of very many departments.
  private static let comparedColumns = 11
  private static let comparedOfMany = 7

  /// A column of the comparison of departments: heading, cells by department, the hospital's cell.
  private struct ComparisonColumn {
    let column: Column
    let cells: [Cell]
    let total: Cell
  }

  /// One row for each department, whatever their number; a sheet for each table, since a sheet repeats
  /// the heading of but one on its pages.
  var comparisonSections: [Section] {
    let isLarge = figures.departments.count > Composer.mostRows
    let tables =
      isLarge ? [largeComparison()] : [activityComparison, ledgerComparison, rateComparison]
    return tables.compactMap { $0 }.map { table in
      Section(
        name: words("科室比较-{1}", "Departments - {1}", table.title),
        title: words("科室比较：{1}", "Departments compared: {1}", table.title.lowercased()),
        purpose: words("一科一行：{1}。", "A row for each department: {1}.", table.title.lowercased()),
        group: .departments,
        lead: comparisonLead(isLarge: isLarge), blocks: [.table(table)],
        notes: table.columns.contains { $0.note != nil } ? [rankNote] : [])
    }
  }

  private func comparisonLead(isLarge: Bool) -> [String] {
    guard isLarge else { return [] }
    return [
      words(
        "科室共 {1} 个，本表列出全部科室；其他工作表只列最多和最少的科室。完整数据见 statistics.csv。",
        "All {1} departments are listed here; the other sheets list those with most and least. "
          + "Every figure stands in statistics.csv.", words.number(figures.departments.count))
    ]
  }

  private var rankNote: String {
    words(
      "名次按比率从高到低，相同者并列，其后名次顺延跳过；分母少于 {1} 的标“基数小”，不排名。",
      "Ranks run from the highest rate; equals share a rank, and the ranks that they use up are "
        + "skipped. A rate on a base below {1} is marked “small base” and not ranked.",
      "\(Composer.smallBase)")
  }

  /// The participations in every activity, under the activities' titles.
  private var activityComparison: Table? {
    let activities = figures.sources.filter { $0.family == .activity }
    guard !activities.isEmpty else { return nil }
    let columns = activities.flatMap { source in
      metrics(source.name, [.participations]).map {
        figureColumn(
          $0, heading: source.title[words.language], bar: source.name == activities[0].name)
      }
    }
    return comparisonTable(
      "comparison_activities", words("各项活动人次", "Participations"),
      limited([headcountColumn].compactMap { $0 } + columns))
  }

  private var ledgerComparison: Table? {
    let ledgers = figures.sources.filter { $0.family == .ledger }
    guard let first = ledgers.first else { return nil }
    var columns = ledgers.flatMap {
      figureColumns(
        $0,
        $0.name == first.name
          ? [.raised, .closed, .openAtEnd, .overdueAtEnd] : [.raised, .overdueAtEnd])
    }
    if let main = mainMetric(first), !columns.isEmpty {
      columns[0] = figureColumn(main, heading: heading(main, first), bar: true)
    }
    return comparisonTable("comparison_ledgers", words("台账", "Ledgers"), limited(columns))
  }

  /// The rates that departments are ranked by.
  private var rateComparison: Table? {
    let activity = figures.sources.first { $0.family == .activity }
    let ledger = figures.sources.first { $0.family == .ledger }
    var columns = activity.map { rankedColumns($0, .coverage) } ?? []
    columns += figures.sources.filter { $0.family == .activity }.flatMap {
      rankedColumns($0, .passRate)
    }.prefix(4)
    columns += ledger.map { rankedColumns($0, .closureRate) + rankedColumns($0, .dueMetRate) } ?? []
    columns += volunteerColumns
    guard !columns.isEmpty else { return nil }
    return comparisonTable(
      "comparison_rates", words("比率与名次", "Rates and ranks"), limited(columns))
  }

  /// As many columns as a page across has room for.
  private func limited(_ columns: [ComparisonColumn]) -> [ComparisonColumn] {
    Array(columns.prefix(Composer.comparedColumns))
  }

  private func rankedColumns(_ source: Source, _ measure: Measure) -> [ComparisonColumn] {
    figureColumns(source, [measure]) + rankColumns(source, measure)
  }

  /// Of very many departments: their months in the first activity, and its coverage.
  private func largeComparison() -> Table {
    let room = min(
      Composer.comparedOfMany, max(4, Composer.cellBudget / figures.departments.count - 1))
    var columns: [ComparisonColumn] = []
    let activity = figures.sources.first { $0.family == .activity }
    if let activity, let metric = metric(activity.name, .participations) {
      columns += months.prefix(6).map { monthColumn(metric, $0) }
      columns += figureColumns(activity, [.coverage])
    }
    let ledger = figures.sources.first { $0.family == .ledger }
    if let ledger, columns.count < room {
      columns += figureColumns(ledger, [.raised, .closureRate, .overdueAtEnd])
    }
    return comparisonTable(
      "comparison_departments", words("全部科室", "All"), Array(columns.prefix(room)),
      withCategory: false)
  }

  private func comparisonTable(
    _ id: String, _ title: String, _ columns: [ComparisonColumn], withCategory: Bool = true
  ) -> Table {
    let hasCategory = withCategory && figures.standardScopes.contains(.category)
    let label = departmentRows.label.column
    let labels = hasCategory ? [label, Column(words("类别", "Category"), kind: .text)] : [label]
    return Table(
      id: id, title: title, columns: labels + columns.map(\.column),
      rows: figures.departments.indices.map { department in
        var cells: [Cell] = []
        cells.reserveCapacity(labels.count + columns.count)
        cells.append(.text(departmentNames[department]))
        if hasCategory { cells.append(.text(categoryName(department))) }
        for column in columns { cells.append(column.cells[department]) }
        return cells
      },
      total: totalLabels(labels.count) + columns.map(\.total))
  }

  private var headcountColumn: ComparisonColumn? {
    metric("staff", .headcount).map { figureColumn($0, heading: words.title($0)) }
  }

  private var volunteerColumns: [ComparisonColumn] {
    metrics("volunteers", [.registrationRate]).flatMap { metric in
      [figureColumn(metric, heading: words.title(metric)), rankColumn(metric, words.title(metric))]
    }
  }

  private func figureColumns(_ source: Source, _ measures: [Measure]) -> [ComparisonColumn] {
    metrics(source.name, measures).map { figureColumn($0, heading: heading($0, source)) }
  }

  private func heading(_ metric: SourceMetric, _ source: Source) -> String {
    words("{1}{2}", "{1}: {2}", source.title[words.language], words.title(metric))
  }

  private func figureColumn(
    _ metric: SourceMetric, heading: String, bar: Bool = false
  ) -> ComparisonColumn {
    ComparisonColumn(
      column: Column(
        heading, unit: metric.metric.unit == .participations ? nil : words.headingUnit(metric),
        kind: kind(metric.metric), showsBar: bar,
        derivation: figures.hidesAny(of: metric, .department)
          ? .given : derivation(of: metric, over: .department)),
      cells: figures.column(metric, .department, window: 0).map { cell($0, metric.metric) },
      total: cell(figures.hospital(metric), metric.metric))
  }

  private func monthColumn(_ metric: SourceMetric, _ window: Int) -> ComparisonColumn {
    let month = "\(figures.timeline.windows[window].period)"
    return ComparisonColumn(
      column: Column(
        words("{1} {2}", "{1} {2}", areaTitle(metric.source), month), unit: words.unit(metric),
        kind: .count, derivation: derivation(of: metric, over: .department)),
      cells: figures.column(metric, .department, window: window).map { cell($0, metric.metric) },
      total: cell(figures.hospital(metric, window: window), metric.metric))
  }

  private func rankColumns(_ source: Source, _ measure: Measure) -> [ComparisonColumn] {
    // The rate stands beside it under its full heading, which is repeated only where several sources
    // have the rate, as activities with results do.
    let isOnly =
      measure != .passRate || figures.sources.count { metric($0.name, measure) != nil } == 1
    return metrics(source.name, [measure]).map {
      rankColumn($0, isOnly ? words.title($0) : heading($0, source))
    }
  }

  private func rankColumn(_ metric: SourceMetric, _ heading: String) -> ComparisonColumn {
    let figures = figures.column(metric, .department, window: 0)
    return ComparisonColumn(
      column: Column(words("{1}名次", "{1}, rank", heading), kind: .text, note: 1),
      cells: rankCells(figures), total: .text(""))
  }

  /// The rank of each rate; those on a small base have none.
  func rankCells(_ figures: [Figure]) -> [Cell] {
    let ranked = figures.indices.filter { figures[$0].denominator >= Composer.smallBase }
    let ranks = competitionRanks(count: ranked.count) { left, right in
      figures[ranked[left]].isGreater(than: figures[ranked[right]])
    }
    var cells: [Cell] = figures.map {
      $0.isDefined ? .text(words("基数小", "small base")) : noValue($0)
    }
    for (position, member) in ranked.enumerated() {
      let rank = ranks[position].rank
      cells[member] = .text(
        ranks[position].isTied
          ? words("并列第 {1}", "{1} (tied)", "\(rank)") : words("第 {1}", "{1}", "\(rank)"))
    }
    return cells
  }
}
