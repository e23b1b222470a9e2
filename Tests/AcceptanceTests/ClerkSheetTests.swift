import Foundation
import Testing

@Suite("Workbooks as clerks make them")
struct ClerkSheetTests {
  /// Titles, a heading of two rows with merged cells, a department merged over its rows, days as Excel's
  /// numbers, units, a hidden row, a formula that was never calculated, a total, a note, further sheets.
  private static let ledger = """
    <row r="1"><c r="A1" t="inlineStr"><is><t>2023年上半年问题整改台账</t></is></c></row>
    <row r="3">\(texts(3, ["序号", "编号", "责任科室", "提出日期", "整改", "", "销号日期"]))</row>
    <row r="4">\(texts(4, ["", "", "", "", "措施", "时限", ""]))</row>
    <row r="5">\(texts(5, ["1", "W1", "内 科"]))<c r="D5" s="1"><v>44986</v></c>\(text("E5", "每周查房"))<c r="F5" s="1"><v>45016</v></c></row>
    <row r="6">\(texts(6, ["2", "W2"]))<c r="D6" s="1"><v>44987.6</v></c></row>
    <row r="7" hidden="1">\(texts(7, ["3", "W3", "外科", "2023年3月4日"]))</row>
    <row r="8">\(texts(8, ["4", "W4", "外科"]))<c r="D8"><f>TODAY()</f></c></row>
    <row r="10">\(texts(10, ["合  计", "", "", ""]))</row>
    <row r="11">\(texts(11, ["填报人：甲"]))</row>
    """

  private static func text(_ place: String, _ text: String) -> String {
    "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
  }

  private static func texts(_ row: Int, _ cells: [String]) -> String {
    cells.enumerated().filter { !$0.element.isEmpty }.map {
      text(String(UnicodeScalar(UInt8(65 + $0.offset))) + "\(row)", $0.element)
    }.joined()
  }

  private static let merged =
    "<mergeCells count=\"3\"><mergeCell ref=\"C5:C6\"/><mergeCell ref=\"E3:F3\"/>"
    + "<mergeCell ref=\"B3:B4\"/></mergeCells>"

