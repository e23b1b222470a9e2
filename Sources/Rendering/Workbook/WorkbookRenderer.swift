public import ReportModel

/// Writes a report as an Excel workbook: a cover, then a sheet for each section.
///
/// The same report gives the same bytes. Memory grows with the number of cells, by about 100 bytes
/// each; a table of more than 1,048,576 rows goes on on further sheets.
public struct WorkbookRenderer: Sendable {
  private let rowLimit: Int

  public init() { self.init(rowLimit: SheetLimits.rows) }

  /// Tests continue tables after fewer rows than Excel has.
  package init(rowLimit: Int) { self.rowLimit = rowLimit }

  /// Writes the workbook and reads it back, so that what returns without an error is whole.
  ///
  /// - Parameters:
  ///   - path: A temporary name, to be renamed by the caller; a file that stands there is replaced,
  ///     and nothing stands there after an error.
  ///   - temporaryFolder: Where the parts are collected; needs about ten times the workbook's size.
  /// - Throws: `WorkbookError`, where a value does not fit a workbook, or the disk not the workbook.
  /// - Complexity: O(n) in the number of cells, about a million of them in a second.
  public func write(
    _ report: Report, to path: String, temporaryFolder: String
  ) throws(WorkbookError) {
    try WrittenWorkbook.make(at: path) { () throws(WorkbookError) in
      try assemble(report, path: path, temporaryFolder: temporaryFolder)
    }
  }

  /// Writes the file and returns the number of rows of each sheet.
  private func assemble(
    _ report: Report, path: String, temporaryFolder: String
  ) throws(WorkbookError) -> [Int] {
    let file = try WorkbookFile(path: path, temporaryFolder: temporaryFolder)
    file.describe(title: report.title, organisation: report.organisation, day: report.asOf)
    let sheets = try WorkbookSheets(book: file.book, report: report, rowLimit: rowLimit)
    try CoverSheet(sheets).write()
    for section in report.sections {
      var writer = try SectionSheet(section, sheets)
      try writer.write()
    }
    let rows = sheets.sheets.map(\.rowCount)
    try file.finish(path: path)
    return rows
  }
}
