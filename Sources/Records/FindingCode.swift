/// What can be wrong with an input; the raw value is the code that `findings.csv` shows.
public enum FindingCode: String, Sendable, CaseIterable {
  // Rows that are rejected.
  case missingValue = "missing_value"
  case unreadableValue = "unreadable_value"
  case unknownReference = "unknown_reference"
  case ambiguousReference = "ambiguous_reference"
  case rejectedReference = "rejected_reference"
  case duplicateId = "duplicate_id"
  case duplicateParticipation = "duplicate_participation"
  case negativeNumber = "negative_number"
  case closedBeforeRaised = "closed_before_raised"
  case brokenQuote = "broken_quote"
  case rowTooLong = "row_too_long"
  case endsBeforeBeginning = "ends_before_beginning"
  case duplicateAssignment = "duplicate_assignment"

  // Rows that are kept.
  case unreadableOptional = "unreadable_optional"
  case dueBeforeRaised = "due_before_raised"
  case beforeJoining = "before_joining"
  case afterLeaving = "after_leaving"
  case headCountDiffers = "head_count_differs"
  case inTheFuture = "in_the_future"
  case extraCells = "extra_cells"
  case serialDay = "serial_day"
  case undeclaredValue = "undeclared_value"

  // Departments that close and people who move.
  case closedBeforeOpened = "closed_before_opened"
  case unusableSuccessor = "unusable_successor"
  case departmentNotOpen = "department_not_open"
  case overlappingAssignments = "overlapping_assignments"
  case assignmentGap = "assignment_gap"
  case assignmentDiffers = "assignment_differs"

  // Rows that are no records, and what cells do not show.
  case totalDiffers = "total_differs"
  case hiddenRows = "hidden_rows"
  case formulaWithoutValue = "formula_without_value"
  case formulaError = "formula_error"
  case longText = "long_text"

  // Sheets and files beside others.
  case unusedSheet = "unused_sheet"
  case hiddenSheet = "hidden_sheet"
  case repeatedFile = "repeated_file"
  case correctedFile = "corrected_file"
  case runningNumbers = "running_numbers"
  case sameEvent = "same_event"

  // Whole files.
  case missingColumn = "missing_column"
  case repeatedColumn = "repeated_column"
  case unusedColumn = "unused_column"
  case tooManyValues = "too_many_values"
  case unreadableFile = "unreadable_file"
  case unsupportedFile = "unsupported_file"
  case unusedFile = "unused_file"

  public var severity: Finding.Severity {
    switch self {
    case .unreadableOptional, .dueBeforeRaised, .beforeJoining, .afterLeaving, .headCountDiffers,
      .inTheFuture, .extraCells, .undeclaredValue, .repeatedColumn, .unusedColumn, .tooManyValues,
      .unusedFile,
      .totalDiffers,
      .hiddenRows, .formulaWithoutValue, .formulaError, .longText, .unusedSheet, .hiddenSheet,
      .repeatedFile,
      .correctedFile, .runningNumbers, .serialDay, .sameEvent, .closedBeforeOpened,
      .unusableSuccessor,
      .departmentNotOpen, .overlappingAssignments, .assignmentGap, .assignmentDiffers:
      return .warning
    default: return .error
    }
  }
}
