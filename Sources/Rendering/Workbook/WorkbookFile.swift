import CXLSXWriter
import Glibc
import Records
import ReportModel

/// A workbook being written; owns libxlsxwriter's object and frees it.
///
/// Nothing reaches the disk before ``finish(path:)``; a file that is dropped leaves nothing.
struct WorkbookFile: ~Copyable {
  let book: UnsafeMutablePointer<lxw_workbook>

  /// Begins a workbook for a path; its parts are collected in files in the temporary folder.
  ///
  /// - Throws: `noLibrary`; `notWritable` where the path or the folder cannot be written, which
  ///   libxlsxwriter would tell only at the end, or not at all.
  init(path: String, temporaryFolder: String) throws(WorkbookError) {
    try WorkbookLibrary.load()
    try WorkbookFile.proveWritable(path)
    guard access(temporaryFolder, W_OK | X_OK) == 0 else {
      throw .notWritable(path: temporaryFolder, reason: String(cString: strerror(errno)))
    }
    let made = path.withCString { path in
      temporaryFolder.withCString { folder in
        var options = lxw_workbook_options()
        options.tmpdir = UnsafeMutablePointer(mutating: folder)
        return workbook_new_opt(path, &options)
      }
    }
    guard let made else { throw .notWritable(path: path, reason: "out of memory") }
    book = made
    setDefaultFont()
  }

  deinit { lxw_workbook_free(book) }

  /// Writes the file and frees the object, whether it succeeds or not.
  ///
  /// - Parameter jobs: of more threads than one, one packs.
  /// - Throws: `notWritable`; a partial file may then be left, which is the caller's to remove.
  consuming func finish(path: String, jobs: Int = 1) throws(WorkbookError) {
    let result = PartPackers.closing(path, isBeside: jobs > 1) { [book] in workbook_close(book) }
      .value
    discard self
    guard result == LXW_NO_ERROR else { throw .notWritable(path: path, reason: reason(result)) }
  }

  /// The widths of columns are counted in digits of this font; of 10 points it is as wide as what
  /// libxlsxwriter reckons with, and where it is missing, what takes its place is nearer to it than in
  /// larger sizes.
  private func setDefaultFont() {
    guard let format = book.pointee.formats.pointee.stqh_first else { return }
    format_set_font_name(format, "Arial")
    format_set_font_size(format, 10)
    format_set_font_scheme(format, "")
  }

  /// Says what the document is; the day stands for both of its dates, so that bytes are repeatable.
  func describe(_ report: Report) {
    describe(
      title: report.title, organisation: report.organisation, subject: report.pageNote,
      day: report.asOf)
  }

  func describe(title: String, organisation: String, subject: String = "", day: Day) {
    withCharacters([title, organisation, subject]) { texts in
      var properties = lxw_doc_properties()
      properties.title = texts[0]
      properties.author = texts[1]
      properties.company = texts[1]
      if !subject.isEmpty { properties.subject = texts[2] }
      properties.created = time_t(day.number) * 86_400
      _ = workbook_set_properties(book, &properties)
    }
  }

  /// Lends texts as C has them, cleaned of what XML cannot hold.
  private func withCharacters(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>]) -> Void
  ) {
    let copies = texts.map { strdup(SheetText.cleaned($0))! }
    defer { for copy in copies { free(copy) } }
    body(copies)
  }

  private static func proveWritable(_ path: String) throws(WorkbookError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    close(descriptor)
  }
}

/// libxlsxwriter's words for a result.
func reason(_ result: lxw_error) -> String { String(cString: lxw_strerror(result)) }
