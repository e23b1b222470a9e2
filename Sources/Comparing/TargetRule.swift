public import Records

/// How far a target has been reached.
public enum AttainmentStatus: String, Sendable, CaseIterable {
  case met
  /// Not yet decided, and as far on as the share of time gone asks for (序时进度).
  case onCourse = "on_course"
  /// Not yet decided, and less far on than that.
  case behind
  case failed
  /// There is nothing to measure, or the days that count have not begun.
  case notApplicable = "not_applicable"

  /// The worse comes first.
  private var severity: Int {
    switch self {
    case .failed: 0
    case .behind: 1
    case .onCourse: 2
    case .met: 3
    case .notApplicable: 4
    }
  }

  /// What is to be said of a whole of which these are the parts: the worst of them.
  public static func worst(_ parts: [AttainmentStatus]) -> AttainmentStatus {
    parts.min { $0.severity < $1.severity } ?? .notApplicable
  }
}

/// What is missing to a target, in units that people can do something about.
public struct Gap: Hashable, Sendable {
  /// Above zero; counts in `1/scale` of the unit.
  public let amount: Int64
  public let scale: Int64
  public let unit: Unit
  /// More is wanted; else there is too much.
  public let isMore: Bool
  /// The last day that counts.
  public let by: Day

  /// What is missing in all of them, which are of one target and one span of days; nil for none.
  static func sum(_ gaps: [Gap]) -> Gap? {
    guard let first = gaps.first else { return nil }
    let amount = gaps.reduce(Int128(0)) { $0 + Int128($1.amount) }
    return Gap(
      amount: Int64(clamping: amount), scale: first.scale, unit: first.unit, isMore: first.isMore,
      by: first.by)
  }
}

/// Judges figures against a limit over a span of days of which some have gone.
struct TargetRule: Sendable {
  let metric: Metric
  let limit: Target.Limit
  let span: Period
  /// The last day that is known.
  let end: Day

  private var hasBegun: Bool { span.first <= end }
  private var hasEnded: Bool { span.last <= end }
  private var elapsed: Int { max(0, Int(min(end, span.last).number - span.first.number) + 1) }

  /// The metric grows from nothing towards the end, so that a part of the time asks for a part of it.
  private var accumulates: Bool {
    switch metric.measure {
    case .coverage, .perHead: true
    default: cannotFall
    }
  }

  /// What has been counted stays counted.
  private var cannotFall: Bool {
    (metric.kind == .count || metric.kind == .quantity) && metric.isFlow
  }

  func status(_ figure: Figure) -> AttainmentStatus {
    guard hasBegun, figure.isDefined else { return .notApplicable }
    var parts: [AttainmentStatus] = []
    if let least = limit.atLeast { parts.append(status(figure, atLeast: least)) }
    if let most = limit.atMost { parts.append(status(figure, atMost: most)) }
    return .worst(parts)
  }

  private func status(_ figure: Figure, atLeast limit: ExactNumber) -> AttainmentStatus {
    let isReached = Int128(figure.numerator) >= needed(limit, figure)
    if hasEnded { return isReached ? .met : .failed }
    if accumulates, isReached { return .met }
    guard accumulates else { return isReached ? .onCourse : .behind }
    return Int128(figure.numerator) >= pace(limit, figure) ? .onCourse : .behind
  }

  private func status(_ figure: Figure, atMost limit: ExactNumber) -> AttainmentStatus {
    let isKept = Int128(figure.numerator) <= allowed(limit, figure)
    if hasEnded || !isKept && cannotFall { return isKept ? .met : .failed }
    return isKept ? .onCourse : .behind
  }

  /// The least numerator that reaches the limit.
  private func needed(_ limit: ExactNumber, _ figure: Figure) -> Int128 {
    let whole = product(limit, figure)
    let parts = Int128(limit.denominator)
    return (whole + parts - 1) / parts
  }

  /// The largest numerator that the limit allows.
  private func allowed(_ limit: ExactNumber, _ figure: Figure) -> Int128 {
    product(limit, figure) / Int128(limit.denominator)
  }

  /// The numerator that the share of time gone asks for, in whole units: nobody holds half a drill.
  private func pace(_ limit: ExactNumber, _ figure: Figure) -> Int128 {
    product(limit, figure) * Int128(elapsed) / (Int128(limit.denominator) * Int128(span.length))
  }

  private func product(_ limit: ExactNumber, _ figure: Figure) -> Int128 {
    Int128(limit.numerator) * Int128(figure.denominator) * Int128(metric.scale)
  }

  /// What is missing; nil where nothing is, or where nothing can be said.
  func gap(_ figure: Figure) -> Gap? {
    guard hasBegun, figure.isDefined else { return nil }
    let value = Int128(figure.numerator)
    if let least = limit.atLeast, value < needed(least, figure) {
      return gap(needed(least, figure) - value, figure, isMore: true)
    }
    if let most = limit.atMost, value > allowed(most, figure) {
      return gap(value - allowed(most, figure), figure, isMore: false)
    }
    return nil
  }

  private func gap(_ difference: Int128, _ figure: Figure, isMore: Bool) -> Gap? {
    // A mean or a median lacks a part of its own unit; told in thousandths, rounded up.
    let isQuotient = metric.kind == .mean || metric.kind == .median
    let scale = isQuotient ? 1000 : metric.scale
    let whole = isQuotient ? Int128(figure.denominator) * Int128(metric.scale) : 1
    let parts = isQuotient ? difference * 1000 : difference
    guard let amount = Int64(exactly: (parts + whole - 1) / whole) else { return nil }
    return Gap(amount: amount, scale: scale, unit: metric.gapUnit, isMore: isMore, by: span.last)
  }
}

extension Metric {
  /// What the numerator of the metric counts: a coverage lacks people, a closure rate items.
  var gapUnit: Unit {
    guard kind == .share else { return unit }
    switch measure {
    case .coverage, .registrationRate: return .people
    case .passRate: return .participations
    default: return .items
    }
  }
}
