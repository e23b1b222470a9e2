internal import Counting
public import Records

/// What has become of a hospital's plan on a day.
public struct PlanProgress: Sendable {
  public let plan: Plan
  /// The last day that is known.
  public let known: Day
  public let attainments: [Attainment]

  /// Nil where the hospital has no plan.
  public init?(_ plan: Plan, _ figures: Figures) {
    guard !plan.isEmpty else { return nil }
    self.plan = plan
    known = figures.timeline.windows[0].end
    attainments = TargetComparison(figures: figures, groups: plan.groups)
      .attainments(plan.targets)
  }
}
