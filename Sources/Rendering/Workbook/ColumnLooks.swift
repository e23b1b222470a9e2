import ReportModel

/// The formats of a table's columns, for values and for the signs of missing ones.
struct ColumnLooks {
  var cells: [StyleBook.Format] = []
  var blanks: [StyleBook.Format] = []

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
      style.colour = Palette.quiet
      blanks.append(try styles.format(style))
    }
  }
}

extension Table {
  /// Whether a column's total is what adding up its cells gives: a live formula may stand for it.
  func isPlainSum(_ column: Int, of total: Int64) -> Bool {
    guard columns[column].kind == .count else { return false }
    var sum: Int64 = 0
    for cells in rows {
      switch cells[column] {
      case .integer(let value):
        let (next, overflow) = sum.addingReportingOverflow(value)
        if overflow { return false }
        sum = next
      case .blank: continue
      case .text, .number: return false
      }
    }
    return sum == total
  }
}
