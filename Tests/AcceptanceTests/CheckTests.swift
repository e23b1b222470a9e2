import Foundation
import Testing

@Suite("What check says, writes and returns")
struct CheckTests {
  private static let files = [
    "hospital.yaml": "name: {zh: 我院, en: Our Hospital}\nsubmission: {due_days: 5}\n",
    "departments.csv": "id,name\nD1,内科\nD2,药学部\nD3,急诊科\n",
    "staff.csv": "工号,姓名,科室\n1001,甲一,内科\n1002,乙二,药学部\n1003,丙三,急诊科\n",
    "issues.csv": """
    2023年问题台账,,,
    编号,责任科室,提出日期,销号日期
    1,内科,2023-03-01,2023-03-20
    2,药学部科,2023-03-01,
    3,药学部,05/06/2023,
    4,药学部,2023-03-01,2023-02-20
    5,内科
    合计,,,
    """,
    "training_sessions/内科.csv": "编号,日期,主题\nT1,2023-03-01,急救\n",
    "training_sessions/药学部.csv": "编号,日期,主题\nT2,2023-03-01,急 救\n",
    "training_attendance.csv": "编号,工号\nT1,1001\nT1,1002\nT2,1002\n",
    "submissions.csv": "报送科室,来源,期间,收到日期\n内科,全部,2023H1,2023-07-05\n药学部,training,2023H1,2023-07-06\n",
  ]

  private func run(_ arguments: [String], in folder: PrivateFolder) throws -> ProgramRun {
    try folder.folder("w", files: CheckTests.files)
    return try ProgramRun(["check", "w"] + arguments, in: folder.url)
  }

  @Test("Findings are grouped by department, worst first, with the line that teaches an alias")
  func groups() throws {
    let run = try run([], in: PrivateFolder())
    #expect(run.exitCode == 0)
    let heads = run.output.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(
      heads == [
        "## 药学部 (D2)：错误 2 条，提醒 1 条", "## issues.csv：错误 1 条，提醒 0 条", "## 内科 (D1)：错误 1 条，提醒 0 条",
      ])
    #expect(run.output.contains("D2: [药学部科]"))
    #expect(run.output.contains("issues.csv: 5 = 1 + 4；另有标题 1、表头 1、合计行 1；全部 8 行"))
    #expect(run.output.contains("training_sessions/药学部.csv:2:主题: warning: [same_event]"))
    #expect(!run.output.contains("## 报送情况"))
  }

  @Test("Who has reported, who was late, and who has not")
  func reporting() throws {
    let run = try run(["--period", "2023H1", "--language", "en"], in: PrivateFolder())
    #expect(run.output.contains("## Reporting 2023H1 (due 2023-07-05)"))
    #expect(run.output.contains("Training: reported 2/3 (66.7%), on time 1/3 (33.3%)"))
    #expect(run.output.contains("  not reported: 急诊科"))
    #expect(run.output.contains("  late: 药学部 2023-07-06"))
    #expect(run.output.contains("急诊科: activities reported 0/1 (0.0%)"))
  }

  @Test("findings.csv and the returned workbooks; the files themselves are not touched")
  func returned() throws {
    let folder = try PrivateFolder()
    let run = try run(["--output", "out", "--return", "back", "--strict"], in: folder)
    #expect(run.exitCode == 65)
    let before = CheckTests.files.mapValues { Data($0.utf8) }
    #expect(try PrivateFolder.contents(of: folder.url.appending(path: "w")) == before)
    let findings = try String(
      contentsOf: folder.url.appending(path: "out/findings.csv"), encoding: .utf8)
    #expect(findings.split(separator: "\n").count == 6)
    #expect(findings.hasPrefix("severity,code,file,sheet,row,column,value,message\n"))
    let back = try PrivateFolder.contents(of: folder.url.appending(path: "back"))
    #expect(back.keys.sorted() == ["issues.xlsx", "training_sessions/药学部.xlsx"])
    let parts = try WorkbookParts(folder.url.appending(path: "back/issues.xlsx"))
    let comments = try parts.text("xl/comments1.xml")
    #expect(comments.components(separatedBy: "<comment ").count - 1 == 4)
    for cell in ["B4", "C5", "D6", "C7"] { #expect(comments.contains("ref=\"\(cell)\"")) }
    // Marked, too, where its row ends before it.
    #expect(try parts.text("xl/worksheets/sheet2.xml").contains("<c r=\"C7\" s=\""))
    #expect(comments.contains("日与月孰先孰后不明"))
    let strings = try parts.text("xl/sharedStrings.xml")
    for text in ["2023年问题台账", "05/06/2023", "问题说明"] { #expect(strings.contains(text)) }
    let again = try ProgramRun(["check", "w", "--return", "back"], in: folder.url)
    #expect(again.exitCode == 0)
    #expect(try PrivateFolder.contents(of: folder.url.appending(path: "back")) == back)
  }

  @Test("What is returned never lands among the inputs", arguments: ["w", "w/back", "w/../w"])
  func insideWorkspace(target: String) throws {
    let folder = try PrivateFolder()
    let run = try run(["--return", target], in: folder)
    let files = try PrivateFolder.contents(of: folder.url.appending(path: "w"))
    #expect(files.keys.sorted() == CheckTests.files.keys.sorted())
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "w/back").path))
    #expect(run.exitCode == 64)
    #expect(run.errors.contains("outside the workspace"))
  }
}
