import Foundation
import Testing

/// `--each-department`, every pack held against the hospital's own statistics.
@Suite("A report for each department")
struct DepartmentPackTests {
  private static let example = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "datasets/shiyan-2023").path

  /// The rows of a text's tables, split where two blanks are.
  private func rows(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { line in
      line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
  }

  @Test("Each pack has its department's own figures and its own things to do")
  func packs() throws {
    let folder = try PrivateFolder()
    let run = try ProgramRun(
      [
        "report", Self.example, "--period", "2023H1", "--output", "out", "--each-department",
        "packs",
      ], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.hasSuffix("packs/shiyan-2023/2023H1-departments\n"))
    let issued = try IssuedReport(in: folder.url.appending(path: "out/shiyan-2023/2023H1"))
    let files = try PrivateFolder.contents(
      of: folder.url.appending(path: "packs/shiyan-2023/2023H1-departments"))
    let ids = issued.statistics.keys.filter {
      $0.metric == "staff.headcount" && $0.scope == "department" && $0.period == "2023H1"
        && $0.month.isEmpty
    }.map(\.member).sorted()
    #expect(ids.count == 61 && files.count == 61 * 3 + 1)
    var different: Set<String> = []
    for id in ids {
      func value(_ metric: String) throws -> Int {
        let key = FigureKey(
          metric: metric, period: "2023H1", month: "", scope: "department", member: id)
        return try #require(issued.statistics[key].flatMap { Int($0.value) })
      }
      let wanted = try [
        ("集中学习培训", "人次", value("training.participations")),
        ("问题整改", "提出", value("issues.raised")),
        ("问题整改", "期末逾期", value("issues.overdue_at_end")),
        ("职工", "在岗人数", value("staff.headcount")),
      ]
      let chinese = String(decoding: try #require(files["\(id).zh.txt"]), as: UTF8.self)
      let english = String(decoding: try #require(files["\(id).en.txt"]), as: UTF8.self)
      let rows = rows(chinese)
      for (area, figure, value) in wanted {
        let row = rows.first { $0.count > 3 && $0[0] == area && $0[1] == figure }
        #expect(row?[2].replacingOccurrences(of: ",", with: "") == "\(value)", "\(id) \(figure)")
      }
      let overdue = chinese.split(separator: "\n").filter {
        $0.contains("- 问题整改 ") && $0.contains("已逾期")
      }
      #expect(try overdue.count == value("issues.overdue_at_end"), "\(id)")
      #expect(english.contains("days overdue") == chinese.contains("已逾期"))
      #expect(try #require(files["\(id).xlsx"]).count > 5000)
      different.insert(chinese)
    }
    #expect(different.count == 61)
  }

  @Test("What is rejected, due and not reported is told to whom it concerns")
  func tasks() throws {
    let folder = try PrivateFolder()
    try folder.folder(
      "w",
      files: [
        "hospital.yaml": HandWorkedCase.yaml, "departments.csv": HandWorkedCase.twoDepartments,
        "staff.csv": HandWorkedCase.threePeople,
        "issues.csv": """
        id,department_id,raised_on,due_on,closed_on
        I1,D1,2023-02-01,2023-03-01,
        I2,D1,2023-02-01,2023-07-15,
        I3,D1,2023-02-01,2023-09-15,
        I4,D2,2023-02-01,2023-03-01,2023-02-20
        I5,D2,2023-02-30,2023-03-01,
        I6,D2,2023-03-05,2023-03-01,2023-03-01
        """,
        "training_sessions.csv": "id,date,department_id\nT1,2023-03-01,D1\n",
        "training_attendance.csv": "session_id,staff_id\nT1,S1\nT1,S1\n",
      ])
    let run = try ProgramRun(
      ["report", "w", "--period", "2023H1", "--output", "out", "--each-department", "out"],
      in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let files = try PrivateFolder.contents(
      of: folder.url.appending(path: "out/w/2023H1-departments"))
    func text(_ name: String) throws -> String {
      String(decoding: try #require(files["\(name).en.txt"]), as: UTF8.self)
    }
    let first = try text("D1")
    #expect(first.contains("I1: due 2023-03-01, 121 days overdue."))
    #expect(first.contains("I2: due 2023-07-15, in 15 days.") && !first.contains("I3:"))
    let rejected = "rejected rows, to be corrected and reported again"
    #expect(first.contains("training_attendance.csv: \(rejected) (1): 3."))
    #expect(first.contains("training_attendance.csv, row 3:") && !first.contains("issues.csv"))
    let second = try text("D2")
    #expect(!second.contains("days overdue"))
    #expect(second.contains("issues.csv: \(rejected) (2): 6, 7."))
    #expect(second.contains("Training: no record in the period"))
  }

  @Test("Asked for in hospital.yaml, the packs come and go with every report of the office")
  func everyReport() throws {
    let folder = try PrivateFolder()
    var files = HandWorkedCase.departmentsAsTheyWere.files
    files["hospital.yaml"] = HandWorkedCase.yaml + "department_packs: true\n"
    try folder.folder("ours", files: files)
    let place = folder.url.appending(path: "reports/ours/2023H1")
    let commands = [
      ["nightly", "ours", "--as-of", "2023-06-30"], ["report", "ours", "--period", "2023H1"],
      ["publish", "ours", "--period", "2023H1"],
    ]
    for command in commands {
      let run = try ProgramRun(command, in: folder.url)
      try #require(run.exitCode == 0, "\(run.errors)")
      let issued = try PrivateFolder.contents(of: place)
      let manifest = String(decoding: try #require(issued["manifest.json"]), as: UTF8.self)
      for id in ["D1", "D2", "D3", "D4"] {
        for ending in ["xlsx", "zh.txt", "en.txt"] {
          #expect(issued["departments/\(id).\(ending)"] != nil, "\(command[0]) \(id)")
          #expect(manifest.contains("departments/\(id).\(ending)"))
        }
      }
      let text = String(decoding: issued["departments/D2.zh.txt"] ?? Data(), as: UTF8.self)
      #expect(text.contains("心外科") && text.contains("按当时"))
    }
    // A circle of readers has none, and without the key they are gone.
    let staff = try ProgramRun(
      ["report", "ours", "--period", "2023H1", "--audience", "staff"], in: folder.url)
    #expect(staff.exitCode == 0)
    let circulated = try PrivateFolder.contents(
      of: folder.url.appending(path: "reports/ours/2023H1-staff"))
    #expect(!circulated.keys.contains { $0.contains("departments") })
    files["hospital.yaml"] = HandWorkedCase.yaml
    try folder.folder("ours", files: files)
    let plain = try ProgramRun(["report", "ours", "--period", "2023H1"], in: folder.url)
    #expect(plain.exitCode == 0)
    #expect(try !PrivateFolder.contents(of: place).keys.contains { $0.contains("departments/") })
  }
}
