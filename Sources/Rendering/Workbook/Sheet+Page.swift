import CXLSXWriter

/// What stands in the margins of every printed page.
struct PageMargins {
  var headerLeft: String
  var headerRight: String
  var footerLeft: String
  /// May hold the codes for the page's number.
  var footerRight: String
  var font: String
}

extension Sheet {
  /// A4 across; no grid; rows of one height.
  func setUpPage(_ margins: PageMargins) throws(WorkbookError) {
    worksheet_set_landscape(pointer)
    worksheet_set_paper(pointer, 9)
    worksheet_set_margins(pointer, 0.55, 0.55, 0.8, 0.75)
    worksheet_gridlines(pointer, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    worksheet_set_default_row(pointer, Sheet.defaultRowHeight, 0)
    let codes = "&9&\"\(margins.font),Regular\""
    let header = "&L\(codes)\(literal(margins.headerLeft, 90))&R\(codes)"
    try require(
      worksheet_set_header(pointer, header + literal(margins.headerRight, 90)), "the header", 0, 0)
    let footer = "&L\(codes)\(literal(margins.footerLeft, 140))&R\(codes)\(margins.footerRight)"
    try require(worksheet_set_footer(pointer, footer), "the footer", 0, 0)
    let whole = "A1:XFD1048576"
    try require(
      worksheet_ignore_errors(pointer, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), whole),
      "the cells of text", 0, 0)
  }

  /// The text for a header or footer, which hold 255 characters with their codes; what is longer is
  /// shortened visibly. An ampersand is doubled, since a single one begins a code.
  private func literal(_ text: String, _ room: Int) -> String {
    let doubled = SheetText.cleaned(text).reduce(into: "") { $0 += $1 == "&" ? "&&" : String($1) }
    guard doubled.utf16.count > room else { return doubled }
    let half = SheetText.cleaned(text).prefix(room / 2 - 1)
    return half.reduce(into: "") { $0 += $1 == "&" ? "&&" : String($1) } + "…"
  }

  /// Prints at a part of the full size, in per cent, in the middle of the page.
  func setPrintScale(_ percent: Int) {
    worksheet_set_print_scale(pointer, UInt16(min(max(percent, 10), 400)))
    worksheet_center_horizontally(pointer)
  }

  /// Prints on as many upright pages as it takes, each as wide as the sheet.
  func fitUprightPages() {
    worksheet_set_portrait(pointer)
    worksheet_fit_to_pages(pointer, 1, 0)
    worksheet_center_horizontally(pointer)
  }

  /// Prints as many pages down as it takes, each as wide as the sheet.
  func fitOnePageAcross() {
    worksheet_fit_to_pages(pointer, 1, 0)
  }

  /// Sets a column's width, in digits of the default font.
  func setWidth(_ width: Double, ofColumn column: Int) throws(WorkbookError) {
    guard column >= 0, column < SheetLimits.columns else {
      throw .outsideSheet(place: place(0, column))
    }
    try require(
      worksheet_set_column(pointer, UInt16(column), UInt16(column), width, nil), "a width", 0,
      column)
  }

  /// Keeps the rows above and the columns to the left in sight.
  func freeze(aboveRow row: Int, leftOfColumn column: Int) {
    worksheet_freeze_panes(pointer, UInt32(row), UInt16(column))
    note { $0.isFrozen = true }
  }

  /// Begins a printed page with a row.
  func breakPage(before row: Int) {
    guard row > 0, pageBreaks.count < 1022 else { return }
    pageBreaks.append(UInt32(row))
  }

  /// Hands over the page breaks; once, when the sheet is complete.
  func applyPageBreaks() throws(WorkbookError) {
    guard !pageBreaks.isEmpty else { return }
    var breaks = pageBreaks + [0]
    try require(worksheet_set_h_pagebreaks(pointer, &breaks), "page breaks were", 0, 0)
  }

  /// Prints a row again at the top of each page.
  func repeatOnPages(row: Int) throws(WorkbookError) {
    try require(
      worksheet_repeat_rows(pointer, UInt32(row), UInt32(row)), "a repeated row", row, 0)
    noteName("Print_Titles")
  }
}
