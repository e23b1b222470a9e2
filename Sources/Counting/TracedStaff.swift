internal import Checking
internal import Records

/// The staff list, row by row.
struct TracedStaff {
  let table: TracedTable
  private let staff: Staff
  private let query: ExplanationQuery
  /// The rows of the persons by their index.
  private let persons: [Int]

  init(_ table: TracedTable, _ staff: Staff, _ query: ExplanationQuery) {
    self.table = table
    self.staff = staff
    self.query = query
    persons = table.accepted
  }

  /// The department of a person on a day; nil for nobody.
  func department(of person: Int, on day: Int64) -> Int64? {
    guard persons.indices.contains(person), person < staff.count else { return nil }
    return Int64(staff.department(of: person, on: Int32(truncatingIfNeeded: day)))
  }

  func isEmployed(_ person: Int) -> Bool {
    persons.indices.contains(person) && isEmployed(row: persons[person])
  }

  /// Those in the head count of the query's department.
  var headcount: [Explanation.Row] {
    heads.map { table.row($0) }
  }

  var rejectedHeads: [Explanation.Rejected] {
    table.rejected { all(isHere($0), isEmployed(row: $0)) }
  }

  var explanation: Explanation {
    var explanation = Explanation()
    let counts: (Int) -> Bool
    switch query.measure {
    case .employees: counts = isEmployee
    case .registered, .registrationRate: counts = { isEmployee($0) && isVolunteer($0) }
    default: counts = { _ in true }
    }
    let heads = heads
    explanation.numerator = heads.filter(counts).map { table.row($0) }
    if query.measure == .registrationRate {
      explanation.denominator = heads.filter(isEmployee).map { table.row($0) }
    }
    let base = query.measure == .registrationRate ? isEmployee : counts
    explanation.rejected = table.rejected { all(isHere($0), isEmployed(row: $0), base($0)) }
    return explanation
  }

  /// The rows of those in the head count of the query's department.
  private var heads: [Int] {
    persons.indices.filter { person in
      let isHere =
        query.department.map {
          department(of: person, on: Int64(query.end.number)) == Int64($0)
        } ?? true
      return isHere && isEmployed(row: persons[person])
    }.map { persons[$0] }
  }

  /// Whether a row that is not accepted names the query's department.
  private func isHere(_ row: Int) -> Verdict {
    guard let department = query.department else { return true }
    return table.value(.department, row).map { $0 == department }
  }

  private func isEmployed(row: Int) -> Bool {
    let end = Int64(query.end.number)
    return (table.value(.joinedOn, row) ?? end) <= end && (table.value(.leftOn, row) ?? end) >= end
  }

  private func isEmployee(_ row: Int) -> Bool {
    table.value(.employment, row).map(TracedTable.isEmployee) ?? true
  }

  private func isVolunteer(_ row: Int) -> Bool { table.value(.volunteer, row) == 1 }
}
