import Comparing
import Counting
import Records
import Statistics

extension Composer {
  /// The columns of a comparison as CSV.
  public static let comparisonHeader = [
    "metric", "unit", "period", "as_of", "scope", "member", "name", "category", "order", "value",
    "numerator", "denominator", "headcount", "per_head", "previous", "previous_period",
    "previous_comparable", "previous_difference", "previous_change", "last_year",
    "last_year_period", "last_year_comparable", "last_year_difference", "last_year_change", "rank",
    "tied", "ranked", "rank_low", "rank_high", "quartile", "peers", "hospital", "low_95",
    "high_95", "low_998", "high_998", "verdict", "trend",
  ]

  /// A comparison as CSV: a record for each metric and member, unrounded; empty where there is nothing.
  public func comparisonRecords(_ request: ComparisonRequest) -> [[String]] {
    request.metrics.flatMap { metric in
      let standings = StandingsTable(self, request, metric)
      return standings.members(in: request.order).map { standings.record($0) }
    }
  }
}

extension StandingsTable {
  fileprivate func record(_ member: Int) -> [String] {
    let standing = standings.members[member]
    return labels(member) + values(member) + changes(member) + [
      standing.rank.map(String.init) ?? "", standing.rank == nil ? "" : standing.isTied ? "1" : "0",
      "\(standings.rankedCount)", standing.ranks.map { "\($0.lowerBound)" } ?? "",
      standing.ranks.map { "\($0.upperBound)" } ?? "", standing.quartile.map(String.init) ?? "",
      "\(standing.peers)", text(standings.hospital),
    ] + limits(standing) + [standing.verdict?.rawValue ?? "", trendCode(member)]
  }

  private func labels(_ member: Int) -> [String] {
    let figures = composer.figures
    let isDepartment = request.scope == .department
    return [
      metric.name, metric.metric.unit.rawValue, "\(composer.facts.period)",
      "\(composer.facts.asOf)",
      figures.organisation.isByGroup ? "group" : request.scope.name(in: metric.source),
      figures.members(request.scope)[member], composer.memberNames(request.scope)[member],
      isDepartment ? figures.departments[member].category : "", "\(member + 1)",
    ]
  }

  private func values(_ member: Int) -> [String] {
    let standing = standings.members[member]
    let isQuotient = metric.metric.isQuotient
    let heads = composer.figures.headcounts(request.scope, window: 0)[member]
    return [
      text(standing.figure), isQuotient ? text(Figure(standing.figure.numerator)) : "",
      isQuotient ? "\(standing.figure.denominator)" : "", "\(heads)",
      standing.basis == standing.figure ? "" : text(standing.basis),
    ]
  }

  private func text(_ figure: Figure) -> String {
    guard let value = figure.value(scale: metric.metric.scale) else { return "" }
    return number(value)
  }

  /// The shortest decimal that reads back as the same number; whole numbers without a point.
  private func number(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private func changes(_ member: Int) -> [String] {
    [Comparison.Kind.previous, .lastYear].flatMap { kind -> [String] in
      guard let number = composer.comparisons.firstIndex(where: { $0.kind == kind }) else {
        return ["", "", "", "", ""]
      }
      let comparison = composer.comparisons[number]
      let figures = composer.figures
      let earlier = figures.column(metric, request.scope, window: comparison.window)[member]
      let comparable = comparability[number][member]
      let hasData = composer.hasData(metric.source, window: comparison.window)
      let labels = [
        hasData ? text(earlier) : "", "\(comparison.period)",
        hasData ? comparable.code : "no_data",
      ]
      guard hasData, comparable == .comparable else { return labels + ["", ""] }
      return labels + difference(from: earlier, to: standings.members[member].figure)
    }
  }

  private func difference(from earlier: Figure, to now: Figure) -> [String] {
    guard let part = Fraction(from: earlier, to: now, scale: metric.metric.scale) else {
      return ["", ""]
    }
    let difference = number(Double(part.numerator) / Double(part.denominator))
    guard case .relative(let change) = Change(metric.metric, from: earlier, to: now, hasData: true)
    else { return [difference, ""] }
    return [difference, number(Double(change.numerator) / Double(change.denominator))]
  }

  private func limits(_ standing: Standings.Standing) -> [String] {
    guard let limits = standings.funnel?.limits(base: standing.base) else {
      return ["", "", "", ""]
    }
    return [limits.inner.lower, limits.inner.upper, limits.outer.lower, limits.outer.upper].map {
      $0.isFinite ? number($0) : ""
    }
  }

  private func trendCode(_ member: Int) -> String {
    guard charts.indices.contains(member), let chart = charts[member] else { return "" }
    let variation = chart.variation(higherIsBetter: metric.metric.measure.higherIsBetter)
    return "\(variation)" + (chart.isTrial ? " (trial)" : "")
  }
}

extension Comparability {
  fileprivate var code: String {
    switch self {
    case .comparable: return "yes"
    case .didNotExist: return "did_not_exist"
    case .closedSince: return "closed_since"
    case .changedSince: return "changed_since"
    case .notReportedThen: return "not_reported_then"
    case .notReportedNow: return "not_reported_now"
    }
  }
}
