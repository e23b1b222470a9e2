import Foundation
import Reading
import Records
import Testing

@testable import SheetBuilding

@Suite("Workbooks, .xlsx")
struct XLSXTests {
  private func rows(_ workbook: TinyWorkbook) throws -> [[String]] {
    try TextFile(workbook.bytes).rows()
  }

  @Test("Parts in UTF-16 are read, in either order of bytes, with a mark or without")
  func utf16() throws {
    let plain = TinyWorkbook(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>2.5</v></c></row>"
        + String(repeating: "<row><c><v>1</v></c></row>", count: 20_000),
      texts: "<si><t>内科</t></si>")
    let expected = try rows(plain)
    for isLittle in [true, false] {
      for mark in ["\u{FEFF}", ""] {
        var zip = plain.archive
        for index in zip.parts.indices {
          let text = mark + String(decoding: zip.parts[index].content, as: UTF8.self)
          zip.parts[index].content = text.utf16.flatMap { unit in
            isLittle ? number(Int(unit), 2) : number(Int(unit), 2).reversed()
          }
        }
        #expect(try TextFile(zip.bytes).rows() == expected)
        // Half a character.
        zip.parts[2].content.removeLast()
        #expect(throws: ReadingError.fault(.cutShort)) { try TextFile(zip.bytes).rows() }
      }
    }
  }

  @Test("A row of more text than any row holds is cut; the rows around it are read")
  func longRow() throws {
    let text = String(repeating: "长", count: 30_000)
    let long = (0..<20).map {
      "<c r=\"\(Character(Unicode.Scalar(UInt8(65 + $0))))2\" t=\"inlineStr\"><is><t>&quot;\n\(text)</t></is></c>"
    }
    let rows = try TextFile(
      TinyWorkbook(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\">\(long.joined())</row>"
          + "<row r=\"3\"><c r=\"A3\"><v>3</v></c></row>"
      ).bytes
    ).rows()
    #expect(rows.map(\.first?.count) == [1, 1369, 1])
    #expect(rows[2] == ["3"])
    #expect(rows[1].last?.hasSuffix("…") == true)
  }

