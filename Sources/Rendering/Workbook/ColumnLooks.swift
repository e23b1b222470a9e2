import ReportModel

/// The formats of a table's columns, for values and for the signs of missing ones.
struct ColumnLooks {
  var cells: [StyleBook.Format] = []
  var blanks: [StyleBook.Format] = []
  /// For figures with the mark of a revision behind them; empty where the table has none.
  var revised: [StyleBook.Format] = []

  init(
    _ table: Table, _ styles: StyleBook, isTotal: Bool = false, wraps: Bool = true
  ) throws(WorkbookError) {
    for (index, column) in table.columns.enumerated() {
      var style = CellStyle(bottom: .hair)
      if isTotal {
        style.isBold = true
        style.fill = Palette.totalFill
        style.top = .thin
        style.bottom = .thin
        style.edgeColour = Palette.accent
      }
      style.numberFormat = column.kind.numberFormat
      style.alignment = column.kind == .text ? .left : .right
      style.wraps = column.kind == .text && wraps
      let isBesideNumber = index > 0 && table.columns[index - 1].kind != .text
      if column.kind == .text, isBesideNumber { style.indent = 1 }
      // A number keeps clear of the bars at its right.
      let next = index + 1
      if column.kind != .text, next < table.columns.count, table.columns[next].showsBar {
        style.indent = 1
      }
      cells.append(try styles.format(style))
      if !table.revised.isEmpty {
        let plain = style
        style.numberFormat = column.kind.revisedFormat
        revised.append(try styles.format(style))
        style = plain
      }
      style.colour = Palette.quiet
      blanks.append(try styles.format(style))
    }
  }

  /// The format of a cell that is not blank.
  func format(_ column: Int, _ row: CellReference.Row, of table: Table) -> StyleBook.Format {
    table.revised.contains(Table.Position(row, column)) ? revised[column] : cells[column]
  }
}
