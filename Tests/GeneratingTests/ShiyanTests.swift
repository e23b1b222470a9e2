import Foundation
import Testing

@testable import Generating

/// The figures that the hospital published for the first half of 2023, counted from the committed
/// files, which are byte for byte the generated ones.
@Suite struct ShiyanTests {
  private static let first = "2023-01-01"
  private static let last = "2023-06-30"

  private let committed = repository.appendingPathComponent("datasets/shiyan-2023")
  private let recount: Recount

  init() throws { recount = try Recount(committed) }

  private func activity(_ events: String, _ lists: String) throws -> Recount.Activity {
    try recount.activity(events, lists, from: Self.first, through: Self.last)
  }

  private func ledger(_ file: String) throws -> Recount.Ledger {
    try recount.ledger(file, from: Self.first, through: Self.last)
  }

  @Test func committedFilesAreTheGeneratedOnes() throws {
    let folder = try generate("shiyan-2023/generate.yaml")
    #expect(try folder.files().count == 26)
    for file in try folder.files() {
      let bytes = try Data(contentsOf: committed.appendingPathComponent(file))
      #expect(try folder.bytes(file) == bytes, "\(file) is stale: generate it again")
    }
  }

  @Test func training() throws {
    let counted = try activity("training_sessions", "training_attendance")
    #expect(
      counted == .init(events: 467, participations: 5863, people: 796, rejected: 6 + 3 + 2 * 2))
  }

  @Test func everybodyEmployedTookPartInTraining() throws {
    let dates = Dictionary(
      try recount.rows("training_sessions").map { ($0[0], $0[1]) }, uniquingKeysWith: { a, _ in a })
    let present = Set(
      try recount.rows("training_attendance")
        .filter { (dates[$0[0]] ?? "") >= Self.first }.map { $0[1] })
    #expect(Set(employed(on: Self.last).map { $0[0] }).isSubset(of: present))
  }

  @Test func drills() throws {
    let counted = try activity("drills", "drill_participation")
    #expect(counted.events == 131)
    #expect(counted.participations == 1520)
    #expect(counted.rejected == 1)
  }

  @Test func assessments() throws {
    let counted = try activity("assessments", "assessment_results")
    #expect(counted.events == 58)
    #expect(counted.participations == 1631)
    #expect(counted.rejected == 1)
  }

  @Test func outreach() throws {
    #expect(try activity("outreach", "outreach_participation").events == 35 + 4)
    let visits = try recount.rows("outreach").filter {
      $0[1] >= Self.first && $0[4] == "名医下基层"
    }
    #expect(visits.count == 4)
  }

  @Test func issues() throws {
    let raised = 18 + 1476
    #expect(
      try ledger("issues")
        == .init(
          hospital: 18, individual: 1476, people: 796, withMeasure: raised, withDeadline: raised,
          rejected: 3))
  }

  @Test func otherLedgers() throws {
    let tasks = try ledger("tasks")
    #expect(
      tasks
        == .init(
          hospital: 9, individual: 159, people: 159, withMeasure: 168, withDeadline: 168,
          rejected: 0))
    let commitments = try ledger("commitments")
    #expect(commitments.individual == 864)
    #expect(commitments.rejected == 1)
    #expect(try ledger("policies").hospital == 13)
  }

  @Test func tasksAreThoseOfPartyMembers() throws {
    let members = Set(recount.staff.filter { $0[6] == "1" }.flatMap { [$0[0], $0[1]] })
    let owners = try recount.rows("tasks").map { $0[3] }.filter { !$0.isEmpty }
    #expect(owners.allSatisfy(members.contains))
  }

  private func employed(on day: String) -> [[String]] {
    recount.staff.filter { ($0[8].isEmpty || $0[8] <= day) && ($0[9].isEmpty || $0[9] >= day) }
  }

  @Test func staffOnTheLastDay() {
    let present = employed(on: Self.last)
    let employees = present.filter { $0[4].isEmpty }
    #expect(present.count == 796)
    #expect(employees.count == 763)
    #expect(employees.filter { $0[7] == "1" }.count == 740)
    #expect(present.filter { $0[9] == Self.last }.count == 1, "the last day of work counts")
  }

  @Test func organisation() throws {
    let departments = try recount.rows("departments")
    #expect(departments.count == 61)
    #expect(Set(departments.map { $0[4] }).count == 26)
    #expect(Set(departments.map { $0[3] }) == ["临床", "医技", "护理", "药学", "职能"])
    #expect(recount.departments.values.allSatisfy { $0.count == 1 }, "an alias is ambiguous")
    let sizes = Dictionary(grouping: employed(on: Self.last)) { $0[2] }.mapValues(\.count)
    #expect(sizes.values.filter { (3...6).contains($0) }.count >= 3)
  }

  @Test func nothingButDeadlinesLiesAfterTheLastDay() throws {
    for file in ["issues", "commitments", "tasks", "policies"] {
      for row in try recount.rows(file) {
        #expect([row[6], row[10], row[11]].allSatisfy { $0 <= Self.last })
      }
    }
    let events = ["training_sessions", "drills", "assessments", "outreach", "volunteer_activities"]
    for row in try events.flatMap(recount.rows) where Recount.isDay(row[1]) {
      #expect(row[1] <= Self.last)
    }
  }

  @Test func totalsGrowWithTheScale() throws {
    let twice = try generate("shiyan-2023/generate.yaml", .init(scale: 2, seed: 7))
    let counted = try Recount(twice.url).activity(
      "training_sessions", "training_attendance", from: Self.first, through: Self.last)
    #expect(counted == .init(events: 934, participations: 11_726, people: 1592, rejected: 26))
  }
}
