import Foundation

/// An item of a ledger whose row is kept.
struct Item {
  let department: Int
  let person: Int?
  let raisedOn: CalendarDay
  let hasMeasure: Bool
  let dueOn: CalendarDay?
  let closedOn: CalendarDay?
  let recheckedOn: CalendarDay?
  let isReopened: Bool
  let labels: [String: String]

  /// The item as it was known on a day: what happened later has not happened; nil before it was raised.
  func known(on day: CalendarDay?) -> Item? {
    guard let day else { return self }
    if raisedOn > day { return nil }
    return Item(
      department: department, person: person, raisedOn: raisedOn, hasMeasure: hasMeasure,
      dueOn: dueOn, closedOn: closedOn.flatMap { $0 > day ? nil : $0 },
      recheckedOn: recheckedOn.flatMap { $0 > day ? nil : $0 }, isReopened: isReopened,
      labels: labels)
  }
}

/// A ledger source as its file tells it.
struct Ledger {
  static let names = [
    "issues", "commitments", "tasks", "topics", "suggestions", "projects", "policies",
  ]

  let name: String
  /// The breakdown columns that the file has.
  let breakdowns: [String]
  private(set) var items: [Item] = []

  /// Nil where the source has no file.
  init?(
    _ name: String, in folder: URL, roster: Roster, horizon: CalendarDay,
    noting judgements: inout Judgements
  ) {
    guard let table = Table(name, in: folder) else { return nil }
    self.name = name
    breakdowns = ["level", "category", "source"].filter(table.columns.contains)
    var seen: Set<String> = []
    for row in table.rows {
      var reading = RowReading(row)
      let item = reading.item(roster, &seen, horizon)
      judgements.note(reading, in: table.file)
      if let item, !reading.isRejected { items.append(item) }
    }
  }
}

extension RowReading {
  fileprivate mutating func item(
    _ roster: Roster, _ seen: inout Set<String>, _ horizon: CalendarDay
  ) -> Item? {
    rejectRepeated(required("id"), among: &seen)
    let department = reference("department_id", roster.department(named:))
    let person = row["staff_id"].isEmpty ? nil : reference("staff_id", roster.person(named:))
    let raisedOn = requiredDay("raised_on")
    let dueOn = optionalDay("due_on")
    let closedOn = optionalDay("closed_on")
    let recheckedOn = optionalDay("rechecked_on")
    let level = choice("level", among: ["hospital", "department", "individual"])
    let result = choice("recheck_result", among: ["passed", "reopened"])
    if let raisedOn, let closedOn, closedOn < raisedOn { isRejected = true }
    if let raisedOn, let dueOn, dueOn < raisedOn { warnings.insert("due_before_raised") }
    for day in [raisedOn, closedOn, recheckedOn] {
      if let day, day > horizon { warnings.insert("in_the_future") }
    }
    guard let department, let raisedOn else { return nil }
    if !roster.departments[department].isOpen(on: raisedOn) {
      warnings.insert("department_not_open")
    }
    return Item(
      department: department, person: person, raisedOn: raisedOn,
      hasMeasure: !row["measure"].isEmpty, dueOn: dueOn, closedOn: closedOn,
      recheckedOn: recheckedOn, isReopened: result == "reopened",
      labels: ["level": level, "category": row["category"], "source": row["source"]])
  }
}
