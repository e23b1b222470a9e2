import Counting
import Records
import Testing

@testable import Comparing

/// Targets over a small workspace whose records are counted by hand.
@Suite("Targets over records")
struct AttainmentTests {
  private static let files = [
    "departments.csv": "id,name,category,branch\nD1,甲科,临床,一\nD2,乙科,临床,一\nD3,办公室,职能,二\n",
    "staff.csv": """
    id,name,department_id,group,left_on
    S1,王一,D3,领导,
    S2,李二,D3,领导,
    S3,张三,D1,干部,
    S4,赵四,D1,职工,
    S5,钱五,D2,职工,
    S6,孙六,D2,职工,2015-11-30

    """,
    "studies.csv": """
    id,date,department_id,form,hours
    L1,2015-11-05,D3,集中学习,8
    L2,2015-11-06,D3,集中学习,8
    L3,2015-12-01,D3,研讨,4

    """,
    "study_attendance.csv": """
    study_id,staff_id,hours
    L1,S1,
    L2,S1,
    L1,S2,
    L2,S2,6.5
    L1,S3,
    L3,S2,

    """,
    "drills.csv": """
    id,date,department_id
    Y1,2015-11-10,D1
    Y2,2016-01-10,D1
    Y3,2016-02-10,D2

    """,
    "drill_participation.csv": "drill_id,staff_id\nY1,S4\nY2,S4\nY3,S5\nY3,S3\n",
    "issues.csv": """
    id,department_id,category,raised_on,closed_on
    I1,D1,作风,2015-11-10,2015-12-10
    I2,D1,质量,2015-11-11,
    I3,D2,作风,2015-12-20,2016-01-20

    """,
  ]

  /// - Parameter targets: the YAML of the list of targets, one a line.
  private func results(
    _ targets: String, period: String = "2015-11-03..2016-02-28", asOf: String? = nil,
    drills: String? = nil
  ) throws -> (figures: Figures, attainments: [Attainment]) {
    var files = Self.files
    if let drills { files["drills.csv"] = drills }
    files["hospital.yaml"] = """
      name: 甲
      groups: {leaders: {values: [领导]}}
      vocabulary: {drills: {shift: [{zh: 白班, en: day}, {zh: 夜班, en: night}]}}
      campaigns:
        - name: debate
          phases:
            - {name: study, first_day: 2015-11-03, last_day: 2015-11-20}
            - {name: action, first_day: 2015-11-21, last_day: 2016-02-28}
      targets:
        - \(targets)

      """
    let made = try PlanWorkspace(files, period: period, asOf: asOf)
    return (made.figures, try #require(made.progress).attainments)
  }

  private func only(
    _ target: String, period: String = "2015-11-03..2016-02-28", asOf: String? = nil,
    drills: String? = nil
  ) throws -> Attainment {
    try #require(
      try results(target, period: period, asOf: asOf, drills: drills).attainments.first)
  }

  @Test("Of each person: both leaders should have 16 hours in the first phase, one has 14.5")
  func persons() throws {
    let found = try only(
      "{name: t, metric: studies.hours, at_least: 16, scope: person, group: leaders, phase: study}")
    #expect(found.members[0].figure == Figure(1, over: 2))
    #expect(found.status == .failed)
    #expect(found.missing.map(\.hours) == [14_500_000])
    #expect(found.members[0].gap?.amount == 1)
    #expect(found.personsByDepartment.map { [$0.department, $0.reached, $0.all] } == [[2, 1, 2]])
  }

  @Test("Seen on the first day of study, one of two leaders is on course and so is the other")
  func personsEarly() throws {
    // After 3 of 18 days 2.67 of 16 hours are asked for; both have 8.
    let found = try only(
      "{name: t, metric: studies.hours, at_least: 16, scope: person, group: leaders, phase: study}",
      asOf: "2015-11-05")
    #expect(found.status == .onCourse)
    #expect(found.missing.count == 2)
  }

  @Test("A drill each quarter: the first department has one in each, the second none in the first")
  func everyQuarter() throws {
    let found = try only(
      "{name: t, metric: drills.events, at_least: 1, every: quarter, scope: department, "
        + "categories: [临床]}")
    #expect(found.members.map(\.status) == [.met, .failed])
    #expect(found.members[1].missed.map { "\($0.span)" } == ["2015-11-03..2015-12-31"])
    #expect(found.members[1].figure == Figure(1))
  }

  @Test("How often each of the head count took part: of the last day's people, within the period")
  func participationCounts() throws {
    let target = "{name: t, metric: drills.events, at_least: 1}"
    let whole = try results(target).figures
    #expect(whole.participationCounts(of: "studies") == [2, 3, 1, 0, 0])
    #expect(whole.participationCounts(of: "drills") == [0, 0, 1, 2, 1])
    let first = try results(target, period: "2015-11-03..2015-11-20").figures
    #expect(first.participationCounts(of: "studies") == [2, 2, 1, 0, 0, 0])
    let early = try results(target, asOf: "2015-11-05").figures
    #expect(early.participationCounts(of: "studies") == [1, 1, 1, 0, 0, 0])
    #expect(whole.participationCounts(of: "issues") == nil)
  }

