import CScan
import Testing

@testable import Reading
@testable import SheetBuilding

/// Blocks are looked at 64 bytes at a time, and the digest beside it; the automaton reads the same texts
/// byte by byte, and the digest of a text in memory is made for itself.
@Suite("Looking at blocks")
struct LookTests {
  private struct Style {
    var lineBreak = "\n"
    var isEnded = true
    var hasRagged = false
    var hasQuotes = false
  }

  private static let styles = [
    Style(), Style(lineBreak: "\r\n"), Style(isEnded: false),
    Style(lineBreak: "\r\n", isEnded: false), Style(hasRagged: true), Style(hasQuotes: true),
  ]

  private func text(_ style: Style, rows: Int, seed: UInt64) -> String {
    var dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    let cells = ["", "1", "2023-05-01", "整改落实到位", "é", "😀", "a longer cell than the others are"]
    var text = "id,b,c,d"
    for row in 0..<rows {
      text += style.lineBreak + "R\(row)"
      let further = style.hasRagged && dice.roll(50) == 0 ? dice.roll(6) : 3
      for _ in 0..<further { text += "," + cells[dice.roll(cells.count)] }
      if style.hasRagged, dice.roll(50) == 0 { text += style.lineBreak }
      if style.hasQuotes, dice.roll(500) == 0 { text += "," + "\"x,\ny\"" }
    }
    return text + (style.isEnded ? style.lineBreak : "")
  }

  /// The rows as the automaton finds them, with as many cells as the heading has.
  private func reference(_ file: TextFile) throws -> [Record] {
    var records: [Record] = []
    try RecordReader(path: file.path).walk { row in
      let cells = (0..<4).map { String(decoding: row[$0], as: UTF8.self) }
      let hasContent = (0..<row.count).contains { !row[$0].isEmpty }
      if row.number > 1, hasContent {
        records.append(
          Record(
            row: row.number, cells: cells,
            isOverfull: row.count > 4 && (4..<row.count).contains { !row[$0].isEmpty }))
      }
      return true
    }
    return records
  }

  @Test("Cells are those that the automaton finds", arguments: styles.indices, [3, 400, 30_000])
  func cells(style: Int, rows: Int) throws {
    let text = text(LookTests.styles[style], rows: rows, seed: UInt64(style * 7 + rows))
    let file = try TextFile(text)
    let found = try file.records(jobs: 2)
    #expect(try found == reference(file))
    #expect(found.count == rows)
  }

  /// What both ways of looking at bytes have found, in words.
  private func looks(at bytes: [UInt8], lead: Int, quote: UInt8) -> (fast: String, plain: String) {
    let count = (lead + bytes.count + 63) / 64 * 64
    let padded = Array(repeating: 0, count: lead) + bytes + Array(repeating: 0, count: count + 64)
    func words(_ run: (inout ScanLook, UnsafeMutablePointer<UInt32>) -> Void) -> String {
      var look = ScanLook()
      look.separator = UInt8(ascii: ",")
      look.quote = quote
      var places = [UInt32](repeating: 0, count: bytes.count + 80)
      places.withUnsafeMutableBufferPointer { run(&look, $0.baseAddress!) }
      look.is_utf8 = 0
      return "\(look) \(places[..<look.marks])"
    }
    return padded.withUnsafeBufferPointer { padded in
      (
        words { _ = scan_look(&$0, padded.baseAddress!, lead + bytes.count, 1, lead, $1, nil, 0) },
        words { scan_look_plainly(&$0, padded.baseAddress!, lead + bytes.count, lead, $1) }
      )
    }
  }

  @Test("A processor without the fast instructions finds the same", arguments: 0..<60)
  func plainly(seed: Int) {
    var dice = Dice(state: UInt64(seed) &* 77 + 3)
    let alphabet = Array("aZ0,,,\n\n\r\"整".utf8)
    let bytes = (0..<dice.roll(700)).map { _ in alphabet[dice.roll(alphabet.count - (seed % 3))] }
    for lead in [0, dice.roll(64)] {
      for quote in [UInt8(ascii: "\""), 0xFF] {
        let found = looks(at: bytes, lead: lead, quote: quote)
        #expect(found.fast == found.plain)
      }
    }
  }

  @Test(
    "The digest does not depend on how the bytes come",
    arguments: [0, 1, 63, 64, 65, 4095, 700_001])
  func digest(length: Int) throws {
    var dice = Dice(state: UInt64(length) + 11)
    let row = Array("R17,2023-05-01,整改\n".utf8)
    var bytes: [UInt8] = []
    while bytes.count < length { bytes += row.dropLast(dice.roll(3) == 0 ? 5 : 0) }
    bytes.removeLast(bytes.count - length)
    while let last = bytes.last, last >= 0x80 { bytes.removeLast() }
    let file = try TextFile(bytes)
    let reader = try RecordReader(path: file.path)
    let collector = Collector()
    try reader.run([collector], slots: [0, 1, 2])
    #expect(reader.sha256 == SHA256.digest(of: bytes))
  }

  @Test("What is no UTF-8 is found wherever it stands", arguments: 0..<40)
  func encoding(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) + 5)
    var bytes = Array(text(Style(), rows: 20_000, seed: UInt64(seed)).utf8)
    // Behind what the encoding is told from.
    let at = 140_000 + dice.roll(bytes.count - 150_000)
    let faults: [[UInt8]] = [[0xFF], [0xC0, 0x80], [0xE6, 0x95], [0xED, 0xA0, 0x80], [0x80]]
    bytes.replaceSubrange(at..<at, with: faults[seed % faults.count] + [0x31])
    let file = try TextFile(bytes)
    #expect(throws: ReadingError.self) { try file.records() }
  }
}
