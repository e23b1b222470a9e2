internal import Records

/// The rows of one sheet of an Office Open XML workbook, read as they come.
///
/// Nearly every cell of nearly every sheet is written in one of a few shapes; `OOXMLSheet+Cells` reads
/// those straight from the window. Whatever has another shape goes through the scanner's events here,
/// from the same place on.
final class OOXMLSheet: SheetRows {
  let scanner: XMLScanner
  let values: OOXMLValues
  var remarks = SheetRemarks()
  private var isInData = false
  private var nextRow = 1
  var nextColumn = 0
  private var content: [UInt8] = []
  private let isSorted: Bool

  /// - Parameter isSorted: the rows come in their order; otherwise they are all held and sorted.
  init(_ scanner: XMLScanner, _ values: OOXMLValues, isSorted: Bool) {
    self.scanner = scanner
    self.values = values
    self.isSorted = isSorted
  }

  func advance(into text: SheetText) throws(ReadingError) -> Bool {
    let goal = text.pending + (32 << 10)
    while text.pending < goal {
      switch try scanner.next() {
      case .done:
        remarks.closeHidden()
        try text.writeHeldRows()
        return false
      case .start where isInData && scanner.isNamed("row"): try readRow(text)
      case .start where scanner.isNamed("sheetData"): isInData = true
      case .end where scanner.isNamed("sheetData"): isInData = false
      default: break
      }
    }
    return true
  }

  private func readRow(_ text: SheetText) throws(ReadingError) {
    let row = scanner.attributeNumber("r") ?? nextRow
    guard row >= 1 else { throw .fault(.badMarkup) }
    if scanner.attributeFlag("hidden") { remarks.addHidden(row: row) }
    if isSorted { try text.begin(row: row) } else { try text.beginHeld(row: row) }
    nextRow = row + 1
    nextColumn = 0
    let outer = scanner.depth - 1
    while true {
      if scanner.canPeek { try readPlainCells(text) }
      switch try scanner.next() {
      case .start where scanner.isNamed("c"): try readCell(text)
      case .end where scanner.depth == outer:
        text.endRow()
        return
      case .done: throw .fault(.cutShort)
      default: break
      }
    }
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
  func put(
    _ column: Int, _ kind: OOXMLValues.Kind, _ style: Int, _ content: UnsafeBufferPointer<UInt8>,
    _ text: SheetText
  ) throws(ReadingError) {
    if kind == .error { remarks.add(.errorValue(row: text.row, column: column)) }
    try values.put(column, kind, style, content, text)
  }
}

/// References to cells as `AB12`.
enum CellReference {
  /// The column from 0; nil where there is none.
  static func column(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var column = 0
    for (count, byte) in bytes.enumerated() {
      let letter = byte & 0xDF &- 65
      guard letter < 26 else { break }
      guard count < 4 else { return nil }
      column = column * 26 + Int(letter) + 1
    }
    return column > 0 ? column - 1 : nil
  }

  /// The first and last cell of a range as `A2:B5`, or of a single cell; nil where it is none.
  static func range(_ text: String) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
    let ends = text.split(separator: ":").prefix(2).map { $0.filter { $0 != "$" } }
    guard let first = ends.first.flatMap(cell), let last = ends.last.flatMap(cell),
      first.column <= last.column, first.row <= last.row
    else { return nil }
    return (first.column...last.column, first.row...last.row)
  }

  private static func cell(_ text: String) -> (column: Int, row: Int)? {
    var text = text
    let column = text.withUTF8 { CellReference.column($0) }
    guard let column, let row = Int(text.drop { !$0.isNumber }), row > 0 else { return nil }
    return (column, row)
  }
}

/// What must be known of a sheet before its first row is read. The parts that say it come last, so the
/// sheet is run through once before.
struct OOXMLSheetFacts {
  private static let mostMerges = 65_536

  private(set) var fills: [SheetText.Fill] = []
  private(set) var isSorted = true

  init(_ scanner: XMLScanner) throws(ReadingError) {
    var last = 0
    while true {
      switch try scanner.next() {
      case .done:
        fills.sort { $0.rows.lowerBound < $1.rows.lowerBound }
        return
      case .start where scanner.isNamed("row"):
        let row = scanner.attributeNumber("r") ?? last + 1
        if row <= last { isSorted = false }
        last = row
      case .start where scanner.isNamed("mergeCell"):
        guard let range = scanner.attributeText("ref").flatMap(CellReference.range),
          range.rows.count > 1, fills.count < OOXMLSheetFacts.mostMerges
        else { continue }
        fills.append(SheetText.Fill(rows: range.rows, column: range.columns.lowerBound))
      default: break
      }
    }
  }
}
