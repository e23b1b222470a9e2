internal import Records

/// The tables of a web page, which many programs save under the name of a workbook.
///
/// Read as browsers do, forgivingly: tags in any case, end tags left out, cells over several rows and
/// columns. Scripts, styles and comments are passed over; nothing that the page refers to is opened.
final class HTMLTables: Sendable {
  static let largest = 64 << 20
  private static let mostTables = 1024

  private let bytes: [UInt8]
  private let places: [Range<Int>]

  /// - Parameter bytes: the page in UTF-8.
  /// - Throws: `ReadingError.fault(.noSheet)` where it has no table.
  init(_ bytes: [UInt8]) throws(ReadingError) {
    self.bytes = bytes
    places = HTMLTables.tables(in: bytes)
    guard !places.isEmpty else { throw .fault(.noSheet) }
  }

  /// The tables that do not lie in other ones; a single one has no name, further ones are numbered.
  var sheets: [WorkbookSheet] {
    places.enumerated().map { index, place in
      let name = places.count == 1 ? "" : "\(index + 1)"
      return WorkbookSheet(name: name, isHidden: false) {
        (fillsMerged: Bool) throws(ReadingError) in
        (HTMLRows(self.bytes, place, fillsMerged: fillsMerged), SheetText())
      }
    }
  }

  /// Whether a text begins as a web page or a part of one does.
  static func isPage(_ beginning: [UInt8]) -> Bool {
    var text = String(decoding: beginning.prefix(2048), as: UTF8.self).lowercased()[...]
    text = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    while text.hasPrefix("<!--") || text.hasPrefix("<?xml") {
      let end = text.hasPrefix("<!--") ? "-->" : "?>"
      guard let range = text.firstRange(of: end) else { return false }
      text = text[range.upperBound...].drop { $0.isWhitespace }
    }
    return [
      "<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style", "<div", "<center",
      "<font", "<tr", "<title",
    ].contains { text.hasPrefix($0) }
  }

  private static func tables(in bytes: [UInt8]) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var depth = 0
    var start = 0
    var scanner = HTMLScanner(bytes, 0..<bytes.count)
    while let tag = scanner.nextTag(), places.count < mostTables {
      guard tag.name == "table" else { continue }
      if tag.isEnd {
        depth = max(0, depth - 1)
        if depth == 0, start < tag.range.lowerBound { places.append(start..<tag.range.lowerBound) }
        if depth == 0 { start = tag.range.upperBound }
      } else {
        if depth == 0 { start = tag.range.upperBound }
        depth += 1
      }
    }
    if depth > 0, start < bytes.count { places.append(start..<bytes.count) }
    // Rows without a table around them.
    if places.isEmpty {
      var rows = HTMLScanner(bytes, 0..<bytes.count)
      while let tag = rows.nextTag() {
        if tag.name == "tr" { return [tag.range.lowerBound..<bytes.count] }
      }
    }
    return places
  }
}

/// Goes from tag to tag.
struct HTMLScanner {
  struct Tag {
    let name: String
    let isEnd: Bool
    /// From `<` to behind `>`.
    let range: Range<Int>
  }

  private static let longestTag = 16 << 10

  let bytes: [UInt8]
  let end: Int
  private(set) var position: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next tag; comments, scripts and styles are passed over.
  mutating func nextTag() -> Tag? {
    while let open = find(UInt8(ascii: "<"), from: position) {
      position = open + 1
      if bytes[position..<end].starts(with: "!--".utf8) {
        position = skip(past: Array("-->".utf8), from: position)
        continue
      }
      guard let tag = tag(at: open) else { continue }
      position = tag.range.upperBound
      if !tag.isEnd, tag.name == "script" || tag.name == "style" {
        position = skip(past: Array("</\(tag.name)".utf8), from: position)
        continue
      }
      return tag
    }
    position = end
    return nil
  }

  /// A number that an attribute of a tag states, from 1.
  func number(_ attribute: String, of tag: Tag) -> Int {
    guard let text = attributes(of: tag).firstRange(of: attribute + "=").map({ $0.upperBound })
    else { return 1 }
    let digits = attributes(of: tag)[text...].drop { $0 == "\"" || $0 == "'" }.prefix {
      $0.isNumber
    }
    return max(1, min(Int(digits) ?? 1, SheetText.mostRows))
  }

  func hides(_ tag: Tag) -> Bool {
    attributes(of: tag).filter { $0 != " " }.contains("display:none")
  }

  private func attributes(of tag: Tag) -> String {
    String(
      decoding: bytes[
        tag.range.lowerBound..<min(tag.range.upperBound, tag.range.lowerBound + 2048)],
      as: UTF8.self
    )
    .lowercased()
  }

  /// A tag that does not end before long is none, and what was looked through for it is passed over.
  private mutating func tag(at open: Int) -> Tag? {
    let end = min(self.end, open + HTMLScanner.longestTag)
    var at = open + 1
    let isEnd = at < end && bytes[at] == UInt8(ascii: "/")
    if isEnd { at += 1 }
    let start = at
    while at < end, at - start < 24, isNameByte(bytes[at]) { at += 1 }
    guard at > start else { return nil }
    let name = String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
    var quote: UInt8 = 0
    while at < end {
      let byte = bytes[at]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        return Tag(name: name, isEnd: isEnd, range: open..<(at + 1))
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
        bytes[at - 1] == UInt8(ascii: "=")
      {
        quote = byte
      }
      at += 1
    }
    position = end
    return nil
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 <= 9 || byte == UInt8(ascii: ":")
  }

  private func find(_ byte: UInt8, from start: Int) -> Int? {
    guard start < end else { return nil }
    return bytes[start..<end].firstIndex(of: byte)
  }

  /// The offset behind the next place where bytes stand, whatever the case of their letters.
  private func skip(past wanted: [UInt8], from start: Int) -> Int {
    var at = start
    while at + wanted.count <= end {
      if zip(bytes[at..<(at + wanted.count)], wanted).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
        return at + wanted.count
      }
      at += 1
    }
    return end
  }
}
