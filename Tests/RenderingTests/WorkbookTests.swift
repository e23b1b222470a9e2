import Glibc
import Records
import Rendering
import ReportModel
import Testing

@Suite("Workbook")
struct WorkbookTests {
  let folder = WorkbookFolder()

  @Test("every section has its sheet after the cover, and the contents lead there")
  func sheets() throws {
    let file = try folder.write(SampleReport.chinese())
    let book = WorkbookFolder.part("xl/workbook.xml", of: file)
    for name in ["目录", "主要指标", "科室", "各月"] { #expect(book.contains("name=\"\(name)\"")) }
    let cover = WorkbookFolder.part("xl/worksheets/sheet1.xml", of: file)
    #expect(cover.contains("location=\"'科室'!A1\""))
    let section = WorkbookFolder.part("xl/worksheets/sheet3.xml", of: file)
    #expect(section.contains("location=\"'目录'!A1\""))
    #expect(folder.files == ["a.xlsx"])
  }

  /// To look at a workbook, name a file in `HALFYEAR_KEEP_WORKBOOK`.
  @Test("a copy to look at", .enabled(if: getenv("HALFYEAR_KEEP_WORKBOOK") != nil))
  func keep() throws {
    let path = try #require(getenv("HALFYEAR_KEEP_WORKBOOK"))
    try WorkbookRenderer().write(
      SampleReport.chinese(), to: String(cString: path), temporaryFolder: folder.path)
  }

  @Test("a table has its filter, bars, a frozen heading, and a live total")
  func table() throws {
    let file = try folder.write(SampleReport.chinese())
    let sheet = WorkbookFolder.part("xl/worksheets/sheet3.xml", of: file)
    #expect(sheet.contains("<f>SUBTOTAL(109,C9:C30)</f><v>748</v>"))
    #expect(!sheet.contains("SUBTOTAL(109,E9:E30)"), "people are distinct and do not add up")
    #expect(sheet.contains("<f>IF(SUBTOTAL(103,A9:A30)=22,401,\"–\")</f><v>401</v>"))
    #expect(sheet.contains("=22,\"全院\",\"筛选合计\")</f><v>全院</v>"))
    #expect(sheet.contains("state=\"frozen\""))
    #expect(sheet.contains("<dataBar"))
    #expect(sheet.contains("orientation=\"landscape\""))
    let table = WorkbookFolder.part("xl/tables/table2.xml", of: file)
    #expect(table.contains("displayName=\"Departments\" ref=\"A8:I30\""))
    #expect(table.contains("<autoFilter ref=\"A8:I30\"/>"))
    #expect(table.contains("name=\"场次_x000a_（场）\""))
  }

  @Test("charts refer to the cells of their table and hold their values")
  func charts() throws {
    let file = try folder.write(SampleReport.chinese())
    let chart = WorkbookFolder.part("xl/charts/chart2.xml", of: file)
    #expect(chart.contains("<c:lineChart>"))
    #expect(chart.contains("'各月'!$B$7:$B$12"))
    #expect(chart.contains("<c:v>202</c:v>"))
    #expect(!chart.contains("<c:min "), "lines may begin where their values do")
    #expect(
      WorkbookFolder.part("xl/charts/chart1.xml", of: file).contains("<c:min val=\"0\"/>"))
    #expect(
      WorkbookFolder.part("xl/charts/chart1.xml", of: file).contains("<c:barDir val=\"bar\"/>"))
  }

  @Test("a blank shows its sign, except in a line chart's series, where it would be drawn as zero")
  func blanks() throws {
    let file = try folder.write(SampleReport.chinese())
    #expect(WorkbookFolder.part("xl/sharedStrings.xml", of: file).contains(">未报送<"))
    let months = WorkbookFolder.part("xl/worksheets/sheet4.xml", of: file)
    #expect(months.contains(/<c r="C12" s="\d+"\/>/))
  }

  @Test("each kind of column has its number format")
  func numberFormats() throws {
    let file = try folder.write(SampleReport.chinese())
    let styles = WorkbookFolder.part("xl/styles.xml", of: file)
    for code in [
      "0.0%", "&quot;▲ 增 &quot;0.0%;&quot;▼ 减 &quot;0.0%;&quot;持平&quot;",
      "&quot;▲ 升 &quot;0.0;&quot;▼ 降 &quot;0.0;&quot;持平&quot;",
    ] {
      #expect(styles.contains("formatCode=\"\(code)\""))
    }
  }

  @Test("the same report gives the same bytes")
  func repeatable() throws {
    let first = try folder.write(SampleReport.chinese(), as: "a.xlsx")
    sleep(1)
    let second = try folder.write(SampleReport.chinese(), as: "b.xlsx")
    #expect(WorkbookFolder.bytes(of: first) == WorkbookFolder.bytes(of: second))
    let core = WorkbookFolder.part("docProps/core.xml", of: first)
    #expect(core.contains("2023-06-30T00:00:00Z"))
  }

  @Test("a table longer than a sheet goes on on further sheets, and both say so")
  func continuation() throws {
    let rows = (1...30).map { [Cell.text("行 \($0)"), .integer(Int64($0))] }
    let table = Table(
      id: "Long", title: "长表", columns: [Column("行", kind: .text), Column("数", kind: .count)],
      rows: rows, total: [.text("合计"), .integer(465)])
    let file = try folder.write(.holding([.table(table)]), rowLimit: 20)
    let book = WorkbookFolder.part("xl/workbook.xml", of: file)
    #expect(book.contains("name=\"表 (2)\"") && book.contains("name=\"表 (3)\""))
    let strings = WorkbookFolder.part("xl/sharedStrings.xml", of: file)
    #expect(strings.contains("下接工作表：表 (2)") && strings.contains("长表（续 3）"))
    for number in 1...30 { #expect(strings.contains(">行 \(number)<")) }
    #expect(WorkbookFolder.part("xl/tables/table3.xml", of: file).contains("\"Long_3\""))
  }

  @Test("a table without rows says so and is no Excel table")
  func emptyTable() throws {
    let table = Table(id: "Empty", title: "空表", columns: [Column("行", kind: .text)], rows: [])
    let file = try folder.write(.holding([.table(table)]))
    #expect(WorkbookFolder.part("xl/sharedStrings.xml", of: file).contains("本表无数据"))
    #expect(WorkbookFolder.part("xl/tables/table1.xml", of: file).isEmpty)
  }

  @Test("what XML cannot hold is replaced, what looks like an escape is escaped")
  func characters() throws {
    let text = "a\u{1}b\u{FFFE}c\u{FFFF}d_x0041_e_xyz\r\nf"
    let file = try folder.write(.holding([.table(.of(.text(text)))]))
    let strings = WorkbookFolder.part("xl/sharedStrings.xml", of: file)
    #expect(strings.contains("a\u{FFFD}b\u{FFFD}c\u{FFFD}d_x005F_x0041_e_xyz\nf"))
  }

  @Test("an ampersand and a leading digit do not become codes of the footer")
  func footer() throws {
    var report = Report.holding([])
    report.pageNote = "2023 年 A&P"
    let sheet = WorkbookFolder.part("xl/worksheets/sheet1.xml", of: try folder.write(report))
    #expect(sheet.contains("Regular\"2023 年 A&amp;&amp;P&amp;R"))
  }
}

extension Report {
  /// A report of one sheet, named 表.
  static func holding(_ blocks: [Block], sheet: String = "表") -> Report {
    Report(
      language: .chinese, title: "题", organisation: "院", pageNote: "期", asOf: SampleReport.day,
      cover: [], dataState: [],
      sections: [Section(name: sheet, title: "表", purpose: "测", blocks: blocks)], summary: [])
  }
}

extension Table {
  /// A table of one cell.
  static func of(_ cell: Cell, id: String = "One", heading: String = "列") -> Table {
    Table(id: id, title: "表", columns: [Column(heading, kind: .count)], rows: [[cell]])
  }
}
