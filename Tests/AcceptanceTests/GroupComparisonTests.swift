import Foundation
import Testing

@Suite("Groups of people beside each other")
struct GroupComparisonTests {
  /// S1 and S2 are doctors, S3 and S4 nurses, S5 is neither.
  private static let grouped = [
    "hospital.yaml": HandWorkedCase.yaml
      + "groups:\n  d: {title: {zh: 医生, en: Doctors}, values: [医师, 主任]}\n  n: {values: [护士]}\n",
    "departments.csv": HandWorkedCase.twoDepartments,
    "staff.csv": """
    id,name,department_id,group,left_on
    S1,甲,D1,医师,
    S2,乙,D2,主任,2023-05-31
    S3,丙,D1,护士,
    S4,丁,D2,护士,
    S5,戊,D1,,
    """,
    "training_sessions.csv": """
    id,date,department_id,participants
    T1,2023-03-01,D1,
    T2,2023-04-01,D1,
    T3,2023-05-01,D2,9
    """,
    "training_attendance.csv": "session_id,staff_id\nT1,S1\nT1,S2\nT1,S3\nT2,S1\nT2,S5\n",
    "issues.csv": """
    id,department_id,staff_id,raised_on,closed_on
    I1,D2,S1,2023-02-01,2023-02-11
    I2,D1,S3,2023-02-01,
    I3,D1,,2023-02-01,2023-03-01
    """,
  ]

  @Test("Groups of people are compared by all that people do, whatever department that was for")
  func groups() throws {
    let folder = try PrivateFolder()
    try folder.folder("ours", files: Self.grouped)
    let metrics = [
      "training.participations", "training.people", "training.coverage", "issues.raised",
      "issues.closure_rate", "staff.headcount",
    ].joined(separator: ",")
    let run = try ProgramRun(
      ["compare", "ours", "--period", "2023H1", "--by", "group", "--csv", "--metrics", metrics],
      in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let records = CSVText.records(of: run.output)
    let header = try #require(records.first)
    let rows = records.dropFirst().map {
      Dictionary(zip(header, $0)) { first, _ in first }
    }
    #expect(Set(rows.map { $0["scope"] }) == ["group"])
    #expect(Set(rows.map { $0["name"] }) == ["医生", "n"])
    let values = Dictionary(
      rows.map { ("\($0["metric"] ?? "") \($0["member"] ?? "")", $0["value"] ?? "") }
    ) { first, _ in first }
    let expected = [
      "training.participations d": "3", "training.participations n": "1",
      "training.people d": "2", "training.people n": "1",
      // S2 has left; of the nurses S3 alone took part.
      "training.coverage d": "1", "training.coverage n": "0.5", "issues.raised d": "1",
      "issues.raised n": "1", "issues.closure_rate d": "1", "issues.closure_rate n": "0",
      "staff.headcount d": "1", "staff.headcount n": "2",
    ]
    #expect(values == expected)
    // The hospital has the other person, the nine of T3 and the item that names nobody.
    let hospital = rows.filter { $0["metric"] == "training.participations" }.map { $0["hospital"] }
    #expect(Set(hospital) == ["14"])
    let english = try ProgramRun(
      ["compare", "ours", "--period", "2023H1", "--by", "group"], in: folder.url)
    #expect(english.output.contains("人群") && !english.output.contains("科室"))
  }

  @Test("Groups that share somebody, events, and a list without groups are told as usage")
  func badGroups() throws {
    let folder = try PrivateFolder()
    var files = Self.grouped
    try folder.folder("ours", files: files)
    files["hospital.yaml"] =
      HandWorkedCase.yaml + "groups:\n  a: {values: [护士]}\n  b: {values: [医师, 护士]}\n"
    try folder.folder("shared", files: files)
    files["hospital.yaml"] = HandWorkedCase.yaml
    files["staff.csv"] = HandWorkedCase.threePeople
    try folder.folder("none", files: files)
    for (name, options, word) in [
      ("shared", [], "护士"), ("none", [], "'group'"),
      ("ours", ["--metrics", "training.events"], "events"),
      ("ours", ["--view", "as-now"], "--view"),
    ] {
      let run = try ProgramRun(
        ["compare", name, "--period", "2023H1", "--by", "group"] + options, in: folder.url)
      #expect(run.exitCode == 64 && run.errors.contains(word), "\(name): \(run.errors)")
    }
  }
}
