import Records
import Testing

@testable import Workspace

@Suite("Campaigns, targets and assessments in hospital.yaml")
struct PlanSettingsTests {
  private static let plan = """
    name: 甲医院
    groups:
      leaders: {title: {zh: 领导班子, en: Leaders}, values: [领导]}
    campaigns:
      - name: debate
        title: {zh: 大讨论, en: Debate}
        phases:
          - {name: study, first_day: 2015-11-03, last_day: 2015-11-20, deliverables: [学习计划]}
          - {name: action, first_day: 2015-11-21, last_day: 2016-02-28}
    targets:
      - {name: days, metric: studies.hours, at_least: 16, scope: person, group: leaders, phase: study}
      - {name: cover, metric: training.coverage, at_least: 90%, period: 2015H2, owner: 医务科}
      - {name: drill, metric: drills.events, at_least: 1, every: quarter, scope: department}
    key_projects:
      - {name: X1, title: {zh: 中心, en: Centre}, leader: 王, due_on: 2016-01-31, acceptance_standard: 开诊}
    pairs: {院办: [内科, 外科]}
    vocabulary:
      issues: {category: [{zh: 作风, en: Style}]}
    ledgers: {due_soon_days: 10, age_bands: [15, 45], listed: [projects]}
    assessment:
      criteria: [{metric: issues.closure_rate, weight: 60, full_at: 95%, zero_at: 50%}]
      deductions: [{metric: issues.overdue_at_end, points: 0.5, at_most: 10}]
      grades: [{title: 优, at_least: 90}, {title: 良, at_least: 75}]
      paired_categories: [职能]
      head_roles: [科主任]

    """

  private func settings(_ text: String) throws -> Settings { try Settings(yaml: Array(text.utf8)) }

  @Test("A whole plan is read")
  func whole() throws {
    let plan = try settings(Self.plan).plan
    #expect(plan.campaigns[0].phases.map(\.name) == ["study", "action"])
    #expect("\(plan.campaigns[0].first) \(plan.campaigns[0].last)" == "2015-11-03 2016-02-28")
    #expect(plan.targets[0].period == plan.campaigns[0].phases[0].period)
    #expect(plan.targets[1].limit.atLeast == ExactNumber(90, over: 100))
    #expect(plan.targets.map(\.needsRecords) == [true, false, true])
    #expect(plan.projects.map(\.acceptance.chinese) == ["开诊"])
    #expect(plan.pairs[0].partners == ["内科", "外科"])
    #expect(plan.vocabulary["issues"]?.values["category"]?.first?.english == "Style")
    #expect(plan.ledgers?.ageBands == [15, 45])
    #expect(plan.assessment?.grades.map(\.title.chinese) == ["优", "良"])
    #expect(plan.period(named: "debate")?.period.length == 118)
    #expect(plan.period(named: "debate.action")?.period.length == 100)
  }

  @Test("Nothing of it is unknown to the reader")
  func unused() throws { #expect(try settings(Self.plan).unused.isEmpty) }

  @Test(
    "What is wrong is told with its place",
    arguments: [
      ("campaigns: [{name: a, phases: []}]", "2:31: error: a campaign has at least one phase"),
      (
        "campaigns:\n  - name: a\n    fases: []",
        "4:5: error: key 'fases' is not known here; known are name, title, phases"
      ),
      (
        "campaigns: [{name: a, phases: [{name: b, first_day: 2021-09-15, last_day: 2021-09-01}]}]",
        "2:75: error: the last day lies before the first"
      ),
      (
        "campaigns: [{name: a, phases: [{name: b, first_day: 2021-09-31, last_day: 2021-10-01}]}]",
        "2:53: error: a day as 2021-09-15 is expected here"
      ),
      (
        "targets: [{name: a, metric: training.coverage}]",
        "2:11: error: 'at_least' or 'at_most' is missing"
      ),
      (
        "targets: [{name: a, metric: schooling.events, at_least: 1}]",
        "2:29: error: 'schooling' is no source; known are training"
      ),
      (
        "targets: [{name: a, metric: drills.evnts, at_least: 1}]",
        "2:29: error: 'drills' has no metric 'evnts'; it has events"
      ),
      (
        "targets: [{name: a, metric: drills.events, at_least: -1}]",
        "2:54: error: a number as 12, 0.95 or 95% is expected here"
      ),
      (
        "targets: [{name: a, metric: drills.events, at_least: 1, phase: study}]",
        "2:64: error: 'study' is no phase; known are "
      ),
      (
        "targets: [{name: a, metric: drills.events, at_least: 1, group: staff}]",
        "2:64: error: 'staff' is no group; known are "
      ),
      (
        "targets: [{name: a, metric: drills.pass_rate, at_least: 1, every: month}]",
        "2:29: error: with 'group', 'where', 'every', 'each' or scope 'person' the metric is one of"
      ),
      (
        "targets: [{name: a, metric: drills.events, at_least: 1, each: shift}]",
        "2:63: error: the values of 'shift' are to be listed, as vocabulary: {drills: {shift: […]}}"
      ),
      (
        "targets: [{name: a, metric: issues.raised, at_least: 1, where: {origin: older}}]",
        "2:73: error: the origin is 'old' or 'new'"
      ),
      (
        "assessment: {criteria: [{metric: issues.closure_rate, weight: 5, full_at: 1, zero_at: 1}]}",
        "2:25: error: 'full_at' and 'zero_at' are the same"
      ),
      ("ledgers: {age_bands: [30, 30]}", "2:27: error: the bands' ends must rise"),
      (
        "targets: [{name: a, metric: drills.events, at_least: 1, every: month, period: 1900-01-01..2999-12-31}]",
        "2:79: error: with 'every' it is ten years at most"
      ),
      ("key_projects: [{name: X1}]", "2:16: error: 'acceptance_standard' is missing"),
      ("ledgers: {listed: [drills]}", "2:20: error: 'drills' is no ledger"),
      ("vocabulary: {drills: {category: [a]}}", "2:23: error: key 'category' is not known here"),
    ])
  func places(text: String, message: String) throws {
    let error = try #require(throws: YAMLError.self) { try settings("name: 甲\n\(text)\n") }
    #expect("\(error)".hasPrefix(message), "\(error)")
  }
}
