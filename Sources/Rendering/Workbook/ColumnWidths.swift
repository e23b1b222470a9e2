import Records
import ReportModel

/// The widths of a sheet's columns, fitted to the texts of all of its tables.
struct ColumnWidths {
  /// Texts wider than this are wrapped, unless most of their column are.
  static let widestText = 42.0
  /// Texts are wrapped at this at the latest where their tables would be wider than a page.
  private static let narrowestText = 20.0
  static let narrowest = 8.0
  /// Of a column that no table uses; Excel's own.
  static let unused = 8.43
  /// Rows that are looked at in a long table.
  static let sampledRows = 1000
  private static let barRoom = 8.0

  private let language: Language
  private(set) var widths: [Double] = []
  /// The room that the numbers of a column with bars need.
  private(set) var numberWidths: [Double] = []
  /// What the texts of each column ask for; the widths give them no more than the page has.
  private var textWidths: [Double] = []

  init(
    tables: [Table], headings: (Table) -> [Heading], numbers: NumberText,
    language: Language = .chinese
  ) {
    self.language = language
    for table in tables {
      for (index, heading) in headings(table).enumerated() {
        fit(table, index, heading: heading, numbers)
      }
    }
    shareOut(within: PageArea.width)
    fill(to: PageArea.width)
  }

  /// Adds a column for sentences and charts at the right of tables that leave a part of the page free.
  private mutating func fill(to pixels: Int) {
    let rest = pixels - self.pixels(ofFirst: widths.count)
    guard rest > 40 || widths.isEmpty else { return }
    widths.append(Double(rest - 5) / 7)
    numberWidths.append(0)
  }

  /// Gives the columns of texts what they ask for; where that is more than a page holds, the widest
  /// of them give way.
  private mutating func shareOut(within pixels: Int) {
    let least = widths
    var limit = textWidths.max() ?? 0
    repeat {
      for index in widths.indices {
        widths[index] = max(least[index], min(textWidths[index], limit))
      }
      limit -= 1
    } while limit >= ColumnWidths.narrowestText && self.pixels(ofFirst: widths.count) > pixels
  }

  private mutating func fit(
    _ table: Table, _ index: Int, heading: Heading, _ numbers: NumberText
  ) {
    let column = table.columns[index]
    let rows = table.rows.prefix(ColumnWidths.sampledRows) + (table.total.map { [$0] } ?? [])
    let cells = rows.lazy.compactMap { $0.indices.contains(index) ? $0[index] : nil }
    let contents = contents(cells, column.kind, numbers)
    let word = column.marksExtremes ? displayWidth(Extremes.Mark.highest.word(language)) + 1 : 0
    let isMarked = table.revised.contains { $0.column == index }
    let mark = isMarked ? Table.revisedMark.count : 0
    let content = ColumnWidths.room(for: (contents.last ?? 0) + max(word, mark))
    while widths.count <= index {
      widths.append(ColumnWidths.narrowest)
      numberWidths.append(0)
      textWidths.append(0)
    }
    if column.kind == .text {
      let usual = contents.isEmpty ? 0 : contents[(contents.count - 1) * 4 / 5]
      let most = max(ColumnWidths.widestText, ColumnWidths.room(for: usual))
      textWidths[index] = max(textWidths[index], min(content, most))
      widths[index] = max(widths[index], min(heading.width, ColumnWidths.widestText))
    } else {
      let bar = column.showsBar ? ColumnWidths.barRoom : 0
      widths[index] = max(widths[index], heading.width, content + bar)
      numberWidths[index] = max(numberWidths[index], content)
    }
  }

  /// The widths of a column's texts, from the narrowest to the widest; of numbers, which take more room
  /// the larger they are, only of the least and the largest.
  private func contents(
    _ cells: some Sequence<Cell>, _ kind: Column.Kind, _ numbers: NumberText
  ) -> [Int] {
    func width(_ cell: Cell) -> Int {
      displayWidth(numbers.marked(cell, in: kind, language: language))
    }
    var widths: [Int] = []
    var (least, largest): (Cell?, Cell?)
    for cell in cells {
      guard kind != .text, let value = cell.value else {
        widths.append(width(cell))
        continue
      }
      if least?.value.map({ value < $0 }) ?? true { least = cell }
      if largest?.value.map({ value > $0 }) ?? true { largest = cell }
    }
    return (widths + [least, largest].compactMap { $0.map(width) }).sorted()
  }

  private static func room(for columns: Int) -> Double { Double(columns) * 1.1 + 2 }

  subscript(column: Int) -> Double {
    widths.indices.contains(column) ? widths[column] : ColumnWidths.unused
  }

  /// The width of the first columns together.
  func total(ofFirst columns: Int) -> Double { (0..<columns).reduce(0) { $0 + self[$1] } }

  /// The width of the first columns together, in pixels.
  func pixels(ofFirst columns: Int) -> Int {
    (0..<columns).reduce(0) { $0 + ColumnWidths.pixels(self[$1]) }
  }

  /// The lines that a text takes where it is wrapped at a width.
  static func lines(of text: String, in width: Double) -> Int {
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return lines(ofLine: text, in: width) }
    return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { lines, part in
      lines + self.lines(ofLine: String(part), in: width)
    }
  }

  private static func lines(ofLine text: String, in width: Double) -> Int {
    max(1, Int((typesetWidth(text) / max(width, 1)).rounded(.up)))
  }

  /// The width of a text of 10 points, somewhat more than less: a Chinese character takes two digits,
  /// a Latin letter on average less than one.
  private static func typesetWidth(_ text: String) -> Double {
    let columns = displayWidth(text)
    let narrow = max(0, 2 * text.unicodeScalars.count - columns)
    return (Double(columns - narrow) + Double(narrow) * 0.88) * 1.05
  }

  /// What Excel shows of a width, in pixels.
  static func pixels(_ width: Double) -> Int { Int(width * 7 + 5) }
}
