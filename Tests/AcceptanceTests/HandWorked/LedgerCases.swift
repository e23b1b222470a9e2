extension HandWorkedCase {
  private static let issues = """
    id,level,department_id,staff_id,raised_on,measure,due_on,closed_on,rechecked_on,recheck_result
    I1,hospital,D1,,2022-12-31,,2023-01-31,2023-01-01,2023-02-01,passed
    I2,hospital,D1,,2022-12-01,,,2022-12-31,,
    I3,individual,D2,S1,2023-01-01,训练,2023-06-30,,,
    I4,hospital,D1,,2023-03-01,,2023-06-29,,,
    I5,hospital,D1,S1,2023-03-01,培训,2023-03-10,2023-03-10,2023-06-30,reopened
    I6,hospital,D1,S2,2023-03-01,,2023-03-10,2023-03-11,2023-07-01,passed
    I7,hospital,D1,,2023-06-01,,,2023-06-30,,
    I8,hospital,D1,,2023-06-30,,2023-07-31,2023-07-01,,
    I9,hospital,D1,S3,2023-07-01,,,,,

    """

  private static let ledgerFiles = [
    "hospital.yaml": yaml, "departments.csv": twoDepartments, "staff.csv": threePeople,
    "issues.csv": issues,
  ]

  /// Raised: I3 to I8. Closed: I1 after 1 day, I5 after 9, I6 after 10, I7 after 29. Due: I1, I3,
  /// I4, I5, I6, of which I1 and I5 were met. Open at the start: I1, for I2 was closed the day
  /// before. Open at the end: I3 (due that day: not overdue), I4 (due the day before), I8.
  static let ledger = HandWorkedCase(
    description: "items around the first and the last day", period: "2023H1",
    files: ledgerFiles,
    figures: [
      .init("issues.raised", "6"), .init("issues.with_measure", "2"),
      .init("issues.people", "2"), .init("issues.closed", "4"),
      .init("issues.closed_on_time", "2"), .init("issues.closed_in_time_rate", "2/3"),
      .init("issues.closure_rate", "3/6"), .init("issues.due", "5"),
      .init("issues.due_met_rate", "2/5"), .init("issues.open_at_start", "1"),
      .init("issues.open_at_end", "3"), .init("issues.overdue_at_end", "1"),
      .init("issues.days_to_close_median", "9.5"), .init("issues.rechecked", "2"),
      .init("issues.reopened", "1"),
      .init("issues.raised", "1", scope: "department", member: "D2"),
      .init("issues.closure_rate", "0/1", scope: "issues.level", member: "individual"),
      .init("issues.days_to_close_median", "", scope: "department", member: "D2"),
      // March: I4, I5, I6 raised, I5 and I6 closed, I3 carried over.
      .init("issues.raised", "3", month: "2023-03"),
      .init("issues.closure_rate", "2/3", month: "2023-03"),
      .init("issues.open_at_start", "1", month: "2023-03"),
      .init("issues.open_at_end", "2", month: "2023-03"),
      // In the half before I1 and I2 were raised, I2 was closed after 30 days.
      .init("issues.closure_rate", "1/2", period: "2022H2"),
      .init("issues.days_to_close_median", "30", period: "2022H2"),
      .init("issues.open_at_end", "1", period: "2022H2"),
      .init("issues.raised", "0", period: "2022H1"),
    ])

  /// On 10 March I6 is still open (it closes the day after) and due that day: not overdue. Raised:
  /// I3 to I6. Closed: I1 after 1 day and I5 after 9. Due by then: I1, I5, I6.
  static let ledgerSeenEarlier = HandWorkedCase(
    description: "the same items seen from a day within the period", period: "2023H1",
    asOf: "2023-03-10", files: ledgerFiles,
    figures: [
      .init("issues.raised", "4"), .init("issues.closed", "2"),
      .init("issues.closed_on_time", "2"), .init("issues.closed_in_time_rate", "2/2"),
      .init("issues.closure_rate", "1/4"), .init("issues.due", "3"),
      .init("issues.due_met_rate", "2/3"), .init("issues.open_at_start", "1"),
      .init("issues.open_at_end", "3"), .init("issues.overdue_at_end", "0"),
      .init("issues.days_to_close_median", "5"), .init("issues.rechecked", "1"),
      .init("issues.reopened", "0"),
      // June has not come: nothing moves, and what was open on 10 March is open.
      .init("issues.raised", "0", month: "2023-06"),
      .init("issues.closed", "0", month: "2023-06"),
      .init("issues.open_at_start", "3", month: "2023-06"),
      .init("issues.open_at_end", "3", month: "2023-06"),
      .init("issues.overdue_at_end", "0", month: "2023-06"),
      .init("issues.closure_rate", "1/2", period: "2022H2"),
    ],
    warnings: [
      ("issues.csv", 6, "in_the_future"), ("issues.csv", 7, "in_the_future"),
      ("issues.csv", 8, "in_the_future"), ("issues.csv", 9, "in_the_future"),
      ("issues.csv", 10, "in_the_future"),
    ])
}
