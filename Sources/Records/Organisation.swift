/// Which departments figures are told of, where departments were merged or split and people moved.
public enum DepartmentView: String, Sendable, CaseIterable {
  /// What happened is the department's of that day: people count where they worked on the day of the event,
  /// and a closed department keeps its figures.
  case asWas = "as-was"
  /// What happened is told of the departments of today: people count where they are now, and what a closed
  /// department did stands with its successor.
  case asNow = "as-now"
}

/// How the departments of a workspace have changed, and which of them its figures are told of.
public struct Organisation: Sendable {
  public var view = DepartmentView.asWas
  /// For each department the one that has its figures; empty where each has its own.
  public var present: [Int] = []
  /// The people who are not always counted for the department of the staff list.
  public var movedPeople = 0
  /// Groups of people take the departments' place.
  public var isByGroup = false
  /// There are dated assignments of people.
  public var hasAssignments = false

  public init() {}

  /// Whether the figures of a department stand with another one.
  public func isMovedAway(_ department: Int) -> Bool {
    present.indices.contains(department) && present[department] != department
  }
}
