internal import CScan

// Three ways to find cells in bytes.
//
// Most blocks hold neither a quote nor a lone carriage return: there every separator and line feed
// separates, and 64 bytes are searched at a time; where besides all records have as many cells as the
// heading, the places of these marks are the cells (`RecordBlock.takeMarks`). All other blocks go through
// an automaton that follows RFC 4180 byte by byte. `survey` tells which of them a block needs, and where
// its last whole record ends; it runs while the reader holds the file, `locateCells` runs on every core.
//
// To change what a separator or a quote means, change `CarefulScan.record` (and the fast path only
// where plain blocks are meant, too).

private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

/// Where the whole records of a buffer end, and how many there are.
struct Survey {
  /// Length of all whole records in bytes.
  var byteCount: Int
  /// Records, empty lines among them.
  var recordCount: Int
  /// No quotes and no lone carriage returns: the fast path may be taken.
  var isPlain: Bool
}

/// Finds the last whole record of what a block has read and counts the records up to it.
///
/// - Parameters:
///   - isFinal: nothing follows in the file, so the last record needs no line break.
///   - fresh: the file whose digest has yet to take the last bytes in, and where these begin.
func survey(
  _ block: RecordBlock, count: Int, isFinal: Bool, dialect: Dialect,
  fresh: (file: TextFile, from: Int)?
) -> Survey {
  let look = block.look(count: count, isFinal: isFinal, dialect: dialect, fresh: fresh)
  guard look.is_strange == 0 else {
    return surveyCarefully(block.bytes, count: count, isFinal: isFinal, dialect: dialect)
  }
  let isOpenEnded = isFinal && look.end < count
  let marks = isOpenEnded ? look.marks + 1 : look.marks - look.marks_behind
  block.markCount = marks
  block.returnCount = look.returns
  block.isOpenEnded = isOpenEnded
  return Survey(
    byteCount: isOpenEnded ? count : look.end,
    recordCount: isOpenEnded ? look.feeds + 1 : look.feeds, isPlain: true)
}

private func surveyCarefully(
  _ bytes: UnsafeMutablePointer<UInt8>, count: Int, isFinal: Bool, dialect: Dialect
) -> Survey {
  var sink = NoCells()
  let scan = CarefulScan(bytes: bytes, count: count, isFinal: isFinal, dialect: dialect)
  var position = 0
  var records = 0
  while position < count, let end = scan.record(from: position, into: &sink) {
    position = end
    records += 1
  }
  return Survey(byteCount: position, recordCount: records, isPlain: false)
}

/// Takes the cells of a record as the automaton finds them.
protocol CellSink {
  mutating func cell(_ column: Int, _ start: Int, _ end: Int)
  /// The record has a quoted cell without an end; it was cut at the first line break behind the quote.
  mutating func broken()
  /// Whether doubled quotes are to be folded, which changes the bytes.
  static var foldsQuotes: Bool { get }
}

/// Takes nothing: for those who only ask where a record ends.
struct NoCells: CellSink {
  static var foldsQuotes: Bool { false }
  func cell(_ column: Int, _ start: Int, _ end: Int) {}
  func broken() {}
}

/// All cells of one record.
struct CellList: CellSink {
  static var foldsQuotes: Bool { true }
  var cells: [Range<Int>] = []
  var isBroken = false
  mutating func cell(_ column: Int, _ start: Int, _ end: Int) { cells.append(start..<end) }
  mutating func broken() { isBroken = true }
}

/// The automaton of RFC 4180, forgiving in three points: a quote inside an unquoted cell stands for
/// itself; one inside a quoted cell that is not doubled does, too, where a later one of the line closes the
/// cell; and what stands between a closing quote and the next separator belongs to the cell.
struct CarefulScan {
  let bytes: UnsafeMutablePointer<UInt8>
  let count: Int
  let isFinal: Bool
  let dialect: Dialect

