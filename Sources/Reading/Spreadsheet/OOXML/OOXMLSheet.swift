internal import Records

/// The rows of one sheet of an Office Open XML workbook, read as they come.
final class OOXMLSheet: SheetRows {
  private let rows: OOXMLRows
  private let scanner: XMLScanner
  private let values: OOXMLValues
  var remarks = SheetRemarks()
  private var nextRow = 1
  private var nextColumn = 0
  private var content: [UInt8] = []
  private let isSorted: Bool

  /// - Parameter isSorted: the rows come in their order; otherwise they are all held and sorted.
  init(_ scanner: XMLScanner, _ values: OOXMLValues, isSorted: Bool) {
    self.scanner = scanner
    self.values = values
    self.isSorted = isSorted
    rows = OOXMLRows(scanner)
  }

  func advance(into text: SheetText) throws(ReadingError) -> Bool {
    let goal = text.pending + (32 << 10)
    while text.pending < goal {
      switch try rows.next() {
      case .row(let number, let isHidden):
        try readRow(number ?? nextRow, isHidden: isHidden, text)
      // What follows the rows has been looked through before.
      case .end, .event(.done):
        remarks.closeHidden()
        try text.writeHeldRows()
        return false
      case .event: break
      }
    }
    return true
  }

  private func readRow(
    _ row: Int, isHidden: Bool, _ text: SheetText
  ) throws(ReadingError) {
    guard row >= 1 else { throw .fault(.badMarkup) }
    if isHidden { remarks.addHidden(row: row) }
    if isSorted { try text.begin(row: row) } else { try text.beginHeld(row: row) }
    nextRow = row + 1
    nextColumn = 0
    while let cell = try rows.nextPlainCell() {
      if cell.value.count > 0 { try put(cell.column, cell.kind, cell.style, cell.value, text) }
      nextColumn = cell.column + 1
    }
    while let event = try rows.nextEvent() {
      if event == .start, scanner.isNamed("c") { try readCell(text) }
    }
    text.endRow()
  }

  /// Reads a cell of any shape; its beginning is the scanner's last event.
  private func readCell(_ text: SheetText) throws(ReadingError) {
    let column = scanner.attribute("r").flatMap(CellReference.column) ?? nextColumn
    let style = scanner.attributeNumber("s") ?? 0
    let kind = OOXMLValues.Kind(scanner.attribute("t"))
    nextColumn = column + 1
    var hasFormula = false
    var hasValue = false
    content.removeAll(keepingCapacity: true)
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      switch try scanner.next() {
      case .start where scanner.isNamed("v"):
        content.removeAll(keepingCapacity: true)
        try scanner.appendContent(to: &content, limit: SheetText.longestCell)
        if kind == .text { OOXMLText.unescape(&content, from: 0) }
        hasValue = !content.isEmpty || kind == .text
      case .start where scanner.isNamed("is"):
        content.removeAll(keepingCapacity: true)
        try OOXMLText.append(of: scanner, to: &content)
        hasValue = true
      case .start where scanner.isNamed("f"):
        hasFormula = true
        try scanner.skipElement()
      case .done: throw .fault(.cutShort)
      default: break
      }
    }
    guard hasValue else {
      if hasFormula { remarks.add(.formulaWithoutValue(row: text.row, column: column)) }
      return
    }
    try put(column, kind, style, content, text)
  }

  private func put(
    _ column: Int, _ kind: OOXMLValues.Kind, _ style: Int, _ content: [UInt8], _ text: SheetText
  ) throws(ReadingError) {
    var failure: ReadingError?
    content.withUnsafeBufferPointer { bytes in
      do throws(ReadingError) {
        try put(column, kind, style, bytes, text)
      } catch { failure = error }
    }
    if let failure { throw failure }
  }

  @inline(__always)
  private func put(
    _ column: Int, _ kind: OOXMLValues.Kind, _ style: Int, _ content: UnsafeBufferPointer<UInt8>,
    _ text: SheetText
  ) throws(ReadingError) {
    if kind == .error { remarks.add(.errorValue(row: text.row, column: column)) }
    try values.put(column, kind, style, content, text)
  }
}

/// What must be known of a sheet before its first row is read. The parts that say it come last, so the
/// sheet is run through once before.
struct OOXMLSheetFacts {
  private(set) var merges = Merges()
  private(set) var isSorted = true

  init(_ scanner: XMLScanner) throws(ReadingError) {
    let rows = OOXMLRows(scanner)
    var last = 0
    loop: while true {
      switch try rows.next() {
      case .event(.done): break loop
      case .row(let number, _):
        let row = number ?? last + 1
        if row <= last { isSorted = false }
        last = row
        while try rows.nextPlainCell() != nil {}
        while try rows.nextEvent() != nil {}
      case .event(.start) where scanner.isNamed("mergeCell"):
        guard let range = scanner.attribute("ref").flatMap(CellReference.range) else { continue }
        merges.add(rows: range.rows, column: range.columns.lowerBound)
      case .end, .event: break
      }
    }
    merges.sort()
  }
}
