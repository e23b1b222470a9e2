import Foundation

/// A department whose row is kept.
struct Department {
  let id: String
  let names: Set<String>
  let category: String
  let branch: String
  let opened: CalendarDay?
  let closed: CalendarDay?
  /// Those that took over, as far as they can be used.
  var successors: [Int] = []

  /// Whether it is open on a day.
  func isOpen(on day: CalendarDay) -> Bool {
    (opened.map { $0 <= day } ?? true) && (closed.map { day <= $0 } ?? true)
  }
}

/// A person whose row is kept.
struct Person {
  let names: Set<String>
  let department: Int
  let isEmployee: Bool
  let isVolunteer: Bool
  let joinedOn: CalendarDay?
  let leftOn: CalendarDay?

  func isEmployed(on day: CalendarDay) -> Bool {
    (joinedOn.map { $0 <= day } ?? true) && (leftOn.map { $0 >= day } ?? true)
  }
}

/// A kept row of the table of assignments.
struct Assignment {
  let person: Int
  let department: Int
  let first: CalendarDay
  let last: CalendarDay?
}

/// Which departments figures are told of.
enum View: String {
  case asWas = "as-was"
  case asNow = "as-now"
}

/// The departments and the staff of a workspace.
struct Roster {
  let view: View
  /// The day that counts as today; nil for the end of time.
  let now: CalendarDay?
  private(set) var assignments: [Assignment] = []
  private(set) var departments: [Department] = []
  private(set) var people: [Person] = []
  private(set) var hasVolunteerColumn = false

  init(
    in folder: URL, view: View = .asWas, now: CalendarDay? = nil,
    noting judgements: inout Judgements
  ) {
    self.view = view
    self.now = now
    if let table = Table("departments", in: folder) { readDepartments(table, &judgements) }
    if let table = Table("staff", in: folder) {
      hasVolunteerColumn = table.columns.contains("volunteer")
      readStaff(table, &judgements)
    }
    if let table = Table("staff_assignments", in: folder) { readAssignments(table, &judgements) }
  }

  private mutating func readDepartments(_ table: Table, _ judgements: inout Judgements) {
    var seen: Set<String> = []
    var stated: [(row: Row, names: [String])] = []
    for row in table.rows {
      var reading = RowReading(row)
      let id = reading.required("id")
      let name = reading.required("name")
      reading.rejectRepeated(id, among: &seen)
      let opened = reading.optionalDay("opened_on")
      var closed = reading.optionalDay("closed_on")
      if let first = opened, let last = closed, last < first {
        reading.warnings.insert("closed_before_opened")
        closed = nil
      }
      judgements.note(reading, in: table.file)
      if reading.isRejected { continue }
      let aliases = row["aliases"].split(separator: ";")
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      departments.append(
        Department(
          id: id, names: Set([id, name] + aliases), category: row["category"],
          branch: row["branch"], opened: opened, closed: closed))
      stated.append(
        (
          row,
          row["successor"].split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        ))
    }
    takeSuccessors(stated, table.file, &judgements)
  }

  /// Successors count where all that a department names can be used and none leads back.
  private mutating func takeSuccessors(
    _ stated: [(row: Row, names: [String])], _ file: String, _ judgements: inout Judgements
  ) {
    func warn(_ number: Int) {
      judgements.warnings.insert(
        Warning(file: file, row: stated[number].row.number, code: "unusable_successor"))
    }
    var found: [[Int]] = stated.indices.map { number in
      let names = stated[number].names
      let usable = names.map { name -> Int? in
        let department = self.department(named: name)
        return departments[number].closed == nil || department == number ? nil : department
      }
      if usable.contains(nil) { warn(number) }
      return usable.contains(nil) ? [] : usable.compactMap { $0 }
    }
    let ahead = found.indices.map { reached(from: $0, found) }
    let circles = Set(found.indices.filter { ahead[$0].contains($0) })
    for number in found.indices where !ahead[number].isDisjoint(with: circles) {
      guard circles.contains(where: { ahead[$0].contains(number) }) else { continue }
      warn(number)
      found[number] = []
    }
    for number in found.indices { departments[number].successors = found[number] }
  }

  private func reached(from start: Int, _ successors: [[Int]]) -> Set<Int> {
    var reached: Set<Int> = []
    var rest = successors[start]
    while let next = rest.popLast() {
      if reached.insert(next).inserted { rest += successors[next] }
    }
    return reached
  }

