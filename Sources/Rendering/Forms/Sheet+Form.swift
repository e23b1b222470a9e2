import CXLSXWriter
import Records

extension Sheet {
  /// Prints as many pages as it takes, each as wide as the sheet.
  func fitWidthOnPages() { worksheet_fit_to_pages(pointer, 1, 0) }

  /// Sets a column's width and the look of its cells that hold nothing yet.
  func setColumn(_ column: Int, width: Double, format: Format?) throws(WorkbookError) {
    guard column >= 0, column < SheetLimits.columns else {
      throw .outsideSheet(place: place(0, column))
    }
    let at = UInt16(column)
    try require(worksheet_set_column(pointer, at, at, width, format), "a width", 0, column)
  }

  /// Puts a comment on a cell; it opens when the pointer rests there. Long texts get a larger box.
  func comment(_ text: String, _ row: Int, _ column: Int) throws(WorkbookError) {
    guard row >= 0, column >= 0, row < SheetLimits.rows, column < SheetLimits.columns else {
      throw .outsideSheet(place: place(row, column))
    }
    let cleaned = SheetText.cleaned(String(text.prefix(4000)))
    var options = lxw_comment_options()
    options.width = 300
    options.height = UInt16(min(60 + displayWidth(cleaned) / 40 * 18, 400))
    options.font_size = 9
    let result = "halfyear".withCString { author in
      options.author = UnsafeMutablePointer(mutating: author)
      return worksheet_write_comment_opt(pointer, UInt32(row), UInt16(column), cleaned, &options)
    }
    try require(result, "a comment", row, column)
  }

  /// Lets Excel check what is written into a column. A list is taken from cells: written out, it would end
  /// the program where it is longer than 255 bytes.
  func addCheck(_ check: FormWorkbook.Check, _ language: Language) throws(WorkbookError) {
    var validation = lxw_data_validation()
    validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
    var formula = ""
    switch check.rule {
    case .list(let sheet, let column, let count, let isOpen):
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      let quoted = sheet.split(separator: "'", omittingEmptySubsequences: false).joined(
        separator: "''")
      let letters = CellRange.a1(0, column).dropLast()
      formula = "='\(quoted)'!$\(letters)$1:$\(letters)$\(max(count, 1))"
      validation.show_error = UInt8(
        (isOpen ? LXW_VALIDATION_OFF : LXW_VALIDATION_ON).rawValue)
    case .day:
      validation.validate = UInt8(LXW_VALIDATION_TYPE_DATE.rawValue)
      validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
      validation.minimum_datetime = lxw_datetime(
        year: 2000, month: 1, day: 1, hour: 0, min: 0, sec: 0)
      validation.maximum_datetime = lxw_datetime(
        year: 2099, month: 12, day: 31, hour: 0, min: 0, sec: 0)
    case .amount, .count:
      let type =
        check.rule == .amount ? LXW_VALIDATION_TYPE_DECIMAL : LXW_VALIDATION_TYPE_INTEGER
      validation.validate = UInt8(type.rawValue)
      validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
      validation.maximum_number = 1_000_000
    }
    try add(&validation, check, formula, language)
  }

  private func add(
    _ validation: inout lxw_data_validation, _ check: FormWorkbook.Check, _ formula: String,
    _ language: Language
  ) throws(WorkbookError) {
    // Excel holds 32 characters of a title and 255 of a message.
    let title = language == .chinese ? "请按要求填写" : "Please check"
    let message = String(SheetText.cleaned(check.message).prefix(200))
    let result = title.withCString { title in
      message.withCString { message in
        formula.withCString { formula in
          validation.input_message = UnsafeMutablePointer(mutating: message)
          validation.error_title = UnsafeMutablePointer(mutating: title)
          validation.error_message = UnsafeMutablePointer(mutating: message)
          if formula.pointee != 0 {
            validation.value_formula = UnsafeMutablePointer(mutating: formula)
          }
          return worksheet_data_validation_range(
            pointer, UInt32(check.rows.lowerBound - 1), UInt16(check.column),
            UInt32(check.rows.upperBound - 1), UInt16(check.column), &validation)
        }
      }
    }
    try require(result, "a check of cells", check.rows.lowerBound - 1, check.column)
  }
}
