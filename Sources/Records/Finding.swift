/// Where in the inputs something stands, as a person finds it.
public struct SourceLocation: Hashable, Sendable {
  /// The file's path inside the workspace, as `training_attendance.csv`.
  public var file: String
  /// The sheet's name; empty for text files.
  public var sheet: String
  /// The row as a person counts it, the heading being row 1; 0 where the whole file is meant.
  public var row: Int
  /// The heading of the column as it stands in the file; empty where the whole row is meant.
  public var column: String

  public init(file: String, sheet: String = "", row: Int = 0, column: String = "") {
    self.file = file
    self.sheet = sheet
    self.row = row
    self.column = column
  }

  /// Another row of the same sheet.
  public func row(_ row: Int, column: String = "") -> SourceLocation {
    SourceLocation(file: file, sheet: sheet, row: row, column: column)
  }
}

/// Something wrong with the data: a value, never a thrown error.
public struct Finding: Hashable, Sendable {
  public enum Severity: String, Sendable {
    /// The row is rejected and counted nowhere.
    case error
    /// The row is kept.
    case warning
  }

  public let severity: Severity
  public let code: FindingCode
  public let location: SourceLocation
  /// The value as it stands in the file.
  public let value: String
  /// What the rule compared it with: a date, the earlier row, the candidates of a name.
  public let detail: String
  /// What an id is repeated from where that row is rejected, too, and its place not kept.
  public static let rejectedBefore = "rejected"
  /// The id of the department that can mend it: the one that the row is of; empty where none is known.
  public var submitter = ""

  public init(
    _ code: FindingCode, at location: SourceLocation, value: String = "", detail: String = "",
    severity: Severity? = nil
  ) {
    self.severity = severity ?? code.severity
    self.code = code
    self.location = location
    self.value = value
    self.detail = detail
  }
}

extension Finding: Comparable {
  /// By place: file, sheet, row, column, then code.
  public static func < (left: Finding, right: Finding) -> Bool {
    let (a, b) = (left.location, right.location)
    // Step by step: of a million findings of one file the row decides, and no tuple is made.
    if a.file != b.file { return a.file < b.file }
    if a.sheet != b.sheet { return a.sheet < b.sheet }
    if a.row != b.row { return a.row < b.row }
    if a.column != b.column { return a.column < b.column }
    if left.code != right.code { return left.code.rawValue < right.code.rawValue }
    return left.value < right.value
  }
}
