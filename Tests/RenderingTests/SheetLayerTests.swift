import Glibc
import Records
import ReportModel
import Testing

@testable import Rendering

@Suite("The layer over libxlsxwriter")
struct SheetLayerTests {
  let folder = WorkbookFolder()

  /// Lends a body the sheets of a workbook that is then dropped.
  private func withSheets(_ body: (WorkbookSheets) throws -> Void) throws {
    let file = try WorkbookFile(path: folder.path + "/a.xlsx", temporaryFolder: folder.path)
    try body(WorkbookSheets(book: file.book, report: .holding([]), rowLimit: 1000))
  }

  @Test("joined cells and tables must not overlap")
  func overlap() throws {
    try withSheets { sheets in
      let sheet = try sheets.addSheet("a", title: "")
      let format = try sheets.styles.format(CellStyle())
      let range = CellRange(firstRow: 1, firstColumn: 1, lastRow: 3, lastColumn: 3)
      try sheet.merge("x", range, format)
      var other = range
      other.firstRow = 3
      other.lastRow = 5
      #expect(throws: WorkbookError.overlap(sheet: "a", range: "B4:D6", other: "B2:D4")) {
        try sheet.addTable(named: "t", other, headings: ["a", "b", "c"], format: format)
      }
    }
  }

  @Test("cells beyond the last row or column")
  func outside() throws {
    try withSheets { sheets in
      let sheet = try sheets.addSheet("a", title: "")
      #expect(throws: WorkbookError.outsideSheet(place: "a!A1048577")) {
        try sheet.write("x", 1_048_576, 0, nil)
      }
      #expect(throws: WorkbookError.outsideSheet(place: "a!XFE1")) {
        try sheet.write(1.0, 0, 16_384, nil)
      }
    }
  }

  @Test("number formats and fonts that would be cut")
  func longFormats() throws {
    try withSheets { sheets in
      let long = String(repeating: "0", count: 128)
      #expect(throws: WorkbookError.formatTooLong(long)) {
        try sheets.styles.format(CellStyle(numberFormat: long))
      }
    }
  }

  @Test("a file that is cut or altered is found out")
  func damaged() throws {
    let file = try folder.write(SampleReport.chinese())
    let bytes = WorkbookFolder.bytes(of: file)
    let rows = try WrittenWorkbook(path: file).rowsOfSheets()
    try WrittenWorkbook(path: file).verify(rowsOfSheets: rows)
    #expect(throws: WorkbookError.self) {
      try WrittenWorkbook(path: file).verify(rowsOfSheets: [rows[0] + 1])
    }
    try expectIncomplete(Array(bytes.dropLast(100)))
    var altered = bytes
    // In the packed bytes of the first part, behind its header of 30 bytes and its name.
    altered[100] ^= 0x55
    try expectIncomplete(altered)
    try expectIncomplete([])
  }

  private func expectIncomplete(_ bytes: [UInt8]) throws {
    let path = folder.path + "/damaged.xlsx"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    #expect(throws: WorkbookError.self) {
      try WrittenWorkbook(path: path).verify(rowsOfSheets: [])
    }
  }

  @Test("a part that ends before its root element")
  func truncatedPart() {
    for (text, isClosed) in [
      ("<?xml version=\"1.0\"?>\n<a x=\"1\"><b/></a>", true),
      ("<?xml version=\"1.0\"?>\n<a x=\"1\"><b/>", false), ("", false), ("<a>", false),
    ] {
      var scanner = PartScanner()
      Array(text.utf8).withUnsafeBufferPointer { scanner.take($0) }
      #expect(scanner.isClosed == isClosed)
    }
  }
}
