import Comparing
import Records
import ReportModel
import Testing

@testable import Composing

@Suite("Comparison of departments")
struct ComparisonTests {
  @Test("Equals share a rank, the next one is skipped, a small base is marked and not ranked")
  func ranks() throws {
    let facts = try SampleWorkspace.facts()
    let figures = [
      Figure(9, over: 10), Figure(1, over: 2), Figure(5, over: 10), Figure(4, over: 4),
      Figure(4, over: 10), .undefined,
    ].map { $0.denominator == 2 ? Figure(5, over: 10) : $0 }
    let chinese = Composer(facts: facts, language: .chinese).rankCells(figures)
    #expect(
      chinese == ["第 1", "并列第 2", "并列第 2", "基数小", "第 4"].map { .text($0) } + [.blank("–")])
    let english = Composer(facts: facts, language: .english).rankCells(figures)
    #expect(
      english == ["1", "2 (tied)", "2 (tied)", "small base", "4"].map { .text($0) } + [.blank("–")])
  }

  @Test("Ranks compare exact quotients")
  func exact() {
    #expect(Figure(2, over: 3).isGreater(than: Figure(666_666_666, over: 1_000_000_000)))
    #expect(!Figure(1, over: 2).isGreater(than: Figure(500, over: 1000)))
  }

  @Test("A department of three is marked in the sheet")
  func smallDepartment() throws {
    let report = Composer(facts: try SampleWorkspace.facts(), language: .chinese).report()
    let table = try #require(report.table("comparison_rates"))
    let rank = try #require(table.columns.firstIndex { $0.heading == "覆盖率名次" })
    #expect(table.rows.map { $0[rank] } == [.text("第 1"), .text("基数小"), .blank("–")])
  }

  @Test("Of very many departments only the comparison lists all, within the budget of cells")
  func large() throws {
    var files = SampleWorkspace.files
    let count = 3_000
    files["departments.csv"] =
      "id,name,category\n"
      + (1...count).map { "D\($0),科室\($0),临床" }.joined(separator: "\n")
    let report = Composer(facts: try SampleWorkspace.facts(files), language: .chinese).report()
    #expect(report.table("comparison_departments")?.rows.count == count)
    #expect(report.table("training_departments")?.rows.count == 2 * Composer.shownOfMany)
    #expect(report.table("training_departments")?.title == "按科室（仅列人次最多和最少各 50 个）")
    #expect(report.table("training_departments")?.total?[2] == .integer(6))
    #expect(report.table("comparison_departments")?.columns.count == 8)
  }
}
