import Records
import Rendering
import ReportModel
import Testing

@Suite("Text")
struct TextTests {
  @Test(
    "display width follows UAX #11",
    arguments: [
      ("abc", 3), ("科室", 4), ("（人次）", 8), ("e\u{301}", 1), ("ｱ", 1), ("😀", 2), ("한", 2),
      ("\u{200B}", 0), ("𠮷", 2), ("–", 1), ("█▏", 2), ("", 0), ("\u{3000}", 2),
    ])
  func width(text: String, columns: Int) {
    #expect(displayWidth(text) == columns)
  }

  private let table = Table(
    id: "T", title: "表 1",
    columns: [
      Column("科室", kind: .text), Column("人次", unit: "次", kind: .count, showsBar: true),
      Column("rate", kind: .share(places: 1)),
    ],
    rows: [
      [.text("急诊"), .integer(1600), .number(0.9695)], [.text("ICU"), .integer(850), .blank("–")],
      [.text("药学部"), .integer(1), .number(1)], [.text("无"), .integer(0), .number(0)],
    ],
    total: [.text("全院"), .integer(2451), .number(0.5)])

  @Test("columns line up, numbers at the right, bars in proportion")
  func alignment() {
    #expect(
      TextTable(table).lines == [
        "表 1",
        "科室    人次(次)                      rate",
        "------  --------  ----------------  ------",
        "急诊       1,600  ████████████████   97.0%",
        "ICU          850  ████████▌              –",
        "药学部         1  ▏                 100.0%",
        "无             0                      0.0%",
        "------  --------  ----------------  ------",
        "全院       2,451                     50.0%",
      ])
  }

  @Test("long headings are broken at spaces and before their unit, and stand at the bottom")
  func headings() {
    let table = Table(
      id: "T", title: "",
      columns: [
        Column("Department", kind: .text),
        Column("Change on the same half last year", unit: "points", kind: .points(places: 1)),
      ], rows: [[.text("Nursing"), .number(1.25)]])
    #expect(
      TextTable(table).lines == [
        "             Change on the",
        "            same half last",
        "Department   year (points)",
        "----------  --------------",
        "Nursing               +1.3",
      ])
  }

  @Test("the rounding rule of the report holds in its tables")
  func rounding() {
    var report = SampleReport.chinese()
    report.summary = [
      .table(
        Table(
          id: "T", title: "", columns: [Column("x", kind: .decimal(places: 0))],
          rows: [[.number(2.5)]]))
    ]
    report.rounding = .halfEven
    #expect(text(of: report) == "x\n-\n2\n")
    report.rounding = .halfUp
    #expect(text(of: report) == "x\n-\n3\n")
  }

  @Test("Chinese paragraphs stay on one line, English ones are wrapped")
  func paragraphs() {
    var report = SampleReport.chinese()
    let long = String(repeating: "上半年 ", count: 60)
    report.summary = [.title("题"), .heading("一、甲"), .paragraph(long), .list(["乙", "丙"])]
    #expect(
      text(of: report)
        == "题\n==\n\n一、甲\n\n\u{3000}\u{3000}\(long)\n\n\u{3000}\u{3000}- 乙\n\u{3000}\u{3000}- 丙\n")
    report.language = .english
    report.summary = [
      .paragraph(String(repeating: "word ", count: 40)),
      .list([String(repeating: "item ", count: 40)]),
    ]
    let lines = text(of: report).split(separator: "\n")
    #expect(lines.allSatisfy { $0.utf8.count <= TextRenderer.lineWidth })
    #expect(lines.count == 6)
    #expect(lines[3].hasPrefix("- item") && lines[4].hasPrefix("  item"))
  }

  private func text(of report: Report) -> String {
    String(decoding: TextRenderer().render(report), as: UTF8.self)
  }
}
