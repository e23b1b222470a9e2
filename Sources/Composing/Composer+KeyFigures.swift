import Comparing
import Records
import ReportModel

extension Composer {
  /// The counts and the rates that stand in front of everything else, in the order of reports.
  private static let activityCounts: [Measure] = [.events, .participations, .people]
  private static let ledgerCounts: [Measure] = [.raised, .closed, .openAtEnd, .overdueAtEnd]
  private static let rates: [Measure] = [
    .coverage, .passRate, .closureRate, .registrationRate,
  ]
  /// Still fewer, so that a terminal shows them at a glance.
  private static let glance: [Measure] = [
    .employees, .events, .participations, .people, .raised, .overdueAtEnd, .closureRate,
    .registered, .registrationRate,
  ]

  /// The metrics of all areas with these measures; an area stands together, in the order of reports.
  private func mainMetrics(_ measures: [Measure]) -> [SourceMetric] {
    let areas = ["staff"] + figures.sources.map(\.name) + ["volunteers"]
    return areas.flatMap { metrics($0, measures) }.filter { !lacksLists($0) }
  }

  /// What an area is called: the title of a source, or of the staff list's parts.
  func areaTitle(_ name: String) -> String {
    switch name {
    case "staff": return words("职工", "Staff")
    case "volunteers": return words("志愿者", "Volunteers")
    default: return figures.sources.first { $0.name == name }?.title[words.language] ?? name
    }
  }

  func keyFigureSection() -> Section {
    Section(
      name: words("主要指标", "Key figures"), title: words("主要指标", "Key figures"),
      purpose: words(
        "各领域主要数字，与上期、上年同期比较。",
        "The main figures of every area, beside those of the comparison periods."),
      group: .overview,
      lead: [comparisonSentence] + organisationSentences.prefix(1),
      blocks: keyTables.filter { !$0.metrics.isEmpty }.map {
        .table(keyTable($0.metrics, id: $0.id, title: $0.title))
      },
      notes: keyNotes, remarks: [runningSentence].compactMap { $0 },
      comments: generalComments)
  }

  /// The tables of the key figures, whose rows are metrics of one kind.
  var keyTables: [(metrics: [SourceMetric], id: String, title: String)] {
    let people: [Measure] = [.headcount, .employees, .registered]
    return [
      (
        mainMetrics(people + Composer.activityCounts), "key_activities",
        words("职工、学习与活动", "Staff, learning and activities")
      ), (mainMetrics(Composer.ledgerCounts), "key_ledgers", words("台账", "Ledgers")),
      (mainMetrics(Composer.rates), "key_rates", words("比率", "Rates")),
    ]
  }

  /// What the period is compared with, by name.
  var comparisonSentence: String {
    let parts = comparisons.map { comparison in
      words(
        "{1}：较 {2}", "{1}: against {2}", words.shortName(comparison.kind),
        words.name(comparison.period))
    }
    return words.sentence(parts)
  }

  /// Of a period that has not ended: that it is measured against whole ones; else nil.
  var runningSentence: String? {
    guard facts.asOf < facts.period.last else { return nil }
    guard comparisons.allSatisfy({ !$0.isToSameDay }) else {
      return words(
        "本期数据截至 {1}，尚未满期；环比、同比均与比较期至同日的数字相比，比较期全期的数字见 statistics.csv。",
        "The period is known up to {1} only; it is compared with the earlier periods to the same day. "
          + "Their whole figures stand in statistics.csv.", "\(facts.asOf)")
    }
    return words(
      "本期数据截至 {1}，尚未满期；比较期为完整期间，增减仅供参考。",
      "The period is known up to {1} only, the comparison periods are complete: "
        + "changes are to be read with that in mind.", "\(facts.asOf)")
  }

  private var keyNotes: [String] {
    var notes = [
      words(
        "数量的变化为百分比，比率的变化为百分点。“新增”表示比较期为零，不计算百分比；比较期不足 5 的只列差数。其余指标见各领域工作表，全部数字见 statistics.csv。",
        "A count changes by per cent, a rate by percentage points. “new” stands where the earlier "
          + "period has none, and no percentage exists; from fewer than 5 the difference is shown "
          + "instead. Further figures stand on the sheets of the "
          + "areas, all of them in statistics.csv.")
    ]
    if metric("volunteers", .registered) != nil {
      notes.append(
        words(
          "志愿者身份以名册现状为准，比较期按当时在岗职工回溯。",
          "Who is a volunteer is known as of now; earlier periods count those of them who were "
            + "employees then."))
    }
    return notes
  }

