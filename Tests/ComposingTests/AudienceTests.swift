import Records
import ReportModel
import Testing

@testable import Comparing
@testable import Composing

@Suite("What a circle of readers is told")
struct AudienceTests {
  private func report(_ audience: Audience, _ language: Language) throws -> Report {
    let facts = try SampleWorkspace.facts().circulated(to: audience, threshold: 5)
    return Composer(facts: facts, language: language).report()
  }

  @Test("What is left fits together, in both languages", arguments: Audience.allCases)
  func objections(audience: Audience) throws {
    for language in Language.allCases {
      let report = try report(audience, language)
      #expect(report.objections.isEmpty, "\(report.objections)")
      #expect(report.dataState.contains { $0.contains("※") } == (audience != .office))
    }
  }

  @Test("Hidden cells are signs, their columns add up to nothing, and the rest stays")
  func cells() throws {
    let office = try #require(try report(.office, .chinese).table("issues_departments"))
    let staff = try #require(try report(.staff, .chinese).table("issues_departments"))
    let raised = try #require(office.columns.firstIndex { $0.heading == "提出" })
    #expect(office.rows[0][raised] == .integer(2) && staff.rows[0][raised] == .blank("※"))
    #expect(office.columns[raised].derivation == .sum)
    #expect(staff.columns[raised].derivation == .given)
    #expect(staff.total?[raised] == office.total?[raised])
    let open = try report(.public, .chinese)
    #expect(open.table("issues_departments") == nil && open.table("training_departments") == nil)
    #expect(open.sections.allSatisfy { $0.group != .departments || $0.name == "月度走势" })
  }

  @Test("Of very many departments all are hidden where any must be, and the hospital is told")
  func many() throws {
    var files = SampleWorkspace.files
    let further = (4...260).map { "D\($0),科室\($0),职能,\n" }.joined()
    files["departments.csv"] = (files["departments.csv"] ?? "") + "\n" + further
    let figures = try SampleWorkspace.facts(files).figures
    let metric = try #require(figures.metric("issues.raised"))
    let hidden = figures.disclosed(threshold: 5)
    for scope in [Scope.department, .branch, .category] {
      #expect(hidden.column(metric, scope, window: 0).allSatisfy { $0.isHidden })
    }
    #expect(hidden.hospital(metric) == figures.hospital(metric))
  }

  @Test("Activities are told as they are; a threshold of 1 hides nothing")
  func shown() throws {
    let facts = try SampleWorkspace.facts()
    let hidden = facts.figures.disclosed(threshold: 5)
    for metric in facts.figures.metrics where metric.source == "training" {
      #expect(
        hidden.column(metric, .department, window: 0)
          == facts.figures.column(metric, .department, window: 0))
    }
    let open = facts.figures.disclosed(threshold: 1)
    for metric in facts.figures.metrics {
      #expect(!open.hidesAny(of: metric, .department))
    }
  }
}
