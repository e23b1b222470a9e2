public import ReportModel

/// A table as lines of text, its columns aligned for fixed-width fonts, East Asian ones included.
///
/// The same for a text summary and for a terminal.
public struct TextTable: Sendable {
  private let columns: [TextColumn]
  private let title: String
  private let hasTotal: Bool
  private let rowCount: Int

  /// Prepares every cell once; rows shorter than the heading are filled with empty cells.
  public init(_ table: Table, numbers: NumberText = NumberText()) {
    title = table.title
    hasTotal = table.total != nil
    let rows = table.rows + (table.total.map { [$0] } ?? [])
    rowCount = rows.count
    let total = table.total == nil ? -1 : rows.count - 1
    columns = table.columns.indices.flatMap { index in
      TextColumn.columns(
        for: table.columns[index],
        cells: rows.map { $0.indices.contains(index) ? $0[index] : .blank("") },
        hasTotal: table.total != nil, numbers: numbers
      ) { row in table.revised.contains(Table.Position(row == total ? .total : .data(row), index)) }
    }
  }

  /// Title, headings, rows and total, without spaces at the ends of lines.
  public var lines: [String] {
    var lines = title.isEmpty ? [] : [title]
    let headingLines = columns.map(\.heading.count).max() ?? 0
    for index in 0..<headingLines {
      lines.append(line { $0.headingLine(index, of: headingLines) })
    }
    lines.append(rule)
    for row in 0..<rowCount {
      if hasTotal, row == rowCount - 1 { lines.append(rule) }
      lines.append(line { $0.cells[row] })
    }
    return lines
  }

  /// ASCII, since the width of box-drawing characters differs between terminals.
  private var rule: String {
    line { String(repeating: "-", count: $0.width) }
  }

  private func line(_ text: (TextColumn) -> String) -> String {
    var line = ""
    for column in columns {
      if !line.isEmpty { line += "  " }
      line += column.aligned(text(column))
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// One column of a text table: its texts and the width that holds them all.
private struct TextColumn: Sendable {
  /// One or more lines; they stand at the bottom of the heading.
  var heading: [String]
  var cells: [String]
  var isRightAligned: Bool
  var width: Int

  private static let headingWidth = 14

  private init(name: String, unit: String, cells: [String], isRightAligned: Bool) {
    self.cells = cells
    self.isRightAligned = isRightAligned
    let cellWidth = cells.lazy.map(displayWidth).max() ?? 0
    let room = max(cellWidth, TextColumn.headingWidth)
    heading = wrapped(name, columns: room)
    let space = !unit.isEmpty && name.last?.isASCII == true ? " " : ""
    if let last = heading.last, displayWidth(last + space + unit) <= room {
      heading[heading.count - 1] = last + space + unit
    } else if !unit.isEmpty {
      heading.append(unit)
    }
    width = max(cellWidth, heading.map(displayWidth).max() ?? 0)
  }

  func headingLine(_ index: Int, of count: Int) -> String {
    let skipped = count - heading.count
    return index < skipped ? "" : heading[index - skipped]
  }

  /// The column itself and, where it shows bars, a column of bars beside it.
  static func columns(
    for column: Column, cells: [Cell], hasTotal: Bool, numbers: NumberText,
    isRevised: (Int) -> Bool
  ) -> [TextColumn] {
    let texts = cells.enumerated().map { row, cell in
      numbers.text(cell, in: column.kind) + (isRevised(row) ? Table.revisedMark : "")
    }
    let unit = column.unit.map { "(\($0))" } ?? ""
    let figures = TextColumn(
      name: column.heading, unit: unit, cells: texts, isRightAligned: column.kind != .text)
    guard column.showsBar else { return [figures] }
    let bars = TextBar.bars(of: hasTotal ? cells.dropLast() : cells[...]) + (hasTotal ? [""] : [])
    return [figures, TextColumn(name: "", unit: "", cells: bars, isRightAligned: false)]
  }

  func aligned(_ text: String) -> String {
    let padding = String(repeating: " ", count: max(0, width - displayWidth(text)))
    return isRightAligned ? padding + text : text + padding
  }
}
