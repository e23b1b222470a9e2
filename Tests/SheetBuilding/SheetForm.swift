import Foundation

/// The kinds of files that a department sends the same sheet as.
enum SheetForm: String, CaseIterable, Sendable {
  case commaText, utf16Text, gb18030Text, workbook, oldWorkbook, webPage, xmlWorkbook

  /// The ending of the file's name; web pages and XML go under that of a workbook.
  var ending: String {
    switch self {
    case .commaText, .gb18030Text: "csv"
    case .utf16Text: "txt"
    case .workbook: "xlsx"
    case .oldWorkbook, .webPage, .xmlWorkbook: "xls"
    }
  }

  /// The file's bytes. Numbers and days are such in workbooks; rows without a text in any cell are left
  /// out or written without cells, whichever `leavesOut` says.
  ///
  /// - Parameters:
  ///   - rows: cells without line breaks.
  ///   - leavesOut: is asked for each row without text.
  func bytes(_ rows: [[String]], leavesOut: (Int) -> Bool = { _ in false }) -> [UInt8] {
    switch self {
    case .commaText: Array(Self.text(rows, ",", "\n").utf8)
    case .utf16Text:
      [0xFF, 0xFE] + Self.text(rows, "\t", "\r\n").utf16.flatMap { number(Int($0), 2) }
    case .gb18030Text: Self.gb18030(Self.text(rows, ",", "\r\n"))
    case .workbook: Self.workbook(rows, leavesOut)
    case .oldWorkbook: Self.oldWorkbook(rows)
    case .webPage: Array(Self.webPage(rows).utf8)
    case .xmlWorkbook: Array(Self.xmlWorkbook(rows, leavesOut).utf8)
    }
  }

  private static func text(_ rows: [[String]], _ separator: String, _ end: String) -> String {
    rows.map { $0.joined(separator: separator) + end }.joined()
  }

  private static func gb18030(_ text: String) -> [UInt8] {
    // kCFStringEncodingGB_18030_2000, as Foundation numbers encodings that it has no name for.
    let encoding = String.Encoding(rawValue: 0x8000_0632)
    return text.data(using: encoding).map(Array.init) ?? []
  }

  private static func isBlank(_ row: [String]) -> Bool {
    row.allSatisfy { $0.allSatisfy(\.isWhitespace) }
  }

  /// Excel's number of a day as `2023-06-05`; nil for any other text.
  private static func serial(_ text: String) -> Int? {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard text.count == 10, parts.count == 3 else { return nil }
    let day = DateComponents(
      calendar: Calendar(identifier: .gregorian), timeZone: .gmt, year: parts[0], month: parts[1],
      day: parts[2])
    return day.date.map { Int($0.timeIntervalSince1970 / 86400) + 25569 }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }

  private static func workbook(_ rows: [[String]], _ leavesOut: (Int) -> Bool) -> [UInt8] {
    var texts: [String] = []
    var list = ""
    for (index, row) in rows.enumerated() {
      if isBlank(row), leavesOut(index) { continue }
      var cells = ""
      for (column, text) in row.enumerated() where !text.isEmpty {
        let place = "\(Character(Unicode.Scalar(UInt8(65 + column))))\(index + 1)"
        if Double(text) != nil {
          cells += "<c r=\"\(place)\"><v>\(text)</v></c>"
        } else if let serial = serial(text) {
          cells += "<c r=\"\(place)\" s=\"1\"><v>\(serial)</v></c>"
        } else if text.count % 2 == 0 {
          cells += "<c r=\"\(place)\" t=\"s\"><v>\(texts.count)</v></c>"
          texts.append("<si><t xml:space=\"preserve\">\(escaped(text))</t></si>")
        } else {
          cells += "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(escaped(text))</t></is></c>"
        }
      }
      list += "<row r=\"\(index + 1)\">\(cells)</row>"
    }
    return TinyWorkbook(list, texts: texts.joined(), formats: ["yyyy-mm-dd"]).bytes
  }

  private static func oldWorkbook(_ rows: [[String]]) -> [UInt8] {
    let globals =
      BIFFBuilder.record(0x41E, number(164, 2) + BIFFBuilder.wide("yyyy-mm-dd"))
      + BIFFBuilder.record(0xE0, number(0, 4))
      + BIFFBuilder.record(0xE0, number(0, 2) + number(164, 2))
    var records: [UInt8] = []
    for (row, cells) in rows.enumerated() {
      for (column, text) in cells.enumerated() where !text.isEmpty {
        if let value = Double(text) {
          records += BIFFBuilder.cell(0x203, row, column, BIFFBuilder.double(value))
        } else if let serial = serial(text) {
          records += BIFFBuilder.cell(
            0x203, row, column, style: 1, BIFFBuilder.double(Double(serial)))
        } else {
          records += BIFFBuilder.cell(0x204, row, column, BIFFBuilder.wide(text))
        }
      }
    }
    let stream = BIFFBuilder(globals: globals, sheets: [(Array("S".utf8), 0, records)]).stream
    return BIFFBuilder.compound([("Workbook", stream)])
  }

  private static func webPage(_ rows: [[String]]) -> String {
    let lines = rows.map { row in
      "<tr>" + row.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>\n"
    }
    return
      "<html><meta charset=\"utf-8\"><body><table border=\"1\">\n\(lines.joined())</table></body></html>"
  }

  private static func xmlWorkbook(_ rows: [[String]], _ leavesOut: (Int) -> Bool) -> String {
    var list = ""
    for (index, row) in rows.enumerated() {
      if isBlank(row), leavesOut(index) { continue }
      list += "<Row ss:Index=\"\(index + 1)\">"
      for (column, text) in row.enumerated() where !text.isEmpty {
        let isDay = serial(text) != nil
        let type = Double(text) != nil ? "Number" : isDay ? "DateTime" : "String"
        list += "<Cell ss:Index=\"\(column + 1)\"><Data ss:Type=\"\(type)\">"
        list += escaped(text) + (isDay ? "T00:00:00.000" : "") + "</Data></Cell>"
      }
      list += "</Row>"
    }
    let name = "urn:schemas-microsoft-com:office:spreadsheet"
    return "<?xml version=\"1.0\"?><Workbook xmlns=\"\(name)\" xmlns:ss=\"\(name)\">"
      + "<Worksheet ss:Name=\"S\"><Table>\(list)</Table></Worksheet></Workbook>"
  }
}
