internal import Records

/// The rows of one table of a web page.
final class HTMLRows: SheetRows {
  private struct Span {
    var rows: Int
    var columns: Range<Int>
    var value: [UInt8]
  }

  /// Cells that hang down over one row.
  private static let mostSpans = 1024

  private var scanner: HTMLScanner
  private let fillsMerged: Bool
  private var row = 0
  private var cells: [(column: Int, value: [UInt8])] = []
  private var spans: [Span] = []
  private var column = 0
  private var isInRow = false
  /// The cell whose text is being read.
  private var open: (start: Int, rows: Int, columns: Int)?
  private var text: [UInt8] = []
  private var depth = 0
  var remarks = SheetRemarks()

  init(_ bytes: [UInt8], _ range: Range<Int>, fillsMerged: Bool) {
    scanner = HTMLScanner(bytes, range)
    self.fillsMerged = fillsMerged
  }

  func advance(into text: SheetText) throws(ReadingError) -> Bool {
    let goal = text.pending + (32 << 10)
    while text.pending < goal {
      let from = scanner.position
      guard let tag = scanner.nextTag() else {
        takeText(from..<scanner.end)
        try endRow(text)
        remarks.closeHidden()
        return false
      }
      takeText(from..<tag.range.lowerBound)
      try take(tag, text)
    }
    return true
  }

  private func take(_ tag: HTMLScanner.Tag, _ text: SheetText) throws(ReadingError) {
    switch (tag.name, tag.isEnd) {
    // A table in a cell is part of the cell's text.
    case ("table", false): depth += 1
    case ("table", true): depth = max(0, depth - 1)
    case _ where depth > 0: return
    case ("tr", false):
      try endRow(text)
      try beginRow(tag)
    case ("tr", true): try endRow(text)
    case ("td", false), ("th", false):
      if !isInRow { try beginRow(tag) }
      endCell()
      open = (column, scanner.number("rowspan", of: tag), scanner.number("colspan", of: tag))
    case ("td", true), ("th", true): endCell()
    case ("br", _), ("p", true), ("div", true): if open != nil { self.text.append(0x0A) }
    default: return
    }
  }

  private func beginRow(_ tag: HTMLScanner.Tag) throws(ReadingError) {
    isInRow = true
    row += 1
    column = 0
    cells = []
    if scanner.hides(tag) { remarks.addHidden(row: row) }
    skipSpans()
  }

  /// Cells that hang down from rows above take their columns.
  private func skipSpans() {
    while let span = spans.first(where: { $0.columns.contains(column) }) {
      column = span.columns.upperBound
    }
  }

  private func endCell() {
    guard let cell = open else { return }
    open = nil
    skipSpans()
    let value = HTMLRows.cleaned(text)
    text.removeAll(keepingCapacity: true)
    cells.append((column, value))
    let columns = column..<min(column + cell.columns, SheetText.mostColumns + 1)
    if cell.rows > 1, spans.count < HTMLRows.mostSpans {
      spans.append(Span(rows: cell.rows, columns: columns, value: value))
    }
    column = columns.upperBound
    skipSpans()
  }

  private func endRow(_ text: SheetText) throws(ReadingError) {
    endCell()
    guard isInRow else { return }
    isInRow = false
    try text.begin(row: row)
    if fillsMerged, cells.contains(where: { !$0.value.isEmpty }) {
      let columns = Set(cells.map(\.column))
      for span in spans where !columns.contains(span.columns.lowerBound) {
        cells.append((span.columns.lowerBound, span.value))
      }
      cells.sort { $0.column < $1.column }
    }
    for (column, value) in cells { try text.put(column, value) }
    text.endRow()
    spans = spans.compactMap { span in
      var span = span
      span.rows -= 1
      return span.rows > 1 || span.rows == 1 ? span : nil
    }
  }

  private func takeText(_ range: Range<Int>) {
    guard open != nil, !range.isEmpty, text.count < SheetText.longestCell else { return }
    scanner.bytes.withUnsafeBufferPointer {
      appendUnescaped(UnsafeBufferPointer(rebasing: $0[range]), to: &text)
    }
  }

  /// White space as a browser shows it: runs are one blank, none at the ends; line breaks of `br` stay.
  private static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self).replacing("&nbsp;", with: " ")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split { $0.isWhitespace }.joined(separator: " ")
    }
    let first = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
    let last = lines.lastIndex { !$0.isEmpty } ?? first - 1
    return first <= last ? Array(lines[first...last].joined(separator: "\n").utf8) : []
  }
}
