internal import Reading

/// Numbers of a column as they have been read before: hours and scores are few different texts, and what
/// has been read is found again faster than it is read, whose length would have to be guessed.
final class AmountCache {
  private struct Entry {
    /// The text's bytes, and its length in the last one.
    var text: UInt64
    var unit: AmountUnit
    var value: Int64
  }
  private let entries: UnsafeMutablePointer<Entry>
  private static let places = 64
  private static let longest = 7

  init() {
    entries = .allocate(capacity: AmountCache.places)
    // An empty cell has a place like any other.
    let empty = Entry(text: 0, unit: .none, value: Decoded.absent)
    entries.initialize(repeating: empty, count: AmountCache.places)
  }

  deinit { entries.deallocate() }

  /// Decodes a column's cells as `decodeAmount` does.
  func decode(
    _ cells: CellColumn, rows: Int, _ unit: AmountUnit, into out: UnsafeMutablePointer<Int64>
  ) {
    let entries = self.entries
    for row in 0..<rows {
      let cell = cells[row]
      guard cell.count <= AmountCache.longest, let base = cell.baseAddress else {
        out[row] = decodeAmount(cell, unit)
        continue
      }
      let raw = UnsafeRawPointer(base).loadUnaligned(as: UInt64.self).littleEndian
      let length = UInt64(truncatingIfNeeded: cell.count)
      let text = raw & ((1 << (length &* 8)) &- 1) | length << 56
      let place = entries + Int(truncatingIfNeeded: (text &* 0xA076_1D64_78BD_642F) >> 58)
      if place.pointee.text != text || place.pointee.unit != unit {
        place.pointee = Entry(text: text, unit: unit, value: decodeAmount(cell, unit))
      }
      out[row] = place.pointee.value
    }
  }
}
