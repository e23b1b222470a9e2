internal import Checking
internal import Records

/// The staff list counted: persons by department and window.
public struct StaffSummary: Sendable {
  /// By department and window.
  public let headcount: Grid<UInt32>
  public let employees: Grid<UInt32>
  /// Employees who are registered volunteers.
  public let registered: Grid<UInt32>
  /// For each person the windows (as bits) on whose last day the person was employed.
  let employedWindows: [UInt64]

  init(_ staff: Staff, departments: Int, timeline: Timeline) {
    let windows = timeline.windows.count
    headcount = Grid(units: departments, columns: windows)
    employees = Grid(units: departments, columns: windows)
    registered = Grid(units: departments, columns: windows)
    let ends = timeline.windows.map(\.end.number)
    var employedWindows = [UInt64](repeating: 0, count: staff.count)
    for (index, person) in staff.people.enumerated() {
      var unit = Int(person.department)
      var mask: UInt64 = 0
      for (window, end) in ends.enumerated() where person.isEmployed(on: end) {
        mask |= 1 << UInt64(window)
        if person.hasMoved { unit = Int(staff.department(of: index, on: end)) }
        headcount.row(unit)[window] += 1
        guard person.isEmployee else { continue }
        employees.row(unit)[window] += 1
        if person.isVolunteer { registered.row(unit)[window] += 1 }
      }
      employedWindows[index] = mask
    }
    self.employedWindows = employedWindows
  }
}