  private static let drillsOfShifts = """
    id,date,department_id,班次
    Y1,2015-11-10,D1,白班
    Y2,2015-12-10,D1,night
    Y3,2016-01-10,D1,白班
    Y4,2016-02-10,D2,夜班

    """

  @Test("A drill of each shift in each quarter: what has ended without it, and what still lacks it")
  func eachShift() throws {
    let target =
      "{name: t, metric: drills.events, at_least: 1, each: shift, every: quarter, "
      + "scope: department, categories: [临床]}"
    let found = try only(target, asOf: "2016-02-27", drills: Self.drillsOfShifts)
    // On the last day but one, one drill a shift is not asked for yet: a share of one is none whole.
    #expect(found.members.map(\.status) == [.onCourse, .failed])
    #expect(found.members[0].missed.isEmpty && found.members[0].lacking.map(\.chinese) == ["夜班"])
    #expect(found.members[0].gap?.amount == 1 && found.members[0].figure == Figure(3))
    #expect(
      found.members[1].missed.map { "\($0.span) \($0.value?.english ?? "")" }
        == ["2015-11-03..2015-12-31 day", "2015-11-03..2015-12-31 night"])
    #expect(found.members[1].lacking.map(\.chinese) == ["白班"])
    let ended = try only(target, drills: Self.drillsOfShifts)
    #expect(ended.members.map(\.status) == [.failed, .failed])
  }

  @Test("Where the files name no shift, no shift has had its drill")
  func shiftsUnknown() throws {
    let found = try only("{name: t, metric: drills.events, at_least: 1, each: shift}")
    #expect(found.members[0].gap?.amount == 2)
    #expect(found.members[0].lacking.map(\.english) == ["day", "night"])
  }

  @Test("A shift that the list of shifts lacks is told, with its department")
  func undeclaredShift() throws {
    let made = try PlanWorkspace(
      [
        "hospital.yaml": "name: 甲\nvocabulary: {drills: {shift: [白班, 夜班]}}\n",
        "departments.csv": "id,name\nD1,甲科\n", "staff.csv": "id,department_id\nS1,D1\n",
        "drills.csv": "id,date,department_id,shift\nY1,2015-11-10,D1,白班\nY2,2015-11-11,D1,夜般\n",
      ], period: "2015-11-01..2015-11-30")
    let found = made.findings.filter { $0.code == .undeclaredValue }
    #expect(found.map(\.value) == ["夜般"])
    #expect(found.map(\.location.row) == [3] && found.map(\.submitter) == ["D1"])
  }

  @Test("A window of its own has the report's definitions: coverage of the first phase")
  func furtherWindow() throws {
    // Of 6 people on 20 November three have studied by then; of the 5 of 28 February three ever.
    let target = "{name: t, metric: studies.coverage, at_least: 60%, phase: study}"
    let found = try only(target)
    #expect(found.members[0].figure == Figure(3, over: 6))
    #expect(found.members[0].gap?.amount == 1)
    let whole = try only("{name: t, metric: studies.coverage, at_least: 60%}")
    #expect(whole.members[0].figure == Figure(3, over: 5))
    #expect(whole.status == .met)
  }

  @Test("With a value of a column: of style problems one of two is closed by the year's end")
  func condition() throws {
    let found = try only(
      "{name: t, metric: issues.closure_rate, at_least: 1, where: {category: 作风}, "
        + "period: 2015-11-03..2015-12-31}")
    #expect(found.members[0].figure == Figure(1, over: 2))
    #expect(found.status == .failed)
    #expect(found.members[0].gap?.unit == .items)
  }

  @Test("A phase that lies ahead is not judged, also where the files know of it")
  func toCome() throws {
    let found = try only(
      "{name: t, metric: drills.events, at_least: 1, phase: action}",
      period: "2015-11-03..2015-11-20")
    #expect(found.status == .notApplicable)
  }

  @Test("A target of each branch")
  func branches() throws {
    let found = try only("{name: t, metric: drills.people, at_least: 2, scope: branch}")
    #expect(found.members.map(\.figure) == [Figure(3), Figure(0)])
    #expect(found.members.map(\.status) == [.met, .failed])
  }

  @Test("Further windows change none of the report's own figures")
  func sameFigures() throws {
    let many = (1...20).map {
      "{name: t\($0), metric: drills.events, at_least: 1, period: 2015-\($0 < 10 ? "11" : "12")-"
        + "\(10 + $0 % 10)..2016-01-\(10 + $0)}"
    }
    let one = try results(many[0], period: "2015-11-03..2015-12-31").figures
    let all = try results(many.joined(separator: "\n  - "), period: "2015-11-03..2015-12-31")
    #expect(all.attainments.count == 20)
    for metric in one.metrics {
      for scope in one.standardScopes {
        for window in 0..<one.timeline.reportedCount {
          #expect(
            one.column(metric, scope, window: window)
              == all.figures.column(metric, scope, window: window), "\(metric.name) \(scope)")
        }
      }
    }
  }
}
