internal import Glibc
internal import Records

/// Puts the cells of a sheet together as text: one line for each row of the sheet, RFC 4180 with commas.
///
/// So a sheet of any workbook reaches the rest of the program as a text file does. Rows that the sheet
/// leaves out become empty lines, which keeps the numbers of rows; cells that it leaves out are empty.
///
/// - Complexity: O(1) a byte; memory is what `take` has not been asked for yet.
final class SheetText {
  /// The largest sheet of Excel 2007 and later.
  static let mostRows = 1_048_576
  static let mostColumns = 16_384
  /// What Excel holds in a cell, in units of UTF-16. Of longer texts the beginning is taken.
  static let longestText = 32_767
  /// So many bytes of a text show that it is longer: three make a unit at most.
  static let longestCell = 3 * longestText + 4
  /// Longer values are not repeated for the rows of a merged cell.
  private static let longestFill = 1024
  /// Merged cells that reach over a row; Excel has none that overlap.
  private static let mostFills = 1024
  /// Rows that are not in order are held in memory; a sheet of more cells has to have them in order.
  private static let mostHeldCells = 1_000_000
  private static let mostHeldBytes = 64 << 20

  /// A value that is repeated in the rows below, as a cell merged across rows shows it.
  struct Fill {
    let lastRow: Int
    let column: Int
    let value: [UInt8]
  }

  private struct Cell {
    var column: Int32
    var start: Int32
    var end: Int32
  }

  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0
  private var taken = 0
  /// The bytes up to here are known to be UTF-8.
  private var checked = 0
  private var rowStart = 0
  private var cells: [Cell] = []
  private var isOrdered = true
  private let merges: Merges
  private var nextMerge = 0
  /// Those that reach into the row, in the order of their columns.
  private var fills: [Fill] = []
  /// Rows that are held until all of them are there, by number and column.
  private var held: [Int: [Int: [UInt8]]] = [:]
  private var heldCells = 0
  private var heldBytes = 0
  private var holdsRow = false
  /// The row that is being written, or was last.
  private(set) var row = 0
  private(set) var remarks: [SheetRemark] = []

  /// - Parameter merges: cells merged across rows, in the order of their first rows.
  init(merges: Merges = Merges()) {
    self.merges = merges
    capacity = 256 << 10
    bytes = .allocate(capacity: capacity)
  }

  deinit { bytes.deallocate() }

  /// The bytes that wait to be taken.
  var pending: Int { count - taken }

  /// Begins a row; rows are numbered from 1.
  ///
  /// - Throws: `ReadingError.fault` where the row does not come behind the last one, or cannot be.
  func begin(row next: Int) throws(ReadingError) {
    guard next > row else { throw .fault(.rowsOutOfOrder) }
    guard next <= SheetText.mostRows else { throw .fault(.tooManyCells) }
    reserve(next - row)
    for _ in (row + 1)..<next { append(newline) }
    row = next
    rowStart = count
    cells.removeAll(keepingCapacity: true)
    isOrdered = true
  }

  /// Puts a cell that needs no quotes: digits, a day. Cells behind what makes a row too long are left out;
  /// its reader cuts it anyway.
  ///
  /// - Throws: `ReadingError.fault(.tooManyCells)` where there is no such column.
  @inline(__always)
  func putPlain(_ column: Int, _ cell: UnsafeBufferPointer<UInt8>) throws(ReadingError) {
    guard try beginCell(column, length: cell.count) else { return }
    if let base = cell.baseAddress { memcpy(bytes + count, base, cell.count) }
    count += cell.count
    endCell()
  }

  /// Puts a cell with whatever in it; of a text that no sheet of Excel holds its beginning, with a remark.
  func put(_ column: Int, _ cell: UnsafeBufferPointer<UInt8>) throws(ReadingError) {
    guard cell.count > SheetText.longestText else { return try putText(column, cell) }
    let length = SheetText.cutLength(cell)
    if length < cell.count, remarks.count < SheetRemarks.most {
      remarks.append(
        .longText(row: row, column: column, beginning: SheetText.beginning(cell[..<length])))
    }
    try putText(column, UnsafeBufferPointer(rebasing: cell[..<length]))
  }

