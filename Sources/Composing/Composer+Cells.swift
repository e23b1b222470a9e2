import Comparing
import Records
import ReportModel

extension Composer {
  /// A figure as a native number of a table.
  func cell(_ figure: Figure, _ metric: Metric) -> Cell {
    guard figure.isDefined else { return noValue(figure) }
    switch metric.kind {
    case .count: return .integer(figure.numerator)
    case _ where facts.rounding == .halfUp:
      return figure.value(scale: metric.scale).map(Cell.number) ?? .blank(NumberText.undefined)
    case .share:
      return number(Fraction(Int128(figure.numerator), over: Int128(figure.denominator)), shift: 2)
    case .quantity, .mean, .median:
      let denominator = Int128(figure.denominator) * Int128(metric.scale)
      return number(Fraction(Int128(figure.numerator), over: denominator), shift: 0)
    }
  }

  /// The kind of column that holds a metric's figures.
  func kind(_ metric: Metric) -> Column.Kind {
    switch metric.kind {
    case .count: return .count
    case .share: return .share(places: Wording.places)
    case .quantity, .mean, .median: return .decimal(places: Wording.places)
    }
  }

  /// A change as a native number, or the words for what has none.
  func cell(_ change: Change, of figure: Figure, _ metric: SourceMetric) -> Cell {
    switch change {
    case .noData: return .blank(words("无数据", "no data"))
    case .incomparable: return .blank(NumberText.undefined)
    case .withheld: return .blank(Composer.hiddenSign)
    case .none: return .integer(0)
    case .fromNothing:
      return .blank(words("新增 {1}", "new: {1}", words.value(figure, metric.metric)))
    case .relative(let part): return number(part, shift: 2)
    case .few(let part):
      let places = part.denominator == 1 ? 0 : Wording.places
      let amount = words.numbers.ratio(part.numerator, over: part.denominator, places: places)
      return .blank(
        (part.numerator > 0 ? "+" : "") + amount
          + words.unitMark(metric, isOne: amount == "1" || amount == "-1"))
    case .points(let part):
      return number(
        Fraction(Int128(part.numerator) * 100, over: Int128(part.denominator)), shift: 0)
    case .difference(let part): return number(part, shift: 0)
    }
  }

  /// The kind of column that holds the changes of a metric.
  func changeKind(_ metric: Metric) -> Column.Kind {
    switch metric.kind {
    case .count, .quantity: return .change(places: Wording.places)
    case .share, .mean, .median: return .points(places: Wording.places)
    }
  }

  /// A fraction as the number that a cell holds.
  ///
  /// Excel rounds what it shows half up. Where the rule is another, the value is rounded by the rule
  /// to the shown places, so that nothing is left to round.
  func number(_ fraction: Fraction, shift: Int) -> Cell {
    guard facts.rounding == .halfUp else {
      let text = NumberText.format(
        numerator: fraction.numerator, denominator: fraction.denominator,
        places: Wording.places + shift, rule: facts.rounding)
      return .number(Double(text.filter { $0 != "," }) ?? 0)
    }
    return .number(Double(fraction.numerator) / Double(fraction.denominator))
  }

  /// How the hospital's figure has moved against an earlier period.
  func change(_ metric: SourceMetric, _ comparison: Comparison) -> Change {
    Change(
      metric.metric, from: figures.hospital(metric, window: comparison.window),
      to: figures.hospital(metric), hasData: hasData(metric.source, window: comparison.window))
  }

  /// Whether a figure is made from lists of those who took part while no event of the period has one:
  /// nobody is known then, which is not that nobody came.
  func lacksLists(_ metric: SourceMetric) -> Bool {
    guard [.people, .hours, .coverage].contains(metric.metric.measure),
      let people = self.metric(metric.source, .people),
      let participations = self.metric(metric.source, .participations)
    else { return false }
    let known = figures.hospital(people)
    return !known.isHidden && known.numerator == 0 && figures.hospital(participations).numerator > 0
  }

  /// Whether a window has any record of a source, or any staff.
  func hasData(_ source: String, window: Int) -> Bool { catalogue.hasData(source, window: window) }

  /// The metrics of a source with these measures, in this order; those that it has.
  func metrics(_ source: String, _ measures: [Measure]) -> [SourceMetric] {
    measures.compactMap { catalogue.metric(source, $0) }
  }

  func metric(_ source: String, _ measure: Measure) -> SourceMetric? {
    catalogue.metric(source, measure)
  }
}
