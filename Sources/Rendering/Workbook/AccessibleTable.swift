import ReportModel

/// One table of an accessible workbook: marked up, its total in its last row, no cell without a word.
struct AccessibleTable {
  private let table: Table
  private let sheets: WorkbookSheets
  private let sheet: Sheet
  private let headings: [String]
  /// The sheets that the first cells lead to; empty where they lead nowhere.
  private let links: [String]
  private let widths: ColumnWidths

  /// Letters of 12 points are so much wider than those that widths are counted in.
  private static let scale = 1.2

  init(
    _ table: Table, _ sheets: WorkbookSheets, _ sheet: Sheet, headings: [String], links: [String]
  ) {
    self.table = table
    self.sheets = sheets
    self.sheet = sheet
    self.headings = headings
    self.links = links
    let words = sheets.words
    widths = ColumnWidths(
      tables: [table], headings: { $0.headings(words) },
      numbers: NumberText(rule: sheets.report.rounding), language: sheets.report.language)
  }

  func write(from first: Int) throws(WorkbookError) {
    for index in table.columns.indices {
      try sheet.setWidth(widths[index] * AccessibleTable.scale, ofColumn: index)
    }
    sheet.fitOnePageAcross()
    let lines = table.rows + (table.total.map { [$0] } ?? [])
    guard !lines.isEmpty else {
      return try sheet.write(sheets.words.noRows, first, 0, sheets.styles.format(style(nil)))
    }
    sheets.places.note(
      table.id,
      CellPlaces.Place(
        sheet: sheet.name, firstRow: first + 1, rows: table.rows.count,
        totalRow: table.total.map { _ in first + 1 + table.rows.count }))
    try writeHeadings(first, count: lines.count)
    let looks = try table.columns.map { column throws(WorkbookError) in
      try sheets.styles.format(style(column))
    }
    for (offset, cells) in lines.enumerated() {
      let isTotal = offset == table.rows.count
      for column in cells.indices {
        try write(cells, column, first + 1 + offset, looks[column], first, isTotal: isTotal)
      }
      try sheet.setHeight(height(cells), ofRow: first + 1 + offset)
    }
  }

  private func writeHeadings(_ row: Int, count: Int) throws(WorkbookError) {
    try sheets.takeTable(table.id)
    let format = try sheets.styles.format(
      CellStyle(
        size: AccessibleBook.textSize, isBold: true, wraps: true, bottom: .thin,
        edgeColour: Palette.text))
    let range = CellRange(
      firstRow: row, firstColumn: 0, lastRow: row + count, lastColumn: headings.count - 1)
    try sheet.addTable(named: table.id, range, headings: headings, format: format)
    let lines = headings.indices.map {
      ColumnWidths.lines(of: headings[$0], in: widths[$0] - 3)
    }
    try sheet.setHeight(Double(lines.max() ?? 1) * AccessibleBook.rowHeight, ofRow: row)
  }

  private func style(_ column: Column?) -> CellStyle {
    var style = CellStyle(size: AccessibleBook.textSize, isTopAligned: true)
    guard let column else { return style }
    style.numberFormat = column.kind.numberFormat(sheets.report.language)
    style.alignment = column.kind == .text ? .left : .right
    style.wraps = column.kind == .text
    return style
  }

  private func height(_ cells: [Cell]) -> Double {
    let lines = cells.indices.map { column -> Int in
      guard case .text(let text) = cells[column], text.utf8.count > 8 else { return 1 }
      return ColumnWidths.lines(of: text, in: widths[column] - 1)
    }
    return Double(lines.max() ?? 1) * AccessibleBook.rowHeight
  }

  private func write(
    _ cells: [Cell], _ column: Int, _ row: Int, _ format: StyleBook.Format, _ heading: Int,
    isTotal: Bool
  ) throws(WorkbookError) {
    if column == 0, !isTotal, links.indices.contains(row - heading - 1) {
      let target = links[row - heading - 1]
      return try sheet.write(link: target, to: target, row, 0, format)
    }
    let cell = worded(cells[column])
    guard isTotal, let value = cell.value, table.columns[column].derivation == .sum,
      value.magnitude <= Sheet.exactLimit, !table.rows.isEmpty
    else { return try sheet.write(cell, row, column, format) }
    let range = CellRange(
      firstRow: heading + 1, firstColumn: column, lastRow: row - 1, lastColumn: column)
    try sheet.write(formula: "=SUM(\(range.a1))", value: value, row, column, format)
  }

  /// A cell with a shorthand in place of a sign or of nothing.
  private func worded(_ cell: Cell) -> Cell {
    switch cell {
    case .text(""), .blank(""): return .text(AccessibleWords.notApplicable)
    case .blank(let sign):
      let index = sheets.report.signs.firstIndex { $0.text == sign }
      return .text(index.map(AccessibleWords.sign) ?? sign)
    case .text, .integer, .number: return cell
    }
  }
}