  private func putText(
    _ column: Int, _ cell: UnsafeBufferPointer<UInt8>
  ) throws(ReadingError) {
    guard SheetText.needsQuotes(cell) else { return try putPlain(column, cell) }
    guard try beginCell(column, length: cell.count * 2 + 2) else { return }
    append(quote)
    for byte in cell {
      if byte == quote { append(quote) }
      append(byte)
    }
    append(quote)
    endCell()
  }

  func put(_ column: Int, _ text: [UInt8]) throws(ReadingError) {
    var failure: ReadingError?
    text.withUnsafeBufferPointer {
      do throws(ReadingError) { try put(column, $0) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  func endRow() {
    if holdsRow { return holdRow() }
    if !isOrdered { rearrange() }
    if nextMerge < merges.count || !fills.isEmpty { fill() }
    if isTooLong { flatten() }
    reserve(1)
    append(newline)
  }

  /// Begins a row that may have any number; what it holds is written by `writeHeldRows`.
  func beginHeld(row next: Int) throws(ReadingError) {
    guard next <= SheetText.mostRows else { throw .fault(.tooManyCells) }
    guard heldCells <= SheetText.mostHeldCells, heldBytes <= SheetText.mostHeldBytes else {
      throw .fault(.rowsOutOfOrder)
    }
    row = next
    rowStart = count
    cells.removeAll(keepingCapacity: true)
    holdsRow = true
  }

  /// Writes the rows that have been held in the order of their numbers.
  func writeHeldRows() throws(ReadingError) {
    guard holdsRow else { return }
    holdsRow = false
    row = 0
    for number in held.keys.sorted() {
      try begin(row: number)
      let cells = (held[number] ?? [:]).sorted { $0.key < $1.key }
      write(cells.map { ($0.key, $0.value[...]) })
      endRow()
    }
    held = [:]
  }

  /// Hands over bytes, and returns how many.
  func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    repairText()
    let wanted = min(buffer.count, pending)
    if wanted > 0 { memcpy(buffer.baseAddress!, bytes + taken, wanted) }
    taken += wanted
    if taken == count || taken >= 64 << 10 {
      if count > taken { memmove(bytes, bytes + taken, count - taken) }
      (taken, count, checked) = (0, count - taken, count - taken)
    }
    return wanted
  }

  /// As many bytes as Excel holds of a text in UTF-8.
  private static func cutLength(_ cell: UnsafeBufferPointer<UInt8>) -> Int {
    var units = 0
    for (at, byte) in cell.enumerated() where byte & 0xC0 != 0x80 {
      units += byte >= 0xF0 ? 2 : 1
      if units > longestText { return at }
    }
    return cell.count
  }

  /// As much of a text as a message shows.
  private static func beginning(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(String(decoding: text.prefix(120), as: UTF8.self).prefix(30)) + "…"
  }

  /// What a quoted cell must not have outside of quotes.
  static func needsQuotes(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in cell where byte <= comma {
      if byte == comma || byte == quote || byte == newline || byte == carriageReturn { return true }
    }
    return false
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

extension SheetText {
  @inline(__always)
  private func append(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  @inline(__always)
  private func beginCell(_ column: Int, length: Int) throws(ReadingError) -> Bool {
    guard column >= 0, column < SheetText.mostColumns else { throw .fault(.tooManyCells) }
    if isTooLong { return false }
    let gap = column - Int(cells.last?.column ?? 0)
    reserve(length + max(gap, 0) + 2)
    if gap < 0 || gap == 0 && !cells.isEmpty { isOrdered = false }
    for _ in 0..<max(gap, 0) { append(comma) }
    let start = Int32(truncatingIfNeeded: count - rowStart)
    cells.append(Cell(column: Int32(column), start: start, end: start))
    return true
  }

  /// Whether the row is already longer than its reader takes, wherever it stands in a block.
  private var isTooLong: Bool {
    count - rowStart > RecordReader.longestRecord + RecordBlock.byteCapacity
  }

  /// Makes one line without quotes of a row of which only the beginning will be read.
  private func flatten() {
    for at in rowStart..<count
    where bytes[at] == quote || bytes[at] == newline || bytes[at] == carriageReturn {
      bytes[at] = 0x20
    }
  }

  @inline(__always)
  private func endCell() {
    cells[cells.count - 1].end = Int32(truncatingIfNeeded: count - rowStart)
  }

  private func reserve(_ further: Int) {
    guard count + further > capacity else { return }
    capacity = max(capacity * 2, count + further)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    memcpy(larger, bytes, count)
    bytes.deallocate()
    bytes = larger
  }

  /// Writes the row anew with its cells in the order of their columns; of two in one column the last.
  private func rearrange() {
    let line = Array(UnsafeBufferPointer(start: bytes + rowStart, count: count - rowStart))
    var byColumn: [Int32: Cell] = [:]
    for cell in cells { byColumn[cell.column] = cell }
    write(
      byColumn.values.sorted { $0.column < $1.column }.map {
        (Int($0.column), line[Int($0.start)..<Int($0.end)])
      })
  }

  private func holdRow() {
    heldCells += cells.count
    heldBytes += count - rowStart
    for cell in cells {
      held[row, default: [:]][Int(cell.column)] = Array(
        UnsafeBufferPointer(
          start: bytes + rowStart + Int(cell.start), count: Int(cell.end - cell.start)))
    }
    count = rowStart
  }

  private func write(_ row: [(column: Int, value: ArraySlice<UInt8>)]) {
    count = rowStart
    cells.removeAll(keepingCapacity: true)
    isOrdered = true
    for (column, value) in row {
      let gap = column - Int(cells.last?.column ?? 0)
      reserve(gap + value.count)
      for _ in 0..<gap { append(comma) }
      let start = count
      for byte in value { append(byte) }
      cells.append(
        Cell(
          column: Int32(column), start: Int32(truncatingIfNeeded: start - rowStart),
          end: Int32(truncatingIfNeeded: count - rowStart)))
    }
  }

  /// Keeps the values of cells merged across rows, and puts them into rows that have something else.
  private func fill() {
    fills.removeAll { $0.lastRow < row }
    repeatFills()
    while nextMerge < merges.count, merges[nextMerge].rows.lowerBound <= row {
      let (rows, column) = merges[nextMerge]
      nextMerge += 1
      guard rows.contains(row), fills.count < SheetText.mostFills,
        let cell = cells.last(where: { $0.column == column }), cell.end > cell.start,
        cell.end - cell.start <= SheetText.longestFill
      else { continue }
      let value = UnsafeBufferPointer(
        start: bytes + rowStart + Int(cell.start), count: Int(cell.end - cell.start))
      let place = fills.firstIndex { $0.column >= column } ?? fills.endIndex
      fills.insert(
        Fill(lastRow: rows.upperBound, column: column, value: Array(value)), at: place)
    }
  }

  /// Puts the values of the rows above where the row has none of its own.
  private func repeatFills() {
    let own = cells.filter { $0.end > $0.start }
    guard !fills.isEmpty, !own.isEmpty else { return }
    let line = Array(UnsafeBufferPointer(start: bytes + rowStart, count: count - rowStart))
    var row: [(column: Int, value: ArraySlice<UInt8>)] = []
    var next = 0
    for cell in own {
      while next < fills.count, fills[next].column <= Int(cell.column) {
        if fills[next].column < Int(cell.column), fills[next].column != row.last?.column {
          row.append((fills[next].column, fills[next].value[...]))
        }
        next += 1
      }
      row.append((Int(cell.column), line[Int(cell.start)..<Int(cell.end)]))
    }
    for fill in fills[next...] where fill.column != row.last?.column {
      row.append((fill.column, fill.value[...]))
    }
    if row.count > own.count { write(row) }
  }

  /// What a workbook calls UTF-8 may not be: what is none becomes U+FFFD.
  private func repairText() {
    guard checked < count else { return }
    let fresh = UnsafeBufferPointer(start: bytes + checked, count: count - checked)
    if !isUTF8(fresh, mayBeCut: false) {
      let repaired = Array(String(decoding: fresh, as: UTF8.self).utf8)
      count = checked
      reserve(repaired.count)
      repaired.withUnsafeBufferPointer {
        if let base = $0.baseAddress { memcpy(bytes + count, base, $0.count) }
      }
      count += repaired.count
    }
    checked = count
  }
}
