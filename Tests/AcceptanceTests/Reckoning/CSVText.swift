import Foundation

/// Comma-separated text after RFC 4180, read one character after the other.
///
/// Line breaks are CRLF, LF or CR. An empty line is a record with one empty cell; the line break at
/// the very end opens no further record.
struct CSVText {
  private var records: [[String]] = []
  private var record: [String] = []
  private var cell = ""
  private var isQuoted = false
  private var hasOpenRecord = false

  static func records(of text: String) -> [[String]] {
    // Scalars, because Swift takes CRLF for a single character.
    let scalars = Array(text.unicodeScalars)
    var reader = CSVText()
    var position = 0
    while position < scalars.count {
      let next = position + 1 < scalars.count ? scalars[position + 1] : nil
      position += reader.take(scalars[position], before: next)
    }
    if reader.hasOpenRecord { reader.endRecord() }
    return reader.records
  }

  /// Takes in a character and returns how many were used up: two for CRLF and for a doubled quote.
  private mutating func take(_ scalar: UnicodeScalar, before next: UnicodeScalar?) -> Int {
    hasOpenRecord = true
    switch scalar {
    case "\"" where isQuoted && next == "\"":
      cell.append("\"")
      return 2
    case "\"":
      isQuoted.toggle()
    case "," where !isQuoted:
      endCell()
    case "\n" where !isQuoted:
      endRecord()
    case "\r" where !isQuoted:
      endRecord()
      return next == "\n" ? 2 : 1
    default:
      cell.unicodeScalars.append(scalar)
    }
    return 1
  }

  private mutating func endCell() {
    record.append(cell)
    cell = ""
  }

  private mutating func endRecord() {
    endCell()
    records.append(record)
    record = []
    hasOpenRecord = false
  }
}

extension CSVText {
  /// The text of a file in UTF-8 with or without a byte order mark, UTF-16 with one, or GB18030.
  static func decoded(_ bytes: Data) -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return String(decoding: bytes.dropFirst(3), as: UTF8.self)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let isLittle = bytes.first == 0xFF
      let body = Data(bytes.dropFirst(2))
      return String(data: body, encoding: isLittle ? .utf16LittleEndian : .utf16BigEndian) ?? ""
    }
    return String(data: bytes, encoding: .utf8) ?? String(data: bytes, encoding: .gb18030) ?? ""
  }
}

extension String.Encoding {
  /// GB 18030-2000 under the number that Foundation knows it by.
  static let gb18030 = String.Encoding(rawValue: 0x8000_0632)
}