  private mutating func readAssignments(_ table: Table, _ judgements: inout Judgements) {
    var rows: [Int] = []
    for row in table.rows {
      var reading = RowReading(row)
      let person = reading.reference("staff_id", self.person(named:))
      let department = reading.reference("department_id", self.department(named:))
      let first = reading.requiredDay("from")
      let last = reading.optionalDay("to")
      if let first, let last, last < first { reading.isRejected = true }
      if !reading.isRejected,
        assignments.contains(where: { $0.person == person && $0.first == first })
      {
        reading.isRejected = true
      }
      if let department,
        [first, last].contains(where: { day in
          day.map { !departments[department].isOpen(on: $0) } ?? false
        })
      {
        reading.warnings.insert("department_not_open")
      }
      judgements.note(reading, in: table.file)
      guard !reading.isRejected, let person, let department, let first else { continue }
      rows.append(row.number)
      assignments.append(
        Assignment(person: person, department: department, first: first, last: last))
    }
    for (one, row) in zip(assignments, rows) where one.last == nil {
      let isLast = !assignments.contains { $0.person == one.person && $0.first > one.first }
      guard isLast, departments[one.department].closed != nil else { continue }
      judgements.warnings.insert(
        Warning(file: table.file, row: row, code: "department_not_open"))
    }
  }

  /// The department that has what is stated of another: in the departments of today a closed one's only
  /// successor, and so on.
  func told(_ department: Int) -> Int {
    guard view == .asNow else { return department }
    let closed = departments[department].closed
    let isClosed = closed.map { day in now.map { day < $0 } ?? true } ?? false
    let successors = Set(departments[department].successors)
    guard isClosed, successors.count == 1, let next = successors.first else { return department }
    return told(next)
  }

  /// The department that a person counts for on a day.
  func department(of person: Int, on day: CalendarDay) -> Int {
    told(assigned(person, on: view == .asWas ? day : now) ?? people[person].department)
  }

  /// The department of the assignment that began last of those that have a day; nil stands for the end of
  /// time. One without a last day ends where the person's next begins.
  private func assigned(_ person: Int, on day: CalendarDay?) -> Int? {
    let own = assignments.filter { $0.person == person }
    let having = own.filter { one in
      guard let day else { return one.last == nil && !own.contains { $0.first > one.first } }
      guard one.first <= day else { return false }
      if let last = one.last { return day <= last }
      return !own.contains { $0.first > one.first && $0.first <= day }
    }
    return having.max { $0.first < $1.first }?.department
  }

  private mutating func readStaff(_ table: Table, _ judgements: inout Judgements) {
    var seen: Set<String> = []
    for row in table.rows {
      var reading = RowReading(row)
      let id = reading.required("id")
      reading.rejectRepeated(id, among: &seen)
      let department = reading.reference("department_id", self.department(named:))
      let isVolunteer = reading.flag("volunteer") ?? false
      _ = reading.flag("party_member")
      let joinedOn = reading.optionalDay("joined_on")
      let leftOn = reading.optionalDay("left_on")
      judgements.note(reading, in: table.file)
      guard !reading.isRejected, let department else { continue }
      people.append(
        Person(
          names: Set([id, row["name"]]).subtracting([""]), department: department,
          isEmployee: ["", "employee", "职工", "在编"].contains(row["employment"]),
          isVolunteer: isVolunteer, joinedOn: joinedOn, leftOn: leftOn))
    }
  }

  /// The one department with this id, name or alias; nil for none and for several.
  func department(named text: String) -> Int? {
    let matches = departments.indices.filter { departments[$0].names.contains(text) }
    return matches.count == 1 ? matches[0] : nil
  }

  /// The one person with this id or name; nil for none and for several.
  func person(named text: String) -> Int? {
    let matches = people.indices.filter { people[$0].names.contains(text) }
    return matches.count == 1 ? matches[0] : nil
  }
}

extension RowReading {
  /// Rejects a row whose id stands in an earlier row, whatever became of that row.
  mutating func rejectRepeated(_ id: String, among seen: inout Set<String>) {
    if !id.isEmpty, !seen.insert(id).inserted { isRejected = true }
  }

  /// Rejects a row whose required reference is empty or does not name exactly one.
  mutating func reference(_ column: String, _ resolve: (String) -> Int?) -> Int? {
    let index = resolve(required(column))
    if index == nil { isRejected = true }
    return index
  }
}