  /// Scans one record and returns the offset behind its line break; nil where the buffer ends before
  /// the record does.
  func record<Sink: CellSink>(from start: Int, into sink: inout Sink) -> Int? {
    var position = start
    var column = 0
    while true {
      if dialect.skipsBlanks { position = quoteBehindBlanks(position) }
      let isQuoted = position < count && bytes[position] == dialect.quote && dialect.quote != 0
      let closing = isQuoted ? closingQuote(from: position + 1) : position
      guard let closing else {
        guard isFinal || count - position > RecordReader.longestQuotedCell else { return nil }
        return brokenRecord(quoteAt: position, column: column, into: &sink)
      }
      if isQuoted, opensAnotherCell(closing, from: position) {
        return brokenRecord(quoteAt: position, column: column, into: &sink)
      }
      guard let end = separator(from: closing) else { return nil }
      if isQuoted, Sink.foldsQuotes {
        let length = fold(from: position, to: end, closing: closing - 1)
        sink.cell(column, position, position + length)
      } else {
        sink.cell(column, position, end)
      }
      guard end < count else { return count }
      if bytes[end] == lineFeed { return end + 1 }
      if bytes[end] == carriageReturn {
        guard end + 1 < count else { return isFinal ? count : nil }
        return bytes[end + 1] == lineFeed ? end + 2 : end + 1
      }
      position = end + 1
      column += 1
    }
  }

  /// The offset of a quote that only blanks lie before; otherwise the offset itself.
  private func quoteBehindBlanks(_ start: Int) -> Int {
    var at = start
    while at < count, bytes[at] == 0x20 { at += 1 }
    return at < count && bytes[at] == dialect.quote ? at : start
  }

  /// Whether what closes a cell of several lines is rather the first quote of a cell further down: behind it
  /// stands neither a separator nor a line break.
  private func opensAnotherCell(_ closing: Int, from start: Int) -> Bool {
    var at = closing
    while at < count, bytes[at] == 0x20, dialect.separator != 0x20 { at += 1 }
    guard at < count, bytes[at] != dialect.separator, bytes[at] != lineFeed,
      bytes[at] != carriageReturn
    else { return false }
    return (start..<closing).contains { bytes[$0] == lineFeed || bytes[$0] == carriageReturn }
  }

  /// The offset behind the closing quote of a cell whose content begins at `start`; nil where there is none
  /// before the cell is longer than any may be.
  private func closingQuote(from start: Int) -> Int? {
    let quote = dialect.quote
    let count = min(count, start + RecordReader.longestQuotedCell)
    let isFinal = isFinal && count == self.count
    var at = start
    // Quotes before this one are text.
    var known = start
    while at < count {
      if bytes[at] == dialect.escape, dialect.escape != 0 {
        at += 1
      } else if bytes[at] == quote {
        if at + 1 == count { return isFinal ? count : nil }
        if bytes[at + 1] == quote {
          at += 1
        } else if at >= known {
          guard !closesCell(at), mayBeText(at, from: start) else { return at + 1 }
          guard let later = laterClosing(behind: at, before: count, isFinal) else { return nil }
          guard later > at else { return at + 1 }
          known = later
        }
      }
      at += 1
    }
    return nil
  }

  /// Whether a separator or a line break follows a quote, perhaps behind blanks.
  private func closesCell(_ quote: Int) -> Bool {
    var at = quote + 1
    while at < count, bytes[at] == 0x20, dialect.separator != 0x20 { at += 1 }
    return at == count || isEdge(bytes[at])
  }

  private func isEdge(_ byte: UInt8) -> Bool {
    byte == dialect.separator || byte == lineFeed || byte == carriageReturn
  }

  /// Whether a quote in a cell is not the first one of another cell: no separator stands before it, nor a
  /// line break in the cell.
  private func mayBeText(_ quote: Int, from start: Int) -> Bool {
    !beginsCell(quote, from: start)
      && !(start..<quote).contains { bytes[$0] == lineFeed || bytes[$0] == carriageReturn }
  }

