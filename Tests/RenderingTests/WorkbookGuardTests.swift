import Records
import Rendering
import ReportModel
import Testing

@Suite("What libxlsxwriter would lose in silence")
struct WorkbookGuardTests {
  let folder = WorkbookFolder()

  /// Writes the blocks and expects an error; nothing must be left behind.
  private func refusal(_ blocks: [Block], sheet: String = "表") -> WorkbookError? {
    let error = #expect(throws: WorkbookError.self) {
      try folder.write(.holding(blocks, sheet: sheet))
    }
    #expect(folder.files.isEmpty)
    return error
  }

  private func refusal(_ cell: Cell) -> WorkbookError? { refusal([.table(.of(cell))]) }

  @Test("a text of more than 32,767 UTF-16 units, emoji counting two")
  func longText() throws {
    let error = refusal(.text(String(repeating: "😀", count: 16_384)))
    #expect(error == .textTooLong(place: "表!A7", units: 32_768))
    _ = try folder.write(.holding([.table(.of(.text(String(repeating: "字", count: 32_767))))]))
  }

  @Test("numbers that are not finite", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    #expect(refusal(.number(value)) == .notFinite(place: "表!A7"))
  }

  @Test("whole numbers that a double would change")
  func inexact() {
    #expect(refusal(.integer(1 << 53 + 1)) == .inexact(place: "表!A7", value: 1 << 53 + 1))
  }

  @Test(
    "names of sheets that Excel refuses",
    arguments: [
      "", "a/b", "[a]", "a:b", "a*", "a?", "a\\b", "'a", "a'", "History", "a\u{1}", "目录",
      String(repeating: "长", count: 32), String(repeating: "😀", count: 16),
    ])
  func sheetName(name: String) {
    guard case .sheetName(name, _) = refusal([], sheet: name) else {
      Issue.record("accepted")
      return
    }
  }

  @Test(
    "names of tables that Excel refuses",
    arguments: ["", "1a", "_a", "a b", "表", "T1", "xfd99", "r", "C", "R1C1", "rc"])
  func tableName(name: String) {
    guard case .tableName(name, _) = refusal([.table(.of(.integer(1), id: name))]) else {
      Issue.record("accepted")
      return
    }
  }

  @Test("a table's name used twice, whatever the case")
  func duplicateTable() {
    let error = refusal([
      .table(.of(.integer(1), id: "Same")), .table(.of(.integer(1), id: "SAME")),
    ])
    #expect(error == .tableName("SAME", reason: "is used twice"))
  }

  @Test("headings that are empty, too long or stand twice")
  func headings() {
    for heading in ["", String(repeating: "长", count: 256), "a\u{1}b"] {
      guard case .heading = refusal([.table(.of(.integer(1), heading: heading))]) else {
        Issue.record("accepted")
        return
      }
    }
    let twice = Table(
      id: "Twice", title: "", columns: [Column("Ab", kind: .text), Column("aB", kind: .text)],
      rows: [[.text(""), .text("")]])
    #expect(
      refusal([.table(twice)]) == .heading("aB", table: "Twice", reason: "stands twice"))
  }

  @Test("rows and totals of another length than the heading")
  func cellCount() {
    var table = Table.of(.integer(1))
    table.rows.append([])
    #expect(
      refusal([.table(table)]) == .cellCount(table: "One", row: 2, found: 0, expected: 1))
    table = Table.of(.integer(1))
    table.total = []
    #expect(
      refusal([.table(table)]) == .cellCount(table: "One", row: 2, found: 0, expected: 1))
  }

  @Test("charts of what is not there")
  func charts() {
    let table = Block.table(.of(.integer(1)))
    for chart in [
      Chart(kind: .line, title: "图", table: "Two", category: 0, series: [0]),
      Chart(kind: .line, title: "图", table: "One", category: 0, series: [1]),
      Chart(kind: .line, title: "图", table: "One", category: -1, series: [0]),
      Chart(kind: .line, title: "图", table: "One", category: 0, series: []),
    ] {
      guard case .chart("图", _) = refusal([table, .chart(chart)]) else {
        Issue.record("accepted")
        return
      }
    }
  }

  @Test("a path or a temporary folder that cannot be written")
  func notWritable() {
    let report = Report.holding([])
    #expect(throws: WorkbookError.self) {
      try WorkbookRenderer().write(
        report, to: "/nonexistent/a.xlsx", temporaryFolder: folder.path)
    }
    #expect(throws: WorkbookError.self) {
      try WorkbookRenderer().write(
        report, to: folder.path + "/a.xlsx", temporaryFolder: "/nonexistent")
    }
    #expect(folder.files.isEmpty)
  }
}
