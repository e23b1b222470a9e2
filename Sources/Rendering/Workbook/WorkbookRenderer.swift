public import ReportModel

/// Writes a report as an Excel workbook: a cover, then a sheet for each section.
///
/// The same report gives the same bytes. Memory grows with the number of cells, by about 130 bytes
/// each; a table of more than 1,048,576 rows goes on on further sheets.
///
/// libxlsxwriter's other way, `constant_memory`, was measured on lists of ten columns: of 5,000 rows both
/// take 0.03 s of CPU time, of 61,000 it takes 0.37 instead of 0.47, of 300,000 1.8 instead of 2.3, and
/// 4 MB whatever the rows, where this way takes 11, 82 and 389. But it knows no tables, which
/// readers sort and filter by and screen readers ask for, and no row may be gone back to. The sheets of
/// a report are bounded in the rows that they show, so their memory is; what grows is `compare`, which
/// sets out every department: 190 MB for 6,100 of them in six metrics.
public struct WorkbookRenderer: Sendable {
  private let profile: WorkbookProfile
  private let rowLimit: Int
  private let jobs: Int

  /// - Parameter jobs: the number of threads; the bytes do not depend on it.
  public init(profile: WorkbookProfile = .office, jobs: Int = 1) {
    self.init(profile: profile, rowLimit: SheetLimits.rows, jobs: jobs)
  }

  /// Tests continue tables after fewer rows than Excel has.
  package init(profile: WorkbookProfile = .office, rowLimit: Int, jobs: Int = 1) {
    self.profile = profile
    self.rowLimit = rowLimit
    self.jobs = jobs
  }

  /// Writes the workbook and reads it back, so that what returns without an error is whole.
  ///
  /// - Parameters:
  ///   - path: A temporary name, to be renamed by the caller; a file that stands there is replaced,
  ///     and nothing stands there after an error.
  ///   - temporaryFolder: Where the parts are collected; needs about ten times the workbook's size.
  /// - Returns: Where the tables stand.
  /// - Throws: `WorkbookError`, where a value does not fit a workbook, or the disk not the workbook.
  /// - Complexity: O(n) in the number of cells, about a million of them in a second.
  @discardableResult
  public func write(
    _ report: Report, to path: String, temporaryFolder: String
  ) throws(WorkbookError) -> CellPlaces {
    var places = CellPlaces()
    try WrittenWorkbook.make(at: path, jobs: jobs) { () throws(WorkbookError) in
      let (meant, found) = try assemble(report, path: path, temporaryFolder: temporaryFolder)
      places = found
      return meant
    }
    return places
  }

  /// Writes the file and returns what it must hold.
  private func assemble(
    _ report: Report, path: String, temporaryFolder: String
  ) throws(WorkbookError) -> (WorkbookContents, CellPlaces) {
    let file = try WorkbookFile(path: path, temporaryFolder: temporaryFolder)
    file.describe(report)
    let sheets = try WorkbookSheets(
      book: file.book, report: report, rowLimit: rowLimit, profile: profile)
    switch profile {
    case .office:
      try CoverSheet(sheets).write()
      for section in report.sections {
        var writer = try SectionSheet(section, sheets)
        try writer.write()
      }
    case .accessible: try AccessibleBook(sheets).write()
    }
    let meant = sheets.contents
    if profile == .accessible, let obstacle = meant.obstacle {
      throw .inaccessible(sheet: sheets.sheets[obstacle.sheet].name, reason: obstacle.reason)
    }
    let places = sheets.places
    try file.finish(path: path, jobs: jobs)
    return (meant, places)
  }
}