  private func beginsCell(_ quote: Int, from start: Int) -> Bool {
    var before = quote - 1
    while before >= start, bytes[before] == 0x20, dialect.separator != 0x20 { before -= 1 }
    return before >= start && isEdge(bytes[before])
  }

  /// The next quote of the line that closes a cell, where none before it begins another one; the quote
  /// itself where there is none, and nil where more bytes are needed to know it.
  private func laterClosing(behind quote: Int, before count: Int, _ isFinal: Bool) -> Int? {
    var at = quote + 1
    while at < count, bytes[at] != lineFeed, bytes[at] != carriageReturn {
      if bytes[at] == dialect.escape, dialect.escape != 0 {
        at += 1
      } else if bytes[at] == dialect.quote {
        if beginsCell(at, from: quote + 1) { return quote }
        if at + 1 == count { return isFinal ? at : nil }
        if bytes[at + 1] == dialect.quote {
          at += 1
        } else if closesCell(at) {
          return at
        }
      }
      at += 1
    }
    return at < count || isFinal ? quote : nil
  }

  /// The offset of the next separator or line break; nil where more bytes are needed to know it.
  private func separator(from start: Int) -> Int? {
    var at = start
    while at < count {
      let byte = bytes[at]
      if byte == dialect.separator || byte == lineFeed || byte == carriageReturn { return at }
      at += 1
    }
    return isFinal ? count : nil
  }

  /// A cell that opens with a quote and never closes would swallow the rest of the file: the record is
  /// cut at the first line break instead, so that it alone is lost.
  private func brokenRecord<Sink: CellSink>(
    quoteAt opening: Int, column: Int, into sink: inout Sink
  ) -> Int? {
    var end = opening
    while end < count, bytes[end] != lineFeed, bytes[end] != carriageReturn { end += 1 }
    // A line break that may be a pair, or is still to come.
    guard isFinal || end + 1 < count else { return nil }
    sink.cell(column, opening, end)
    sink.broken()
    if end + 1 < count, bytes[end] == carriageReturn, bytes[end + 1] == lineFeed { end += 1 }
    return min(end + 1, count)
  }

  /// Removes the quotes of a quoted cell in place and returns the length of what remains.
  ///
  /// - Parameter closing: the quote that closes it.
  private func fold(from start: Int, to end: Int, closing: Int) -> Int {
    var from = start + 1
    var to = start
    let quote = dialect.quote
    while from < end {
      if from == closing {
        from += 1
        continue
      }
      if from < closing, bytes[from] == dialect.escape, dialect.escape != 0, from + 1 < end {
        from += 1
      } else if from < closing, bytes[from] == quote, bytes[from + 1] == quote {
        from += 1
      }
      bytes[to] = bytes[from]
      to += 1
      from += 1
    }
    return to - start
  }
}

extension RecordBlock {
  /// Finds the wanted cells of all records.
  ///
  /// - Parameter slots: for each column of the file, the column of the block that takes it, or -1.
  func locateCells(slots: [Int]) {
    rowCount = 0
    overfullRows.removeAll(keepingCapacity: true)
    brokenRows.removeAll(keepingCapacity: true)
    defer { cutRow = isLastCut && rowCount > 0 ? rowCount - 1 : nil }
    slots.withUnsafeBufferPointer { slots in
      if takeMarks(slots: slots) { return }
      reserve(rows: recordCount)
      if isPlain { locatePlainCells(slots) } else { locateCellsCarefully(slots) }
    }
  }

