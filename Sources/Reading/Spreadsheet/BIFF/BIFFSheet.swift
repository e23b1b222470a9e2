internal import Records

/// The rows of one sheet of a binary workbook, read as their records come.
final class BIFFSheet: SheetRows {
  private let records: BIFFRecords
  private let values: BIFFValues
  private let isSorted: Bool
  var remarks = SheetRemarks()
  /// Sheets may hold charts, which begin and end within.
  private var depth = 0
  private var row = 0
  private var isDone = false

  init(_ records: BIFFRecords, _ values: BIFFValues, _ facts: BIFFSheetFacts) {
    self.records = records
    self.values = values
    isSorted = facts.isSorted
    for row in facts.hiddenRows { remarks.addHidden(row: row) }
    remarks.closeHidden()
  }

  func advance(into text: SheetText) throws(ReadingError) -> Bool {
    let goal = text.pending + (32 << 10)
    while !isDone, text.pending < goal { try step(text) }
    return !isDone
  }

  private func step(_ text: SheetText) throws(ReadingError) {
    guard try records.next() else { return try finish(text) }
    switch records.id {
    case BIFF.begin: depth += 1
    case BIFF.end:
      depth -= 1
      if depth <= 0 { try finish(text) }
    case _ where depth > 1: return
    case BIFF.number, BIFF.rk, BIFF.multipleRK, BIFF.sharedLabel, BIFF.label, BIFF.richString,
      BIFF.booleanOrError, BIFF.formula:
      try goTo(row: records.number16(0) + 1, text)
      try values.put(records, text, &remarks)
    default: return
    }
  }

  private func goTo(row next: Int, _ text: SheetText) throws(ReadingError) {
    guard next != row else { return }
    if row > 0 { text.endRow() }
    row = next
    if isSorted { try text.begin(row: next) } else { try text.beginHeld(row: next) }
  }

  private func finish(_ text: SheetText) throws(ReadingError) {
    isDone = true
    if row > 0 { text.endRow() }
    try text.writeHeldRows()
  }
}

/// What must be known of a sheet before its first row is read: merged cells, which come last, hidden rows,
/// and whether the rows are in order.
struct BIFFSheetFacts {
  private(set) var merges = Merges()
  private(set) var hiddenRows: [Int] = []
  private(set) var isSorted = true

  init(_ records: BIFFRecords) throws(ReadingError) {
    var depth = 0
    var last = -1
    while try records.next() {
      switch records.id {
      case BIFF.begin: depth += 1
      case BIFF.end: depth -= 1
      case _ where depth > 1: continue
      case BIFF.row where records.data.count >= 14:
        if try records.number8(12) & 0x20 != 0, hiddenRows.count < 65_536 {
          hiddenRows.append(try records.number16(0) + 1)
        }
      case BIFF.mergedCells: try addMerged(records)
      case BIFF.number, BIFF.rk, BIFF.multipleRK, BIFF.sharedLabel, BIFF.label, BIFF.richString,
        BIFF.booleanOrError, BIFF.formula:
        let row = try records.number16(0)
        if row < last { isSorted = false }
        last = row
      default: continue
      }
      if depth <= 0 { break }
    }
    merges.sort()
    hiddenRows.sort()
  }

  private mutating func addMerged(_ records: BIFFRecords) throws(ReadingError) {
    for index in 0..<(try records.number16(0)) {
      let at = 2 + index * 8
      guard at + 8 <= records.data.count else { return }
      let (first, last) = (try records.number16(at) + 1, try records.number16(at + 2) + 1)
      guard first < last else { continue }
      merges.add(rows: first...last, column: try records.number16(at + 4))
    }
  }
}