  @Test("Texts: shared, rich, inline, of formulas; readings above characters are none")
  func texts() throws {
    let workbook = TinyWorkbook(
      """
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
      <row r="2"><c r="A2" t="inlineStr"><is><t>行 &amp;&#x4E8C;</t></is></c>
      <c r="B2" t="str"><f>A1</f><v>a_x000D_"b"</v></c></row>
      <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" t="s"><v>9</v></c></row>
      """,
      texts: """
        <si><t xml:space="preserve"> 内科 </t></si>
        <si><r><rPr><b/></rPr><t>甲</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh></si>
        <si><t><![CDATA[<a & b>]]></t></si>
        """)
    #expect(
      try rows(workbook) == [[" 内科 ", "甲乙"], ["行 &二", "a\r\"b\""], ["<a & b>", ""]])
  }

  @Test(
    "Numbers are the shortest decimal of at most 15 digits",
    arguments: [
      ("12", "12"), ("-0.5", "-0.5"), ("1.1000000000000001", "1.1"), ("0.30000000000000004", "0.3"),
      ("100", "100"), ("1E3", "1000"), ("4.2010219900101e17", "420102199001010000"),
      ("1e21", "1E+21"), ("2.5E-12", "2.5E-12"), ("0.000001", "0.000001"), ("-0", "0"),
      ("007", "7"), ("1.50", "1.5"), ("", ""), ("abc", "abc"), ("1e400", "#NUM!"),
    ])
  func numbers(stored: String, shown: String) throws {
    let workbook = TinyWorkbook("<row r=\"1\"><c r=\"A1\"><v>\(stored)</v></c></row>")
    #expect(try rows(workbook) == [[shown]])
  }

  @Test(
    "Days and times by number format",
    arguments: [
      ("yyyy-mm-dd", "45082", "2023-06-05"),
      ("m/d/yy h:mm", "45082.604166666664", "2023-06-05 14:30"),
      ("[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "60", "1900-02-29"),
      ("aaaa", "59", "1900-02-28"), ("d", "61", "1900-03-01"), ("d", "1", "1900-01-01"),
      ("h:mm:ss", "0.25", "06:00"), ("[h]:mm", "1.5", "36:00"), ("h:mm", "0.000011574", "00:00:01"),
      ("0.00", "45082", "45082"), ("General", "45082", "45082"), ("#,##0.0\\d", "3", "3"),
      ("[Red]0;[Blue]d", "3", "3"), ("0.00E+00", "3", "3"), ("d", "-1", "-1"),
      ("d", "2958466", "2958466"), ("[DBNum1]m月d日", "45082", "2023-06-05"),
    ])
  func days(format: String, stored: String, shown: String) throws {
    let workbook = TinyWorkbook(
      "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>\(stored)</v></c></row>", formats: [format])
    #expect(try rows(workbook) == [[shown]])
  }

  @Test("Days may count from 1904, and may be written as ISO 8601")
  func otherDays() throws {
    var workbook = TinyWorkbook(
      """
      <row r="1"><c r="A1" s="1"><v>43620</v></c><c r="B1" t="d"><v>2023-06-05T00:00:00Z</v></c>
      <c r="C1" t="d"><v>2023-06-05T08:30:00.000</v></c></row>
      """, formats: ["yyyy/m/d"])
    workbook.workbookProperties = "date1904=\"1\""
    #expect(try rows(workbook) == [["2023-06-05", "2023-06-05", "2023-06-05 08:30"]])
  }

  @Test(
    "Booleans and errors; a formula without a stored result, hidden rows and errors are remarked")
  func remarks() throws {
    let workbook = TinyWorkbook(
      """
      <row r="1" hidden="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>
      <row r="2" hidden="true"><c r="A2" t="e"><v>#REF!</v></c></row>
      <row r="4"><c r="C4"><f>SUM(A1:A3)</f></c><c r="D4"><f>1+1</f><v>2</v></c></row>
      """)
    let file = try TextFile(workbook.bytes)
    #expect(try file.rows() == [["TRUE", "FALSE"], ["#REF!"], [""], ["", "", "", "2"]])
    #expect(
      try Set(file.remarks()) == [
        .hiddenRows(1...2), .errorValue(row: 2, column: 0),
        .formulaWithoutValue(row: 4, column: 2),
      ])
  }

  @Test("Cells and rows without references, or out of order, find their places")
  func order() throws {
    let plain = TinyWorkbook(
      "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"3\"><c r=\"C3\"><v>3</v></c><c><v>4</v></c></row>"
    )
    #expect(try rows(plain) == [["1", "2"], [""], ["", "", "3", "4"]])
    let mixed = TinyWorkbook(
      """
      <row r="3"><c r="B3"><v>3</v></c><c r="A3"><v>2</v></c></row>
      <row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>4</v></c></row>
      """)
    #expect(try rows(mixed) == [["1"], [""], ["2", "3", "4"]])
  }

  @Test("Cells merged across rows have their value in each row that has something else")
  func merged() throws {
    let workbook = TinyWorkbook(
      """
      <row r="1"><c r="A1" t="str"><v>甲,乙</v></c><c r="B1"><v>1</v></c></row>
      <row r="2"><c r="B2"><v>2</v></c></row><row r="3"><c r="A3" s="0"/></row>
      <row r="4"><c r="B4"><v>4</v></c></row>
      """,
      tail: "<mergeCells><mergeCell ref=\"A1:A3\"/><mergeCell ref=\"C1:D1\"/></mergeCells>")
    let file = try TextFile(workbook.bytes)
    #expect(try file.rows() == [["甲,乙", "1"], ["甲,乙", "2"], [""], ["", "4"]])
    #expect(try file.rows(fillsMerged: false) == [["甲,乙", "1"], ["", "2"], [""], ["", "4"]])
  }

  @Test("Strict workbooks, prefixes and several sheets", arguments: [true, false])
  func kinds(isStrict: Bool) throws {
    var workbook = TinyWorkbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
    workbook.namespace = isStrict ? TinyWorkbook.strict : TinyWorkbook.transitional
    workbook.sheets.append(
      TinyWorkbook.Sheet(
        name: "a&lt;b", rows: "<x:row r='2'><x:c r='B2'><x:v>2</x:v></x:c></x:row>",
        state: "veryHidden"))
    let file = try TextFile(workbook.bytes)
    let tables = try InputFile.tables(in: file.path)
    #expect(tables.map(\.sheet) == ["Sheet1", "a<b"])
    #expect(tables.map(\.isHidden) == [false, true])
    #expect(try file.rows(sheet: 1) == [[""], ["", "2"]])
  }

  @Test(
    "Thousands of rows come through the fast and the careful way alike, on any number of threads")
  func long() throws {
    var careful = ""
    var plain = ""
    var expected: [Record] = []
    for row in 1...30_000 {
      plain += "<row r=\"\(row)\"><c r=\"A\(row)\" s=\"0\" t=\"s\"><v>\(row % 2)</v></c>"
      plain += "<c r=\"B\(row)\"><v>\(row).5</v></c></row>"
      careful += "<row r=\"\(row)\" ><c  r=\"A\(row)\" t=\"s\" ><v>\(row % 2)</v></c>"
      careful += "<c r='B\(row)'><v xml:space='preserve'>\(row).5</v></c></row>"
      expected.append(Record(row: row, cells: [row % 2 == 0 ? "甲" : "x\"y", "\(row).5"]))
    }
    let texts = "<si><t>甲</t></si><si><t>x\"y</t></si>"
    for rows in [plain, careful] {
      let file = try TextFile(TinyWorkbook(rows, texts: texts).bytes)
      for jobs in [1, 3] { #expect(try file.records(jobs: jobs, behind: 0) == expected) }
    }
  }
}

