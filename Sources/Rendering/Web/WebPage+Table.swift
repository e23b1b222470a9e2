import Records
import ReportModel

extension WebPage {
  /// A table, in the languages of the page: numbers once, texts in each.
  mutating func write(_ tables: [Table], sheets: [String], sorts: Bool) {
    let table = tables[0]
    html.raw("<div class=t><table id=\"t-")
    html.text(table.id)
    html.raw(sorts ? "\" class=d>\n<caption>" : "\">\n<caption>")
    html.text(tables.map(\.title))
    writeMarks(table.notes)
    html.raw("</caption>\n<thead><tr>")
    for columns in sideBySide(tables.map(\.columns)) { writeHeading(columns, sorts: sorts) }
    html.raw("</tr></thead>\n<tbody>\n")
    let looks = CellLooks(table)
    let count = min(table.rows.count, WebPageRenderer.mostRows)
    for row in 0..<count { writeRow(tables.map { $0.rows[row] }, looks, row: row) }
    html.raw("</tbody>\n")
    if table.total != nil {
      html.raw("<tfoot>")
      writeRow(tables.compactMap(\.total), looks, row: nil)
      html.raw("</tfoot>\n")
    }
    html.raw("</table></div>\n")
    if table.rows.isEmpty { writeQuiet(words.noRows) }
    if count < table.rows.count {
      writeQuiet(
        words.leftOut(
          rows: numbers.count(Int64(count)), of: numbers.count(Int64(table.rows.count)),
          sheets: sheets))
    }
  }

  private mutating func writeQuiet(_ texts: [String]) {
    html.raw("<p class=q>")
    html.text(texts)
    html.raw("</p>\n")
  }

  private mutating func writeMarks(_ notes: [Int]) {
    for note in notes {
      html.raw("<sup>")
      html.raw(note)
      html.raw("</sup>")
    }
  }

  private mutating func writeHeading(_ columns: [Column], sorts: Bool) {
    html.raw(columns[0].kind == .text ? "<th scope=col>" : "<th scope=col class=n>")
    if sorts { html.raw("<button type=button>") }
    html.text(
      zip(columns, reports).map { column, report in
        let unit = column.unit.map { report.language == .chinese ? "（\($0)）" : " (\($0))" } ?? ""
        return column.heading + unit
      })
    if sorts { html.raw("</button>") }
    writeMarks(columns.first?.note.map { [$0] } ?? [])
    html.raw("</th>")
  }

  private mutating func writeRow(_ lines: [[Cell]], _ looks: CellLooks, row: Int?) {
    html.raw("<tr>")
    for (column, cell) in lines[0].enumerated() {
      if column == 0 {
        html.raw("<th scope=row>")
        writeText(lines, column)
        html.raw("</th>")
        continue
      }
      html.raw(looks.isText(column) ? "<td" : "<td class=n")
      if row != nil { writeLook(looks.look(of: cell, column)) }
      html.raw(">")
      if let value = cell.value, !looks.isText(column) {
        writeNumber(cell, looks.kinds[column])
        if row != nil, let extreme = looks.extreme(value, column) {
          html.raw(" <em>")
          html.text(reports.map { extreme.word($0.language) })
          html.raw("</em>")
        }
      } else {
        writeText(lines, column)
      }
      html.raw("</td>")
    }
    html.raw("</tr>\n")
    html.passOn()
  }

  /// Changes have words, and so both languages; other numbers stand once.
  private mutating func writeNumber(_ cell: Cell, _ kind: Column.Kind) {
    if case .integer(let value) = cell, kind == .count { return html.raw(count: value) }
    guard ChangeMark(kind, .chinese) != nil else { return html.text(numbers.text(cell, in: kind)) }
    html.text(reports.map { numbers.marked(cell, in: kind, language: $0.language) })
  }

  private mutating func writeText(_ lines: [[Cell]], _ column: Int) {
    let first = numbers.text(lines[0][column], in: .text)
    guard lines.count > 1, lines[1].indices.contains(column), lines[1][column] != lines[0][column]
    else { return html.text(first) }
    html.text([first, numbers.text(lines[1][column], in: .text)])
  }

  /// The length of a bar and the depth of a shade, in per cent, for the style to draw.
  private mutating func writeLook(_ look: CellLooks.Look?) {
    switch look {
    case .bar(let part)?:
      html.raw(" style=\"--b:")
      html.raw(part)
      html.raw("%\"")
    case .shade(let part)?:
      html.raw(" style=\"--h:")
      html.raw(part)
      html.raw("%\"")
    case nil: break
    }
  }
}

/// How the cells of a table look by their values.
struct CellLooks {
  enum Look {
    case bar(Int)
    case shade(Int)
  }

  let kinds: [Column.Kind]
  private let largest: [Double?]
  private let shaded: Range<Int>?
  private let deepest: Double
  private let extremes: [Extremes?]

  init(_ table: Table) {
    kinds = table.columns.map(\.kind)
    largest = table.columns.indices.map { index in
      guard table.columns[index].showsBar else { return nil }
      return table.rows.lazy.compactMap { $0[index].value }.max()
    }
    shaded = table.shaded
    deepest = table.deepestShade
    extremes = table.columns.indices.map { table.extremes(ofColumn: $0) }
  }

  func isText(_ column: Int) -> Bool { kinds[column] == .text }

  func look(of cell: Cell, _ column: Int) -> Look? {
    guard let value = cell.value, value > 0 else { return nil }
    if let largest = largest[column], largest > 0 {
      return .bar(Int((value / largest * 100).rounded()))
    }
    guard shaded?.contains(column) == true, deepest > 0 else { return nil }
    return .shade(Int((value / deepest * 100).rounded()))
  }

  func extreme(_ value: Double, _ column: Int) -> Extremes.Mark? { extremes[column]?.mark(value) }
}
