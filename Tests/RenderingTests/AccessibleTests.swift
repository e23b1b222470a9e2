import Records
import ReportModel
import Testing

@testable import Rendering

@Suite("Accessible workbooks")
struct AccessibleTests {
  let folder = WorkbookFolder()

  private func part(_ part: String, _ file: String) -> String {
    WorkbookFolder.part(part, of: file)
  }

  @Test("Cover, contents, texts and notes, then one table a sheet, all marked up")
  func sheets() throws {
    let file = try folder.write(SampleReport.chinese(), profile: .accessible)
    let contents = try WrittenWorkbook(path: file).contents()
    #expect(contents.obstacle == nil)
    #expect(contents.sheets.map(\.tables) == [0, 1, 1, 1, 1, 1, 1])
    let book = part("xl/workbook.xml", file)
    for name in ["封面", "目录", "文字说明", "注释", "表1", "表2", "表3"] {
      #expect(book.contains("name=\"\(name)\""))
    }
    #expect(part("xl/worksheets/sheet2.xml", file).contains("location=\"'表3'!A1\""))
    #expect(part("xl/worksheets/sheet6.xml", file).contains("location=\"'目录'!A1\""))
  }

  @Test(
    "No cell without a word: signs have a shorthand, empty parts of a total too, and both are explained"
  )
  func blanks() throws {
    let file = try folder.write(SampleReport.chinese(), profile: .accessible)
    let strings = part("xl/sharedStrings.xml", file)
    for text in ["[x1]", "[x2]", "[z]", "没有可计算的基数", "待填写", "[注1]"] {
      #expect(strings.contains(text), "\(text)")
    }
    #expect(!strings.contains("<t></t>") && !strings.contains("<t/>"))
    for number in 2...7 {
      let sheet = part("xl/worksheets/sheet\(number).xml", file)
      #expect(
        !sheet.contains(/<c r="[A-Z]+[0-9]+" s="[0-9]+"\/>/), "an empty cell on sheet \(number)")
    }
  }

  @Test("The total is the table's last row, and its sums are live")
  func total() throws {
    let file = try folder.write(SampleReport.chinese(), profile: .accessible)
    let sheet = part("xl/worksheets/sheet6.xml", file)
    #expect(sheet.contains("<f>SUM(C6:C27)</f><v>748</v>"))
    #expect(part("xl/tables/table5.xml", file).contains("ref=\"A5:I28\""))
  }

  @Test("A note is numbered once, whatever sections have it")
  func notes() {
    var report = SampleReport.chinese()
    report.sections[1].notes = [report.sections[0].notes[1], "另一条"]
    let register = NoteRegister(report)
    #expect(register.texts.count == 3)
    #expect(register.number(1, in: report.sections[1]) == 2)
    #expect(register.number(2, in: report.sections[1]) == 3)
  }

  @Test("What a screen reader stumbles over is told, each by itself")
  func obstacles() {
    let plain = WorkbookContents(sheets: [.init(), .init(tables: 1)])
    #expect(plain.obstacle == nil)
    let changes: [(inout WorkbookContents.Sheet) -> Void] = [
      { $0.tables = 2 }, { $0.joined = 1 }, { $0.isFrozen = true }, { $0.conditions = 1 },
      { $0.hasDrawing = true },
    ]
    var reasons: Set<String> = []
    for change in changes {
      var other = plain
      change(&other.sheets[1])
      #expect(other.obstacle?.sheet == 1)
      reasons.insert(other.obstacle?.reason ?? "")
    }
    #expect(reasons.count == changes.count)
  }

  @Test("The office's workbook is not an accessible one")
  func office() throws {
    let file = try folder.write(SampleReport.chinese())
    #expect(try WrittenWorkbook(path: file).contents().obstacle != nil)
  }

  @Test("A table longer than a sheet goes on on further ones, each with its heading")
  func long() throws {
    let table = Table(
      id: "Long", title: "长表", columns: [Column("行", kind: .text), Column("数", kind: .count)],
      rows: (1...30).map { [.text("行 \($0)"), .integer(Int64($0))] },
      total: [.text("合计"), .integer(465)])
    let file = try folder.write(.holding([.table(table)]), rowLimit: 20, profile: .accessible)
    #expect(try WrittenWorkbook(path: file).contents().sheets.count == 4 + 3)
    let strings = part("xl/sharedStrings.xml", file)
    for number in 1...30 { #expect(strings.contains(">行 \(number)<")) }
    #expect(strings.contains("长表 (3)"))
  }
}
