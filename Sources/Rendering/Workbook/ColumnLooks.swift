import ReportModel

/// The formats of a table's columns, for values, for the largest and the smallest of them, and for the
/// signs of missing ones.
struct ColumnLooks {
  private(set) var cells: [StyleBook.Format] = []
  private(set) var blanks: [StyleBook.Format] = []
  private var extremes: [Extremes?] = []
  private var marked: [Int: [Extremes.Mark: StyleBook.Format]] = [:]
  /// For figures with the mark of a revision behind them; empty where the table has none.
  private var revised: [StyleBook.Format] = []

  init(
    _ table: Table, _ sheets: WorkbookSheets, isTotal: Bool = false, wraps: Bool = true
  ) throws(WorkbookError) {
    for index in table.columns.indices {
      let kind = table.columns[index].kind
      var style = ColumnLooks.style(table.columns, index, isTotal: isTotal, wraps: wraps)
      style.numberFormat = kind.numberFormat(sheets.report.language)
      cells.append(try sheets.styles.format(style))
      extremes.append(isTotal ? nil : table.extremes(ofColumn: index))
      if extremes[index] != nil {
        for mark in [Extremes.Mark.highest, .lowest] {
          var special = style
          special.numberFormat = kind.numberFormat(mark, sheets.report.language)
          marked[index, default: [:]][mark] = try sheets.styles.format(special)
        }
      }
      if !table.revised.isEmpty {
        var special = style
        special.numberFormat = kind.revisedFormat(sheets.report.language)
        revised.append(try sheets.styles.format(special))
      }
      style.colour = Palette.quiet
      blanks.append(try sheets.styles.format(style))
    }
  }

  /// How a cell looks that holds a number, or, where it is nil, a text.
  func look(
    of value: Double?, _ column: Int, _ row: CellReference.Row, of table: Table
  ) -> StyleBook.Format {
    if table.revised.contains(Table.Position(row, column)) { return revised[column] }
    guard let value, let mark = extremes[column]?.mark(value) else { return cells[column] }
    return marked[column]?[mark] ?? cells[column]
  }

  private static func style(
    _ columns: [Column], _ index: Int, isTotal: Bool, wraps: Bool
  ) -> CellStyle {
    let column = columns[index]
    var style = CellStyle(bottom: .hair)
    if isTotal {
      style.isBold = true
      style.fill = Palette.totalFill
      style.top = .thin
      style.bottom = .thin
      style.edgeColour = Palette.accent
    }
    style.alignment = column.kind == .text ? .left : .right
    style.wraps = column.kind == .text && wraps
    let isBesideNumber = index > 0 && columns[index - 1].kind != .text
    if column.kind == .text, isBesideNumber { style.indent = 1 }
    // A number keeps clear of the bars at its right.
    let next = index + 1
    if column.kind != .text, next < columns.count, columns[next].showsBar { style.indent = 1 }
    return style
  }
}
