/// Departments that are merged and split, and people who move.
extension HandWorkedCase {
  /// D2 is merged into D1 at the end of March, D4 split between D1 and D3 at the end of February. S1 moves from
  /// D3 to D1, S2 goes with the merger, S3 with the split; the staff list still has S4 in D2.
  private static let changing = [
    "hospital.yaml": yaml,
    "departments.csv": """
    id,name,category,branch,opened_on,closed_on,successor
    D1,心内科,临床,第一支部,,,
    D2,心外科,临床,第二支部,2010-01-01,2023-03-31,心内科
    D3,检验科,医技,第一支部,,,
    D4,综合科,临床,第二支部,,2023-02-28,D1;检验科
    """,
    "staff.csv": """
    id,name,department_id
    S1,王伟,D1
    S2,李芳,D1
    S3,张敏,D3
    S4,赵静,D2
    S5,孙丽,D3
    """,
    "staff_assignments.csv": """
    工号,任职科室,开始日期,结束日期
    S1,D1,2023-03-01,
    S1,检验科,2020-01-01,2023-02-28
    李芳,D2,2020-01-01,
    S2,D1,2023-04-01,
    S3,D4,2020-01-01,2023-02-28
    S9,D4,2020-01-01,
    S3,D4,2022-01-01,2021-01-01
    """,
    "training_sessions.csv": """
    id,date,department_id,participants
    T1,2023-01-10,D1,
    T2,2023-03-10,D2,
    T3,2023-05-10,D1,
    T4,2023-02-10,D4,7
    """,
    "training_attendance.csv": """
    session_id,staff_id
    T1,S1
    T1,S2
    T1,S3
    T1,S5
    T2,S1
    T2,S2
    T2,S4
    T3,S1
    T3,S4
    """,
    "issues.csv": """
    id,department_id,staff_id,raised_on,closed_on
    I1,D2,S2,2023-01-05,2023-02-01
    I2,D4,,2023-01-20,
    I3,D1,S2,2023-05-01,
    I4,D4,,2023-04-01,
    """,
  ]

  private static let rejectedAssignments = [
    (file: "staff_assignments.csv", row: 7), (file: "staff_assignments.csv", row: 8),
  ]
  private static let lateItem = [(file: "issues.csv", row: 5, code: "department_not_open")]

  static let departmentsAsTheyWere = HandWorkedCase(
    description: "a merger, a split and a transfer, as it was", period: "2023H1", files: changing,
    figures: [
      .init("training.participations", "16"), .init("training.people", "5"),
      // S1 at T2 and T3, when it had moved here.
      .init("training.participations", "2", scope: "department", member: "D1"),
      // S2 at T1 and T2, and S4 twice.
      .init("training.participations", "4", scope: "department", member: "D2"),
      // S1 and S5 at T1.
      .init("training.participations", "2", scope: "department", member: "D3"),
      // S3 at T1, and the seven of T4.
      .init("training.participations", "8", scope: "department", member: "D4"),
      .init("training.people", "1", scope: "department", member: "D1"),
      .init("training.people", "2", scope: "department", member: "D2"),
      .init("training.people", "2", scope: "department", member: "D3"),
      .init("training.people", "1", scope: "department", member: "D4"),
      // S1 is one person of the branch, though of both its departments.
      .init("training.people", "2", scope: "branch", member: "第一支部"),
      .init("training.people", "3", scope: "branch", member: "第二支部"),
      .init("staff.headcount", "2", scope: "department", member: "D1"),
      .init("staff.headcount", "1", scope: "department", member: "D2"),
      .init("staff.headcount", "2", scope: "department", member: "D3"),
      .init("staff.headcount", "0", scope: "department", member: "D4"),
      .init("staff.headcount", "2", scope: "department", member: "D2", month: "2023-02"),
      .init("staff.headcount", "1", scope: "department", member: "D4", month: "2023-02"),
      .init("staff.headcount", "0", scope: "department", member: "D1", period: "2022H2"),
      // S1 and S2 are there on 30 June and took part somewhere; so are S3 and S5 of D3.
      .init("training.coverage", "2/2", scope: "department", member: "D1"),
      .init("training.coverage", "1/1", scope: "department", member: "D2"),
      .init("training.coverage", "2/2", scope: "department", member: "D3"),
      .init("training.coverage", "0/0", scope: "department", member: "D4"),
      .init("training.per_head", "4/1", scope: "department", member: "D2"),
      .init("training.events", "2", scope: "department", member: "D1"),
      .init("training.events", "1", scope: "department", member: "D2"),
      .init("issues.raised", "1", scope: "department", member: "D1"),
      .init("issues.people", "1", scope: "department", member: "D2"),
      .init("issues.people", "1"),
    ],
    rejected: rejectedAssignments, warnings: lateItem)

  static let departmentsAsTheyAre = HandWorkedCase(
    description: "a merger, a split and a transfer, as it is now", period: "2023H1",
    view: .asNow, files: changing,
    figures: [
      .init("training.participations", "16"), .init("training.people", "5"),
      // S1 and S2 three and two times, S4 twice.
      .init("training.participations", "7", scope: "department", member: "D1"),
      .init("training.participations", "0", scope: "department", member: "D2"),
      .init("training.participations", "2", scope: "department", member: "D3"),
      // The seven of T4 are nobody's: D4 was split.
      .init("training.participations", "7", scope: "department", member: "D4"),
      .init("training.people", "3", scope: "department", member: "D1"),
      .init("training.people", "2", scope: "department", member: "D3"),
      .init("training.people", "0", scope: "department", member: "D4"),
      .init("staff.headcount", "3", scope: "department", member: "D1"),
      .init("staff.headcount", "3", scope: "department", member: "D1", period: "2022H2"),
      .init("staff.headcount", "0", scope: "department", member: "D2"),
      .init("training.coverage", "3/3", scope: "department", member: "D1"),
      .init("training.events", "3", scope: "department", member: "D1"),
      .init("training.events", "0", scope: "department", member: "D2"),
      .init("training.events", "1", scope: "department", member: "D4"),
      .init("issues.raised", "2", scope: "department", member: "D1"),
      .init("issues.raised", "2", scope: "department", member: "D4"),
      // S2's two items are one department's now.
      .init("issues.people", "1", scope: "department", member: "D1"),
      .init("issues.closed", "1", scope: "department", member: "D1"),
    ],
    rejected: rejectedAssignments, warnings: lateItem)

  /// In the middle of February D2 is open, S1 still in D3 and S3 in D4.
  static let departmentsAsTheyAreBeforeTheMerger = HandWorkedCase(
    description: "the departments of an as-of day before they change", period: "2023H1",
    asOf: "2023-02-15", view: .asNow, files: changing,
    figures: [
      .init("training.participations", "0", scope: "department", member: "D1"),
      .init("training.participations", "1", scope: "department", member: "D2"),
      .init("training.participations", "2", scope: "department", member: "D3"),
      .init("training.participations", "8", scope: "department", member: "D4"),
      .init("staff.headcount", "2", scope: "department", member: "D2"),
      .init("issues.raised", "1", scope: "department", member: "D2"),
    ],
    rejected: rejectedAssignments,
    warnings: lateItem + [
      ("issues.csv", 4, "in_the_future"), ("issues.csv", 5, "in_the_future"),
      ("training_sessions.csv", 3, "in_the_future"),
      ("training_sessions.csv", 4, "in_the_future"),
    ])
}
