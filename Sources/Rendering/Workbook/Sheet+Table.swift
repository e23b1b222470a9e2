import CXLSXWriter

extension Sheet {
  /// Makes a range an Excel table with a filter in each heading; headings and cells are written by it
  /// and the caller respectively.
  ///
  /// - Throws: `heading` where one is empty, too long or stands twice; `overlap`.
  func addTable(
    named name: String, _ range: CellRange, headings: [String], format: Format
  ) throws(WorkbookError) {
    try check(headings, of: name)
    try take(range)
    let result = withTableColumns(headings.map(SheetText.attribute), format) { columns in
      name.withCString { name in
        var options = lxw_table_options()
        options.name = UnsafeMutablePointer(mutating: name)
        options.columns = columns
        options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_LIGHT.rawValue)
        options.style_type_number = 0
        options.no_banded_rows = 1
        return worksheet_add_table(
          pointer, UInt32(range.firstRow), UInt16(range.firstColumn), UInt32(range.lastRow),
          UInt16(range.lastColumn), &options)
      }
    }
    try require(result, "the table '\(name)'", range.firstRow, range.firstColumn)
    noteTable(columns: headings.count)
    for (index, heading) in headings.enumerated() {
      try write(heading, range.firstRow, range.firstColumn + index, format)
    }
  }

  /// Checks what Excel demands of the headings of a table.
  func check(_ headings: [String], of table: String) throws(WorkbookError) {
    var seen: Set<String> = []
    for heading in headings {
      if heading.isEmpty { throw .heading(heading, table: table, reason: "is empty") }
      if heading.utf16.count > SheetLimits.headingUnits {
        throw .heading(heading, table: table, reason: "is longer than 255 UTF-16 units")
      }
      if heading.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }) {
        throw .heading(heading, table: table, reason: "holds a control character")
      }
      if !seen.insert(heading.lowercased()).inserted {
        throw .heading(heading, table: table, reason: "stands twice")
      }
    }
  }

  /// Lends libxlsxwriter its null-terminated array of columns; it copies what it needs.
  private func withTableColumns<Result>(
    _ headings: [String], _ format: Format,
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<lxw_table_column>?>) -> Result
  ) -> Result {
    let texts = headings.map { Array($0.utf8CString) }
    let flat = texts.flatMap { $0 }
    return flat.withUnsafeBufferPointer { characters in
      var columns: [lxw_table_column] = []
      var offset = 0
      for text in texts {
        var column = lxw_table_column()
        column.header = UnsafeMutablePointer(mutating: characters.baseAddress! + offset)
        column.header_format = format
        columns.append(column)
        offset += text.count
      }
      return columns.withUnsafeMutableBufferPointer { columns in
        let first = columns.baseAddress!
        var pointers = columns.indices.map { Optional(first + $0) } + [nil]
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
      }
    }
  }

  /// Shades each cell of a range by its number, from white at 0 to the deepest at the largest.
  func addShades(_ range: CellRange, largest: Double) throws(WorkbookError) {
    guard largest.isFinite, largest > 0 else {
      throw .notFinite(place: place(range.firstRow, range.firstColumn))
    }
    var rule = lxw_conditional_format()
    rule.type = UInt8(LXW_CONDITIONAL_2_COLOR_SCALE.rawValue)
    rule.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
    rule.max_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
    rule.max_value = largest
    rule.min_color = Palette.shades.least
    rule.max_color = Palette.shades.most
    let result = worksheet_conditional_format_range(
      pointer, UInt32(range.firstRow), UInt16(range.firstColumn), UInt32(range.lastRow),
      UInt16(range.lastColumn), &rule)
    try require(result, "shades were", range.firstRow, range.firstColumn)
    note { $0.conditions += 1 }
  }

  /// Shows a bar in each cell of a column, from its left edge to at most this part of its width, so
  /// that the number at its right stays clear of it.
  ///
  /// - Parameter largest: The value of the longest bar; positive and finite.
  func addBars(_ range: CellRange, largest: Double, part: Double) throws(WorkbookError) {
    guard largest.isFinite, largest > 0, part > 0 else {
      throw .notFinite(place: place(range.firstRow, range.firstColumn))
    }
    var rule = lxw_conditional_format()
    rule.type = UInt8(LXW_CONDITIONAL_DATA_BAR.rawValue)
    rule.data_bar_2010 = 1
    rule.bar_solid = 1
    rule.bar_no_border = 1
    rule.bar_color = Palette.bar
    rule.bar_negative_color_same = 1
    rule.bar_axis_position = UInt8(LXW_CONDITIONAL_BAR_AXIS_NONE.rawValue)
    rule.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
    rule.min_value = 0
    rule.max_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
    rule.max_value = largest / part
    let result = worksheet_conditional_format_range(
      pointer, UInt32(range.firstRow), UInt16(range.firstColumn), UInt32(range.lastRow),
      UInt16(range.lastColumn), &rule)
    try require(result, "bars were", range.firstRow, range.firstColumn)
    note { $0.conditions += 1 }
  }
}
