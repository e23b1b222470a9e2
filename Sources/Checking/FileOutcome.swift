/// What became of the rows of one file: every row of it is exactly one of accepted, rejected, and
/// recognised as no record.
public struct FileOutcome: Sendable {
  public let file: String
  public let sha256: String
  /// Records; read = accepted + rejected, always.
  public internal(set) var rowsRead: Int
  public internal(set) var rowsRejected: Int
  public var rowsAccepted: Int { rowsRead - rowsRejected }
  /// Rows that are no records, by kind.
  public internal(set) var others: [SheetLayout.RowKind: Int]
  /// The number of the last row of the file, of all its sheets that are read: read + others.
  public internal(set) var rowsInFile: Int

  public init(
    file: String, sha256: String, rowsRead: Int, rowsRejected: Int,
    others: [SheetLayout.RowKind: Int] = [:], rowsInFile: Int? = nil
  ) {
    self.file = file
    self.sha256 = sha256
    self.rowsRead = rowsRead
    self.rowsRejected = rowsRejected
    self.others = others
    self.rowsInFile = rowsInFile ?? rowsRead + others.values.reduce(0, +)
  }

  /// Takes another sheet of the same file in.
  mutating func add(_ other: FileOutcome) {
    rowsRead += other.rowsRead
    rowsRejected += other.rowsRejected
    others.merge(other.others, uniquingKeysWith: +)
    rowsInFile += other.rowsInFile
  }
}
