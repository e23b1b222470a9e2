extension HandWorkedCase {
  /// The head count on 30 June: S1 and S2 (whose last day it is) in D1, S4 (whose first day it is)
  /// and S6 in D2. S3 left the day before, S5 comes the day after.
  ///
  /// In the half lie T1 and T2 with five rows: T1 S1 2 h, T1 S3 1 h, T2 S1 1.5 h, T2 S3 1.5 h,
  /// T2 S4 0 h (a zero is an answer, the event's hours do not replace it).
  static let leavers = HandWorkedCase(
    description: "people who join and leave around the last day", period: "2023H1",
    files: [
      "hospital.yaml": yaml, "departments.csv": twoDepartments,
      "staff.csv": """
      id,name,department_id,employment,volunteer,joined_on,left_on
      S1,,D1,,,,
      S2,,D1,employee,,,2023-06-30
      S3,,D1,,是,,2023-06-29
      S4,,D2,trainee,是,2023-06-30,
      S5,,D2,,是,2023-07-01,
      S6,,D2,employee,y,,
      """,
      "training_sessions.csv": """
      id,date,department_id,hours
      T1,2023-01-01,D1,2
      T2,2023-06-30,D2,1.5
      T3,2022-12-31,D1,3
      T4,2023-07-01,D1,3
      """,
      "training_attendance.csv": """
      session_id,staff_id,hours
      T1,S1,
      T1,S3,1
      T2,S1,
      T2,S3,
      T2,S4,0
      T3,S2,
      T4,S1,
      """,
    ],
    figures: [
      .init("staff.headcount", "4"), .init("staff.employees", "3"),
      .init("staff.headcount", "2", scope: "department", member: "D1"),
      .init("staff.employees", "1", scope: "category", member: "医技"),
      // S6 alone: S3 is gone, S4 is a trainee, S5 is not there yet.
      .init("volunteers.registered", "1"), .init("volunteers.registration_rate", "1/3"),
      .init("volunteers.registration_rate", "0/2", scope: "department", member: "D1"),
      .init("training.events", "2"), .init("training.participations", "5"),
      .init("training.people", "3"), .init("training.hours", "6"),
      // S1 and S4; S3 took part but is not in the head count.
      .init("training.coverage", "2/4"), .init("training.per_head", "5/4"),
      .init("training.events", "1", scope: "department", member: "D2"),
      .init("training.participations", "4", scope: "department", member: "D1"),
      .init("training.people", "2", scope: "department", member: "D1"),
      .init("training.coverage", "1/2", scope: "department", member: "D1"),
      .init("training.hours", "0", scope: "department", member: "D2"),
      // On 31 January S1, S2, S3 and S6 are there; S1 and S3 were at T1.
      .init("training.coverage", "2/4", month: "2023-01"),
      .init("training.coverage", "0/4", month: "2023-02"),
      // On 31 December S1, S2, S3 and S6 are there; S2 was at T3.
      .init("training.coverage", "1/4", period: "2022H2"),
      .init("training.participations", "0", period: "2022H1"),
    ],
    warnings: [("training_attendance.csv", 5, "after_leaving")])

  /// T1 has no list and counts its 12; T2 has a list of two and states three; T3 has neither; the
  /// only row of T4's list is rejected, so that it has no list and counts its five.
  static let listless = HandWorkedCase(
    description: "events with and without a list", period: "2023Q1",
    files: [
      "hospital.yaml": yaml, "departments.csv": twoDepartments, "staff.csv": threePeople,
      "drills.csv": """
      id,date,department_id,form,hours,participants
      T1,2023-01-10,D1,桌面,2,12
      T2,2023-02-10,D1,实战,2,3
      T3,2023-03-10,D2,实战,2,
      T4,2023-03-31,D2,,2,5
      """,
      "drill_participation.csv": """
      drill_id,staff_id
      T2,王伟
      T2,张敏
      T4,nobody
      """,
    ],
    figures: [
      .init("drills.events", "4"), .init("drills.participations", "19"),
      .init("drills.people", "2"), .init("drills.hours", "4"),
      .init("drills.coverage", "2/3"), .init("drills.per_head", "19/3"),
      // T1's 12 and S1 at T2.
      .init("drills.participations", "13", scope: "department", member: "D1"),
      // T4's 5 and S3 at T2, which D1 held.
      .init("drills.participations", "6", scope: "department", member: "D2"),
      .init("drills.events", "2", scope: "department", member: "D2"),
      .init("drills.participations", "2", scope: "drills.form", member: "实战"),
      .init("drills.participations", "5", scope: "drills.form", member: ""),
      .init("drills.coverage", "2/3", scope: "drills.form", member: "实战"),
      .init("drills.participations", "5", month: "2023-03"),
    ],
    rejected: [("drill_participation.csv", 4)],
    warnings: [("drills.csv", 3, "head_count_differs")])

  /// (80 + 90.5) / 2 = 85.25; one of two stated results is a pass. S3 has neither.
  static let scores = HandWorkedCase(
    description: "scores and passes where they are stated", period: "2023-05",
    files: [
      "hospital.yaml": yaml, "departments.csv": twoDepartments, "staff.csv": threePeople,
      "assessments.csv": "id,date,department_id,kind\nA1,2023-05-31,D2,test\n",
      "assessment_results.csv": """
      assessment_id,staff_id,score,passed
      A1,S1,80,no
      A1,S2,90.5,√
      A1,S3,,
      """,
    ],
    figures: [
      .init("assessments.participations", "3"), .init("assessments.mean_score", "170.5/2"),
      .init("assessments.pass_rate", "1/2"),
      .init("assessments.mean_score", "0/0", scope: "department", member: "D2"),
      .init("assessments.pass_rate", "0/0", scope: "department", member: "D2"),
      .init("assessments.mean_score", "170.5/2", scope: "assessments.kind", member: "test"),
      .init("assessments.mean_score", "170.5/2", month: "2023-05"),
      .init("assessments.mean_score", "0/0", period: "2023-04"),
      .init("assessments.events", "0", period: "2022-05"),
    ])

  /// 58 days from 15 December to 10 February; before them 18 October to 14 December.
  static let rangeAcrossNewYear = HandWorkedCase(
    description: "a range that spans a new year", period: "2022-12-15..2023-02-10",
    files: [
      "hospital.yaml": yaml, "departments.csv": twoDepartments, "staff.csv": threePeople,
      "studies.csv": """
      id,date,department_id,participants
      1,2022-12-14,D1,1
      2,2022-12-15,D1,2
      3,2023-02-10,D1,4
      4,2023-02-11,D1,8
      5,2022-10-18,D1,16
      6,2022-10-17,D1,32
      7,2021-12-15,D1,64
      8,2022-02-10,D1,128
      """,
    ],
    figures: [
      .init("studies.participations", "6"),
      .init("studies.participations", "2", month: "2022-12"),
      .init("studies.participations", "0", month: "2023-01"),
      .init("studies.participations", "4", month: "2023-02"),
      .init("studies.participations", "17", period: "2022-10-18..2022-12-14"),
      .init("studies.participations", "192", period: "2021-12-15..2022-02-10"),
    ])
}
