public import Counting
public import Records

/// What has become of a hospital's plan on a day.
public struct PlanProgress: Sendable {
  public let plan: Plan
  /// The last day that is known.
  public let known: Day
  public let attainments: [Attainment]
  /// Of each ledger whose rows are held, in the order of reports.
  public let accounts: [LedgerAccount]
  public let assessment: Assessment?
  public let groups: [GroupFigures]

  /// Nil where the hospital has no plan, and nobody asks for an account of the ledgers.
  public init?(_ plan: Plan, _ figures: Figures, rounding: RoundingRule) {
    let rules = plan.ledgers ?? LedgerRules()
    accounts = figures.sources.compactMap { source in
      guard plan.asksForAccounts else { return nil }
      return figures.cube.records.account(
        of: source.name, rules, plan.vocabulary[source.name], timeline: figures.timeline)
    }
    guard !plan.isEmpty || !accounts.isEmpty else { return nil }
    self.plan = plan
    known = figures.timeline.windows[0].end
    attainments = TargetComparison(figures: figures, groups: plan.groups)
      .attainments(plan.targets)
    assessment = plan.assessment.map {
      Assessor(figures: figures, plan: plan, rules: $0, rounding: rounding).assessment()
    }
    groups = GroupFigures.all(figures, plan.groups)
  }

  /// Months of ledgers whose two ways of counting differ; a report with one is not issued.
  public var imbalances: [Imbalance] {
    accounts.flatMap { account in
      (account.months + [account.total]).filter { !$0.isBalanced }.map { balance in
        Imbalance(
          metric: "\(account.source).open_at_end", period: "\(balance.span)", rule: .stockAndFlow,
          expected: Int64(balance.openAtEnd),
          found: Int64(
            balance.openAtStart + balance.raised + balance.reopened - balance.closed))
      }
    }
  }
}

/// The figures of a source by group of people.
public struct GroupFigures: Sendable {
  public let source: Source
  public let metrics: [SourceMetric]
  public let rows: [(group: PeopleGroup, headcount: Int64, figures: [Figure])]

  private static let measures: [Family: [Measure]] = [
    .activity: [.participations, .people, .coverage, .perHead, .hours],
    .ledger: [.raised, .withMeasure, .closed, .closureRate],
  ]

  /// Of every source whose rows are held and that any of the groups has records of.
  static func all(_ figures: Figures, _ groups: [PeopleGroup]) -> [GroupFigures] {
    guard !groups.isEmpty else { return [] }
    return figures.sources.compactMap { source in
      let metrics = (measures[source.family] ?? []).compactMap { measure in
        figures.metrics.first { $0.source == source.name && $0.metric.measure == measure }
      }
      let rows = groups.compactMap { row($0, source, metrics, figures) }
      guard rows.contains(where: { $0.figures.contains { $0.numerator > 0 } }) else { return nil }
      return GroupFigures(source: source, metrics: metrics, rows: rows)
    }
  }

  private static func row(
    _ group: PeopleGroup, _ source: Source, _ metrics: [SourceMetric], _ figures: Figures
  ) -> (group: PeopleGroup, headcount: Int64, figures: [Figure])? {
    let window = figures.timeline.windows[0]
    let query = RecordQuery(
      source: source.name, first: window.period.first, end: window.end, group: group)
    let everywhere = [Int](repeating: 0, count: figures.departments.count)
    let records = figures.cube.records
    let heads = records.headcount(query)
    if let unit = records.activityUnits(query, by: everywhere, count: 1)?.first {
      return (
        group, heads,
        metrics.map { unit.unit.figure($0.metric.measure, headcount: unit.headcount) }
      )
    }
    guard let unit = records.ledgerUnits(query, by: everywhere, count: 1)?.first else { return nil }
    return (group, heads, metrics.map { unit.figure($0.metric.measure) })
  }
}
