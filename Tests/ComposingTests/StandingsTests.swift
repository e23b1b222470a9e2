import Counting
import Records
import ReportModel
import Testing

@testable import Comparing
@testable import Composing

@Suite("Departments beside each other")
struct StandingsTests {
  /// Eighteen departments: sixteen of twenty people who all took part but one each, one of twenty of whom
  /// two did, one of three of whom none did; the last two began in 2023.
  private static let files: [String: String] = {
    var files: [String: String] = [
      "hospital.yaml": "name: {zh: 示例医院, en: Sample Hospital}\n"
    ]
    var departments = "id,name,category\n"
    var staff = "id,name,department_id,joined_on\n"
    var attendance = "session_id,staff_id\n"
    for department in 1...18 {
      departments += "D\(department),科室\(department),\(department < 17 ? "临床" : "职能")\n"
      let size = department == 18 ? 3 : 20
      let joined = department >= 17 ? "2023-01-01" : "2020-01-01"
      for person in 1...size {
        staff += "S\(department)-\(person),,D\(department),\(joined)\n"
        let tookPart = department < 17 ? person > 1 : department == 17 ? person <= 2 : false
        if tookPart { attendance += "T2,S\(department)-\(person)\n" }
        if department < 16, person <= 10 { attendance += "T1,S\(department)-\(person)\n" }
      }
    }
    files["departments.csv"] = departments
    files["staff.csv"] = staff
    files["training_sessions.csv"] =
      "id,date,department_id\nT1,2022-03-01,D1\nT2,2023-03-01,D1\n"
    files["training_attendance.csv"] = attendance
    return files
  }()

  private func standings(_ name: String) throws -> (Figures, Standings) {
    let figures = try SampleWorkspace.facts(Self.files).figures
    return (figures, Standings(figures, try #require(figures.metric(name)), .department))
  }

  @Test("Ranks, ties, spans of ranks, quarters and verdicts of a rate")
  func rate() throws {
    let (_, standings) = try standings("training.coverage")
    let members = standings.members
    #expect(members.map(\.rank) == Array(repeating: 1, count: 16) + [17, nil])
    #expect(members.prefix(16).allSatisfy { $0.isTied && $0.ranks == 1...16 })
    #expect(members[16].ranks == 17...17)
    #expect(members.prefix(16).allSatisfy { $0.quartile == 1 && $0.peers == 16 })
    #expect(members[16].quartile == nil && members[16].peers == 1)
    #expect(members[16].verdict == .lookInto)
    #expect(members[17].verdict == .tooSmall)
    #expect(members.prefix(16).allSatisfy { $0.verdict == .expected })
    #expect(standings.rankedCount == 17)
  }

  @Test("Counts are ranked per head")
  func perHead() throws {
    let (_, standings) = try standings("training.participations")
    #expect(standings.members[0].basis == Figure(19, over: 20))
    #expect(standings.members[16].basis == Figure(2, over: 20))
    #expect(standings.members[16].rank == 17)
    let (_, events) = try self.standings("training.events")
    #expect(events.members[0].rank == 1 && events.members[1].rank == 2)
  }

  @Test("Who did not exist or report is not compared, and the rest like for like")
  func comparability() throws {
    let (figures, _) = try standings("training.participations")
    let metric = try #require(figures.metric("training.participations"))
    let year = try #require(
      figures.timeline.windows.firstIndex { "\($0.period)" == "2022H1" })
    #expect(
      figures.comparability(metric, .department, from: year)
        == Array(repeating: .comparable, count: 15) + [
          .notReportedThen, .didNotExist, .didNotExist,
        ])
    let sums = try #require(figures.likeForLike(metric, from: year))
    #expect(sums.then == Figure(150) && sums.now == Figure(285) && sums.departments == 15)
    let coverage = try #require(figures.metric("training.coverage"))
    let rates = try #require(figures.likeForLike(coverage, from: year))
    #expect(rates.now == Figure(285, over: 300))
  }

  @Test("The table says what there is, in both languages")
  func table() throws {
    let facts = try SampleWorkspace.facts(Self.files)
    let composer = Composer(facts: facts, language: .chinese)
    let metric = try #require(facts.figures.metric("training.coverage"))
    let request = ComparisonRequest(
      metrics: [metric], scope: .department, shown: Array(0..<18), order: .score)
    let (table, notes) = try #require(composer.comparisonTables(request).first)
    #expect(table.rows.count == 18 && table.columns.allSatisfy { !$0.heading.isEmpty })
    let texts = table.rows.map { row in row.map { NumberText().text($0, in: .text) } }
    #expect(texts[0].contains("并列第 1") && texts[16].contains("需要了解"))
    #expect(texts[17].contains("基数小，不判断") && texts[16].contains("当时未设"))
    #expect(notes.contains { $0.contains("需要了解：科室17") })
    #expect(notes.contains { $0.contains("只计两期均有报送的 15 个科室") })
    #expect(notes.contains("第 1 至第 16 名分不出先后。"))
    let english = Composer(facts: facts, language: .english).comparisonTables(request).first
    #expect(english?.notes.contains("Ranks 1 to 16 cannot be told apart.") == true)
    let records = request.metrics.flatMap { composer.comparisonRecords($0, request) }
    #expect(
      records.count == 18 && records.allSatisfy { $0.count == Composer.comparisonHeader.count })
  }

  @Test("The workbook has both orders and explains them")
  func report() throws {
    let facts = try SampleWorkspace.facts(Self.files)
    let request = ComparisonRequest(
      metrics: ComparisonRequest.usualMetrics(facts.figures), scope: .department,
      shown: Array(0..<18))
    let report = Composer(facts: facts, language: .chinese).comparisonReport(request)
    #expect(report.sections.count == request.metrics.count && report.objections.isEmpty)
    for section in report.sections {
      #expect(section.blocks.count == 2 && !section.notes.isEmpty)
    }
  }
}
