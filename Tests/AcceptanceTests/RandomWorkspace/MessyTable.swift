import Foundation

/// Rows that become a CSV file written in one of the ways in which such files come.
struct MessyTable {
  let base: String
  var rows: [[String: String]]
  /// The columns that may be left out.
  var optional: [String] = []

  init(base: String, rows: [[String: String]], optional: [String] = []) {
    self.base = base
    self.rows = rows
    self.optional = optional
  }

  func bytes(_ random: inout SeededRandom) -> Data {
    let lineBreak = random.pick(["\n", "\n", "\r\n", "\r"])
    let quotesAll = random.chance(20)
    let columns = self.columns(&random)
    let isChinese = random.chance(40)
    let headings = columns.map { isChinese ? Headings.chinese(in: base)[$0] ?? $0 : $0 }
    var lines = [line(headings, quotesAll)]
    for row in rows {
      lines += blankLines(columns.count, &random)
      var cells = columns.map { row[$0] ?? "" }
      if random.chance(3) { while cells.count > 2, cells.last == "" { cells.removeLast() } }
      lines.append(line(cells, quotesAll))
    }
    let text = lines.joined(separator: lineBreak) + (random.chance(80) ? lineBreak : "")
    return encoded(text, &random)
  }

  /// The file's columns: the required ones and most of the others, in any order.
  private func columns(_ random: inout SeededRandom) -> [String] {
    let known = requiredColumns + random.some(optional, dropping: random.pick([0, 0, 15]))
    return random.chance(50) ? random.shuffled(known) : known
  }

  private var requiredColumns: [String] {
    switch base {
    case "departments": return ["id", "name"]
    case "staff": return ["id", "department_id"]
    case "staff_assignments": return ["staff_id", "department_id", "from"]
    case _ where Ledger.names.contains(base): return ["id", "department_id", "raised_on"]
    default: break
    }
    if let files = Activities.files.first(where: { $0.participation == base }) {
      return [files.eventColumn, "staff_id"]
    }
    return ["id", "date", "department_id"]
  }

  private func blankLines(_ count: Int, _ random: inout SeededRandom) -> [String] {
    if !random.chance(3) { return [] }
    return [random.pick(["", String(repeating: ",", count: count - 1)])]
  }

  private func line(_ cells: [String], _ quotesAll: Bool) -> String {
    cells.map { cell in
      let mustQuote = quotesAll || cell.contains { ",\"\n\r\r\n".contains($0) }
      return mustQuote ? "\"\(cell.replacingOccurrences(of: "\"", with: "\"\""))\"" : cell
    }.joined(separator: ",")
  }

  private func encoded(_ text: String, _ random: inout SeededRandom) -> Data {
    let utf8 = Data(text.utf8)
    switch random.number(in: 1...10) {
    case 1, 2: return Data([0xEF, 0xBB, 0xBF]) + utf8
    case 3: return Data([0xFF, 0xFE]) + (text.data(using: .utf16LittleEndian) ?? utf8)
    case 4: return Data([0xFE, 0xFF]) + (text.data(using: .utf16BigEndian) ?? utf8)
    case 5, 6:
      // Nobody can tell the two apart where the bytes are sound in both.
      guard let bytes = text.data(using: .gb18030), String(data: bytes, encoding: .utf8) == nil
      else { return utf8 }
      return bytes
    default: return utf8
    }
  }
}
