import Foundation

/// A form that somebody fills in: its workbook with further cells, as a spreadsheet program saves them.
struct FilledForm {
  private let url: URL

  init(_ url: URL) { self.url = url }

  /// Writes rows into the empty ones below the example. A text `=45000` is put in as that number.
  func fill(_ rows: [[String]]) throws {
    let workbook = try WorkbookParts(url)
    var parts: [(name: String, bytes: Data)] = []
    for name in try workbook.names {
      var text = try workbook.text(name)
      if name == "xl/worksheets/sheet1.xml" {
        for (index, cells) in rows.enumerated() { Self.fill(&text, row: index + 3, cells) }
      }
      parts.append((name, Data(text.utf8)))
    }
    try StoredArchive(parts).bytes.write(to: url)
  }

  private static func fill(_ sheet: inout String, row: Int, _ cells: [String]) {
    for (column, text) in cells.enumerated() where !text.isEmpty {
      let place = String(UnicodeScalar(UInt8(65 + column))) + "\(row)"
      guard let start = sheet.range(of: "<c r=\"\(place)\""),
        let end = sheet.range(of: "/>", range: start.upperBound..<sheet.endIndex)
      else { continue }
      let look = sheet[start.upperBound..<end.lowerBound]
      let value =
        text.hasPrefix("=")
        ? "><v>\(text.dropFirst())</v></c>" : " t=\"inlineStr\"><is><t>\(text)</t></is></c>"
      sheet.replaceSubrange(
        start.lowerBound..<end.upperBound, with: "<c r=\"\(place)\"\(look)\(value)")
    }
  }
}

/// A zip archive whose parts are stored as they are.
struct StoredArchive {
  private(set) var bytes = Data()

  init(_ parts: [(name: String, bytes: Data)]) {
    var directory = Data()
    for (name, content) in parts {
      let common =
        Self.numbers([(20, 2), (0x800, 2), (0, 2), (0, 2), (0x21, 2)])
        + Self.numbers([(Self.checksum(content), 4), (content.count, 4), (content.count, 4)])
        + Self.numbers([(name.utf8.count, 2), (0, 2)])
      directory += Self.numbers([(0x0201_4B50, 4), (20, 2)]) + common
      directory +=
        Self.numbers([(0, 2), (0, 2), (0, 2), (0, 4), (bytes.count, 4)]) + Data(name.utf8)
      bytes += Self.numbers([(0x0403_4B50, 4)]) + common + Data(name.utf8) + content
    }
    let start = bytes.count
    bytes += directory
    bytes += Self.numbers([(0x0605_4B50, 4), (0, 2), (0, 2), (parts.count, 2), (parts.count, 2)])
    bytes += Self.numbers([(directory.count, 4), (start, 4), (0, 2)])
  }

  private static func numbers(_ values: [(value: Int, count: Int)]) -> Data {
    Data(values.flatMap { value, count in (0..<count).map { UInt8(value >> ($0 * 8) & 0xFF) } })
  }

  /// CRC-32 of ISO 3309, bit by bit.
  private static func checksum(_ data: Data) -> Int {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in data {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return Int(sum ^ 0xFFFF_FFFF)
  }
}
