import Records
import Rendering
import ReportModel
import Testing

@Suite("Printed pages")
struct PageTests {
  let folder = WorkbookFolder()

  private func table(_ id: String, rows: Int, columns: Int = 2) -> Table {
    Table(
      id: id, title: id, columns: (0..<columns).map { Column("列 \($0)", kind: .count) },
      rows: (0..<rows).map { row in (0..<columns).map { .integer(Int64(row + $0)) } })
  }

  private func sheet(_ number: Int, of file: String) -> String {
    WorkbookFolder.part("xl/worksheets/sheet\(number).xml", of: file)
  }

  @Test("a table that would be cut in two begins a page, with its title")
  func keptWhole() throws {
    let file = try folder.write(
      .holding([.table(table("First", rows: 24)), .table(table("Second", rows: 24))]))
    // The first title stands in row 5; its heading, its rows and a gap follow.
    #expect(sheet(2, of: file).contains("<brk id=\"31\" "))
    #expect(!WorkbookFolder.part("xl/workbook.xml", of: file).contains("Print_Titles"))
  }

  @Test("short tables share a page")
  func shared() throws {
    let file = try folder.write(
      .holding([.table(table("First", rows: 8)), .table(table("Second", rows: 8))]))
    #expect(!sheet(2, of: file).contains("rowBreaks"))
  }

  @Test("a long table begins a page, and each of its pages repeats its heading")
  func repeated() throws {
    let file = try folder.write(
      .holding([.table(table("First", rows: 3)), .table(table("Second", rows: 80))]))
    #expect(sheet(2, of: file).contains("<brk id=\"10\" "))
    #expect(WorkbookFolder.part("xl/workbook.xml", of: file).contains("'表'!$12:$12"))
  }

  @Test("what follows a long table stands on another sheet, not under its heading")
  func followed() throws {
    let file = try folder.write(
      .holding([.table(table("First", rows: 80)), .table(table("Second", rows: 80))]))
    let book = WorkbookFolder.part("xl/workbook.xml", of: file)
    #expect(book.contains("name=\"表 (2)\""))
    #expect(book.contains("'表'!$6:$6") && book.contains("'表 (2)'!$6:$6"))
    #expect(
      WorkbookFolder.part("xl/sharedStrings.xml", of: file).contains("下接工作表：表 (2)"))
  }

  @Test("a sheet that is wider than a page is printed smaller, others all at one scale")
  func scales() throws {
    let narrow = try folder.write(.holding([.table(table("Narrow", rows: 3))]))
    #expect(sheet(2, of: narrow).contains("scale=\"85\""))
    let wide = try folder.write(.holding([.table(table("Wide", rows: 3, columns: 30))]))
    #expect(!sheet(2, of: wide).contains("scale=\"85\""))
  }

  @Test("the cover is printed upright, on as many pages as stay legible")
  func cover() throws {
    let cover = sheet(1, of: try folder.write(SampleReport.chinese()))
    #expect(cover.contains("<pageSetUpPr fitToPage=\"1\"/>"))
    #expect(cover.contains("fitToHeight=\"0\"") && cover.contains("orientation=\"portrait\""))
  }

  @Test("a chart that comes before its table stands above it, and draws its rows")
  func chartAbove() throws {
    let chart = Chart(
      kind: .line, title: "图", table: "Long", category: 0, series: [1], isCourse: false)
    let file = try folder.write(.holding([.chart(chart), .table(table("Long", rows: 60))]))
    let drawing = WorkbookFolder.part("xl/drawings/drawing1.xml", of: file)
    let from = try #require(drawing.firstRange(of: "<xdr:from>"))
    let end = try #require(drawing.firstRange(of: "</xdr:from>"))
    #expect(drawing[from.upperBound..<end.lowerBound].contains("<xdr:row>4</xdr:row>"))
    // The dots are not joined, and the table's rows begin below the chart.
    let part = WorkbookFolder.part("xl/charts/chart1.xml", of: file)
    let drawn = try #require(part.firstMatch(of: #/\$B\$(\d+):\$B\$(\d+)/#))
    let (first, last) = (try #require(Int(drawn.1)), try #require(Int(drawn.2)))
    #expect(part.contains("<a:noFill/>") && first > 15 && last - first == 59)
    #expect(sheet(2, of: file).contains("<c r=\"B\(last)\""))
  }

  @Test("the last rows of a long table are never alone with what follows on a page of nothing")
  func lastRows() throws {
    for rows in 30...60 {
      let file = try folder.write(
        .holding([.table(table("Long", rows: rows)), .table(table("Next", rows: 3))]))
      let book = WorkbookFolder.part("xl/workbook.xml", of: file)
      guard book.contains("_xlnm.Print_Titles") else { continue }
      let breaks = sheet(2, of: file).matches(of: #/<brk id="(\d+)"/#).compactMap { Int($0.1) }
      // Below the heading in row 6 a page has 35 rows or so; a break leaves five for the next.
      #expect(breaks.isEmpty || breaks == [rows + 6 - 5], "\(rows): \(breaks)")
      if (35...37).contains(rows) { #expect(!breaks.isEmpty, "\(rows)") }
    }
  }

  @Test("long texts share what a page leaves them; many of them get more than a few")
  func texts() throws {
    let long = Table(
      id: "Long", title: "长",
      columns: [Column("甲", kind: .text), Column("乙", kind: .text)],
      rows: (0..<10).map { _ in [.text("短"), .text(String(repeating: "很长的说明", count: 12))] })
    let columns = sheet(2, of: try folder.write(.holding([.table(long)])))
      .matches(of: /<col [^>]*width="([0-9.]+)"/).compactMap { Double($0.output.1) }
    #expect(columns.count >= 2 && columns[0] < 12 && columns[1] > 100)
  }
}
