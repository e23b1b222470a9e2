import ReportModel

extension SectionSheet {
  /// Tables longer than this get no bars and no heights fitted to wrapped texts.
  static let longTable = 5000

  /// Writes a table and all that belongs to it, on as many sheets as it needs.
  mutating func write(_ table: Table) throws(WorkbookError) {
    try check(table)
    try findPage(table)
    var next = 0
    var part = 1
    repeat {
      if part > 1 {
        try continueSheet()
        holdsLongTable = true
      }
      let marked = table.title + table.notes.map(sheets.words.mark).joined()
      let title = part == 1 ? marked : sheets.words.title(marked, part: part)
      let count = min(
        table.rows.count - next, rowsThatFit(below: row + 1, rest: table.rows.count - next))
      try write(table, rows: next..<(next + count), part: part, title: title)
      next += count
      part += 1
    } while next < table.rows.count
    try drawCharts(above: table)
    try leaveGap()
  }

  /// The rows that a table with its title in the row before `headingRow` can have on this sheet: all
  /// of the rest, or what leaves room for the line that tells where it goes on.
  private func rowsThatFit(below headingRow: Int, rest: Int) -> Int {
    let room = sheets.rowLimit - headingRow - 1
    return rest + SectionSheet.rowsAfterTable + linesBelow <= room
      ? rest : max(1, room - SectionSheet.rowsAfterTable)
  }

  private var linesBelow: Int {
    section.notes.count + section.remarks.count + sheets.report.signs.count
  }

  /// For the total, the line that tells where a table goes on, an empty row and the notes' heading.
  private static let rowsAfterTable = 4

  private func check(_ table: Table) throws(WorkbookError) {
    for (index, cells) in table.rows.enumerated() where cells.count != table.columns.count {
      throw .cellCount(
        table: table.id, row: index + 1, found: cells.count, expected: table.columns.count)
    }
    if let total = table.total, total.count != table.columns.count {
      throw .cellCount(
        table: table.id, row: table.rows.count + 1, found: total.count,
        expected: table.columns.count)
    }
    for index in table.columns.indices {
      guard let reason = table.objection(toDerivationOf: index) else { continue }
      throw .derivation(table: table.id, column: table.columns[index].heading, reason: reason)
    }
  }

  /// A table that fits on a page stands on one whole; a longer one begins one, and what comes after it
  /// goes to another sheet.
  private mutating func findPage(_ table: Table) throws(WorkbookError) {
    if holdsLongTable { try continueSheet() }
    let height = heightWithChart(table)
    let isWhole = height + (holdsTables ? 0 : pixelsBetween(pageStart, row)) <= page.height
    if isWhole {
      keepTogether(pixels: height)
    } else {
      if holdsTables { beginPage() }
      holdsLongTable = true
    }
  }

  /// Goes on on another sheet, whose name stands where this one ends.
  private mutating func continueSheet() throws(WorkbookError) {
    partCount += 1
    let title = sheets.words.title(section.title, part: partCount)
    let next = try sheets.addContinuation(
      of: section.name, part: partCount, title: title, group: section.group)
    let style = CellStyle(size: 9, isBold: true, colour: Palette.accent)
    try sheet.write(
      link: sheets.words.continues(on: next.name), to: next.name, row, 0,
      sheets.styles.format(style))
    row += 1
    try sheet.applyPageBreaks()
    sheet = next
    try open(title: title)
  }

  private mutating func write(
    _ table: Table, rows: Range<Int>, part: Int, title: String
  ) throws(WorkbookError) {
    let heading = CellStyle(size: 11, isBold: true, colour: Palette.accent)
    try sheet.write(title, row, 0, sheets.styles.format(heading))
    try sheet.setHeight(SectionSheet.titleHeight, ofRow: row)
    let headingRow = row + 1
    let isWhole = rows.count == table.rows.count
    try writeHeadings(table, headingRow, rowCount: rows.count, part: part)
    try holdHeading(headingRow, isFirst: !holdsTables, rowCount: rows.count)
    holdsTables = true
    row = headingRow + 1
    let data = rows.isEmpty ? nil : (headingRow + 1)...(headingRow + rows.count)
    let formulas = TableFormulas(
      table, rows: data, sheets.words, NumberText(rule: sheets.report.rounding))
    try writeRows(table, rows, formulas)
    if part == 1 {
      places[table.id] = TablePlace(
        sheet: sheet, headingRow: headingRow, dataRows: data, isWhole: isWhole, table: table)
    }
    if let data, isWhole {
      try addBars(table, data)
      try addShades(table, data)
    }
    sheets.places.note(
      table.id,
      CellPlaces.Place(
        sheet: sheet.name, firstRow: headingRow + 1, rows: rows.count,
        totalRow: table.total != nil && isWhole ? row : nil))
    if rows.upperBound == table.rows.count {
      try writeTotal(table, formulas)
      keepLastRows(of: rows.count)
    }
  }

  /// Where a long table ends about where a page does, its last rows go to the next page with what follows:
  /// else that page could begin with a heading of nothing.
  private mutating func keepLastRows(of count: Int) {
    guard holdsLongTable, count > 2 * SectionSheet.lastRows else { return }
    let first = row - SectionSheet.lastRows
    let (used, last) = (usedOfPage, pixelsBetween(first, row))
    guard used + last > page.height || used - repeatedHeight < last else { return }
    sheet.breakPage(before: first)
    pageStart = first
  }

