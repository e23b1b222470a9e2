internal import Records

/// A workbook in one XML file, as Excel 2003 and many exports write it.
final class SpreadsheetML: Sendable {
  static let largest = 128 << 20
  private static let mostSheets = 4096
  private let bytes: MemoryBytes
  private let names: [(name: String, isHidden: Bool)]

  /// - Parameter bytes: the file in UTF-8.
  /// - Throws: `ReadingError.fault` where its XML is not sound or has no sheet.
  init(_ bytes: [UInt8]) throws(ReadingError) {
    self.bytes = MemoryBytes(bytes)
    let scanner = try XMLScanner(StoreStream(self.bytes))
    var names: [(name: String, isHidden: Bool)] = []
    loop: while true {
      switch try scanner.next() {
      case .done: break loop
      case .start where scanner.isNamed("Worksheet"):
        guard names.count < SpreadsheetML.mostSheets else { throw .fault(.tooManyParts) }
        names.append((scanner.attributeText("Name") ?? "", false))
      case .start where scanner.isNamed("Visible") && !names.isEmpty:
        var text: [UInt8] = []
        try scanner.appendContent(to: &text, limit: 1024)
        names[names.count - 1].isHidden =
          text.starts(with: "SheetHidden".utf8)
          || text.starts(with: "SheetVeryHidden".utf8)
      default: break
      }
    }
    guard !names.isEmpty else { throw .fault(.noSheet) }
    self.names = names
  }

  static func isWorkbook(_ beginning: [UInt8]) -> Bool {
    let text = String(decoding: beginning.prefix(4096), as: UTF8.self)
    return text.contains("<") && text.contains("urn:schemas-microsoft-com:office:spreadsheet")
      && text.contains("Workbook") && !text.lowercased().contains("<html")
  }

  var sheets: [WorkbookSheet] {
    names.enumerated().map { index, sheet in
      WorkbookSheet(name: sheet.name, isHidden: sheet.isHidden) {
        (fillsMerged: Bool) throws(ReadingError) in
        let scanner = try XMLScanner(StoreStream(self.bytes))
        return (SpreadsheetMLRows(scanner, sheet: index, fillsMerged: fillsMerged), SheetText())
      }
    }
  }
}

/// The rows of one of its sheets.
private final class SpreadsheetMLRows: SheetRows {
  private let scanner: XMLScanner
  private let fillsMerged: Bool
  private var sheetsBefore: Int
  private var isInSheet = false
  private var row = 0
  private var column = 0
  private var merged: [(firstRow: Int, fill: SheetText.Fill)] = []
  private let numbers = NumberCells(.from1900)
  var remarks = SheetRemarks()

  init(_ scanner: XMLScanner, sheet: Int, fillsMerged: Bool) {
    self.scanner = scanner
    self.fillsMerged = fillsMerged
    sheetsBefore = sheet
  }

  func advance(into text: SheetText) throws(ReadingError) -> Bool {
    let goal = text.pending + (32 << 10)
    while text.pending < goal {
      switch try scanner.next() {
      case .done: return finish()
      case .start where scanner.isNamed("Worksheet"):
        isInSheet = sheetsBefore == 0
        sheetsBefore -= 1
      case .end where scanner.isNamed("Worksheet") && isInSheet: return finish()
      case .start where isInSheet && scanner.isNamed("Row"): try readRow(text)
      default: break
      }
    }
    return true
  }

  private func finish() -> Bool {
    remarks.closeHidden()
    return false
  }

  private func readRow(_ text: SheetText) throws(ReadingError) {
    row = max(scanner.attributeNumber("Index") ?? row + 1, row + 1)
    if scanner.attributeFlag("Hidden") { remarks.addHidden(row: row) }
    try text.begin(row: row)
    column = 0
    var hasCells = false
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      switch try scanner.next() {
      case .start where scanner.isNamed("Cell"):
        try readCell(text)
        hasCells = true
      case .done: throw .fault(.cutShort)
      default: break
      }
    }
    if hasCells { try fill(text) }
    text.endRow()
  }

  private func fill(_ text: SheetText) throws(ReadingError) {
    merged.removeAll { $0.fill.lastRow < row }
    for (first, fill) in merged where fillsMerged && first < row {
      try text.put(fill.column, fill.value)
    }
  }

  private func readCell(_ text: SheetText) throws(ReadingError) {
    if let index = scanner.attributeNumber("Index"), index > 0 { column = index - 1 }
    let across = min(scanner.attributeNumber("MergeAcross") ?? 0, SheetText.mostColumns)
    let down = min(scanner.attributeNumber("MergeDown") ?? 0, SheetText.mostRows)
    let hasFormula = scanner.attribute("Formula") != nil
    var value: [UInt8]?
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      switch try scanner.next() {
      case .start where scanner.isNamed("Data"):
        let type = scanner.attributeText("Type") ?? ""
        var content: [UInt8] = []
        try scanner.appendContent(to: &content, limit: SheetText.longestCell)
        value = shown(content, type)
        if type == "Error" { remarks.add(.errorValue(row: row, column: column)) }
      case .start where scanner.isNamed("Comment"): try scanner.skipElement()
      case .done: throw .fault(.cutShort)
      default: break
      }
    }
    if let value {
      try text.put(column, value)
      if down > 0, merged.count < 1024, value.count <= 1024 {
        merged.append((row, SheetText.Fill(lastRow: row + down, column: column, value: value)))
      }
    } else if hasFormula {
      remarks.add(.formulaWithoutValue(row: row, column: column))
    }
    column += 1 + across
  }

  private func shown(_ content: [UInt8], _ type: String) -> [UInt8] {
    content.withUnsafeBufferPointer { bytes in
      switch type {
      case "DateTime": return ISODay.shortened(bytes)
      case "Boolean": return Array((content == [48] ? "FALSE" : "TRUE").utf8)
      case "Number":
        guard !CellNumber.isShort(bytes), let value = CellNumber.parse(bytes) else {
          return content
        }
        return numbers.text(value)
      default: return content
      }
    }
  }
}
