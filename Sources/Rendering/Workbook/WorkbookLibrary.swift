internal import CXLSXWriter

/// libxlsxwriter, which is loaded for the first workbook of a run and not when the program starts.
public enum WorkbookLibrary {
  /// Loads it ahead of time, on any thread. What hinders that is told by whoever begins a workbook.
  public static func prepare() { _ = xlsxwriter_load() }

  /// Returns when its functions can be called, and before that they must not be.
  ///
  /// - Throws: `noLibrary`.
  static func load() throws(WorkbookError) {
    if let obstacle = xlsxwriter_load() { throw .noLibrary(reason: String(cString: obstacle)) }
  }
}
