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
    let contents = try WrittenWorkbook(path: file).contents()
    try WrittenWorkbook(path: file).verify(contents)
    #expect(contents.sheets.count == 4 && contents.tableColumns == [7, 9, 4])
    #expect(contents.sheets[2].formulas > 5 && contents.sheets[2].tables == 1)
    #expect(contents.sheets[2].isFrozen && contents.sheets[2].hasDrawing)
    #expect(contents.sheets[2].joined > 0 && contents.sheets[2].conditions == 2)
    // Whatever differs from what was meant is found out.
    let changes: [(inout WorkbookContents) -> Void] = [
      { $0.sheets[0].rows += 1 }, { $0.sheets[2].formulas -= 1 }, { $0.sheets[1].joined += 1 },
      { $0.sheets[1].tables = 0 }, { $0.sheets[2].isFrozen = false },
      { $0.sheets[2].conditions += 1 }, { $0.sheets[3].hasDrawing = false },
      { $0.sheets.removeLast() }, { $0.tableColumns[1] = 8 }, { $0.tableColumns.append(1) },
      { $0.names += 1 },
    ]
    for change in changes {
      var other = contents
      change(&other)
      #expect(throws: WorkbookError.self) { try WrittenWorkbook(path: file).verify(other) }
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
      try WrittenWorkbook(path: path).verify(WorkbookContents())
    }
  }

  @Test("formulas that a spreadsheet would refuse")
  func formulas() throws {
    for formula in [
      "SUM(A1:A2)", "=", "=SUM(A1:A2", "=SUM(A1))", "=IF(A1=0,\"x,1)", "=A0", "=XFE1", "=A1048577",
      "=SUM(A1:AAAA9)", "=" + String(repeating: "1+", count: 4100) + "1",
    ] {
      #expect(FormulaCheck.objection(formula) != nil, "\(formula)")
    }
    for formula in [
      "=SUM($A$1:XFD1048576)", "=IF(SUBTOTAL(103,A9:A30)=22,\"(全院\",\"–\")", "=(C7-B7)/B7",
      "=LOG10(2)",
    ] {
      #expect(FormulaCheck.objection(formula) == nil, "\(formula)")
    }
    try withSheets { sheets in
      let sheet = try sheets.addSheet("a", title: "")
      #expect(throws: WorkbookError.formula(place: "a!A1", reason: "does not close a parenthesis"))
      {
        try sheet.write(formula: "=SUM(A1", value: 1, 0, 0, nil)
      }
      #expect(sheet.contents.formulas == 0)
    }
  }

  @Test("elements are counted whatever the pieces in which they come")
  func elements() {
    let text =
      "<sheet><rows/><row r=\"1\"><c><f>A</f></c></row><row/><mergeCells><mergeCell ref=\"\"/></mergeCells></sheet>"
    for size in 1...9 {
      var scanner = PartScanner()
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBufferPointer {
          scanner.take($0)
        }
      }
      #expect(scanner.count(.row) == 2 && scanner.count(.formula) == 1)
      #expect(scanner.count(.joined) == 1 && scanner.count(.pane) == 0)
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
