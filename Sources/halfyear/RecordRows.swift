import Checking
import Reading

/// The rows of a sheet that are its records: what lies below the heading and is no total, note, blank row
/// or repeated heading.
///
/// Most rows show by their first two cells that they are records, and most of these cells have been seen
/// before or look like an id: only for the rest the text is taken apart.
///
/// - Complexity: O(1) a row of a kind that was seen before; memory is some thousands of short texts.
struct RecordRows {
  private static let mostKnown = 1 << 14
  private let layout: SheetLayout
  /// Pairs of cells that only records begin with.
  private var plain: Set<Beginning> = []

  private struct Beginning: Hashable {
    let first: String
    let second: String
  }

  /// No heading looks like an id.
  private let knowsIds: Bool

  init(_ layout: SheetLayout) {
    self.layout = layout
    knowsIds = !layout.cells.contains {
      $0.unicodeScalars.contains { $0.properties.numericType != nil }
    }
  }

  mutating func contains(_ row: RowCells) -> Bool {
    guard row.number > layout.headingRow else { return false }
    var column = 0
    let first = RecordRows.nextFilled(row, &column)
    let second = RecordRows.nextFilled(row, &column)
    guard first.count > 0 else { return false }
    let beginning = Beginning(first: known(as: first), second: known(as: second))
    if plain.contains(beginning) { return true }
    let mayBeOther = layout.mayBeOther(
      first: String(decoding: first, as: UTF8.self),
      second: String(decoding: second, as: UTF8.self))
    guard !mayBeOther else {
      let cells = (0..<row.count).map { String(decoding: row[$0].trimmed, as: UTF8.self) }
      return layout.kind(of: cells) == nil
    }
    if plain.count < RecordRows.mostKnown { plain.insert(beginning) }
    return true
  }

  private static func nextFilled(
    _ row: RowCells, _ column: inout Int
  ) -> UnsafeBufferPointer<UInt8> {
    while column < row.count {
      let cell = row[column].trimmed
      column += 1
      if cell.count > 0 { return cell }
    }
    return UnsafeBufferPointer(start: nil, count: 0)
  }

  /// A cell as it is remembered: all that look like ids are one.
  private func known(as cell: UnsafeBufferPointer<UInt8>) -> String {
    knowsIds && RecordRows.isId(cell) ? "" : String(decoding: cell, as: UTF8.self)
  }

  /// Whether a cell is an id, a day or a number in ASCII, with which no word for a total, note or example
  /// begins: these have no digit, or `example` before it, or signs around it.
  private static func isId(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = cell.first, first | 0x20 != UInt8(ascii: "e") else { return false }
    if first &- 48 <= 9 { return cell.allSatisfy { $0 < 0x80 } }
    var hasDigit = false
    for byte in cell {
      if byte &- 48 <= 9 {
        hasDigit = true
      } else if (byte | 0x20) &- 97 >= 26, byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") {
        return false
      }
    }
    return hasDigit
  }
}
