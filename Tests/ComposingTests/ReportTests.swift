import Comparing
import Foundation
import Records
import Rendering
import ReportModel
import Testing

@testable import Composing

@Suite("Reports of a small workspace")
struct ReportTests {
  private static func report(
    _ language: Language, asOf: Day? = nil, rounding: RoundingRule = .halfUp
  ) throws -> Report {
    let facts = try SampleWorkspace.facts(asOf: asOf, rounding: rounding)
    return Composer(facts: facts, language: language).report()
  }

  /// Every number of a text, sorted.
  private static func numbers(_ text: String) -> [String] {
    text.matches(of: /[0-9][0-9,.]*[0-9]|[0-9]/).map { String($0.output) }.sorted()
  }

  @Test("Both languages carry the same numbers", arguments: [nil, Day("2023-04-15")])
  func sameNumbers(asOf: Day?) throws {
    let texts = try Language.allCases.map { language in
      let report = try Self.report(language, asOf: asOf)
      return String(decoding: TextRenderer().render(report), as: UTF8.self)
    }
    #expect(Self.numbers(texts[0]).count > 50)
    #expect(Self.numbers(texts[0]) == Self.numbers(texts[1]))
  }

  @Test("The paragraph of an activity: figures, units, comparisons")
  func activity() throws {
    let prose = try Self.report(.chinese).prose
    #expect(prose.contains("开展集中学习培训 3 场次，同比增加 2 场次，环比增加 1 场次"))
    #expect(prose.contains("参加 6 人次，同比增加 4 人次，环比增加 3 人次"))
    #expect(prose.contains("覆盖率 44.4%（基数：在岗 9 人），同比提高 22.2 个百分点"))
    #expect(prose.contains("按形式分：讲座 2 场次、操作 1 场次。"))
  }

  @Test("The paragraph of a ledger balances, and says what is not compared")
  func ledger() throws {
    let prose = try Self.report(.chinese).prose
    #expect(prose.contains("问题整改：本期提出 2 件，环比增加 1 件"))
    #expect(prose.contains("期初未销号 1 件；期末未销号 1 件；其中逾期 1 件"))
    #expect(prose.contains("上年同期无数据，不作比较。"))
  }

