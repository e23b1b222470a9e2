import Counting
import Records
import ReportModel
import Testing

@testable import Comparing
@testable import Composing

@Suite("Signals in words")
struct SignalTests {
  /// Fourteen departments of twenty people who come to eight sessions in every month of 2022 and 2023, but
  /// for the last department, where nobody comes; and in one month there is nothing at all.
  private static func files(without gap: String? = nil) -> [String: String] {
    var departments = "id,name\n"
    var staff = "id,name,department_id\n"
    var sessions = "id,date,department_id\n"
    var attendance = "session_id,staff_id\n"
    for department in 1...14 {
      departments += "D\(department),科室\(department)\n"
      for person in 1...20 { staff += "S\(department)-\(person),,D\(department)\n" }
    }
    for month in 0..<24 {
      let day = Day(year: 2022, month: 1, day: 15)!.adding(months: month)
      guard gap.map({ !"\(day)".hasPrefix($0) }) ?? true else { continue }
      sessions += "T\(month),\(day),D1\n"
      for department in 1..<14 {
        for person in 1...(8 + month % 2) {
          attendance += "T\(month),S\(department)-\(person)\n"
        }
      }
    }
    return [
      "hospital.yaml": "name: {zh: 示例医院, en: Sample Hospital}\n",
      "departments.csv": departments, "staff.csv": staff, "training_sessions.csv": sessions,
      "training_attendance.csv": attendance,
    ]
  }

  private func report(_ language: Language, without gap: String? = nil) throws -> Report {
    let facts = try SampleWorkspace.facts(
      Self.files(without: gap), period: try #require(Period("2023H2")),
      further: try #require(Period("2023H2")).months(before: 18))
    return Composer(facts: facts, language: language).report()
  }

  @Test("The department without anybody is to be looked into, the others are as expected")
  func verdicts() throws {
    let report = try report(.chinese)
    #expect(report.objections.isEmpty, "\(report.objections)")
    let table = try #require(report.table("signals_verdicts"))
    let column = try #require(table.columns.firstIndex { $0.heading == "覆盖率判断" })
    #expect(table.rows.map { $0[column] }.prefix(13).allSatisfy { $0 == .text("符合预期") })
    #expect(table.rows[13][column] == .text("需要了解"))
    let funnel = try #require(report.table("signals_funnel_1"))
    #expect(funnel.rows.count == 14 && funnel.columns.count == 10)
  }

  @Test("The months are steady; the limits stand in every row")
  func months() throws {
    let report = try report(.english)
    #expect(report.objections.isEmpty, "\(report.objections)")
    let table = try #require(report.table("signals_months_1"))
    #expect(table.rows.count == 24)
    // 13 departments of 8 and 9 people in turn: mean 110.5, mean moving range 13.
    #expect(table.rows.allSatisfy { $0[2] == .number(110.5) && $0[5] == .text("none") })
    #expect(table.rows.allSatisfy { abs(($0[4].value ?? 0) - 145.08) < 1e-9 })
    let section = try #require(report.sections.first { $0.name == "Months" })
    #expect(section.lead == ["Training: Participations: unchanged (24 months)."])
    #expect(try #require(report.table("signals_department_months")).shaded == 1..<13)
  }

  @Test("A month without anything stops the line, and says so")
  func gap() throws {
    let report = try report(.chinese, without: "2022-05")
    let section = try #require(report.sections.first { $0.name == "月度走势" })
    let sentence = try #require(section.lead.first)
    #expect(sentence.contains("其间有月份无数据，只看 2022-06 起各月") && sentence.contains("19 个月"))
    let table = try #require(report.table("signals_months_1"))
    #expect(table.rows[4][1] == .blank("无数据") && table.rows[3][2] == .blank("不计"))
    #expect(table.rows[5][2].value != nil)
  }
}

@Suite("Parts of a whole")
struct PartsTests {
  @Test("Shown parts add up to 100.0 %", arguments: [RoundingRule.halfUp, .halfEven])
  func parts(rule: RoundingRule) throws {
    let composer = Composer(facts: try SampleWorkspace.facts(rounding: rule), language: .chinese)
    for counts in [[1, 1, 1], [3, 3, 1], [1, 999], [1, 2, 4, 8, 16], [5, 5], [0, 7]] as [[Int64]] {
      let made = composer.parts(of: counts)
      let tenths = made.cells.map { (($0.value ?? 0) * 1000).rounded() }
      #expect(tenths.reduce(0, +) == 1000, "\(counts)")
    }
    #expect(!composer.parts(of: [1, 1, 1]).isExact && composer.parts(of: [5, 5]).isExact)
    #expect(composer.parts(of: [0, 0]).cells == [.blank("–"), .blank("–")])
  }
}
