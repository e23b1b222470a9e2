internal import Records

/// What a row of participants asks of its person, in four bytes: of those who were employed on the days of
/// all events and never moved the department, which is all that counts. A province's people fill the cache
/// otherwise.
struct EmployedThroughout {
  /// By person; negative for those whose days have to be looked at.
  let departments: ContiguousArray<Int32>

  init(_ staff: Staff, _ events: Events) {
    var (first, last) = (Int32.max, Int32.min)
    for event in events.all {
      first = min(first, event.day)
      last = max(last, event.day)
    }
    departments = ContiguousArray(
      staff.people.map { person in
        person.hasMoved || person.joined > first || person.left < last ? -1 : person.department
      })
  }
}
