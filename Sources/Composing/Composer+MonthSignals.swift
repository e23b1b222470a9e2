import Comparing
import Counting
import Records
import ReportModel
import Statistics

extension Composer {
  /// The months that stand side by side in the table of departments.
  private static let monthCells = 12

  /// The hospital's months: value, mean and limits, and what the points say; each with its chart.
  var monthSection: Section? {
    let months = MonthSeries(figures.timeline)
    let found = monthMetrics.compactMap { metric -> MonthChart? in
      MonthChart(self, metric, months)
    }
    let assurance = assuranceTable
    guard !found.isEmpty || assurance != nil else { return nil }
    return Section(
      name: words("月度走势", "Months"), title: words("月度走势：变化与波动", "Months: change and fluctuation"),
      purpose: words(
        "全院各月是否真有变化，还是平常的波动。",
        "Whether the hospital's months change, or only fluctuate as usual."), group: .departments,
      lead: found.map(\.sentence) + assuranceSentences,
      blocks: (assurance.map { [Block.table($0)] } ?? [])
        + found.enumerated().flatMap { number, chart -> [Block] in
          let table = chart.table(id: "signals_months_\(number + 1)")
          return [
            .table(table),
            .chart(
              Chart(
                kind: .line, title: fullTitle(chart.metric), table: table.id, category: 0,
                series: [1, 2, 3, 4])),
          ]
        }, notes: [monthsNote] + (assurance == nil ? [] : [assuranceNote]))
  }

  /// What is charted: participations of the first activity, and of the first ledger what is closed and
  /// what is overdue.
  private var monthMetrics: [SourceMetric] {
    let activity = figures.sources.first { $0.family == .activity }
    let ledger = figures.sources.first { $0.family == .ledger }
    return (activity.map { metrics($0.name, [.participations]) } ?? [])
      + (ledger.map { metrics($0.name, [.closed, .overdueAtEnd]) } ?? [])
  }

  /// The departments' last months side by side, shaded, with what they say.
  var departmentMonthSection: Section? {
    guard let activity = figures.sources.first(where: { $0.family == .activity }),
      let metric = metric(activity.name, .participations)
    else { return nil }
    let shown = MonthSeries(figures.timeline, latest: Composer.monthCells)
    let charts = facts.judgements.charts(of: metric, figures)
    guard shown.windows.count > 1, charts.count == figures.departments.count else { return nil }
    let isTrial = charts.allSatisfy { $0?.isTrial ?? true }
    let columns = shown.windows.map { figures.column(metric, .department, window: $0) }
    let table = Table(
      id: "signals_department_months", title: words("各科室各月", "Departments by month"),
      columns: [departmentRows.label.column]
        + shown.months.map { Column("\($0)", kind: .count, derivation: .sum) }
        + [Column(words("走势", "Months"), kind: .text, note: 1)],
      rows: figures.departments.indices.map { department in
        [departmentRows.label.cell(department)]
          + columns.map { .integer($0[department].numerator) }
          + [
            .text(
              variation(charts[department], metric, marksTrial: !isTrial)
                ?? words("月数不足", "too few months"))
          ]
      },
      total: totalLabels(1)
        + shown.windows.map { cell(figures.hospital(metric, window: $0), metric.metric) }
        + [.text("")], shaded: 1..<(shown.windows.count + 1))
    return Section(
      name: words("科室各月-{1}", "Months - {1}", fullTitle(metric)),
      title: words("科室各月：{1}", "Departments by month: {1}", fullTitle(metric).lowercased()),
      purpose: words("各科室最近各月并排，及其走势。", "Each department's latest months side by side."),
      group: .departments, blocks: [.table(table)], notes: [monthsNote])
  }

  /// What a chart of months says, in words; nil where there is none.
  ///
  /// - Parameter marksTrial: limits on trial are told beside it; else a note says so of all.
  func variation(
    _ chart: ProcessChart?, _ metric: SourceMetric, marksTrial: Bool = true
  ) -> String? {
    guard let chart else { return nil }
    let text = words.variation(
      chart.variation(higherIsBetter: metric.metric.measure.higherIsBetter))
    return marksTrial && chart.isTrial ? words("{1}（试用界限）", "{1} (on trial)", text) : text
  }
}

/// The hospital's months of one metric.
private struct MonthChart {
  let composer: Composer
  let metric: SourceMetric
  let months: MonthSeries
  let values: [Double?]
  let chart: ProcessChart

  private var words: Wording { composer.words }
  /// The first month with data: what lies before it is no gap.
  private var start: Int { values.firstIndex { $0 != nil } ?? 0 }

  init?(_ composer: Composer, _ metric: SourceMetric, _ months: MonthSeries) {
    let values = composer.figures.monthValues(metric, .hospital, months).first ?? []
    guard let chart = ProcessChart(values) else { return nil }
    self.composer = composer
    self.metric = metric
    self.months = months
    self.values = values
    self.chart = chart
  }

  /// As `集中学习培训：人次：无明显变化。`, with what is to be known of the limits.
  var sentence: String {
    var parts = [composer.variation(chart, metric) ?? ""]
    if chart.hasGap {
      parts.append(
        words(
          "其间有月份无数据，只看 {1} 起各月", "months without data stop the line; judged from {1}",
          "\(months.months[chart.firstIndex])"))
    }
    return words(
      "{1}：{2}（{3} 个月）。", "{1}: {2} ({3} months).", composer.fullTitle(metric), words.joined(parts),
      "\(chart.points.count)")
  }

  func table(id: String) -> Table {
    let unit = words.unit(metric)
    let decimals = Column.Kind.decimal(places: Wording.places)
    return Table(
      id: id, title: composer.fullTitle(metric),
      columns: [
        Column(words("月份", "Month"), kind: .text),
        Column(words("数值", "Value"), unit: unit, kind: composer.kind(metric.metric)),
        Column(words("均值", "Mean"), kind: decimals), Column(words("下限", "Low"), kind: decimals),
        Column(words("上限", "High"), kind: decimals), Column(words("信号", "Signal"), kind: .text),
      ], rows: (start..<values.count).map(row), notes: [1])
  }

  private func row(_ index: Int) -> [Cell] {
    let figure = composer.figures.hospital(metric, window: months.windows[index])
    let known = values[index] != nil
    let month = Cell.text("\(months.months[index])")
    let value =
      known ? composer.cell(figure, metric.metric) : .blank(words("无数据", "no data"))
    let at = index - chart.firstIndex
    guard chart.points.indices.contains(at) else {
      let outside = Cell.blank(words("不计", "not judged"))
      return [month, value, outside, outside, outside, outside]
    }
    let ends = [chart.mean, max(0, chart.limits.lower), chart.limits.upper]
    return [month, value] + ends.map { composer.rounded($0, places: Wording.places) }
      + [.text(signals(chart.points[at]))]
  }

  private func signals(_ point: ProcessChart.Point) -> String {
    guard !point.signals.isEmpty else { return words("无", "none") }
    let names: [ProcessChart.Signal: String] = [
      .outside: words("超界", "outside"), .shift: words("连续 7 点同侧", "7 on one side"),
      .trend: words("连续 7 点同向", "7 one way"),
      .twoOfThree: words("3 点中 2 点近界", "2 of 3 near a limit"),
    ]
    let found = ProcessChart.Signal.allCases.filter(point.signals.contains).compactMap { names[$0] }
    return found.isEmpty ? words("无", "none") : found.joined(separator: words("、", ", "))
  }
}
