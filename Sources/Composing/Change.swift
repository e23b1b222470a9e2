import Comparing
import Records
import ReportModel

/// How a figure has moved against an earlier period.
enum Change: Hashable, Sendable {
  /// The earlier period has no records of the source.
  case noData
  /// A quotient that has nothing to be divided by, now or then.
  case incomparable
  /// One of the two is not for these readers.
  case withheld
  case none
  /// There was none of it in the earlier period.
  case fromNothing
  /// The change of a count as a part of what it was.
  case relative(Fraction)
  /// The change of a count from so few that a percentage would say more than there is.
  case few(Fraction)
  /// The change of a rate, as a fraction of one; shown in percentage points.
  case points(Fraction)
  /// The change of a mean or a median.
  case difference(Fraction)

  /// Of fewer than this no percentage is taken: the difference is shown.
  static let leastBase: Int64 = 5

  /// - Parameter hasData: whether the earlier period has any record of the source.
  init(_ metric: Metric, from earlier: Figure, to later: Figure, hasData: Bool) {
    guard hasData else {
      self = .noData
      return
    }
    guard !earlier.isHidden, !later.isHidden else {
      self = .withheld
      return
    }
    guard let difference = Fraction(from: earlier, to: later, scale: metric.scale) else {
      self = .incomparable
      return
    }
    if difference.numerator == 0 {
      self = .none
      return
    }
    switch metric.kind {
    case .count, .quantity: self = Change.relative(difference, of: earlier, scale: metric.scale)
    case .share: self = .points(difference)
    case .mean, .median: self = .difference(difference)
    }
  }

  /// A difference as a part of the earlier figure, which may be nothing.
  private static func relative(_ difference: Fraction, of earlier: Figure, scale: Int64) -> Change {
    guard earlier.numerator > 0 else { return .fromNothing }
    guard earlier.numerator >= Change.leastBase * scale else { return .few(difference) }
    return .relative(
      Fraction(
        Int128(difference.numerator) * Int128(earlier.denominator) * Int128(scale),
        over: Int128(difference.denominator) * Int128(earlier.numerator)))
  }
}

/// An earlier period that the period is compared with.
struct Comparison: Hashable, Sendable {
  enum Kind: Sendable {
    /// 环比
    case previous
    /// 同比
    case lastYear
  }
  let kind: Kind
  /// Index into the timeline's windows.
  let window: Int
  let period: Period
  /// Whether the earlier period is taken to the same day as a period that still runs.
  var isToSameDay = false
}

extension Wording {
  /// 同比 or 环比.
  func shortName(_ kind: Comparison.Kind) -> String {
    kind == .lastYear ? self("同比", "Year on year") : self("环比", "On previous")
  }

  /// 上年同期 or 上期.
  func earlier(_ kind: Comparison.Kind) -> String {
    kind == .lastYear ? self("上年同期", "Same period last year") : self("上期", "Previous period")
  }

  /// 上年同期 or 上期; where the period still runs, to the same day of it.
  func earlier(_ comparison: Comparison) -> String {
    let name = earlier(comparison.kind)
    return comparison.isToSameDay ? self("\(name)（至同日）", "\(name), to the same day") : name
  }

  /// A change as a part of a sentence, as `同比增长 12.3%`.
  func phrase(_ change: Change, _ kind: Comparison.Kind, of figure: Figure, _ metric: SourceMetric)
    -> String
  {
    let prefix = kind == .lastYear ? "同比" : "环比"
    let base = kind == .lastYear ? "the same period last year" : "the previous period"
    let against = kind == .lastYear ? "year on year" : "on the previous period"
    switch change {
    case .noData:
      return self("\(earlier(kind))无数据", "no data for \(base)")
    case .incomparable:
      return self("\(earlier(kind))无可比数据", "nothing to compare with in \(base)")
    case .withheld: return self("\(prefix)不公开", "change withheld")
    case .none: return self("\(prefix)持平", "unchanged \(against)")
    case .fromNothing:
      return self("\(prefix)新增 {1}", "{1} more than none in \(base)", amount(figure, metric))
    case .relative, .points, .difference, .few:
      let size = size(change, of: metric)
      let gap = size.first?.isNumber == true ? " " : ""
      return self(
        "\(prefix){1}\(gap){2}", "{1} {2} \(against)", verb(change), size)
    }
  }

  private func verb(_ change: Change) -> String {
    switch change {
    case .relative(let part):
      return part.numerator > 0 ? self("增长", "up") : self("下降", "down")
    case .points(let part):
      return part.numerator > 0 ? self("提高", "up") : self("下降", "down")
    case .difference(let part), .few(let part):
      return part.numerator > 0 ? self("增加", "up") : self("减少", "down")
    default: return ""
    }
  }

  /// How large a change is, without its sign; what would be shown as zero is less than the last place.
  private func size(_ change: Change, of metric: SourceMetric) -> String {
    switch change {
    case .relative(let part): return leastShown(percent(part.magnitude), "%")
    case .points(let part):
      let shown = percent(part.magnitude).dropLast()
      return self(
        "{1} 个百分点", "{1} percentage points", leastShown(String(shown), ""))
    case .difference(let part), .few(let part):
      let isWhole = metric.metric.kind != .mean && part.denominator == 1
      let shown = numbers.ratio(
        part.magnitude.numerator, over: part.denominator, places: isWhole ? 0 : Wording.places)
      guard case .few = change else { return leastShown(shown, "") + " " + unit(metric) }
      return leastShown(shown, "") + unitMark(metric, isOne: shown == "1")
    default: return ""
    }
  }

  private func percent(_ part: Fraction) -> String {
    numbers.share(part.numerator, of: part.denominator, places: Wording.places)
  }

  private func leastShown(_ text: String, _ sign: String) -> String {
    text == "0.0" + sign ? self("不足 {1}", "less than {1}", "0.1" + sign) : text
  }
}
