import Records
import Testing

@testable import Checking

@Suite("Departments that change and people who move")
struct OrganisationTests {
  private static let departments = """
    id,name,opened_on,closed_on,successor
    D1,内科,,,
    D2,外科,2020-01-01,2023-03-31,内科
    D3,老年科,2023-05-01,2023-04-01,
    D4,甲,,2023-01-31,D5
    D5,乙,,2023-02-28,甲
    D6,丙,,2023-01-31,D4
    D7,丁,,,D1
    D8,戊,,2023-01-31,无此科
    D9,己,,2023-01-31,D9
    D10,庚,,2023-01-31,D2；D1

    """

  @Test("Successors that cannot be used are told and not used")
  func successors() throws {
    let folder = try CheckedFolder(["departments.csv": Self.departments])
    #expect(
      folder.found("departments.csv") == [
        "4 closed_before_opened", "5 unusable_successor", "6 unusable_successor",
        "8 unusable_successor", "9 unusable_successor", "10 unusable_successor",
      ])
    let details = folder.checker.findings.sorted.filter { $0.code == .unusableSuccessor }
      .map(\.detail)
    #expect(details == ["cycle", "cycle", "not_closed", "unknown", "itself"])
    let all = try #require(folder.departments).all
    #expect(all.map(\.successors) == [[], [0], [], [], [], [3], [], [], [], [1, 0]])
    #expect(all[2].closed == nil && all[1].closed == Day("2023-03-31"))
  }

  @Test("Whoever stands for a closed department is found through all that closed after it")
  func present() throws {
    var departments = (0..<6).map {
      Department(id: "\($0)", name: "", closed: Day("2023-0\($0 + 1)-01"))
    }
    for number in 0..<4 { departments[number].successors = [number + 1] }
    departments[4].successors = [5, 0]
    let on = { (day: String) in Succession(departments).present(on: Day(day)!) }
    #expect(on("2022-12-31") == [0, 1, 2, 3, 4, 5])
    // The last day is a day on which it is open.
    #expect(on("2023-02-01") == [1, 1, 2, 3, 4, 5])
    #expect(on("2023-12-31") == [4, 4, 4, 4, 4, 5])
  }

  private func sweep(_ rows: [(String, String, Int32)]) -> AssignmentSweep {
    AssignmentSweep(
      rows.enumerated().map { number, row in
        StatedAssignment(
          person: 0, department: row.2, first: Day(row.0)!.number,
          last: Day(row.1)?.number ?? .max, row: UInt32(number))
      })
  }

  @Test(
    "A day of several assignments is the later one's, and one without an end ends with the next")
  func sweeps() {
    func text(_ sweep: AssignmentSweep) -> [String] {
      sweep.stretches.map {
        "\(Day(number: $0.first)) \($0.last == .max ? "" : "\(Day(number: $0.last))") \($0.department)"
      }
    }
    // Lent to 2 from within 1, and back again; then 3 until further notice.
    let lent = sweep([
      ("2023-01-01", "2023-12-31", 1), ("2023-03-01", "2023-03-31", 2), ("2023-11-01", "", 3),
    ])
    #expect(
      text(lent) == [
        "2023-01-01 2023-02-28 1", "2023-03-01 2023-03-31 2", "2023-04-01 2023-10-31 1",
        "2023-11-01  3",
      ])
    #expect(lent.overlaps.map { [$0.later.row, $0.earlier.row] } == [[1, 0], [2, 0]])
    #expect(lent.gaps.isEmpty)
    let open = sweep([
      ("2023-01-01", "", 1), ("2023-03-01", "2023-03-31", 2), ("2023-05-01", "2023-06-30", 1),
    ])
    #expect(
      text(open) == [
        "2023-01-01 2023-02-28 1", "2023-03-01 2023-03-31 2", "2023-05-01 2023-06-30 1",
      ])
    #expect(open.overlaps.isEmpty)
    #expect(
      open.gaps.map { "\(Day(number: $0.first)) \(Day(number: $0.last))" } == [
        "2023-04-01 2023-04-30"
      ])
  }

  @Test("Assignments that contradict each other or the staff list are told")
  func assignments() throws {
    let folder = try CheckedFolder([
      "departments.csv": "id,name,closed_on\nD1,内科,\nD2,外科,2023-06-30\nD3,合肥路门诊,\n",
      "staff_assignments.csv": """
      人员,科室,自,至
      S1,D1,2023-01-01,2023-02-28
      S1,D2,2023-02-15,2023-03-31
      S1,D1,2023-05-01,
      S2,D2,2023-01-01,
      S2,D2,2023-01-01,2023-01-31
      王伟,D3,2022-01-01,2021-12-31
      S3,D2,2023-07-01,
      S3,,2023-08-01,
      """,
    ])
    #expect(
      folder.found("staff_assignments.csv") == [
        "3 overlapping_assignments", "4 assignment_gap", "5 assignment_differs",
        "5 department_not_open", "6 duplicate_assignment", "7 ends_before_beginning",
        "8 department_not_open", "8 department_not_open", "9 missing_value",
      ])
    #expect(folder.outcome("staff_assignments.csv")?.rowsRejected == 3)
    let staff = try #require(folder.staff)
    let on = { (person: Int, day: String) in staff.department(of: person, on: Day(day)!.number) }
    #expect([on(0, "2022-12-31"), on(0, "2023-02-14"), on(0, "2023-02-15")] == [0, 0, 1])
    #expect([on(0, "2023-04-15"), on(0, "2024-01-01")] == [0, 0])
    #expect(on(1, "2023-06-01") == 1 && on(1, "2022-06-01") == 0)
    #expect(staff.people.map(\.hasMoved) == [true, true, false])
  }
}
