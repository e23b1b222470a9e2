import Checking
import Foundation
import Records
import Testing
import Workspace

@testable import Comparing
@testable import Counting

/// The proofs of balance find what does not balance.
@Suite("Balance")
struct BalanceTests {
  private static let files = [
    "hospital.yaml": "name: {zh: 甲, en: A}\n",
    "departments.csv": "id,name\nD1,甲科\nD2,乙科\n", "staff.csv": "id,department_id\nS1,D1\nS2,D2\n",
    "issues.csv": """
    id,department_id,staff_id,level,raised_on,due_on,closed_on
    I1,D1,S1,individual,2022-12-30,2023-01-10,2023-01-05
    I2,D1,S1,individual,2023-02-01,2023-02-10,
    I3,D2,S2,department,2023-03-01,2023-03-31,2023-04-02
    I4,D2,,hospital,2022-11-01,,

    """,
  ]

  /// The cube of a small workspace in a folder of its own.
  private func cube() throws -> Cube {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in Self.files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    let workspace = try Workspace(path: folder.path)
    let checker = Checker(workspace: workspace, jobs: 1, lastKnownDay: .latest)
    let departments = try #require(checker.departments())
    let staff = try #require(checker.staff(departments))
    let period = try #require(Period("2023H1"))
    let counter = Counter(
      checker: checker, departments: departments, staff: staff,
      timeline: Timeline(period: period, asOf: nil), jobs: 1)
    return counter.cube(of: workspace.sources)
  }

  /// The same cube with something wrong in its only ledger.
  private func imbalances(
    _ spoil: (
      inout [LedgerUnit], inout (openAtStart: Int, raised: Int, closed: Int, openAtEnd: Int)
    ) -> Void
  ) throws -> Set<Imbalance.Rule> {
    let cube = try cube()
    guard case .ledger(let ledger) = cube.sources[0].summary else {
      Issue.record("issues are a ledger")
      return []
    }
    var units = ledger.departments
    var proof = ledger.proof
    spoil(&units, &proof)
    let spoilt = LedgerSummary(
      departments: units, departmentCount: ledger.departmentCount, breakdowns: ledger.breakdowns,
      days: ledger.days, breakdownDays: ledger.breakdownDays, visits: ledger.visits, proof: proof)
    let figures = Figures(
      Cube(
        timeline: cube.timeline, departments: cube.departments, staff: cube.staff,
        hasVolunteers: false, sources: [(cube.sources[0].source, .ledger(spoilt))],
        records: cube.records, organisation: cube.organisation))
    let found = figures.imbalances()
    for jobs in [2, 3, 64] { #expect(figures.imbalances(jobs: jobs) == found) }
    return Set(found.map(\.rule))
  }

  @Test("A sound cube balances")
  func sound() throws { #expect(try imbalances { _, _ in }.isEmpty) }

  @Test("A closed item too many breaks stock and flow, months and the count by days")
  func closedTooMany() throws {
    let rules = try imbalances { units, _ in units[0].closed += 1 }
    #expect(rules == [.stockAndFlow, .monthsMakePeriod, .dayByDay, .valuesMakeHospital])
  }

  @Test("A month that lost an item breaks the months")
  func month() throws {
    // Windows: the period, 2022H2, 2022H1, then the months; I2 was raised in the second of them.
    let rules = try imbalances { units, _ in units[(3 + 1) * 2].raised -= 1 }
    #expect(rules == [.monthsMakePeriod, .stockAndFlow])
  }

  @Test("A direct count that differs is told")
  func proof() throws {
    #expect(try imbalances { _, proof in proof.openAtEnd += 1 } == [.dayByDay])
  }
}
