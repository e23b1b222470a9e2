import Rendering
import ReportModel
import Testing

/// A page that is looked up in a table of another sheet.
@Suite("Looked-up pages")
struct LookupTests {
  let folder = WorkbookFolder()

  private func report(table: String = "data", chosen: Int = 1) -> Report {
    var report = SampleReport.chinese()
    let data = Table(
      id: "data", title: "数据",
      columns: [
        Column("科室", kind: .text), Column("场次", kind: .count),
        Column("覆盖率", kind: .share(places: 1)),
      ],
      rows: [
        [.text("甲科"), .integer(3), .number(0.5)], [.text("乙'科"), .integer(7), .blank("–")],
      ])
    var source = Section(name: "数据", title: "数据", purpose: "", blocks: [.table(data)])
    source.isPrinted = false
    var page = Section(name: "科室页", title: "科室页", purpose: "", blocks: [])
    page.lookup = Lookup(
      label: "选择科室", table: table, key: 0, chosen: chosen, headings: ["指标", "本期"],
      lines: [Lookup.Line("场次", [1]), Lookup.Line("覆盖率", [2])])
    report.sections = [source, page]
    return report
  }

  @Test("The list is chosen from, and each cell finds its row; values stand beside the formulas")
  func formulas() throws {
    let file = try folder.write(report())
    let page = WorkbookFolder.part("xl/worksheets/sheet3.xml", of: file)
    #expect(page.contains("<dataValidation type=\"list\""))
    #expect(page.contains("<formula1>'数据'!$A$7:$A$8</formula1>"))
    #expect(page.contains("<f>MATCH(B5,'数据'!$A$7:$A$8,0)</f><v>2</v>"))
    #expect(page.contains("<f>INDEX('数据'!$B$7:$B$8,C5)</f><v>7</v>"))
    #expect(page.contains("<f>INDEX('数据'!$C$7:$C$8,C5)</f><v>–</v>"))
    #expect(!page.contains("OFFSET") && !page.contains("INDIRECT"))
  }

  @Test("Of the data only the head is printed")
  func print() throws {
    let file = try folder.write(report())
    let book = WorkbookFolder.part("xl/workbook.xml", of: file)
    #expect(book.contains("_xlnm.Print_Area"))
  }

  @Test("A table or a row that is not there is refused")
  func refused() {
    #expect(throws: WorkbookError.self) { try folder.write(report(table: "other")) }
    #expect(throws: WorkbookError.self) { try folder.write(report(chosen: 5)) }
  }
}
