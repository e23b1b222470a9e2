import Foundation
import Testing

@Suite("A new workspace")
struct InitTests {
  @Test("It has settings and workbooks, and is never overwritten")
  func files() throws {
    let folder = try PrivateFolder()
    let made = try ProgramRun(
      ["init", "ours", "--name", "O'Neil's", "--sources", "drills"], in: folder.url)
    #expect(made.exitCode == 0)
    let files = try PrivateFolder.contents(of: folder.url.appending(path: "ours"))
    let names = files.keys.filter { !$0.hasPrefix("forms/") }.sorted()
    #expect(
      names == [
        "departments.xlsx", "drill_participation.xlsx", "drills.xlsx", "hospital.yaml",
        "staff.xlsx",
      ])
    #expect(files.count == 24)
    let settings = String(decoding: files["hospital.yaml"] ?? Data(), as: UTF8.self)
    #expect(settings.contains("name: {zh: 'O''Neil''s', en: 'O''Neil''s'}"))
    let again = try ProgramRun(["init", "ours"], in: folder.url)
    #expect(again.exitCode == 73)
    #expect(try PrivateFolder.contents(of: folder.url.appending(path: "ours")) == files)
    #expect(try ProgramRun(["init", "x", "--sources", "drill"], in: folder.url).exitCode == 64)
  }

  @Test("Its forms have lists from cells, checks of days, an example and one page of instructions")
  func forms() throws {
    let folder = try PrivateFolder()
    try folder.folder("d", files: ["departments.csv": "id,name\nD1,内科\nD2,外科\n"])
    let arguments = ["init", "ours", "--departments", "d/departments.csv"]
    #expect(try ProgramRun(arguments, in: folder.url).exitCode == 0)
    let issues = try WorkbookParts(folder.url.appending(path: "ours/issues.xlsx"))
    let sheet = try issues.text("xl/worksheets/sheet1.xml")
    #expect(sheet.contains("type=\"date\""))
    #expect(sheet.contains("<formula1>'选项'!$A$1:$A$3</formula1>"))
    #expect(sheet.contains("<formula1>'选项'!$B$1:$B$2</formula1>"))
    #expect(sheet.contains("paperSize=\"9\""))
    let book = try issues.text("xl/workbook.xml")
    #expect(book.contains("name=\"填表说明\"") && book.contains("state=\"hidden\""))
    let strings = try issues.text("xl/sharedStrings.xml")
    for text in ["示例（不计入）", "编号*", "外科"] { #expect(strings.contains(text)) }
    let english = try ProgramRun(["init", "en", "--language", "en"], in: folder.url)
    #expect(english.exitCode == 0)
    let staff = try WorkbookParts(folder.url.appending(path: "en/staff.xlsx"))
    #expect(try staff.text("xl/sharedStrings.xml").contains("Example (not counted)"))
  }

  @Test("The same command gives the same bytes")
  func repeatable() throws {
    let folder = try PrivateFolder()
    _ = try ProgramRun(["init", "a"], in: folder.url)
    _ = try ProgramRun(["init", "b"], in: folder.url)
    #expect(
      try PrivateFolder.contents(of: folder.url.appending(path: "a"))
        == PrivateFolder.contents(of: folder.url.appending(path: "b")))
  }

  /// Forms in both languages, filled in as a spreadsheet program does it, days as numbers with a format.
  @Test("A form that is filled in is read back without a setting", arguments: ["zh", "en"])
  func roundTrip(language: String) throws {
    let folder = try PrivateFolder()
    let made = try ProgramRun(["init", "ours", "--language", language], in: folder.url)
    #expect(made.exitCode == 0)
    let ours = folder.url.appending(path: "ours")
    let flag = language == "zh" ? "是" : "yes"
    for (file, rows) in [
      ("departments", [["D1", "内科"], ["D2", "外科", "大外科"]]),
      ("staff", [["1001", "甲一", "内科"], ["1002", "乙二", "D2", "", "", "", flag]]),
      ("training_sessions", [["T1", "=45000", "大外科", "急救", "", "=1.5"]]),
      ("training_attendance", [["T1", "甲一"], ["T1", "1002"]]),
      ("forms/staff_assignments", [["1001", "外科", "=44562", "=44985"], ["甲一", "D1", "=44986"]]),
      ("issues", [["1", "", "内科", "", "", "", "=45000", "每周抽查", "", "2023-04-30"]]),
    ] {
      try FilledForm(ours.appending(path: "\(file).xlsx")).fill(rows)
    }
    // A form that is not filled in may lie there, too.
    for file in ["staff_assignments", "submissions"] {
      try FileManager.default.moveItem(
        at: ours.appending(path: "forms/\(file).xlsx"), to: ours.appending(path: "\(file).xlsx"))
    }
    let run = try ProgramRun(["report", "ours", "--period", "2023H1", "--strict"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let report = try IssuedReport(in: folder.url.appending(path: "reports/ours/2023H1"))
    #expect(report.tallies.values.map(\.read).sorted() == [0, 1, 1, 2, 2, 2, 2])
    #expect(report.tallies.values.allSatisfy { $0.rejected == 0 })
    let figure = { (metric: String) in
      report.statistics[
        FigureKey(metric: metric, period: "2023H1", month: "2023-03", scope: "hospital", member: "")
      ]?
      .value
    }
    #expect(figure("training.hours") == "3")
    #expect(figure("issues.raised") == "1")
    #expect(report.findings.filter { $0.code != "head_count_differs" } == [])
  }
}
