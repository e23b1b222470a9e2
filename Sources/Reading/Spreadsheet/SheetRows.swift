/// The rows of one sheet of a workbook, whatever its format.
protocol SheetRows: AnyObject {
  /// Puts some further rows; false when there are none left.
  ///
  /// - Throws: `ReadingError` where the sheet cannot be read any further.
  func advance(into text: SheetText) throws(ReadingError) -> Bool
  /// What the cells do not show, as far as the sheet has been read.
  var remarks: SheetRemarks { get }
}

/// Collects what is to be said of a sheet.
struct SheetRemarks {
  /// More than these are not told one by one.
  static let most = 100_000
  private(set) var all: [SheetRemark] = []
  private var hidden: ClosedRange<Int>?

  mutating func addHidden(row: Int) {
    if let rows = hidden, rows.upperBound == row - 1 {
      hidden = rows.lowerBound...row
    } else {
      closeHidden()
      hidden = row...row
    }
  }

  mutating func closeHidden() {
    if let rows = hidden { add(.hiddenRows(rows)) }
    hidden = nil
  }

  mutating func add(_ remark: SheetRemark) {
    if all.count < SheetRemarks.most { all.append(remark) }
  }
}

/// The sheet as one text, as `RecordReader` takes it.
final class SheetTextSource: TextSource, @unchecked Sendable {
  private let open: () throws(ReadingError) -> (any SheetRows, SheetText)
  private let digest: () throws(ReadingError) -> String
  private var opened: (rows: any SheetRows, text: SheetText)?
  private var isAtEnd = false
  /// What was to be said, where all has been read and the sheet is closed again.
  private var said: [SheetRemark]?

  /// - Parameters:
  ///   - open: opens the sheet when its first row is asked for.
  ///   - digest: the SHA-256 of the file.
  init(
    open: @escaping () throws(ReadingError) -> (any SheetRows, SheetText),
    digest: @escaping () throws(ReadingError) -> String
  ) {
    self.open = open
    self.digest = digest
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    guard said == nil else { return 0 }
    let (rows, text) = try current()
    while !isAtEnd, text.pending < buffer.count {
      if !(try rows.advance(into: text)) { isAtEnd = true }
    }
    let got = text.take(into: buffer)
    if isAtEnd, text.pending == 0 {
      // A workbook may have hundreds of sheets, all of which are looked at before any is used.
      said = remarks
      opened = nil
    }
    return got
  }

  private func current() throws(ReadingError) -> (any SheetRows, SheetText) {
    if let opened { return opened }
    let (rows, text) = try open()
    opened = (rows, text)
    return (rows, text)
  }

  var isUTF8: Bool { true }
  var remarks: [SheetRemark] {
    said ?? opened.map { rows, text in rows.remarks.all + text.remarks } ?? []
  }
  func sha256() throws(ReadingError) -> String { try digest() }
}
