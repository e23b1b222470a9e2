import Records
import ReportModel
import Testing

@testable import Comparing
@testable import Composing

@Suite("Reports of departments")
struct DepartmentPackTests {
  @Test("Every pack's figures are the department's, and the counts of all add up to the hospital's")
  func figures() throws {
    let facts = try SampleWorkspace.facts()
    for language in Language.allCases {
      let packs = DepartmentPacks(facts: facts, language: language)
      let reports = facts.figures.departments.indices.map { packs.report(of: $0, .init()) }
      for report in reports { #expect(report.objections.isEmpty, "\(report.objections)") }
      for (row, standings) in packs.counts.enumerated() {
        let column = facts.figures.column(standings.metric, .department, window: 0)
        for (department, report) in reports.enumerated() {
          let table = try #require(report.table("pack_counts"))
          #expect(table.rows[row][2] == .integer(column[department].numerator))
        }
      }
      #expect(Set(reports.map(\.title)).count == 3)
    }
  }

  @Test("Things to do and findings are sorted by what they weigh")
  func details() throws {
    let facts = try SampleWorkspace.facts()
    func finding(_ file: String, _ row: Int, _ code: FindingCode) -> Finding {
      Finding(code, at: SourceLocation(file: file, row: row))
    }
    let details = DepartmentDetails(
      open: [
        .init(source: "issues", id: "I9", due: Day("2023-07-20")!),
        .init(source: "issues", id: "I3", due: Day("2023-03-10")!),
      ],
      findings: [
        .init(
          finding: finding("training_attendance.csv", 9, .unknownReference), source: "training",
          kind: .participation, isInPeriod: true),
        .init(
          finding: finding("issues.csv", 5, .unreadableValue), source: "issues", kind: .item,
          isInPeriod: true),
        .init(
          finding: finding("issues.csv", 2, .dueBeforeRaised), source: "issues", kind: .item,
          isInPeriod: true),
        .init(
          finding: finding("issues.csv", 7, .unreadableValue), source: "issues", kind: .item,
          isInPeriod: false),
      ])
    let report = DepartmentPacks(facts: facts, language: .chinese).report(of: 0, details)
    #expect(report.objections.isEmpty, "\(report.objections)")
    let tasks = try #require(report.table("pack_tasks"))
    #expect(tasks.rows[0][2] == .text("I3") && tasks.rows[0][0] == .text("逾期"))
    #expect(tasks.rows[1][2] == .text("I9") && tasks.rows[1][0] == .text("将到期"))
    let findings = try #require(report.table("pack_findings"))
    // Of two items one more is a half, of five participations a fifth; warnings come after.
    #expect(findings.rows.map { $0[1] } == [.text("5"), .text("9"), .text("2")])
    #expect(findings.rows[0][5] == .number(0.5) && findings.rows[1][5] == .number(0.2))
  }
}
