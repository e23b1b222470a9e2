public import Records

/// What the input files say of one department beyond its figures: what it has to do, and which of its rows
/// are not counted.
public struct DepartmentDetails: Sendable {
  /// An item of a ledger that is not closed and has a due day.
  public struct OpenItem: Hashable, Sendable {
    public let source: String
    public let id: String
    public let due: Day

    public init(source: String, id: String, due: Day) {
      self.source = source
      self.id = id
      self.due = due
    }
  }

  /// A finding about a row of the department.
  public struct RowFinding: Hashable, Sendable {
    /// What the row would count for.
    public enum Kind: Hashable, Sendable { case event, participation, item, person }

    public let finding: Finding
    public let source: String
    public let kind: Kind
    /// Whether the row belongs to the period, as far as its day can be read.
    public let isInPeriod: Bool

    public init(finding: Finding, source: String, kind: Kind, isInPeriod: Bool) {
      self.finding = finding
      self.source = source
      self.kind = kind
      self.isInPeriod = isInPeriod
    }
  }

  public var open: [OpenItem]
  public var findings: [RowFinding]

  public init(open: [OpenItem] = [], findings: [RowFinding] = []) {
    self.open = open
    self.findings = findings
  }
}
