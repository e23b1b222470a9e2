/// A stretch of days, both ends counted; empty where the last lies before the first.
struct Window {
  let label: String
  let month: String
  let first: CalendarDay
  /// The period's last day or the as-of day, whichever is earlier.
  let last: CalendarDay

  func contains(_ day: CalendarDay) -> Bool { first <= day && day <= last }

  func contains(_ day: CalendarDay?) -> Bool { day.map { contains($0) } ?? false }
}

/// The part of the hospital that a row of the statistics is about.
struct Slice {
  let scope: String
  let member: String
  let departments: Set<Int>
  /// The column and value that events or items must have; nil for all of them.
  let label: (column: String, value: String)?

  init(
    _ scope: String, _ member: String, departments: Set<Int>,
    label: (column: String, value: String)? = nil
  ) {
    self.scope = scope
    self.member = member
    self.departments = departments
    self.label = label
  }

  func covers(_ labels: [String: String]) -> Bool {
    label.map { (labels[$0.column] ?? "") == $0.value } ?? true
  }
}
