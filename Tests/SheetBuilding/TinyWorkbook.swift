/// The parts of a small .xlsx workbook, from the inside of its elements.
struct TinyWorkbook {
  struct Sheet {
    var name: String
    /// What stands inside `sheetData`.
    var rows: String
    /// What follows `sheetData`.
    var tail = ""
    var state = ""
  }

  static let transitional = "http://schemas.openxmlformats.org"
  static let strict = "http://purl.oclc.org/ooxml"

  var sheets: [Sheet]
  /// The `si` elements of the shared strings.
  var texts = ""
  /// The codes of number formats; style n + 1 has the format n, style 0 is General.
  var formats: [String] = []
  var workbookProperties = ""
  var namespace = TinyWorkbook.transitional

  init(_ rows: String, tail: String = "", texts: String = "", formats: [String] = []) {
    sheets = [Sheet(name: "Sheet1", rows: rows, tail: tail)]
    self.texts = texts
    self.formats = formats
  }

  var archive: ZipBuilder {
    var zip = ZipBuilder()
    zip.add("[Content_Types].xml", "<Types/>")
    zip.add("_rels/.rels", relations([("r1", "officeDocument", "xl/workbook.xml")]))
    var related = [
      ("rs", "styles", "styles.xml"), ("rt", "sharedStrings", "/xl/sharedStrings.xml"),
    ]
    var list = ""
    for (index, sheet) in sheets.enumerated() {
      related.append(("r\(index)", "worksheet", "worksheets/sheet\(index + 1).xml"))
      let state = sheet.state.isEmpty ? "" : " state=\"\(sheet.state)\""
      list += "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\"\(state) r:id=\"r\(index)\"/>"
      zip.add(
        "xl/worksheets/sheet\(index + 1).xml",
        "<worksheet \(main)><sheetData>\(sheet.rows)</sheetData>\(sheet.tail)</worksheet>")
    }
    zip.add("xl/_rels/workbook.xml.rels", relations(related))
    zip.add(
      "xl/workbook.xml",
      "<?xml version=\"1.0\"?><workbook \(main) xmlns:r=\"\(namespace)/officeDocument/2006"
        + "/relationships\"><workbookPr \(workbookProperties)/><sheets>\(list)</sheets></workbook>")
    zip.add("xl/sharedStrings.xml", "<sst \(main)>\(texts)</sst>")
    zip.add("xl/styles.xml", styles)
    return zip
  }

  var bytes: [UInt8] { archive.bytes }

  private var main: String { "xmlns=\"\(namespace)/spreadsheetml/2006/main\"" }

  private var styles: String {
    let codes = formats.enumerated().map {
      "<numFmt numFmtId=\"\(164 + $0)\" formatCode=\"\($1)\"/>"
    }
    let used = formats.indices.map { "<xf numFmtId=\"\(164 + $0)\"/>" }
    return "<styleSheet \(main)><numFmts>\(codes.joined())</numFmts>"
      + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      + "<cellXfs><xf numFmtId=\"0\"/>\(used.joined())</cellXfs></styleSheet>"
  }

  private func relations(_ all: [(id: String, type: String, target: String)]) -> String {
    let list = all.map {
      "<Relationship Id=\"\($0.id)\" Type=\"\(namespace)/officeDocument/2006/relationships/\($0.type)\""
        + " Target=\"\($0.target)\"/>"
    }
    return "<Relationships>\(list.joined())</Relationships>"
  }
}
