import CXLSXWriter
import ReportModel

extension SectionSheet {
  /// What a page shows, as a table that tells how wide its columns must be.
  static func lookupTables(_ section: Section, _ sheets: WorkbookSheets) -> [Table] {
    guard let lookup = section.lookup, let source = sheets.tables[lookup.table]?.table,
      source.rows.indices.contains(lookup.chosen)
    else { return [] }
    return [lookup.shown(lookup.chosen, of: source)]
  }

  /// Writes a page whose cells are looked up in a table of an earlier sheet: by INDEX and MATCH, which every
  /// spreadsheet program has and none calculates anew without need.
  mutating func write(_ lookup: Lookup) throws(WorkbookError) {
    guard let place = sheets.tables[lookup.table], place.isWhole, let data = place.dataRows,
      place.table.rows.indices.contains(lookup.chosen)
    else { throw .chart(title: lookup.label, reason: "looks up a table that is not there") }
    let source = LookupSource(place, data, key: lookup.key)
    let choice = row
    try writeChoice(lookup, source)
    let heading = try sheets.styles.format(
      CellStyle(
        isBold: true, colour: Palette.accent, fill: Palette.headingFill, alignment: .centre,
        wraps: true, top: .thin, bottom: .thin, edgeColour: Palette.accent))
    for (column, text) in lookup.headings.enumerated() {
      try sheet.write(text, row, column, heading)
    }
    row += 1
    for line in lookup.lines {
      try write(line, lookup, source, position: CellRange.a1(choice, 2))
      row += 1
    }
    try leaveGap()
  }

  /// The label, the cell with the list, and the place of the chosen row, which the others refer to.
  private mutating func writeChoice(
    _ lookup: Lookup, _ source: LookupSource
  ) throws(WorkbookError) {
    let label = CellStyle(size: 11, isBold: true, colour: Palette.accent)
    try sheet.write(lookup.label, row, 0, sheets.styles.format(label))
    let box = CellStyle(
      size: 11, isBold: true, fill: Palette.totalFill, top: .thin, bottom: .thin,
      edgeColour: Palette.accent)
    try sheet.write(
      source.place.table.rows[lookup.chosen][lookup.key], row, 1, sheets.styles.format(box))
    try sheet.addList(source.range(lookup.key), row, 1)
    let quiet = try sheets.styles.format(CellStyle(size: 9, colour: Palette.quiet))
    let key = CellRange.a1(row, 1)
    try sheet.write(
      formula: "=MATCH(\(key),\(source.range(lookup.key)),0)", value: Double(lookup.chosen + 1),
      row, 2, quiet)
    row += 1
    try leaveGap()
  }

  private func write(
    _ line: Lookup.Line, _ lookup: Lookup, _ source: LookupSource, position: String
  ) throws(WorkbookError) {
    try sheet.write(line.label, row, 0, sheets.styles.format(CellStyle(bottom: .hair)))
    for (index, column) in line.columns.enumerated() {
      guard let column else { continue }
      let kind = source.place.table.columns[column].kind
      var style = CellStyle(bottom: .hair)
      style.numberFormat = kind.numberFormat(sheets.report.language)
      style.alignment = kind == .text ? .left : .right
      let format = try sheets.styles.format(style)
      let formula = "=INDEX(\(source.range(column)),\(position))"
      let cell = source.place.table.rows[lookup.chosen][column]
      if let value = cell.value {
        try sheet.write(formula: formula, value: value, row, index + 1, format)
      } else if case .text(let text) = cell {
        try sheet.write(formula: formula, text: text, row, index + 1, format)
      } else if case .blank(let text) = cell {
        try sheet.write(formula: formula, text: text, row, index + 1, format)
      }
    }
  }
}

/// The table that a page looks up.
private struct LookupSource {
  let place: TablePlace
  private let data: ClosedRange<Int>

  init(_ place: TablePlace, _ data: ClosedRange<Int>, key: Int) {
    self.place = place
    self.data = data
  }

  /// The cells of a column on the table's sheet, with `$` so that the formula can be copied.
  func range(_ column: Int) -> String {
    let sheet = place.sheet.name.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''")
    func fixed(_ row: Int) -> String {
      let name = CellRange.a1(row, column)
      let letters = name.prefix { $0.isLetter }
      return "$\(letters)$\(name.dropFirst(letters.count))"
    }
    return "'\(sheet)'!\(fixed(data.lowerBound)):\(fixed(data.upperBound))"
  }
}

extension Sheet {
  /// Lets a cell's value be chosen from the cells of a range; anything else is refused.
  func addList(_ range: String, _ row: Int, _ column: Int) throws(WorkbookError) {
    let result = ("=" + range).withCString { formula in
      var rule = lxw_data_validation()
      rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      rule.value_formula = UnsafeMutablePointer(mutating: formula)
      return worksheet_data_validation_cell(pointer, UInt32(row), UInt16(column), &rule)
    }
    try require(result, "a list", row, column)
  }

  /// Prints only the rows up to one: the rest is there to be looked up.
  func limitPrint(toRow row: Int, column: Int) throws(WorkbookError) {
    try require(
      worksheet_print_area(pointer, 0, 0, UInt32(row), UInt16(column)), "the print area", row, 0)
    noteName("Print_Area")
  }
}
