import Foundation

/// A department whose row is kept.
struct Department {
  let id: String
  let names: Set<String>
  let category: String
  let branch: String
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

/// The departments and the staff of a workspace.
struct Roster {
  private(set) var departments: [Department] = []
  private(set) var people: [Person] = []
  private(set) var hasVolunteerColumn = false

  init(in folder: URL, noting judgements: inout Judgements) {
    if let table = Table("departments", in: folder) { readDepartments(table, &judgements) }
    if let table = Table("staff", in: folder) {
      hasVolunteerColumn = table.columns.contains("volunteer")
      readStaff(table, &judgements)
    }
  }

  private mutating func readDepartments(_ table: Table, _ judgements: inout Judgements) {
    var seen: Set<String> = []
    for row in table.rows {
      var reading = RowReading(row)
      let id = reading.required("id")
      let name = reading.required("name")
      reading.rejectRepeated(id, among: &seen)
      judgements.note(reading, in: table.file)
      if reading.isRejected { continue }
      let aliases = row["aliases"].split(separator: ";")
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      departments.append(
        Department(
          id: id, names: Set([id, name] + aliases), category: row["category"],
          branch: row["branch"]))
    }
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
