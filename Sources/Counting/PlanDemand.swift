public import Records

/// What a plan asks to be counted beside a report's own period.
public struct PlanDemand: Sendable {
  private let plan: Plan
  private let sources: [Source]

  /// - Parameter sources: those of the workspace.
  public init(_ plan: Plan, sources: [Source]) {
    self.plan = plan
    self.sources = sources
  }

  /// The days of targets that are neither the report's nor told by the records themselves; each once.
  public func furtherSpans(of period: Period) -> [Period] {
    var spans: [Period] = []
    for target in plan.targets where !target.needsRecords {
      guard let span = target.period else { continue }
      let isKnown = (spans + [period]).contains { $0.first == span.first && $0.last == span.last }
      if !isKnown { spans.append(span) }
    }
    return spans
  }

  /// The sources whose rows must be held.
  public var keeping: RecordKeeping {
    var keeping = RecordKeeping()
    let asked = Set(plan.targets.filter(\.needsRecords).map(\.source))
    keeping.activities = asked
    keeping.ledgers = asked.union(plan.vocabulary.keys)
    if !plan.groups.isEmpty {
      keeping.activities.formUnion(sources.map(\.name))
      keeping.ledgers.formUnion(sources.map(\.name))
    }
    if plan.asksForAccounts {
      keeping.ledgers.formUnion(sources.map(\.name))
      keeping.listed = Set(plan.ledgers?.listed ?? LedgerRules().listed)
      if !plan.projects.isEmpty { keeping.listed.insert("projects") }
    }
    return keeping
  }
}
