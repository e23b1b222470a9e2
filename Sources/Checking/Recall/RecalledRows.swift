internal import Reading
internal import Records

/// What the rows of one kind of table come to when they are not read but remembered.
protocol RecalledRows: AnyObject {
  associatedtype Row: RecalledRow

  /// What is kept of a row, and how; whatever was kept in another form is none.
  var form: String { get }

  /// Whether each file is judged for itself: only then can one stand without those before it.
  var isJudgedByFile: Bool { get }

  /// Whether some days are told to lie in the future.
  var looksAtFuture: Bool { get }

  /// The columns whose codes in the rows are those of one run, in the order of `KeptPart.labels`.
  var labelled: [Role] { get }

  /// The columns that those are told who compare rows one by one.
  var traced: [Role] { get }

  /// Reads rows back, one after the other.
  ///
  /// - Parameter labels: by the order of `labelled`.
  /// - Throws: `DamagedBytes` where a row is none, or has to do with what there is not.
  func forEachRow(
    of rows: [UInt8], _ labels: [[String]], _ body: (Row) -> Void
  ) throws(DamagedBytes)

  /// Whether a row repeats one of the files before.
  func repeatsEarlier(_ row: Row) -> Bool

  /// Hands the accepted rows on to whoever counts or looks them up.
  func restore(_ kept: KeptPart, as part: TablePart)

  /// A row's values by the order of `traced`; a rejected one's where `tracesRejected`.
  func values(_ row: Row) -> [Int64]

  /// Whether rejected rows are told, too.
  var tracesRejected: Bool { get }

  /// Lets the files behind know a row, so that a repetition of it is found.
  func see(_ row: Row, as part: TablePart)

  // What follows is the same for all, and here so that it is made for each.
  func acceptedCount(of kept: KeptPart) throws(DamagedBytes) -> Int
  func acceptedRows(of rows: [UInt8], _ labels: [[String]]) -> [UInt32]
  func repeatsEarlier(_ kept: KeptPart) -> Bool
  func see(_ kept: KeptPart, as part: TablePart)
  func trace(_ kept: KeptPart, as part: TablePart) -> TraceBuffer
}

/// A row that has been read back; numbered within its sheet.
protocol RecalledRow {
  var number: UInt32 { get }
  var isRejected: Bool { get }
}

extension RecalledRows {
  /// How many rows of a sheet are accepted.
  ///
  /// - Throws: `DamagedBytes` where a row is none; nothing else may be asked of the sheet then.
  func acceptedCount(of kept: KeptPart) throws(DamagedBytes) -> Int {
    guard kept.labels.count == labelled.count else { throw DamagedBytes() }
    var count = 0
    try forEachRow(of: kept.rows, kept.labels) { row in
      if !row.isRejected { count += 1 }
    }
    return count
  }

  /// Each accepted row's number within its sheet.
  func acceptedRows(of rows: [UInt8], _ labels: [[String]]) -> [UInt32] {
    var numbers: [UInt32] = []
    forEachSoundRow(rows, labels) { row in
      if !row.isRejected { numbers.append(row.number) }
    }
    return numbers
  }

  /// Whether any row repeats one of the files before.
  func repeatsEarlier(_ kept: KeptPart) -> Bool {
    var repeats = false
    forEachSoundRow(kept.rows, kept.labels) { row in
      if !repeats, self.repeatsEarlier(row) { repeats = true }
    }
    return repeats
  }

  /// Lets the files behind know the rows.
  func see(_ kept: KeptPart, as part: TablePart) {
    forEachSoundRow(kept.rows, kept.labels) { row in self.see(row, as: part) }
  }

  /// The rows for those who compare them one by one.
  func trace(_ kept: KeptPart, as part: TablePart) -> TraceBuffer {
    let names = kept.digests ?? []
    var rows: [TracedRow] = []
    var columns: [[Int64]] = traced.map { _ in [] }
    var accepted = 0
    forEachSoundRow(kept.rows, kept.labels) { row in
      guard !row.isRejected || self.tracesRejected else { return }
      let name = row.isRejected || accepted >= names.count ? nil : names[accepted]
      if !row.isRejected { accepted += 1 }
      rows.append(
        TracedRow(
          row: part.rowBase &+ row.number, isRejected: row.isRejected, key: name?.key ?? 0,
          content: name?.content ?? 0))
      for (column, value) in self.values(row).enumerated() { columns[column].append(value) }
    }
    return TraceBuffer(
      rows: rows, columns: Dictionary(zip(traced, columns)) { first, _ in first })
  }

  /// The rows of a sheet that has been looked through before.
  func forEachSoundRow(_ rows: [UInt8], _ labels: [[String]], _ body: (Row) -> Void) {
    do throws(DamagedBytes) {
      try forEachRow(of: rows, labels, body)
    } catch {
      preconditionFailure("rows that could be read before")
    }
  }
}

extension TablePass {
  /// The codes that labels of an earlier run have in this one; a text that no row has is not made known.
  ///
  /// - Parameter isUsed: by role and earlier code.
  func codes(
    of labels: [[String]], _ roles: [Role], where isUsed: [[Bool]]
  ) -> [[Int16]] {
    labels.indices.map { column in
      zip(labels[column], isUsed[column]).map { text, isUsed in
        isUsed ? code(of: text, roles[column]) : -1
      }
    }
  }
}

/// Hands elements on some at a time.
struct BatchFeed<Element> {
  private let buffer = BatchBuffer<Element>()
  private let take: (UnsafeBufferPointer<Element>) -> Void
  private static var most: Int { 16 << 10 }

  init(_ take: @escaping (UnsafeBufferPointer<Element>) -> Void) {
    self.take = take
    buffer.begin(reserving: Self.most)
  }

  @inline(__always)
  func append(_ element: Element) {
    buffer.append(element)
    if buffer.count == Self.most { flush() }
  }

  /// Hands on what has come since.
  func flush() {
    take(buffer.batch)
    buffer.begin(reserving: Self.most)
  }
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

extension TableDecoder {
  /// Lets a capture know which days of the accepted rows lie in the future.
  func noteFutures(
    _ roles: [Role], after last: Day, in block: RecordBlock, _ capture: RowCapture
  ) {
    forEachDay(of: roles, after: last, in: block) { row, slot, day in
      guard !isRejected[row] else { return }
      capture.noteFuture(
        block.rowNumbers[row], heading.titles[slot], Int32(truncatingIfNeeded: day))
    }
  }
}
