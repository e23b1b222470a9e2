import Records

extension FaultInjection {
  /// Adds rows that must be rejected, and spoils optional cells.
  mutating func addRows(to tables: inout [Table], of data: HospitalData) throws(GenerateError) {
    try spoilHours(&tables)
    try repeatRow(.duplicateParticipation, in: "training_attendance", &tables)
    try repeatRow(.duplicateId, in: "drills", &tables)
    try change(.unknownPerson, in: "training_attendance", &tables) { row, number in
      row[.person] = "Z9\(900 + number)"
    }
    try change(.unknownDepartment, in: "commitments", &tables) { row, number in
      row[.id] = "CN-B\(number)"
      row[.department] = "康养中心"
    }
    try change(.missingValue, in: "issues", &tables) { row, number in
      row[.id] = "WT-B\(number)"
      row[.raisedOn] = ""
    }
    try change(.closedBeforeRaised, in: "issues", &tables) { row, number in
      row[.id] = "WT-C\(number)"
      let raised = Day(row[.raisedOn]) ?? .earliest
      row[.closedOn] = raised.adding(days: -3).description
      row[.recheckedOn] = ""
      row[.recheckResult] = ""
    }
    try addNegativeScores(&tables, of: data)
    try addUnreadableDates(&tables)
  }

  /// Copies random rows, each to the line behind the original.
  private mutating func repeatRow(
    _ fault: Fault, in file: String, _ tables: inout [Table]
  ) throws(GenerateError) {
    guard let table = tables.firstIndex(where: { $0.schema.file == file }) else { return }
    var repeated: Set<[String]> = []
    try inflict(fault) { random in
      let index = random.below(tables[table].rows.count)
      let row = tables[table].rows[index]
      guard repeated.insert(row).inserted else { return false }
      tables[table].rows.insert(row, at: index + 1)
      return true
    }
  }

  /// Adds changed copies of random rows; `edit` gets the number of the copy, from 1.
  private mutating func change(
    _ fault: Fault, in file: String, _ tables: inout [Table],
    _ edit: (inout EditedRow, Int) -> Void
  ) throws(GenerateError) {
    guard let table = tables.firstIndex(where: { $0.schema.file == file }) else { return }
    var number = 0
    try inflict(fault) { random in
      number += 1
      let index = random.below(tables[table].rows.count)
      var row = EditedRow(table: tables[table], row: index)
      edit(&row, number)
      tables[table].rows.insert(row.cells, at: index + 1)
      return true
    }
  }

  private mutating func spoilHours(_ tables: inout [Table]) throws(GenerateError) {
    guard let table = tables.firstIndex(where: { $0.schema.file == "training_attendance" }),
      let column = tables[table].column(.hours)
    else { return }
    try inflict(.unreadableOptional) { random in
      let index = random.below(tables[table].rows.count)
      let isStated = tables[table].rows[index][column].utf8.first.map { $0 < 0x80 } ?? false
      if isStated { tables[table].rows[index][column] = "两小时" }
      return isStated
    }
  }

  /// The person must not be on the list already, or the row would be a duplicate as well.
  private mutating func addNegativeScores(
    _ tables: inout [Table], of data: HospitalData
  ) throws(GenerateError) {
    guard let table = tables.firstIndex(where: { $0.schema.file == "assessment_results" }),
      let events = data.activities["assessments"], !events.isEmpty
    else { return }
    var used: Set<[Int]> = []
    try inflict(.negativeNumber) { random in
      let event = random.below(events.count)
      let person = random.below(data.roster.staff.count)
      guard !events[event].people.contains(person), used.insert([event, person]).inserted
      else { return false }
      tables[table].add([
        .event: events[event].id, .person: data.roster.staff[person].id, .score: "-5",
        .passed: "0",
      ])
      return true
    }
  }

  /// A session that cannot be counted takes the participation in it along.
  private mutating func addUnreadableDates(_ tables: inout [Table]) throws(GenerateError) {
    guard let sessions = tables.firstIndex(where: { $0.schema.file == "training_sessions" }),
      let lists = tables.firstIndex(where: { $0.schema.file == "training_attendance" }),
      let date = tables[sessions].column(.date)
    else { return }
    var numbers: [Int] = []
    let unreadable = ["2023-02-30", "2023-13-05", "三月中旬"]
    try change(.unreadableDate, in: "training_sessions", &tables) { row, number in
      row[.id] = "PX-B\(number)"
      row.cells[date] = unreadable[number % unreadable.count]
      row[.participants] = ""
      numbers.append(number)
    }
    for number in numbers {
      follow("PX-B\(number)", in: &tables[lists])
    }
  }

  private mutating func follow(_ event: String, in table: inout Table) {
    guard !table.rows.isEmpty else { return }
    var row = EditedRow(table: table, row: number(below: table.rows.count))
    row[.event] = event
    table.rows.append(row.cells)
  }
}

/// A copy of a table's row whose cells are reached by what they mean.
private struct EditedRow {
  var cells: [String]
  private let roles: [Role]

  init(table: Table, row: Int) {
    cells = table.rows[row]
    roles = table.roles
  }

  subscript(role: Role) -> String {
    get { roles.firstIndex(of: role).map { cells[$0] } ?? "" }
    set { if let index = roles.firstIndex(of: role) { cells[index] = newValue } }
  }
}