  @Test("Every row is accounted for, and what the cells do not show is told")
  func ledgerWorkbook() throws {
    let folder = try PrivateFolder()
    let w = try folder.folder(
      "w",
      files: [
        "hospital.yaml": "name: {zh: 甲, en: A}\n", "departments.csv": "id,name\nD1,内科\nD2,外科\n",
        "staff.csv": "id,department_id\nS1,D1\n",
      ])
    let stray = "<row r=\"1\">\(Self.texts(1, ["随手记", "电话"]))</row>"
    let copy = "<row r=\"1\">\(Self.texts(1, ["编号", "责任科室", "提出日期"]))</row>"
    try PlainWorkbook(sheets: [
      ("台账", Self.ledger, Self.merged, false), ("草稿", stray, "", false), ("填表说明", stray, "", false),
      ("旧表", copy, "", true),
    ]).bytes.write(to: w.appending(path: "issues.xlsx"))
    let run = try ProgramRun(["report", "w", "--period", "2023H1"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let reports = folder.url.appending(path: "reports/w/2023H1")
    let report = try IssuedReport(in: reports)
    #expect(report.tallies["issues.xlsx"] == FileTally(read: 4, accepted: 3, rejected: 1))
    let found = Set(report.findings.map { "\($0.row) \($0.code)" })
    #expect(
      found == [
        "7 hidden_rows", "8 formula_without_value", "8 missing_value", "0 unused_sheet",
        "0 hidden_sheet",
      ])
    let raised = { (department: String) in
      report.statistics[
        FigureKey(
          metric: "issues.raised", period: "2023H1", month: "2023-03", scope: "department",
          member: department)]?.value
    }
    #expect(raised("D1") == "2")
    #expect(raised("D2") == "1")
    let manifest = try String(contentsOf: reports.appending(path: "manifest.json"), encoding: .utf8)
    for count in [
      "in_file\": 11", "title\": 1", "heading\": 2", "blank\": 2", "note\": 1", "total\": 1",
    ] {
      #expect(manifest.contains("\"rows_" + count), "\(count)")
    }
  }

  @Test(
    "A text that no sheet of Excel holds is told by its place; its row counts, and the others do")
  func longText() throws {
    let folder = try PrivateFolder()
    let w = try folder.folder(
      "w",
      files: [
        "hospital.yaml": "name: {zh: 甲, en: A}\n", "departments.csv": "id,name\nD1,内科\n",
        "staff.csv": "id,department_id\nS1,D1\n",
      ])
    let long = String(repeating: "误", count: 600_000)
    let rows = [
      ["编号", "责任科室", "提出日期", "整改措施"], ["I1", "D1", "2023-03-01", long],
      ["I2", "D1", "2023-03-02", "每周查房"],
    ]
    let sheet = rows.enumerated().map { "<row r=\"\($0 + 1)\">\(Self.texts($0 + 1, $1))</row>" }
    try PlainWorkbook(sheets: [("台账", sheet.joined(), "", false)]).bytes
      .write(to: w.appending(path: "issues.xlsx"))
    let run = try ProgramRun(["report", "w", "--period", "2023H1"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let report = try IssuedReport(in: folder.url.appending(path: "reports/w/2023H1"))
    #expect(report.tallies["issues.xlsx"] == FileTally(read: 2, accepted: 2, rejected: 0))
    let listed = try String(
      contentsOf: folder.url.appending(path: "reports/w/2023H1/findings.csv"), encoding: .utf8)
    let beginning = String(repeating: "误", count: 30) + "…"
    #expect(report.findings.count == 1)
    #expect(listed.contains("warning,long_text,issues.xlsx,台账,2,整改措施,\(beginning),"))
  }
}

/// A workbook of sheets whose rows are given as its file format has them.
private struct PlainWorkbook {
  let bytes: Data

  init(sheets: [(name: String, rows: String, merged: String, isHidden: Bool)]) {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006"
    var parts: [(name: String, bytes: Data)] = []
    func add(_ name: String, _ text: String) {
      parts.append((name, Data(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text).utf8)))
    }
    add(
      "[Content_Types].xml",
      "<Types xmlns=\"\(package)/content-types\"><Default Extension=\"xml\" "
        + "ContentType=\"application/xml\"/></Types>")
    add(
      "_rels/.rels",
      "<Relationships xmlns=\"\(package)/relationships\"><Relationship Id=\"rId1\" "
        + "Type=\"\(relations)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")
    let entries = sheets.enumerated().map { index, sheet in
      "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\""
        + (sheet.isHidden ? " state=\"hidden\"/>" : "/>")
    }
    add(
      "xl/workbook.xml",
      "<workbook xmlns=\"\(main)\" xmlns:r=\"\(relations)\"><sheets>\(entries.joined())</sheets></workbook>"
    )
    let targets = sheets.indices.map { index in
      "<Relationship Id=\"rId\(index + 1)\" Type=\"\(relations)/worksheet\" "
        + "Target=\"worksheets/sheet\(index + 1).xml\"/>"
    }
    add(
      "xl/_rels/workbook.xml.rels",
      "<Relationships xmlns=\"\(package)/relationships\">\(targets.joined())"
        + "<Relationship Id=\"rId99\" Type=\"\(relations)/styles\" Target=\"styles.xml\"/></Relationships>"
    )
    add(
      "xl/styles.xml",
      "<styleSheet xmlns=\"\(main)\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/>"
        + "<xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>")
    for (index, sheet) in sheets.enumerated() {
      add(
        "xl/worksheets/sheet\(index + 1).xml",
        "<worksheet xmlns=\"\(main)\"><sheetData>\(sheet.rows)</sheetData>\(sheet.merged)</worksheet>"
      )
    }
    bytes = StoredArchive(parts).bytes
  }
}