  private func locatePlainCells(_ slots: UnsafeBufferPointer<Int>) {
    let bytes = self.bytes
    let starts = self.starts
    let ends = self.ends
    let capacity = rowCapacity
    let columns = slots.count
    let separator = dialect.separator
    var row = 0
    var record = 0
    var column = 0
    var cellStart = 0
    var rowStart = 0
    var hasExtra = false

    @inline(__always) func closeCell(_ end: Int) {
      if column < columns {
        let slot = slots[column]
        if slot >= 0 {
          starts[slot &* capacity &+ row] = UInt32(truncatingIfNeeded: cellStart)
          ends[slot &* capacity &+ row] = UInt32(truncatingIfNeeded: end)
        }
      } else if end > cellStart {
        hasExtra = true
      }
      column &+= 1
    }
    @inline(__always) func closeRow(_ newline: Int) {
      let end = newline > rowStart && bytes[newline - 1] == carriageReturn ? newline - 1 : newline
      closeCell(end)
      if bytes[rowStart] > 0x2C && bytes[rowStart] != separator || !isBlank(from: rowStart, to: end)
      {
        if column < columns { clearCells(slots, from: column, row: row) }
        rowNumbers[row] = UInt32(truncatingIfNeeded: firstRow &+ record)
        if hasExtra { overfullRows.append(row) }
        row &+= 1
      }
      hasExtra = false
      record &+= 1
      column = 0
      rowStart = newline &+ 1
    }

    var offset = 0
    while offset < byteCount {
      let feeds = scan_equal64(bytes + offset, lineFeed)
      var marks = feeds | scan_equal64(bytes + offset, separator)
      if byteCount - offset < 64 { marks &= (1 << UInt64(byteCount - offset)) - 1 }
      while marks != 0 {
        let bit = marks.trailingZeroBitCount
        let at = offset &+ bit
        if feeds & (1 << UInt64(truncatingIfNeeded: bit)) == 0 {
          closeCell(at)
        } else {
          closeRow(at)
        }
        cellStart = at &+ 1
        marks &= marks &- 1
      }
      offset &+= 64
    }
    if rowStart < byteCount { closeRow(byteCount) }
    rowCount = row
  }

  private func locateCellsCarefully(_ slots: UnsafeBufferPointer<Int>) {
    let scan = CarefulScan(bytes: bytes, count: byteCount, isFinal: true, dialect: dialect)
    var position = 0
    var record = 0
    var list = CellList()
    while position < byteCount {
      list.cells.removeAll(keepingCapacity: true)
      list.isBroken = false
      guard let end = scan.record(from: position, into: &list) else { break }
      if list.isBroken
        || list.cells.contains(where: { !isBlank(from: $0.lowerBound, to: $0.upperBound) })
      {
        keep(list, slots: slots, record: record)
      }
      position = end
      record += 1
    }
  }

  private func keep(_ list: CellList, slots: UnsafeBufferPointer<Int>, record: Int) {
    let row = rowCount
    for (column, cell) in list.cells.prefix(slots.count).enumerated() where slots[column] >= 0 {
      starts[slots[column] * rowCapacity + row] = UInt32(cell.lowerBound)
      ends[slots[column] * rowCapacity + row] = UInt32(cell.upperBound)
    }
    if list.cells.count < slots.count {
      clearCells(slots, from: list.cells.count, row: row)
    } else if list.cells[slots.count...].contains(where: { !$0.isEmpty }) {
      overfullRows.append(row)
    }
    if list.isBroken { brokenRows.append(row) }
    rowNumbers[row] = UInt32(firstRow + record)
    rowCount += 1
  }

  private func clearCells(_ slots: UnsafeBufferPointer<Int>, from column: Int, row: Int) {
    for slot in slots[column...] where slot >= 0 {
      starts[slot * rowCapacity + row] = 0
      ends[slot * rowCapacity + row] = 0
    }
  }

  /// Whether the bytes are nothing but separators and white space.
  private func isBlank(from start: Int, to end: Int) -> Bool {
    for at in start..<end {
      switch bytes[at] {
      case dialect.separator, 0x20, 0x09, carriageReturn: continue
      default: return false
      }
    }
    return true
  }
}