  private static let lastRows = 5

  private func writeHeadings(
    _ table: Table, _ headingRow: Int, rowCount: Int, part: Int
  ) throws(WorkbookError) {
    let headings = table.headings(sheets.words)
    let format = try sheets.styles.format(
      CellStyle(
        isBold: true, colour: Palette.accent, fill: Palette.headingFill, alignment: .centre,
        wraps: true, top: .thin, bottom: .thin, edgeColour: Palette.accent))
    try sheet.setHeight(headingHeight(table), ofRow: headingRow)
    guard rowCount > 0, !headings.isEmpty else {
      for (index, text) in headings.enumerated() {
        try sheet.write(text.text, headingRow, index, format)
      }
      return
    }
    let name = part == 1 ? table.id : "\(table.id)_\(part)"
    try sheets.takeTable(name)
    let range = CellRange(
      firstRow: headingRow, firstColumn: 0, lastRow: headingRow + rowCount,
      lastColumn: headings.count - 1)
    try sheet.addTable(named: name, range, headings: headings.map(\.text), format: format)
  }

  private mutating func writeRows(
    _ table: Table, _ rows: Range<Int>, _ formulas: TableFormulas?
  ) throws(WorkbookError) {
    guard !rows.isEmpty else {
      try sheet.write(
        sheets.words.noRows, row, 0, sheets.styles.format(CellStyle(colour: Palette.quiet)))
      row += 1
      return
    }
    let isLong = table.rows.count > SectionSheet.longTable
    let looks = try ColumnLooks(table, sheets, wraps: !isLong)
    let empties = lineColumns[table.id] ?? []
    for index in rows {
      let cells = table.rows[index]
      for column in cells.indices {
        let format = looks.look(of: cells[column].value, column, .data(index), of: table)
        if !isLong, let (formula, value) = formulas?.row(column, cells, at: row) {
          try sheet.write(formula: formula, value: value, row, column, format)
        } else {
          try write(cells[column], column, looks, format, leavesGap: empties.contains(column))
        }
      }
      if !isLong { try fitHeight(of: cells) }
      row += 1
    }
  }

  /// A blank of a line chart's series stays empty: Excel would draw its sign as a zero.
  private func write(
    _ cell: Cell, _ column: Int, _ looks: ColumnLooks, _ format: StyleBook.Format, leavesGap: Bool
  ) throws(WorkbookError) {
    guard case .blank = cell else {
      return try sheet.write(cell, row, column, format)
    }
    if leavesGap { return try sheet.writeEmpty(row, column, looks.blanks[column]) }
    try sheet.write(cell, row, column, looks.blanks[column])
  }

  private func fitHeight(of cells: [Cell]) throws(WorkbookError) {
    let height = rowHeight(cells)
    if height > Sheet.defaultRowHeight { try sheet.setHeight(height, ofRow: row) }
  }

  private func addBars(_ table: Table, _ data: ClosedRange<Int>) throws(WorkbookError) {
    guard table.rows.count <= SectionSheet.longTable else { return }
    for (index, column) in table.columns.enumerated() where column.showsBar {
      let largest = table.rows.lazy.compactMap { $0[index].value }.max() ?? 0
      guard largest > 0 else { continue }
      let range = CellRange(
        firstRow: data.lowerBound, firstColumn: index, lastRow: data.upperBound, lastColumn: index)
      let part = max(0.3, 1 - widths.numberWidths[index] / widths[index])
      try sheet.addBars(range, largest: largest, part: part)
    }
  }

  private func addShades(_ table: Table, _ data: ClosedRange<Int>) throws(WorkbookError) {
    guard let shaded = table.shaded, !shaded.isEmpty, table.deepestShade > 0 else { return }
    try sheet.addShades(
      CellRange(
        firstRow: data.lowerBound, firstColumn: shaded.lowerBound, lastRow: data.upperBound,
        lastColumn: shaded.upperBound - 1), largest: table.deepestShade)
  }

  /// The row of the whole, under the table so that sorting and filtering leave it alone.
  private mutating func writeTotal(
    _ table: Table, _ formulas: TableFormulas?
  ) throws(WorkbookError) {
    guard let total = table.total else { return }
    let looks = try ColumnLooks(table, sheets, isTotal: true)
    for (index, cell) in total.enumerated() {
      let formula = formulas?.total(index, total, at: row)
      let look = looks.look(of: nil, index, .total, of: table)
      switch cell {
      case .text(let text):
        if let formula {
          try sheet.write(
            formula: formula, text: text, row, index, look)
        } else {
          try sheet.write(cell, row, index, look)
        }
      case .blank: try sheet.write(cell, row, index, looks.blanks[index])
      case .integer, .number:
        if let formula, let value = cell.value, value.magnitude <= Sheet.exactLimit {
          try sheet.write(
            formula: formula, value: value, row, index, look)
        } else {
          try sheet.write(cell, row, index, look)
        }
      }
    }
    row += 1
  }
}