@Suite("Workbooks that are not sound")
struct BrokenXLSXTests {
  private static let row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"

  private func fault(_ bytes: [UInt8]) throws -> FileFault? {
    let file = try TextFile(bytes)
    do {
      _ = try file.rows()
      return nil
    } catch ReadingError.fault(let fault) { return fault }
  }

  @Test("A DOCTYPE is refused, and so are depth, rows and columns without end")
  func limits() throws {
    var workbook = TinyWorkbook(Self.row)
    workbook.sheets[0].tail = "<!DOCTYPE x [<!ENTITY a \"b\">]>"
    #expect(try fault(workbook.bytes) == .badMarkup)
    var zip = TinyWorkbook(Self.row).archive
    let sheet = try #require(zip.parts.firstIndex { $0.name.hasSuffix("sheet1.xml") })
    zip.parts[sheet].content.insert(contentsOf: "<!DOCTYPE x [<!ENTITY a \"b\">]>".utf8, at: 0)
    #expect(try fault(zip.bytes) == .doctype)
    workbook.sheets[0].tail = String(repeating: "<a>", count: 1000)
    #expect(try fault(workbook.bytes) == .tooDeep)
    workbook.sheets[0].tail = ""
    workbook.sheets[0].rows = "<row r=\"1048577\"><c><v>1</v></c></row>"
    #expect(try fault(workbook.bytes) == .tooManyCells)
    workbook.sheets[0].rows = "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>"
    #expect(try fault(workbook.bytes) == .tooManyCells)
  }

  @Test("What unpacks to far too much is refused while it unpacks")
  func bomb() throws {
    var zip = TinyWorkbook("").archive
    let index = try #require(zip.parts.firstIndex { $0.name.hasSuffix("sheet1.xml") })
    zip.parts[index].content = [UInt8](repeating: 0x20, count: 70 << 20)
    #expect(try fault(zip.bytes) == .inflatesTooMuch)
  }

  @Test("A short text that every cell of a row refers to does not become a row without bounds")
  func repeatedText() throws {
    let cell = { (column: Int) in "<c t=\"s\"><v>0</v></c>" }
    let workbook = TinyWorkbook(
      "<row r=\"1\">\((0..<100).map(cell).joined())</row>",
      texts: "<si><t>\(String(repeating: "x", count: 100_000))</t></si>")
    let rows = try TextFile(workbook.bytes).rows()
    #expect(rows.count == 1 && rows[0].joined().utf8.count < 8192)
  }

  @Test("Damage is told by what is damaged")
  func damage() throws {
    let whole = TinyWorkbook(Self.row).archive
    #expect(try fault(whole.bytes) == nil)
    #expect(try fault(Array(whole.bytes.dropLast(30))) == .cutShort)
    var zip = whole
    zip.parts[2].checksum = 1
    #expect(try fault(zip.bytes) == .badChecksum)
    zip = whole
    zip.parts.removeAll { $0.name.hasSuffix("sheet1.xml") }
    #expect(try fault(zip.bytes) == .missingPart)
    zip = whole
    zip.parts[2].content = Array("<worksheet><sheetData><row r=\"1\">".utf8)
    #expect(try fault(zip.bytes) == .cutShort)
    zip = whole
    zip.parts[2].flags = 1
    #expect(try fault(zip.bytes) == .encrypted)
  }

  @Test("Other archives are told by name")
  func otherArchives() throws {
    var zip = ZipBuilder()
    zip.add("readme.txt", "nothing")
    #expect(try fault(zip.bytes) == .archive)
    zip.add("content.xml", "<office/>")
    #expect(try fault(zip.bytes) == .openDocument)
    zip.add("xl/workbook.bin", "x")
    #expect(try fault(zip.bytes) == .binaryWorkbook)
  }

  @Test("Every beginning of a workbook is an error or a workbook, never a crash")
  func beginnings() throws {
    let whole = TinyWorkbook(Self.row, texts: "<si><t>a</t></si>", formats: ["d"]).bytes
    for count in stride(from: 4, to: whole.count, by: 7) {
      #expect(try fault(Array(whole[..<count])) != nil)
    }
  }
}
