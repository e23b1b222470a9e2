/// What a hospital has planned and what it is measured against; all of it is optional.
public struct Plan: Sendable {
  public var campaigns: [Campaign] = []
  public var targets: [Target] = []
  public var projects: [KeyProject] = []
  public var groups: [PeopleGroup] = []
  /// The departments that a department is paired with (包联), by ids or names as written.
  public var pairs: [(department: String, partners: [String])] = []
  /// By source.
  public var vocabulary: [String: Vocabulary] = [:]
  /// Nil where the settings ask for no account of the ledgers' life.
  public var ledgers: LedgerRules?
  public var assessment: AssessmentRules?
  /// The ledgers' rows are looked at one by one: the settings say how, or a bulletin needs it.
  public var asksForAccounts = false

  public init() {}

  /// A phase by its own name, or by the campaign's and its own as `discussion.study`; the whole campaign
  /// by the campaign's name.
  public func period(named name: String) -> (title: Bilingual, period: Period)? {
    for campaign in campaigns {
      if campaign.name == name, let period = Period(from: campaign.first, through: campaign.last) {
        return (campaign.title, period)
      }
      for phase in campaign.phases
      where [phase.name, "\(campaign.name).\(phase.name)"].contains(name) {
        return (phase.title, phase.period)
      }
    }
    return nil
  }

  /// The names that `period(named:)` finds, for messages.
  public var periodNames: [String] {
    campaigns.flatMap { campaign in [campaign.name] + campaign.phases.map(\.name) }
  }
}

extension Plan {
  /// Nothing is planned that a report could tell of.
  public var isEmpty: Bool {
    campaigns.isEmpty && targets.isEmpty && projects.isEmpty && ledgers == nil && assessment == nil
      && groups.isEmpty
  }
}

extension Plan {
  /// The days that count for a target that states none, seen on a day within them: the campaign that runs
  /// on that day, else the half-year.
  public func daysOfTargets(on day: Day) -> Period {
    let running = campaigns.first { $0.first <= day && day <= $0.last }
    return running.flatMap { Period(from: $0.first, through: $0.last) } ?? Period(halfOf: day)
  }
}
