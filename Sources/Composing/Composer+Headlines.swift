import Comparing
import Records
import ReportModel

extension Composer {
  /// The figures that stand out: of the staff, of the first activity and the first ledger, and of the
  /// volunteers.
  var headlines: [Headline] {
    let activity = figures.sources.first { $0.family == .activity }?.name
    let ledger = figures.sources.first { $0.family == .ledger }?.name
    let parts: [(String?, [Measure])] = [
      ("staff", [.employees]), (activity, [.events, .participations, .people, .coverage]),
      (ledger, [.raised, .closed, .openAtEnd, .overdueAtEnd, .closureRate]),
      ("volunteers", [.registrationRate]),
    ]
    return parts.flatMap { source, measures in source.map { metrics($0, measures) } ?? [] }
      .map(headline)
  }

  private func headline(_ metric: SourceMetric) -> Headline {
    let figure = figures.hospital(metric)
    let isNamedAlone = ["staff", "volunteers"].contains(metric.source)
    let title = words.title(metric)
    return Headline(
      label: isNamedAlone
        ? title : words("{1}·{2}", "{1}: {2}", areaTitle(metric.source), title.lowercased()),
      value: words.value(figure, metric.metric),
      unit: metric.metric.kind == .share ? "" : words.unit(metric),
      changes: comparisons.reversed().map { comparison in
        let change = change(metric, comparison)
        let cell = cell(change, of: figure, metric)
        let shown = words.numbers.marked(
          cell, in: changeKind(metric.metric), language: words.language)
        let unit =
          metric.metric.kind == .share && cell.value.map { $0 != 0 } == true
          ? words(" 个百分点", " points") : ""
        return words.shortName(comparison.kind) + " " + shown + unit
      })
  }
}