  @Test("A source of the hospital's own appears in every place")
  func ownSource() throws {
    let report = try Self.report(.english)
    #expect(report.sections.contains { $0.name == "Safety rounds" })
    #expect(report.prose.contains("Safety rounds: 1 event; 7 participations"))
    #expect(report.table("safety_departments")?.rows.count == 3)
    #expect(report.sections.last?.lead.contains { $0.contains("Safety rounds (safety)") } == true)
    #expect(
      report.table("quality_reporting")?.rows.contains { $0[0] == .text("Safety rounds") } == true)
  }

  @Test("Departments add up to the total, and the total's people are distinct")
  func totals() throws {
    let report = try Self.report(.english)
    let table = try #require(report.table("training_departments"))
    #expect(
      table.columns.map(\.heading).prefix(4) == [
        "Department", "Events", "Participations", "People",
      ])
    #expect(table.columns.last?.heading == "Category")
    #expect(table.rows.map { $0[2] } == [.integer(5), .integer(1), .integer(0)])
    #expect(table.total?[2] == .integer(6))
    let months = try #require(report.table("training_months"))
    #expect(months.rows.map { $0[3] } == [0, 3, 1, 0, 2, 0].map { .integer($0) })
    #expect(months.total?[3] == .integer(4))
  }

  @Test("The rate of volunteers names its base")
  func volunteers() throws {
    let report = try Self.report(.chinese)
    #expect(report.prose.contains("注册率 75.0%（基数：职工 8 人）"))
    let row = report.table("key_rates")?.rows.first { $0[0] == .text("志愿者") }
    #expect(row?[2] == .text("职工 8 人"))
  }

  @Test("Who has not reported is named by department")
  func gaps() throws {
    let prose = try Self.report(.chinese).prose
    #expect(prose.contains("集中学习培训：应报 3 个科室，有记录 2 个；未报送 1 个：档案室。"))
    #expect(prose.contains("本期没有任何记录的科室 1 个：档案室。"))
  }

  @Test("Nothing in the workbook names a person", arguments: Language.allCases)
  func namesNobody(language: Language) throws {
    let texts = try Self.report(language).workbookTexts
    for name in ["张明", "李华", "无此人"] {
      #expect(!texts.contains { $0.contains(name) })
    }
  }

  @Test("Sheets have names that Excel takes, tables have their own", arguments: Language.allCases)
  func names(language: Language) throws {
    let report = try Self.report(language)
    let names = report.sections.map { $0.name.lowercased() }
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.utf16.count <= 31 && !$0.contains { "[]:*?/\\".contains($0) } })
    let ids = report.tables.map(\.id)
    #expect(Set(ids).count == ids.count)
    for table in report.tables {
      #expect(
        (table.rows + [table.total].compactMap { $0 }).allSatisfy {
          $0.count == table.columns.count
        })
    }
  }

  @Test("A running half leaves out months that have not begun, and says how far it is known")
  func running() throws {
    let report = try Self.report(.english, asOf: Day("2023-04-15"))
    #expect(report.table("training_months")?.rows.count == 4)
    #expect(report.dataState.contains { $0.hasPrefix("The period is known up to 2023-04-15 only") })
  }

  @Test("Half to even reaches the workbook by values that leave nothing to round")
  func halfEven() throws {
    // 1/16 is 6.25 %: up to 6.3 for Excel, to the even 6.2 by the national standard.
    let facts = try SampleWorkspace.facts(rounding: .halfEven)
    let composer = Composer(facts: facts, language: .chinese)
    #expect(composer.number(Fraction(1, over: 16), shift: 2) == .number(0.062))
    let other = Composer(facts: try SampleWorkspace.facts(), language: .chinese)
    #expect(other.number(Fraction(1, over: 16), shift: 2) == .number(0.0625))
  }

  @Test("A year is compared with once")
  func year() throws {
    let facts = try SampleWorkspace.facts(period: Period("2023")!)
    let composer = Composer(facts: facts, language: .chinese)
    #expect(composer.comparisons.map(\.kind) == [.lastYear])
    #expect(composer.keyFigures().columns.count == 6)
  }

  @Test(
    "What the report says fits together, whatever the language, the day and the rounding",
    arguments: Language.allCases, [nil, Day("2023-04-15")])
  func consistent(language: Language, asOf: Day?) throws {
    for rounding in [RoundingRule.halfUp, .halfEven] {
      #expect(try Self.report(language, asOf: asOf, rounding: rounding).objections == [])
    }
  }

  @Test("Totals that add up are said to; people of several months are not")
  func derivations() throws {
    let report = try Self.report(.english)
    let months = try #require(report.table("training_months"))
    #expect(months.columns[1...3].map(\.derivation) == [.sum, .sum, .distinct])
    let ledger = try #require(report.table("issues_months"))
    #expect(ledger.columns.first { $0.heading == "Open at end" }?.derivation == .given)
    let departments = try #require(report.table("training_departments"))
    #expect(departments.columns[3].derivation == .sum)
    #expect(report.table("training_by_form")?.columns[3].derivation == .distinct)
  }

  @Test("Reports in both languages have the same parts, so that a page can show them side by side")
  func sameShape() throws {
    let reports = try Language.allCases.map { try Self.report($0) }
    func shape(_ report: Report) -> [String] {
      report.sections.flatMap { section in
        ["\(section.group) \(section.lead.count) \(section.blocks.count) \(section.notes.count)"]
          + section.tables.map {
            "\($0.id) \($0.columns.map(\.kind)) \($0.rows.count) \($0.total?.count ?? 0)"
          }
      } + ["\(report.headlines.count) \(report.highlights.count) \(report.decisions.count)"]
    }
    #expect(shape(reports[0]).count > 10)
    #expect(shape(reports[0]) == shape(reports[1]))
  }
}
