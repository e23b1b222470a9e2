import Workspace

/// What real submissions get wrong. The first group are rows that come on top and must be rejected;
/// the second are oddities of rows that count.
enum Fault: String, CaseIterable, Sendable {
  /// A row of an attendance list that stands twice.
  case duplicateParticipation = "duplicate_participation"
  /// A participation of somebody whom the staff table does not know.
  case unknownPerson = "unknown_person"
  /// A training session on a day that does not exist, with one participation.
  case unreadableDate = "unreadable_date"
  /// A drill that stands twice.
  case duplicateId = "duplicate_id"
  /// A result with a score below zero.
  case negativeNumber = "negative_number"
  case closedBeforeRaised = "closed_before_raised"
  /// An issue without the day on which it was raised.
  case missingValue = "missing_value"
  /// A commitment of a department that does not exist.
  case unknownDepartment = "unknown_department"

  /// Hours of an attendance row that are no number.
  case unreadableOptional = "unreadable_optional"
  /// A training session attended before the person joined.
  case beforeJoining = "before_joining"
  /// A drill attended after the person left.
  case afterLeaving = "after_leaving"
  /// A training session whose head count is not the length of its list.
  case headCountDiffers = "head_count_differs"
  /// An issue whose deadline lies before the day on which it was raised.
  case dueBeforeRaised = "due_before_raised"

  /// The declared number of each; 0 for those that are not named.
  static func counts(_ node: YAMLNode?) throws(YAMLError) -> [Fault: Int] {
    guard let node else { return [:] }
    var counts: [Fault: Int] = [:]
    for entry in try node.entries(known: Set(allCases.map(\.rawValue))) {
      counts[Fault(rawValue: entry.key)!] = try entry.value.count()
    }
    return counts
  }
}
