import Comparing
import Counting
import Records
import ReportModel
import Statistics

/// Whether targets will be met month by month as things are.
extension Composer {
  /// A target of the whole hospital with the months of its metric.
  private struct AssuredTarget {
    let target: Target
    let metric: SourceMetric
    let chart: ProcessChart
    let assurance: ProcessChart.Assurance
  }

  /// Measures whose months are measured against the same limit as the whole: what is divided within the month,
  /// and stocks. A month's coverage or closure rate is another thing than the half-year's.
  private static let monthly: Set<Measure> = [
    .passRate, .meanScore, .closedInTimeRate, .dueMetRate, .daysToCloseMedian, .openAtEnd,
    .overdueAtEnd,
  ]

  private var assuredTargets: [AssuredTarget] {
    guard let plan = facts.progress?.plan else { return [] }
    let months = MonthSeries(figures.timeline)
    return plan.targets.compactMap { target in
      guard target.scope == .hospital, target.group == nil, target.condition == nil,
        target.each == nil, let metric = figures.metric(target.metricName),
        target.every == .month
          || target.every == nil && Composer.monthly.contains(metric.metric.measure),
        let values = figures.monthValues(metric, .hospital, months).first,
        let chart = ProcessChart(values)
      else { return nil }
      let assurances =
        [target.limit.atLeast.map { chart.assurance(target: $0.value, higherIsBetter: true) }]
        + [target.limit.atMost.map { chart.assurance(target: $0.value, higherIsBetter: false) }]
      let found = assurances.compactMap { $0 }
      let order: [ProcessChart.Assurance] = [.fails, .hitOrMiss, .passes]
      guard let worst = order.first(where: found.contains) else { return nil }
      return AssuredTarget(target: target, metric: metric, chart: chart, assurance: worst)
    }
  }

  /// The targets beside the limits of their months; nil where no target can be put so.
  var assuranceTable: Table? {
    let targets = assuredTargets
    guard !targets.isEmpty else { return nil }
    return Table(
      id: "signals_assurance", title: words("目标能否稳定达到", "Whether targets will be met"),
      columns: [
        words("目标", "Target"), words("指标", "Figure"), words("要求", "Limit"),
        words("各月均值", "Mean of months"), words("各月界限", "Limits of months"),
        words("判断", "Verdict"), words("走势", "Months"),
      ].map { Column($0, kind: .text) },
      rows: targets.map { one in
        let ends = [max(0, one.chart.limits.lower), one.chart.limits.upper]
        return [
          .text(one.target.title[words.language]), .text(fullTitle(one.metric)),
          .text(limit(one)), .text(text(one.chart.mean, one.metric)),
          .text(ends.map { text($0, one.metric) }.joined(separator: "–")),
          .text(words.assurance(one.assurance)), .text(variation(one.chart, one.metric) ?? ""),
        ]
      })
  }

  /// The targets that will not be met unless something changes.
  var assuranceSentences: [String] {
    let failing = assuredTargets.filter { $0.assurance == .fails && !$0.chart.isTrial }
    return failing.map { one in
      words(
        "{1}：最近 {2} 个月的波动全在要求（{3}）之外，不改变做不到。",
        "{1}: all of the fluctuation of the last {2} months is outside the limit ({3}); it will not be met "
          + "without change.",
        one.target.title[words.language], words.number(one.chart.points.count), limit(one))
    }
  }

  var assuranceNote: String {
    words(
      "目标判断：各月自然波动的界限全在要求之内为稳定达标，全在要求之外为不改变做不到，跨在要求两侧为时达时不达。只列各月与全期同一口径的目标。",
      "Verdicts on targets: where the limits of the months' own fluctuation lie wholly within what is asked for "
        + "it will be met, wholly outside it will not without change, else it is hit or miss. Only targets "
        + "whose months are made as the whole is.")
  }

  private func limit(_ one: AssuredTarget) -> String {
    let parts = [
      one.target.limit.atLeast.map { words("不低于 {1}", "at least {1}", text($0.value, one.metric)) },
      one.target.limit.atMost.map { words("不高于 {1}", "at most {1}", text($0.value, one.metric)) },
    ]
    return words.joined(parts.compactMap { $0 })
  }

  private func text(_ value: Double, _ metric: SourceMetric) -> String {
    metric.metric.kind == .share
      ? words.numbers.decimal(value * 100, places: Wording.places) + "%"
      : words.numbers.decimal(value, places: Wording.places)
  }
}
