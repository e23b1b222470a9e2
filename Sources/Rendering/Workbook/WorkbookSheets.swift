import CXLSXWriter
import Records
import ReportModel

/// The sheets of a workbook in the making, and what they share: names, looks, fixed words, margins.
///
/// Must not be used after the workbook is finished.
final class WorkbookSheets {
  let report: Report
  let words: FixedWords
  let styles: StyleBook
  let theme: Theme
  /// The rows of a sheet; fewer than Excel's only in tests.
  let rowLimit: Int
  private let book: UnsafeMutablePointer<lxw_workbook>
  private(set) var sheets: [Sheet] = []
  var places = CellPlaces()
  /// Where the tables of earlier sections stand, by id, for those who look them up.
  var tables: [String: TablePlace] = [:]
  private var names = NameRegister()

  init(
    book: UnsafeMutablePointer<lxw_workbook>, report: Report, rowLimit: Int,
    profile: WorkbookProfile = .office
  ) throws(WorkbookError) {
    self.book = book
    self.report = report
    self.rowLimit = rowLimit
    words = FixedWords(report.language)
    theme = Theme(profile, report.language)
    styles = try StyleBook(book: book, theme: theme)
  }

  /// Adds a sheet at the end, its page set up.
  func addSheet(
    _ name: String, title: String, group: Section.Group = .overview
  ) throws(WorkbookError) -> Sheet {
    try names.takeSheet(name)
    guard let pointer = workbook_add_worksheet(book, name) else {
      throw .sheetName(name, reason: "is refused by libxlsxwriter")
    }
    let sheet = Sheet(pointer: pointer, name: name)
    try sheet.setUpPage(
      PageMargins(
        headerLeft: report.organisation, headerRight: title, footerLeft: report.pageNote,
        footerRight: words.page, font: theme.text))
    worksheet_set_tab_color(pointer, Palette.tab(group))
    sheets.append(sheet)
    return sheet
  }

  /// Adds a sheet that continues another.
  func addContinuation(
    of name: String, part: Int, title: String, group: Section.Group
  ) throws(WorkbookError) -> Sheet {
    try addSheet(names.continuation(of: name, part: part), title: title, group: group)
  }

  /// What the file must hold when it is written.
  var contents: WorkbookContents { WorkbookContents(of: sheets) }

  /// Claims the name of a table.
  func takeTable(_ id: String) throws(WorkbookError) { try names.takeTable(id) }

  /// A new chart of the workbook, not yet on a sheet.
  func makeChart(_ type: lxw_chart_type, title: String) throws(WorkbookError) -> ChartPointer {
    guard let chart = workbook_add_chart(book, UInt8(type.rawValue)) else {
      throw .chart(title: title, reason: "is refused by libxlsxwriter")
    }
    return chart
  }
}

typealias ChartPointer = UnsafeMutablePointer<lxw_chart>
