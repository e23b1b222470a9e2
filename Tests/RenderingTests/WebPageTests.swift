import Records
import Rendering
import ReportModel
import Testing

@Suite("The page for a browser")
struct WebPageTests {
  private func page(_ reports: Report...) -> String {
    String(decoding: WebPageRenderer().render(reports), as: UTF8.self)
  }

  /// The same report with other words.
  private func english(_ report: Report) -> Report {
    var report = report
    report.language = .english
    report.organisation = "A hospital"
    report.sections[0].title = "Key figures"
    return report
  }

  @Test("Every text is escaped, wherever it comes from")
  func escaping() {
    let evil = "<script>alert('x')</script> & \"q\" \u{1}\u{85}é"
    let safe =
      "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;q&quot; \u{FFFD}\u{FFFD}é"
    var report = Report.holding([.table(.of(.text(evil), heading: evil))], sheet: evil)
    report.organisation = evil
    report.title = evil
    report.pageNote = evil
    report.dataState = [evil]
    report.highlights = [Sentence(evil)]
    report.decisions = [Sentence(evil)]
    report.headlines = [Headline(label: evil, value: evil, unit: evil, changes: [evil])]
    report.sections[0].title = evil
    report.sections[0].lead = [evil]
    report.sections[0].notes = [evil]
    report.sections[0].remarks = [evil]
    report.sections[0].comments = [Comment(author: evil, text: evil)]
    let page = page(report, english(report))
    #expect(!page.contains("alert('x')"))
    #expect(page.matches(of: /<script>/).count == 1)
    #expect(page.components(of: safe) >= 20)
  }

  @Test("Nothing is loaded from elsewhere, and the browser is told so")
  func selfContained() {
    let page = page(SampleReport.chinese(), english(SampleReport.chinese()))
    #expect(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"))
    for sign in ["http:", "https:", "//", "src=", "@import", "url(", "<iframe", "<img"] {
      #expect(!page.contains(sign), "\(sign)")
    }
    let links = page.matches(of: /href="([^"]*)"/).map { String($0.output.1) }
    #expect(links.count > 5)
    #expect(
      links.allSatisfy {
        $0.hasPrefix("#") || $0 == "data:,"
          || ["half-year.xlsx", "statistics.csv", "summary.zh.txt", "summary.en.txt"].contains($0)
      })
  }

  @Test("What a link leads to is there, and every id once")
  func anchors() {
    var report = SampleReport.chinese()
    report.highlights = [
      Sentence(
        "急诊医学科最多。",
        sources: [CellReference(table: "Months", row: .data(0), column: 1)])
    ]
    let page = page(report)
    let ids = page.matches(of: /\ id="?([A-Za-z0-9_-]+)/).map { String($0.output.1) }
    #expect(Set(ids).count == ids.count)
    let targets = page.matches(of: /href="#([^"]*)"/).map { String($0.output.1) }
    #expect(targets.contains("t-Months"))
    #expect(Set(targets).isSubset(of: Set(ids)))
  }

  @Test("Numbers stand once, texts that differ in both languages, under a switch without a script")
  func languages() {
    let page = page(SampleReport.chinese(), english(SampleReport.chinese()))
    #expect(page.contains("<html lang=\"zh-CN\">"))
    #expect(page.contains("<span class=a>某市中医医院</span><span class=b>A hospital</span>"))
    #expect(page.components(of: ">1,542</td>") == 1)
    #expect(page.contains("#la:checked~* .b,#lb:checked~* .a{display:none}"))
    #expect(!self.page(SampleReport.chinese()).contains("<input type=radio"))
  }

  @Test("A chart stands with its table, as shapes and with the table's numbers")
  func charts() throws {
    let page = page(SampleReport.chinese())
    let figures = page.matches(of: /(?s)<figure>.*?<\/figure>/).map { String($0.output) }
    #expect(figures.count == 3)
    let columns = try #require(figures.first { $0.contains("各月培训人次") })
    #expect(columns.components(of: "<rect ") == 6)
    #expect(columns.contains(">723</text>") && columns.contains(">1,528</text>"))
    let lines = try #require(figures.first { $0.contains("问题提出与销号") })
    #expect(lines.components(of: "<path class=l0 d=\"M") == 2, "the line, and the legend's")
    #expect(!lines.contains("nan") && !lines.contains("inf"))
  }

  @Test("Changes have an arrow and a word, extremes a word, bars and shades their numbers")
  func marks() {
    var table = Table(
      id: "T", title: "表",
      columns: [
        Column("月", kind: .text),
        Column("数", kind: .count, showsBar: true, marksExtremes: true),
        Column("同比", kind: .change(places: 1)), Column("甲", kind: .count),
        Column("乙", kind: .count),
      ],
      rows: [
        [.text("一"), .integer(10), .number(0.084), .integer(5), .integer(10)],
        [.text("二"), .integer(5), .number(-0.1), .integer(0), .integer(1)],
        [.text("三"), .integer(7), .integer(0), .integer(2), .blank("–")],
      ])
    table.shaded = 3..<5
    let page = page(.holding([.table(table)]))
    #expect(page.contains("<td class=n style=\"--b:100%\">10 <em>最高</em></td>"))
    #expect(page.contains("<td class=n style=\"--b:50%\">5 <em>最低</em></td>"))
    #expect(page.contains(">▲ 增 8.4%<") && page.contains(">▼ 减 10.0%<") && page.contains(">持平<"))
    #expect(page.contains("<td class=n style=\"--h:50%\">5</td>"))
  }

  @Test("However many departments there are, the page is bounded, and says what it leaves out")
  func bounded() {
    let table = Table(
      id: "Long", title: "长表", columns: [Column("科室", kind: .text), Column("数", kind: .count)],
      rows: (1...61_000).map { [.text("科室 \($0)"), .integer(Int64($0))] })
    var report = Report.holding([.table(table)])
    report.sections[0].group = .departments
    let page = page(report)
    #expect(page.contains("共 61,000 行，此处列前 1,000 行，其余见 half-year.xlsx 工作表“表”。"))
    #expect(page.utf8.count < 200_000)
    report.sections[0].group = .area
    let other = self.page(report)
    #expect(other.contains("另见 half-year.xlsx 工作表“表”：长表。"))
    #expect(!other.contains("科室 1<"))
  }

  @Test("The same report gives the same bytes, no reports none")
  func repeatable() {
    #expect(page(SampleReport.chinese()) == page(SampleReport.chinese()))
    #expect(WebPageRenderer().render([]).isEmpty)
  }

  @Test(
    "Whole numbers are written as elsewhere",
    arguments: [0, 7, 999, 1000, -1000, 1_000_001, 12_345_678_901, Int64.max, Int64.min])
  func counts(value: Int64) {
    #expect(page(.holding([.table(.of2(value))])).contains(">\(NumberText().count(value))</td>"))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    self.ranges(of: part).count
  }
}

extension Table {
  fileprivate static func of2(_ value: Int64) -> Table {
    Table(
      id: "Two", title: "表", columns: [Column("名", kind: .text), Column("列", kind: .count)],
      rows: [[.text("甲"), .integer(value)]])
  }
}
