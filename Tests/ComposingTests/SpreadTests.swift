import Composing
import Records
import ReportModel
import Testing

@Suite("How participations are spread")
struct SpreadTests {
  /// Of ten people S1 was there five times, S2 to S4 once; S5 to S10 never.
  private func report(_ audience: Audience = .office) throws -> Report {
    var files = SampleWorkspace.files
    files["staff.csv"] = "id,department_id\n" + (1...10).map { "S\($0),D1\n" }.joined()
    files["training_sessions.csv"] =
      "id,date,department_id\n" + (1...5).map { "T\($0),2023-0\($0)-01,D1\n" }.joined()
    files["training_attendance.csv"] =
      "session_id,staff_id\n" + (1...5).map { "T\($0),S1\n" }.joined()
      + "T1,S2\nT2,S3\nT3,S4\n"
    let facts = try SampleWorkspace.facts(files).circulated(to: audience, threshold: 5)
    return Composer(facts: facts, language: .english).report()
  }

  @Test("Who came how often, and what part of all that was")
  func table() throws {
    let table = try #require(try report().table("training_spread"))
    #expect(table.rows.map { $0[1] } == [.integer(6), .integer(3), .integer(0), .integer(1)])
    #expect(table.rows.map { $0[3] } == [.integer(0), .integer(3), .integer(0), .integer(5)])
    #expect(table.total?[1] == .integer(10) && table.total?[3] == .integer(8))
    let busiest = try #require(try report().table("training_busiest"))
    #expect(busiest.rows.map { $0[1] } == [.integer(2), .integer(3)])
    #expect(busiest.rows.map { $0[3] } == [.integer(6), .integer(7)])
  }

  @Test("That few carry much is told where many took part")
  func sentence() throws {
    // The busiest two of ten have 6 of 8; three quarters, and 80 % of 8 are those of three people.
    let text = "The busiest fifth of the head count (2 people) have 75.0% of the participations"
    let summary = try report().prose
    #expect(summary.contains(text), "\(summary)")
    #expect(summary.contains("80% of these are those of 3 people (30.0%)"))
  }

  @Test(
    "Where a number of people lies below the threshold, staff and public are told nothing of it")
  func hidden() throws {
    for audience in [Audience.staff, .public] {
      let report = try report(audience)
      #expect(report.table("training_spread") == nil && report.table("training_busiest") == nil)
      #expect(!report.prose.contains("busiest fifth"))
    }
  }
}
