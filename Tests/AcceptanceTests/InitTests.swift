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
    #expect(files.count == 22)
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
}
