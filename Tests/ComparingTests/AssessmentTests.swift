import Records
import Testing

@testable import Comparing

/// Scores of four departments, worked by hand.
@Suite("Assessment")
struct AssessmentTests {
  private static let files = [
    "departments.csv": """
    id,name,category,branch,paired_with
    D1,甲科,临床,一,
    D2,乙科,临床,一,
    D3,丙科,临床,二,
    D4,办公室,职能,二,甲科;乙科
    D5,财务科,职能,二,丁科

    """,
    "staff.csv": """
    id,name,department_id,role,left_on
    S1,王一,D1,科主任,
    S2,李二,D1,医师,
    S3,张三,D2,科主任,
    S4,赵四,D3,科主任,2023-01-31
    S5,钱五,D4,科长,

    """,
    "training_sessions.csv": "id,date,department_id\nT1,2023-02-01,D1\n",
    "training_attendance.csv": "session_id,staff_id\nT1,S1\nT1,S3\n",
    "issues.csv": """
    id,department_id,raised_on,due_on,closed_on
    I1,D1,2023-01-10,2023-02-10,2023-02-01
    I2,D1,2023-01-11,2023-02-10,2023-02-02
    I3,D1,2023-01-12,2023-02-10,
    I4,D2,2023-01-13,2023-02-10,2023-02-01

    """,
  ]

  private func assessment(_ rounding: String = "half_up") throws -> Assessment {
    var files = Self.files
    files["hospital.yaml"] = """
      name: 甲
      rounding: \(rounding)
      assessment:
        criteria:
          - {metric: training.coverage, weight: 40, full_at: 100%, zero_at: 20%}
          - {metric: issues.closure_rate, weight: 60, full_at: 90%, zero_at: 50%}
        deductions: [{metric: issues.overdue_at_end, points: 2.5, at_most: 4}]
        grades: [{title: 优, at_least: 90}, {title: 良, at_least: 60}]
        paired_categories: [职能]
        head_roles: [科主任, 科长]

      """
    return try #require(
      try PlanWorkspace(files, period: "2023H1").progress?.assessment)
  }

  @Test("Points in proportion between none and all, less what is overdue")
  func points() throws {
    let score = try #require(try assessment().departments[0])
    // Coverage 1 of 2: (0.5 − 0.2) ÷ 0.8 × 40 = 15. Closure 2 of 3: (0.6667 − 0.5) ÷ 0.4 × 60 = 25.
    #expect(score.criteria.map(\.points) == [1500, 2500])
    #expect(score.deductions.map(\.points) == [250])
    #expect(score.points == 3750)
  }

  @Test("More than full marks are not given")
  func full() throws {
    let score = try #require(try assessment().departments[1])
    #expect(score.criteria.map(\.points) == [4000, 6000])
    #expect(score.points == 10_000)
    #expect(score.rank == 1 && score.grade == 0)
  }

  @Test("Without anyone and without items nothing applies")
  func nothing() throws { #expect(try assessment().departments[2] == nil) }

  @Test("An office is judged by the mean of its pair; a pair that nobody is called is told")
  func pairs() throws {
    let assessment = try assessment()
    let office = try #require(assessment.departments[3])
    #expect(office.partners == [0, 1])
    #expect(office.points == 6875)
    #expect(office.grade == 1)
    #expect(assessment.departments[4] == nil)
    #expect(assessment.unknownPartners == ["丁科"])
  }

  @Test("A branch has the ratio of the sums: coverage 2 of 3, closure 3 of 4, one overdue")
  func branches() throws {
    let branch = try #require(try assessment().branches[0])
    // (0.6667 − 0.2) ÷ 0.8 × 40 = 23.33; (0.75 − 0.5) ÷ 0.4 × 60 = 37.5; less 2.5.
    #expect(branch.criteria.map(\.points) == [2333, 3750])
    #expect(branch.points == 5833)
    #expect(branch.grade == nil)
    // The other branch has nobody but the office's head, who did not train, and no items.
    let other = try #require(try assessment().branches[1])
    #expect(other.criteria.map(\.points) == [0, nil])
    #expect(other.points == 0)
  }

  @Test("Heads who have left are not judged")
  func heads() throws {
    #expect(try assessment().heads.map(\.department) == [0, 1, 3])
  }

  @Test("Equal scores share a rank, and the next is skipped")
  func ties() throws {
    var files = Self.files
    files["hospital.yaml"] = """
      name: 甲
      assessment: {criteria: [{metric: issues.with_measure, weight: 100, full_at: 1}]}

      """
    let assessment = try #require(try PlanWorkspace(files, period: "2023H1").progress?.assessment)
    #expect(assessment.departments.map { $0?.rank } == [1, 1, 1, 1, 1])
    #expect(assessment.departments.allSatisfy { $0?.isTied == true })
  }

  @Test("Sums that no hospital has do not end the run: they give all points")
  func enormous() throws {
    let made = try PlanWorkspace(
      Self.files.merging(["hospital.yaml": "name: 甲\n"]) { $1 }, period: "2023H1")
    let hours = try #require(made.figures.metric("training.hours"))
    let rule = AssessmentRules.Criterion(
      metricName: "training.hours", weight: 40, fullAt: ExactNumber(8), zeroAt: ExactNumber(0))
    let assessor = Assessor(
      figures: made.figures, plan: Plan(), rules: AssessmentRules(), rounding: .halfUp)
    #expect(assessor.line(rule, hours, Figure(.max)).points == 4000)
    #expect(assessor.line(rule, hours, Figure(0)).points == 0)
    #expect(assessor.line(rule, hours, Figure(2_000_000)).points == 1000)
  }

  @Test("Less is better where none is given for more: 10 days give all, 40 none")
  func direction() throws {
    var files = Self.files
    files["hospital.yaml"] = """
      name: 甲
      assessment:
        criteria: [{metric: issues.days_to_close_median, weight: 100, full_at: 10, zero_at: 40}]

      """
    let assessment = try #require(try PlanWorkspace(files, period: "2023H1").progress?.assessment)
    // D1: 22 days in the median: (40 − 22) ÷ 30. D2: 19 days: (40 − 19) ÷ 30.
    #expect(assessment.departments.map { $0?.points } == [6000, 7000, nil, nil, nil])
    #expect(assessment.departments.map { $0?.rank } == [2, 1, nil, nil, nil])
  }
}
