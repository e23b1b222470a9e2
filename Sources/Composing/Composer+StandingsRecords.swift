public import Comparing
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

  /// A metric's comparison as CSV: a record for each member, unrounded; empty where there is nothing.
  ///
  /// - Complexity: O(n) in the members, beside what their ``Standings`` cost.
  public func comparisonRecords(
    _ metric: SourceMetric, _ request: ComparisonRequest
  ) -> [[String]] {
    let records = StandingsRecords(StandingsTable(self, request, metric))
    return records.table.members(in: request.order).map { records.record($0) }
  }
}

/// The records of one metric. What is had for all members at once is made once.
private struct StandingsRecords {
  let table: StandingsTable
  private let members, names: [String]
  private let headcounts: [Int64]
  private let earlier: [Earlier?]

  /// What an earlier period says of all members.
  private struct Earlier {
    let period: Period
    let hasData: Bool
    let figures: [Figure]
    let comparability: [Comparability]
  }

  private var composer: Composer { table.composer }
  private var scope: Scope { table.request.scope }
  private var standings: Standings { table.standings }
  private var metric: SourceMetric { table.metric }

  init(_ table: StandingsTable) {
    self.table = table
    let (composer, scope) = (table.composer, table.request.scope)
    members = composer.figures.members(scope)
    names = composer.memberNames(scope)
    headcounts = composer.figures.headcounts(scope, window: 0)
    earlier = [Comparison.Kind.previous, .lastYear].map { kind in
      guard let number = composer.comparisons.firstIndex(where: { $0.kind == kind }) else {
        return nil
      }
      let comparison = composer.comparisons[number]
      return Earlier(
        period: comparison.period,
        hasData: composer.hasData(table.metric.source, window: comparison.window),
        figures: composer.figures.column(table.metric, scope, window: comparison.window),
        comparability: table.comparability[number])
    }
  }

  func record(_ member: Int) -> [String] {
    let standing = standings.members[member]
    return labels(member) + values(member) + earlier.flatMap { changes(member, $0) } + [
      standing.rank.map(String.init) ?? "", standing.rank == nil ? "" : standing.isTied ? "1" : "0",
      "\(standings.rankedCount)", standing.ranks.map { "\($0.lowerBound)" } ?? "",
      standing.ranks.map { "\($0.upperBound)" } ?? "", standing.quartile.map(String.init) ?? "",
      "\(standing.peers)", text(standings.hospital),
    ] + limits(standing) + [standing.verdict?.rawValue ?? "", trendCode(member)]
  }

  private func labels(_ member: Int) -> [String] {
    let figures = composer.figures
    return [
      metric.name, metric.metric.unit.rawValue, "\(composer.facts.period)",
      "\(composer.facts.asOf)",
      figures.organisation.isByGroup ? "group" : scope.name(in: metric.source),
      members[member], names[member],
      scope == .department ? figures.departments[member].category : "", "\(member + 1)",
    ]
  }

  private func values(_ member: Int) -> [String] {
    let standing = standings.members[member]
    let isQuotient = metric.metric.isQuotient
    return [
      text(standing.figure), isQuotient ? text(Figure(standing.figure.numerator)) : "",
      isQuotient ? "\(standing.figure.denominator)" : "", "\(headcounts[member])",
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

  private func changes(_ member: Int, _ earlier: Earlier?) -> [String] {
    guard let earlier else { return ["", "", "", "", ""] }
    let comparable = earlier.comparability[member]
    let figure = earlier.figures[member]
    let labels = [
      earlier.hasData ? text(figure) : "", "\(earlier.period)",
      earlier.hasData ? comparable.code : "no_data",
    ]
    guard earlier.hasData, comparable == .comparable else { return labels + ["", ""] }
    return labels + difference(from: figure, to: standings.members[member].figure)
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
    guard table.charts.indices.contains(member), let chart = table.charts[member] else { return "" }
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
