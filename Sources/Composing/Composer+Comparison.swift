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

  /// A column of the comparison of departments: heading, cells by department, the hospital's cell.
  private struct ComparisonColumn {
    let column: Column
    let cells: [Cell]
    let total: Cell
  }

  /// One row for each department, whatever their number; a sheet for each table, so that its heading
  /// is repeated on every page.
  func comparisonSections() -> [Section] {
    let isLarge = figures.departments.count > Composer.mostRows
    let tables = isLarge ? [largeComparison()] : ordinaryComparison()
    return tables.map { table in
      let title = words("科室比较：{1}", "Comparison of departments: {1}", table.title)
      return Section(
        name: words("科室比较（{1}）", "Departments, {1}", table.title.lowercased()), title: title,
        purpose: words("一科一行，主要指标与名次。", "A row for each department, with its ranks."),
        lead: comparisonLead(isLarge: isLarge), blocks: [.table(table)], notes: [rankNote])
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

  private func ordinaryComparison() -> [Table] {
    let activities = figures.sources.filter { $0.family == .activity }
    let ledgers = figures.sources.filter { $0.family == .ledger }
    var tables: [Table] = []
    if !activities.isEmpty {
      let columns = [headcountColumn] + activities.flatMap(activityColumns) + volunteerColumns
      tables.append(
        comparisonTable(
          "comparison_activities", words("学习与活动", "Learning and activities"),
          columns.compactMap { $0 }))
    }
    if !ledgers.isEmpty {
      tables.append(
        comparisonTable(
          "comparison_ledgers", words("台账", "Ledgers"), ledgers.flatMap(ledgerColumns)))
    }
    return tables
  }

  /// Of very many departments: the months of the first activity, then what else the budget allows.
  private func largeComparison() -> Table {
    let room = max(4, Composer.cellBudget / figures.departments.count - 1)
    var columns = [headcountColumn].compactMap { $0 }
    let activity = figures.sources.first { $0.family == .activity }
    if let activity, let metric = metric(activity.name, .participations) {
      columns += months.prefix(6).map { monthColumn(metric, $0) }
      columns += figureColumns(activity, [.coverage])
    }
    if let ledger = figures.sources.first(where: { $0.family == .ledger }) {
      columns += figureColumns(ledger, [.raised, .closureRate, .overdueAtEnd])
    }
    columns += activity.map { figureColumns($0, [.participations, .people, .events]) } ?? []
    columns += volunteerColumns
    return comparisonTable(
      "comparison_departments", words("全部科室", "All departments"), Array(columns.prefix(room)),
      withCategory: false)
  }

  private func comparisonTable(
    _ id: String, _ title: String, _ columns: [ComparisonColumn], withCategory: Bool = true
  ) -> Table {
    let rows = departmentRows
    let labels = withCategory ? rows.labelColumns : Array(rows.labelColumns.prefix(1))
    return Table(
      id: id, title: title, columns: labels + columns.map(\.column),
      rows: (0..<rows.count).map { department in
        rows.labels(department).prefix(labels.count) + columns.map { $0.cells[department] }
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

  private func activityColumns(_ source: Source) -> [ComparisonColumn?] {
    let isFirst = figures.sources.first { $0.family == .activity }?.name == source.name
    var columns = figureColumns(
      source, isFirst ? [.participations, .perHead, .coverage] : [.participations])
    if isFirst { columns += rankColumns(source, .coverage) }
    columns += figureColumns(source, [.passRate]) + rankColumns(source, .passRate)
    return columns
  }

  private func ledgerColumns(_ source: Source) -> [ComparisonColumn] {
    let isFirst = figures.sources.first { $0.family == .ledger }?.name == source.name
    // What one reader can take in on one page across.
    let isMany = figures.sources.count { $0.family == .ledger } > 4
    guard isFirst else {
      return figureColumns(source, isMany ? [.overdueAtEnd] : [.raised, .overdueAtEnd])
    }
    return figureColumns(source, [.raised, .closed, .openAtEnd, .overdueAtEnd, .closureRate])
      + rankColumns(source, .closureRate) + figureColumns(source, [.dueMetRate])
  }

  private func figureColumns(_ source: Source, _ measures: [Measure]) -> [ComparisonColumn] {
    metrics(source.name, measures).map { figureColumn($0, heading: heading($0, source)) }
  }

  private func heading(_ metric: SourceMetric, _ source: Source) -> String {
    words("{1}{2}", "{1}: {2}", source.title[words.language], words.title(metric))
  }

  private func figureColumn(_ metric: SourceMetric, heading: String) -> ComparisonColumn {
    ComparisonColumn(
      column: Column(
        heading, unit: words.headingUnit(metric),
        kind: kind(metric.metric)),
      cells: figures.column(metric, .department, window: 0).map { cell($0, metric.metric) },
      total: cell(figures.hospital(metric), metric.metric))
  }

  private func monthColumn(_ metric: SourceMetric, _ window: Int) -> ComparisonColumn {
    let month = "\(figures.timeline.windows[window].period)"
    return ComparisonColumn(
      column: Column(
        words("{1} {2}", "{1} {2}", areaTitle(metric.source), month), unit: words.unit(metric),
        kind: .count),
      cells: figures.column(metric, .department, window: window).map { cell($0, metric.metric) },
      total: cell(figures.hospital(metric, window: window), metric.metric))
  }

  private func rankColumns(_ source: Source, _ measure: Measure) -> [ComparisonColumn] {
    metrics(source.name, [measure]).map { rankColumn($0, heading($0, source)) }
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
      $0.isDefined ? .text(words("基数小", "small base")) : .text(NumberText.undefined)
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

extension Figure {
  /// Compares two defined figures by their exact quotients.
  func isGreater(than other: Figure) -> Bool {
    Int128(numerator) * Int128(other.denominator) > Int128(other.numerator) * Int128(denominator)
  }
}
