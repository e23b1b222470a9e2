import ReportModel

/// A report laid out for screen readers: a cover, contents, the sentences, the notes, then each table on
/// a sheet of its own, marked up as a table; nothing joined, frozen, shaded or drawn over the cells.
struct AccessibleBook {
  static let textSize = 12.0
  static let rowHeight = 17.0
  static let textWidth = 96.0

  private let sheets: WorkbookSheets
  private let words: AccessibleWords
  private let notes: NoteRegister
  private let parts: [TablePart]
  private var report: Report { sheets.report }

  /// A table, or what of it one sheet holds.
  private struct TablePart {
    let table: Table
    let section: Section
    let sheet: String
  }

  init(_ sheets: WorkbookSheets) {
    self.sheets = sheets
    words = AccessibleWords(sheets.report.language)
    notes = NoteRegister(sheets.report)
    var parts: [TablePart] = []
    for section in sheets.report.sections {
      for table in section.tables {
        for piece in AccessibleBook.pieces(of: table, limit: sheets.rowLimit) {
          parts.append(
            TablePart(
              table: piece, section: section, sheet: words.sheet(ofTable: parts.count + 1)))
        }
      }
    }
    self.parts = parts
  }

  func write() throws(WorkbookError) {
    try writeCover()
    try write(
      contents, on: words.contents, title: words.contents, links: parts.map(\.sheet))
    try write(sentences, on: words.sentences, title: words.sentences)
    try write(noteTable, on: words.notes, title: words.notes)
    for part in parts {
      try write(
        part.table, on: part.sheet, title: words.fact(part.section.title, part.table.title),
        group: part.section.group,
        section: part.section)
    }
  }

  /// The rows that a sheet holds below the lines above a table.
  private static func pieces(of table: Table, limit: Int) -> [Table] {
    let room = max(1, limit - 8)
    guard table.rows.count > room else { return [table] }
    return stride(from: 0, to: table.rows.count, by: room).map { first in
      let end = min(first + room, table.rows.count)
      var piece = table
      piece.id += "_\(first / room + 1)"
      piece.title += " (\(first / room + 1))"
      piece.rows = Array(table.rows[first..<end])
      if end < table.rows.count { piece.total = nil }
      for index in piece.columns.indices { piece.columns[index].derivation = .given }
      return piece
    }
  }

  private func writeCover() throws(WorkbookError) {
    let sheet = try sheets.addSheet(words.cover, title: report.title)
    try sheet.setWidth(AccessibleBook.textWidth, ofColumn: 0)
    try line(report.title, 0, sheet, isHeading: true)
    let facts = report.cover.map { fact in
      words.fact(fact.label, fact.value.isEmpty ? words.open : fact.value)
    }
    let texts =
      [report.organisation, report.pageNote] + facts + report.highlights.map(\.text)
      + report.dataState + report.decisions.map(\.text)
    for (row, text) in texts.enumerated() { try line(text, row + 1, sheet) }
    try sheet.write(
      link: words.contents, to: words.contents, texts.count + 1, 0,
      sheets.styles.format(AccessibleBook.link))
  }

  private static let link = CellStyle(
    size: textSize, isUnderlined: true, colour: Palette.accent)

  private func line(
    _ text: String, _ row: Int, _ sheet: Sheet, isHeading: Bool = false
  ) throws(WorkbookError) {
    let size = isHeading ? 16 : AccessibleBook.textSize
    let style = CellStyle(size: size, isBold: isHeading, isTopAligned: true, wraps: true)
    try sheet.write(text, row, 0, sheets.styles.format(style))
    let lines = ColumnWidths.lines(of: text, in: AccessibleBook.textWidth * 10 / size)
    try sheet.setHeight(Double(lines) * AccessibleBook.rowHeight * size / 12, ofRow: row)
  }

  /// A line above a table, which runs on over the empty cells at its right.
  private func heading(
    _ text: String, _ row: Int, _ sheet: Sheet, isTitle: Bool = true
  ) throws(WorkbookError) {
    let style = CellStyle(size: isTitle ? 16 : AccessibleBook.textSize, isBold: isTitle)
    try sheet.write(text, row, 0, sheets.styles.format(style))
    try sheet.setHeight(isTitle ? 24 : AccessibleBook.rowHeight, ofRow: row)
  }

  private var contents: Table {
    Table(
      id: "contents", title: words.contents,
      columns: [words.sheetHeading, words.title, words.section].map { Column($0, kind: .text) },
      rows: parts.map { [.text($0.sheet), .text($0.table.title), .text($0.section.title)] })
  }

  private var sentences: Table {
    let rows = report.sections.flatMap { section in
      (section.lead + section.comments.map { $0.signed(report.language) } + section.remarks)
        .map { [Cell.text(section.title), .text($0)] }
    }
    return Table(
      id: "sentences", title: words.sentences,
      columns: [words.section, words.sentences].map { Column($0, kind: .text) }, rows: rows)
  }

  private var noteTable: Table {
    Table(
      id: "notes", title: words.notes,
      columns: [words.number, words.notes].map { Column($0, kind: .text) },
      rows: notes.texts.indices.map { [.text(words.mark($0 + 1)), .text(notes.texts[$0])] }
        + report.signs.indices.map {
          [.text(AccessibleWords.sign($0)), .text(report.signs[$0].meaning)]
        } + [[.text(AccessibleWords.notApplicable), .text(words.emptyTotal)]])
  }

  private func write(
    _ table: Table, on name: String, title: String, group: Section.Group = .overview,
    section: Section? = nil, links: [String] = []
  ) throws(WorkbookError) {
    let sheet = try sheets.addSheet(name, title: title, group: group)
    let marks = table.notes.map { notes.number($0, in: section) }
    try heading(title + marks.map(words.mark).joined(), 0, sheet)
    try heading(
      words.shape(rows: table.rows.count, columns: table.columns.count), 1, sheet, isTitle: false)
    try heading(report.pageNote, 2, sheet, isTitle: false)
    let isContents = name == words.contents
    try sheet.write(
      link: isContents ? words.cover : words.contents,
      to: isContents ? words.cover : words.contents, 3, 0,
      sheets.styles.format(AccessibleBook.link))
    try AccessibleTable(table, sheets, sheet, headings: headings(table, section), links: links)
      .write(from: 4)
  }

  private func headings(_ table: Table, _ section: Section?) -> [String] {
    table.columns.map { column in
      let unit = column.unit.map { sheets.words.unitMarks.open + $0 + sheets.words.unitMarks.close }
      let mark = column.note.map { words.mark(notes.number($0, in: section)) }
      return column.heading + (unit ?? "") + (mark.map { " " + $0 } ?? "")
    }
  }
}

/// The notes of all sections in one list, each text once.
struct NoteRegister {
  private(set) var texts: [String] = []
  private var numbers: [String: Int] = [:]

  init(_ report: Report) {
    for note in report.sections.flatMap(\.notes) where numbers[note] == nil {
      texts.append(note)
      numbers[note] = texts.count
    }
  }

  /// The number in the list of a section's note.
  func number(_ note: Int, in section: Section?) -> Int {
    guard let section, section.notes.indices.contains(note - 1) else { return 0 }
    return numbers[section.notes[note - 1]] ?? 0
  }
}