  private func keyTable(_ metrics: [SourceMetric], id: String, title: String) -> Table {
    let isShare = metrics.first?.metric.kind == .share
    var columns = [
      Column(words("领域", "Area"), kind: .text), Column(words("指标", "Figure"), kind: .text),
      Column(isShare ? words("计算基数", "Base") : words("单位", "Unit"), kind: .text),
      Column(words("本期", "Period"), kind: kind(metrics[0].metric)),
    ]
    for comparison in comparisons {
      columns.append(Column(words.earlier(comparison), kind: kind(metrics[0].metric)))
      columns.append(
        keyChangeColumn(comparison, metrics[0].metric, from: columns.count - 1, to: 3))
    }
    let hasVolunteers = metrics.contains { $0.source == "volunteers" }
    var table = Table(
      id: id, title: title, columns: columns, rows: metrics.map(keyRow),
      notes: hasVolunteers ? [2] : [])
    let windows = [0] + comparisons.map(\.window)
    for (row, metric) in metrics.enumerated() {
      for (place, window) in windows.enumerated() where isRevised(metric, window: window) {
        table.revised.insert(Table.Position(.data(row), 3 + max(0, 2 * place - 1)))
      }
    }
    return table
  }

  private func keyChangeColumn(
    _ comparison: Comparison, _ metric: Metric, from: Int, to: Int
  ) -> Column {
    let isShare = metric.kind == .share
    return Column(
      words.shortName(comparison.kind), unit: isShare ? words("百分点", "points") : nil,
      kind: changeKind(metric), note: 1,
      derivation: exact(isShare ? .points(from: from, to: to) : .change(from: from, to: to)))
  }

  private func keyRow(_ metric: SourceMetric) -> [Cell] {
    let now = figures.hospital(metric)
    var cells: [Cell] = [
      .text(areaTitle(metric.source)), .text(words.title(metric)),
      .text(metric.metric.kind == .share ? base(of: now, metric) : words.unit(metric)),
      cell(now, metric.metric),
    ]
    for comparison in comparisons {
      let hasData = hasData(metric.source, window: comparison.window)
      let earlier = figures.hospital(metric, window: comparison.window)
      cells.append(
        hasData ? cell(earlier, metric.metric) : .blank(words("无数据", "no data")))
      cells.append(cell(change(metric, comparison), of: now, metric))
    }
    return cells
  }

  /// What a rate is divided by, as `职工 763 人`.
  func base(of figure: Figure, _ metric: SourceMetric) -> String {
    let count = words.numbers.count(figure.denominator)
    switch metric.metric.measure {
    case .coverage: return words("在岗 {1} 人", "{1} in the head count", count)
    case .registrationRate: return words("职工 {1} 人", "{1} employees", count)
    case .passRate: return words("有结论 {1} 人次", "{1} with a result", count)
    case .closureRate: return words("本期提出 {1} " + itemWord(metric), "{1} raised", count)
    case .closedInTimeRate:
      return words("有时限的销号 {1} " + itemWord(metric), "{1} closed with a due day", count)
    case .dueMetRate: return words("到期 {1} " + itemWord(metric), "{1} due", count)
    default: return count
    }
  }

  private func itemWord(_ metric: SourceMetric) -> String {
    self.metric(metric.source, .raised).map(words.unit) ?? ""
  }

  /// The figures that are looked for first, in one table of texts, whatever their kinds.
  func mainFigures(id: String, title: String) -> Table {
    var columns = [
      Column(words("领域", "Area"), kind: .text), Column(words("指标", "Figure"), kind: .text),
      Column(words("本期", "Period"), kind: .count),
    ]
    for comparison in comparisons {
      columns.append(Column(words.earlier(comparison), kind: .count))
      columns.append(Column(words.shortName(comparison.kind), kind: .count))
    }
    columns.append(Column(words("单位", "Unit"), kind: .text))
    return Table(
      id: id, title: title, columns: columns, rows: mainMetrics(Composer.glance).map(mainRow))
  }

  private func mainRow(_ metric: SourceMetric) -> [Cell] {
    var cells: [Cell] = [
      .text(areaTitle(metric.source)), .text(words.title(metric)),
      .text(words.value(figures.hospital(metric), metric.metric) + revisedMark(metric)),
    ]
    for comparison in comparisons {
      let earlier = figures.hospital(metric, window: comparison.window)
      let hasData = hasData(metric.source, window: comparison.window)
      cells.append(
        .text(hasData ? words.value(earlier, metric.metric) : words("无数据", "no data")))
      cells.append(.text(signed(change(metric, comparison), metric)))
    }
    return cells + [.text(metric.metric.kind == .share ? "" : words.unit(metric))]
  }

  /// A change as it stands in a table of texts, as `+12.3%` or `-3.2 百分点`.
  private func signed(_ change: Change, _ metric: SourceMetric) -> String {
    let value = cell(change, of: figures.hospital(metric), metric)
    let text = words.numbers.text(value, in: changeKind(metric.metric))
    guard case .points = change else { return text }
    return text + words(" 百分点", " points")
  }
}
