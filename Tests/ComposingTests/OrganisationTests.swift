import Records
import ReportModel
import Testing

@testable import Comparing
@testable import Composing

@Suite("Departments that change, in the report")
struct OrganisationTests {
  /// D3 is merged into D1 at the end of 2022; D2 opens in August of that year.
  private static let changing = """
    id,name,category,branch,opened_on,closed_on,successor
    D1,急诊科,clinical,第一支部,,,
    D2,检验科,医技,第一支部,2022-08-01,,
    D3,档案室,职能,,,2022-12-31,D1
    """

  private func facts(_ view: DepartmentView = .asWas) throws -> ReportFacts {
    var files = SampleWorkspace.files
    files["departments.csv"] = Self.changing
    files["training_sessions.csv"]! += "\nT7,2022-05-01,D3,讲座,1,4\nT8,2022-10-01,D3,讲座,1,4\n"
    files["training_attendance.csv"]! += "\nT3,S9\nT6,S9\n"
    files["staff_assignments.csv"] = """
      staff_id,department_id,from,to
      S9,D3,2020-01-01,2022-12-31
      S9,D2,2023-01-01,
      """
    return try SampleWorkspace.facts(files, view: view)
  }

  /// The cells of the column of changes on last year, in a table of departments.
  private func changes(_ table: Table?) throws -> [Cell] {
    let table = try #require(table)
    let column = try #require(table.columns.firstIndex { $0.heading.hasSuffix("同比") })
    return table.rows.map { $0[column] }
  }

  @Test("Area sheets and comparisons say with the same words why a change is not shown")
  func oneRule() throws {
    for (facts, expected) in [
      (try SampleWorkspace.facts(), ["", "当时未报", "当时未设"]),
      (try facts(), ["有并入", "当时未设", "已撤并"]), (try facts(.asNow), ["", "当时未设", "已撤并"]),
    ] {
      let composer = Composer(facts: facts, language: .chinese)
      let area = try changes(composer.report().table("training_departments"))
      let metric = try #require(facts.figures.metric("training.participations"))
      let request = ComparisonRequest(
        metrics: [metric], scope: .department, shown: Array(facts.figures.departments.indices))
      #expect(area == (try changes(#require(composer.comparisonTables(request).first).table)))
      for (cell, word) in zip(area, expected) where !word.isEmpty { #expect(cell == .blank(word)) }
      if expected[0].isEmpty {
        #expect(area[0] == .blank("+3 人次") || area[0] == .number(-1.0 / 6), "\(area)")
      }
    }
  }

  @Test("The report says which view it shows and what was merged, in both languages")
  func statements() throws {
    for view in DepartmentView.allCases {
      let facts = try facts(view)
      for language in Language.allCases {
        let report = Composer(facts: facts, language: language).report()
        let name =
          language == .chinese
          ? (view == .asWas ? "按当时" : "按现行") : view == .asWas ? "as they were" : "as they are now"
        #expect(report.prose.contains(name))
        #expect(report.dataState.contains { $0.contains(name) })
        #expect(report.sections[0].lead.contains { $0.contains(name) })
        #expect(report.prose.contains("2022-12-31"))
        #expect(report.objections.isEmpty, "\(report.objections)")
      }
    }
    let plain = Composer(facts: try SampleWorkspace.facts(), language: .chinese)
    #expect(plain.organisationSentences.isEmpty)
  }

  @Test("People who were of two departments do not add up, and nobody's formula says that they do")
  func derivations() throws {
    let facts = try facts()
    let metric = try #require(facts.figures.metric("training.people"))
    #expect(facts.figures.peopleAddUp(of: "training") == false)
    let composer = Composer(facts: facts, language: .english)
    #expect(composer.derivation(of: metric, over: .department) == .distinct)
    let plain = Composer(facts: try SampleWorkspace.facts(), language: .english)
    #expect(plain.derivation(of: metric, over: .department) == .sum)
  }

  @Test("A department that has closed is not asked for reports, nor counted among those there are")
  func closed() throws {
    let facts = try facts()
    let composer = Composer(facts: facts, language: .chinese)
    #expect(composer.reportingStatus.lines.allSatisfy { !$0.missing.contains(2) })
    #expect(composer.openDepartments == 2 && composer.reportingStatus.asked == 2)
    #expect(composer.departmentNames == ["急诊科", "检验科", "档案室（2022-12-31 撤销）"])
    let now = Composer(facts: try self.facts(.asNow), language: .english)
    #expect(now.departmentNames[2] == "档案室 (now 急诊科)")
  }
}
