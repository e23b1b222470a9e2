import Comparing
import Records
import ReportModel
import Statistics

/// What is most to be said: changes that are more than chance, the clearest first.
///
/// A change of a count is one where both counts are at least 5 and, were nothing different, a split of
/// their sum between the two periods as uneven as theirs, or more, had a probability below 5 % (exact
/// binomial test of two Poisson counts, the periods' days for weights: Przyborowski J, Wilenski H,
/// Biometrika 1940;31:313–323). A change of a rate is one where both bases are at least 5 and the 95 %
/// interval of the difference does not hold 0 (Newcombe's method 10). People of an activity are not
/// independent of each other, so activities are judged by their events.
extension Composer {
  private static let mostHighlights = 3
  private static let level = 0.95

  private struct Highlight {
    let metric: SourceMetric
    let comparison: Comparison
    /// How many standard errors it is.
    let strength: Double
  }

  var highlights: [Sentence] {
    let areas = figures.sources.map { source -> [Highlight] in
      let measures: [Measure] =
        source.family == .activity
        ? [.events, .coverage, .passRate]
        : [.raised, .closed, .overdueAtEnd, .closureRate, .dueMetRate]
      return metrics(source.name, measures).compactMap(highlight)
    }
    // One of each area, so that the three speak of three things.
    let strongest = areas.enumerated().compactMap { number, found in
      found.max { $0.strength < $1.strength }.map { (number, $0) }
    }.sorted { (-$0.1.strength, $0.0) < (-$1.1.strength, $1.0) }
    if strongest.isEmpty, let comparison = judgedComparisons.first {
      return [
        Sentence(
          words(
            "与{1}相比，各项主要指标未见超出偶然波动的变化。",
            "Against {1}, no main figure has changed by more than chance.",
            words.name(comparison.period)))
      ]
    }
    return strongest.prefix(Composer.mostHighlights).map { sentence($0.1) }
  }

  /// The comparison of last year first; none of a running period with whole ones.
  private var judgedComparisons: [Comparison] {
    comparisons.reversed().filter { comparison in
      (runningSentence == nil || comparison.isToSameDay)
        && figures.sources.contains { hasData($0.name, window: comparison.window) }
    }
  }

  private func highlight(_ metric: SourceMetric) -> Highlight? {
    for comparison in judgedComparisons
    where hasData(metric.source, window: comparison.window) {
      let now = figures.hospital(metric)
      let earlier = figures.hospital(metric, window: comparison.window)
      let strength =
        metric.metric.kind == .share
        ? Composer.strength(now, earlier)
        : Composer.strength(
          now.numerator, earlier.numerator, days: Composer.days(facts.period.first, facts.asOf),
          earlierDays: Composer.days(comparison.period.first, comparison.period.last))
      return strength.map { Highlight(metric: metric, comparison: comparison, strength: $0) }
    }
    return nil
  }

  private static func days(_ first: Day, _ last: Day) -> Int64 {
    Int64(last.number - first.number) + 1
  }

  /// Of two rates; nil where the difference may be chance.
  static func strength(_ now: Figure, _ earlier: Figure) -> Double? {
    guard now.denominator >= smallBase, earlier.denominator >= smallBase,
      let first = Interval.wilson(now.numerator, of: now.denominator, level: level),
      let second = Interval.wilson(earlier.numerator, of: earlier.denominator, level: level)
    else { return nil }
    let rates = [now, earlier].map { Double($0.numerator) / Double($0.denominator) }
    let interval = Interval.difference((rates[0], first), (rates[1], second))
    guard interval.lower > 0 || interval.upper < 0 else { return nil }
    let half = (interval.upper - interval.lower) / 2
    return half > 0 ? abs(rates[0] - rates[1]) / half * 1.96 : nil
  }

  /// Of two counts of so many days; nil where the difference may be chance.
  static func strength(
    _ now: Int64, _ earlier: Int64, days: Int64, earlierDays: Int64
  ) -> Double? {
    guard now >= smallBase, earlier >= smallBase, days > 0, earlierDays > 0 else { return nil }
    let part = Double(days) / Double(days + earlierDays)
    let (sum, overflow) = now.addingReportingOverflow(earlier)
    guard !overflow else { return nil }
    let tail = min(
      TailProbability.binomial(atMost: now, of: sum, rate: part),
      TailProbability.binomial(atLeast: now, of: sum, rate: part))
    guard 2 * tail < 1 - level else { return nil }
    let expected = Double(sum) * part
    return abs(Double(now) - expected) / (expected * (1 - part)).squareRoot()
  }

  private func sentence(_ highlight: Highlight) -> Sentence {
    let metric = highlight.metric
    let figure = figures.hospital(metric)
    let change = change(metric, highlight.comparison)
    let phrase = words.phrase(change, highlight.comparison.kind, of: figure, metric)
    var said = cited(
      words(
        "{1}{2} {3}，{4}，超出偶然波动{5}。", "{1}, {2}: {3}, {4}, more than chance{5}.",
        areaTitle(metric.source), words.title(metric).lowercased(),
        words.language == .english && metric.metric.kind == .count
          ? words.value(figure, metric.metric) : words.amount(figure, metric), phrase,
        judgement(change, metric)), metric)
    if let index = comparisons.firstIndex(of: highlight.comparison) {
      said.sources += changePlaces(metric, only: index)
    }
    return said
  }

  /// Better or worse where the metric has a good direction, else nothing.
  private func judgement(_ change: Change, _ metric: SourceMetric) -> String {
    guard let better = metric.metric.measure.higherIsBetter, let isUp = change.isUp else {
      return ""
    }
    return isUp == better ? words("，好转", ", for the better") : words("，变差", ", for the worse")
  }
}

extension Change {
  /// Nil where there is no direction.
  fileprivate var isUp: Bool? {
    switch self {
    case .relative(let part), .points(let part), .difference(let part): return part.numerator > 0
    case .fromNothing: return true
    default: return nil
    }
  }
}
