/// What the rows of one kind of table come to when they are not read but remembered.
protocol RecalledRows: AnyObject {
  /// What is kept of a row, and how; whatever was kept in another form is none.
  var form: String { get }

  /// Whether each file is judged for itself: only then can one stand without those before it.
  var isJudgedByFile: Bool { get }

  /// Whether some days are told to lie in the future.
  var looksAtFuture: Bool { get }

  /// How many rows of a sheet are accepted.
  ///
  /// - Throws: `DamagedBytes` where a row is none; nothing else may be asked of the sheet then.
  func acceptedCount(of kept: KeptPart) throws(DamagedBytes) -> Int

  /// Whether a row repeats one of the files before.
  func repeatsEarlier(_ kept: KeptPart) -> Bool

  /// Hands the accepted rows on to whoever counts them.
  func restore(_ kept: KeptPart, as part: TablePart)

  /// The rows for those who compare them one by one.
  func trace(_ kept: KeptPart, as part: TablePart) -> TraceBuffer

  /// Lets the files behind know the rows, so that a repetition of one of them is found.
  func see(_ kept: KeptPart, as part: TablePart)

  /// Each accepted row's number within its sheet.
  func acceptedRows(of rows: [UInt8]) -> [UInt32]
}

/// Takes the rows of one sheet on one thread.
final class RowCapture {
  private(set) var pieces: [(sequence: Int, bytes: [UInt8])] = []
  /// A row repeats one of another file.
  private(set) var repeatsOthers = false
  /// Days that had not come yet: row, heading, day.
  private(set) var futures: [(row: UInt32, column: String, day: Int32)] = []
  /// Other files may have the same ids.
  let keepsIds: Bool
  private let fileBase: UInt32

  /// - Parameter fileBase: the number of all rows of the table before the file.
  init(fileBase: UInt32, keepsIds: Bool) {
    self.fileBase = fileBase
    self.keepsIds = keepsIds
  }

  func add(_ bytes: [UInt8], sequence: Int) { pieces.append((sequence, bytes)) }

  /// - Parameter row: the first row with the same content, numbered over the table.
  func noteRepetition(of row: UInt32) {
    if row <= fileBase { repeatsOthers = true }
  }

  func noteFuture(_ row: UInt32, _ column: String, _ day: Int32) {
    futures.append((row, column, day))
  }
}
