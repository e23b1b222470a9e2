extension HandWorkedCase {
  private static let rejectionFiles: [String: String] = [
    "hospital.yaml": yaml,
    "departments.csv": "id,name,aliases\r\n7,内科,\r\n07,内科,大内科;IM\r\n7,外科,\r\n8,,\r\n",
    "staff.csv": """
    工号,姓名,所在科室,入职日期,志愿者
    1,王伟,7,2023-03-01,
    2,王伟,IM,someday,
    3,张敏,内科,,
    4,李芳,外科,,
    5,赵静,大内科,,maybe
    """,
    "issues.csv": #"""
    id,department_id,staff_id,measure,raised_on,due_on,closed_on
    a,7,,"two
    lines, ""quoted""",2023-01-05,2023-01-04,
    b,07,王伟,,2023-01-05,,

    c,07,赵静,,2023-01-05,,2023-01-04
    c,07,赵静,,2023-01-05,,2023-01-05
    ,07,,,2023-01-05,,
    d,07,,,2023-02-29,,
    e,07,5,,2023-02-28,soon,2023-03-01
    f,07,,,2024-06-30,2099-01-01,
    g,07,,,2024-07-01,,
    """#,
    "training_sessions.csv": """
    id,date,department_id,hours
    T1,2023-02-28,7,1
    T2,2023-02-28,7,-1
    """,
    "training_attendance.csv": """
    session_id,staff_id,hours
    T1,1,
    T1, 1 ,2
    T2,1,
    T1,5,-2
    T1,赵静,2
    T1,2,lots
    """,
  ]

  /// Two departments are called 内科, so that the name is ambiguous; their ids are not. The line break
  /// in row 2 of the ledger lies inside quotes and opens no row; the empty row 4 counts as one.
  static let rejections = HandWorkedCase(
    description: "rows that are rejected or kept with a warning", period: "2023H1",
    files: rejectionFiles,
    figures: [
      .init("staff.headcount", "3"),
      .init("staff.headcount", "1", scope: "department", member: "7"),
      .init("staff.headcount", "2", scope: "department", member: "07"),
      .init("issues.raised", "2"), .init("issues.with_measure", "1"),
      .init("issues.closure_rate", "1/2"), .init("issues.closed_in_time_rate", "0/0"),
      .init("issues.due", "1"), .init("issues.people", "1"),
      .init("training.events", "1"), .init("training.participations", "2"),
      .init("training.hours", "2"),
    ],
    rejected: [
      ("departments.csv", 4), ("departments.csv", 5),
      // 内科 is ambiguous, 外科 stands in a rejected row only.
      ("staff.csv", 4), ("staff.csv", 5),
      ("issues.csv", 3), ("issues.csv", 5), ("issues.csv", 6), ("issues.csv", 7),
      ("issues.csv", 8),
      ("training_sessions.csv", 3),
      // The pair again, the rejected event, the negative number, the pair of that row again.
      ("training_attendance.csv", 3), ("training_attendance.csv", 4),
      ("training_attendance.csv", 5), ("training_attendance.csv", 6),
    ],
    warnings: [
      ("staff.csv", 3, "unreadable_optional"), ("staff.csv", 6, "unreadable_optional"),
      ("issues.csv", 2, "due_before_raised"), ("issues.csv", 9, "unreadable_optional"),
      // 1 July 2024 is 367 days after the period, the day before it 366.
      ("issues.csv", 11, "in_the_future"),
      ("training_attendance.csv", 2, "before_joining"),
      ("training_attendance.csv", 7, "unreadable_optional"),
    ])

  /// The first row of a set of duplicates is the one kept; where it is rejected, none is.
  static let duplicatesOfRejectedRows = HandWorkedCase(
    description: "an id that stands first in a rejected row", period: "2023",
    files: [
      "hospital.yaml": yaml, "departments.csv": twoDepartments, "staff.csv": threePeople,
      "tasks.csv": """
      id,department_id,raised_on
      x,nowhere,2023-04-01
      x,D1,2023-04-01
      y,D1,2023-12-31
      """,
    ],
    figures: [
      .init("tasks.raised", "1"), .init("tasks.raised", "1", month: "2023-12"),
      .init("tasks.open_at_end", "1"), .init("tasks.raised", "0", period: "2022"),
    ],
    rejected: [("tasks.csv", 2), ("tasks.csv", 3)])
}
