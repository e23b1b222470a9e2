internal import CScan
internal import Glibc
internal import Reading

/// What a text refers to, for ids, names and aliases: a map from bytes to a small integer.
///
/// Ids of the shape of the first one (a prefix and digits, as `S000123`) are kept in a dense array
/// addressed by their number: a look-up compares the prefix and reads one word. Everything else goes
/// to a table with open addressing. Both hold any text exactly; only the cost differs.
///
/// - Complexity: O(length of the text) for a look-up, expected.
final class IdentifierIndex {
  /// No such text.
  static let absent: Int32 = -1
  /// The text stands in a row that was rejected.
  static let rejected: Int32 = -2
  /// More than one record has this text.
  static let ambiguous: Int32 = -3

  private var shape = IdentifierShape()
  /// The complements of the values by number, so that zeros stand for `absent`.
  private var dense: UnsafeMutablePointer<Int32>
  private var denseCount: Int
  private var table = HashedTexts()
  /// The number of distinct texts.
  private(set) var count = 0

  private var memory: ZeroedBytes

  /// - Parameter expected: about how many ids will be set. Memory that they do not need is never touched,
  ///   and what they do need is not copied as it grows: of a province's that was a twentieth of counting.
  init(expecting expected: Int = 0) {
    denseCount = max(0, expected)
    (memory, dense) = IdentifierIndex.zeros(denseCount)
  }

  deinit { memory.release() }

  private static func zeros(
    _ count: Int
  ) -> (memory: ZeroedBytes, numbers: UnsafeMutablePointer<Int32>) {
    // The first is read even where there is none.
    let memory = ZeroedBytes(max(1, count) * MemoryLayout<Int32>.stride)
    return (memory, memory.base.bindMemory(to: Int32.self, capacity: max(1, count)))
  }

  /// The value of a text, or `absent`.
  func find(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    let number = shape.number(of: text)
    if number >= 0, number < denseCount, dense[number] != 0 { return ~dense[number] }
    return table.isEmpty ? IdentifierIndex.absent : table.find(text)
  }

  /// Finds the values of a column's cells; `Decoded.absent` for empty ones.
  ///
  /// What has the shape is found without trimming it and without a call for each cell. The numbers of
  /// some rows are read before the first is looked up, so that the memory is on its way meanwhile: people
  /// come in any order, and a province's do not fit the cache.
  func find(_ cells: CellColumn, rows: Int, into out: UnsafeMutablePointer<Int64>) {
    let shape = self.shape
    let usual = shape.usual
    let dense = self.dense
    let denseCount = self.denseCount
    for first in stride(from: 0, to: rows, by: IdentifierIndex.runLength) {
      let run = first..<min(first + IdentifierIndex.runLength, rows)
      if let usual {
        // What has the shape and another length than nearly all is found like any other text.
        scan_numbers(
          cells.scanned, run.lowerBound, run.upperBound, usual, dense, UInt64(denseCount), out)
      } else {
        for row in run {
          let number = shape.number(of: cells[row])
          out[row] = Int64(number < denseCount ? number : -1)
          scan_prefetch(dense + max(number, 0))
        }
      }
      for row in run {
        let number = Int(out[row])
        let value = number >= 0 ? ~dense[number] : IdentifierIndex.absent
        out[row] = value != IdentifierIndex.absent ? Int64(value) : findSlowly(cells[row])
      }
    }
  }

  private static let runLength = 128

  private func findSlowly(_ cell: UnsafeBufferPointer<UInt8>) -> Int64 {
    let text = cell.trimmed
    return text.isEmpty ? Decoded.absent : Int64(find(text))
  }

  /// Gives a text its value, whether it had one before or not.
  func set(_ text: UnsafeBufferPointer<UInt8>, to value: Int32) {
    if count == 0 { shape = IdentifierShape(of: text) }
    let number = shape.number(of: text)
    if number >= 0, reserveDense(number),
      table.isEmpty || table.find(text) == IdentifierIndex.absent
    {
      if dense[number] == 0 { count += 1 }
      dense[number] = ~value
    } else if table.set(text, to: value) {
      count += 1
    }
  }

  func knows(_ text: CellBytes) -> Bool {
    !text.isEmpty && find(text) != IdentifierIndex.absent
  }

  /// Notes that a text stands in a row that was rejected, unless it is known already.
  func reject(_ text: CellBytes) {
    if !text.isEmpty, find(text) == IdentifierIndex.absent {
      set(text, to: IdentifierIndex.rejected)
    }
  }

  /// The place of a cell that may have one without being trimmed or looked for: nil for all others.
  ///
  /// - Parameter cell: eight bytes may be read from its beginning.
  @inline(__always)
  func place(ofPadded cell: UnsafeBufferPointer<UInt8>) -> Int? {
    let number = shape.number(ofPadded: cell)
    return number >= 0 && number < denseCount && table.isEmpty ? number : nil
  }

  /// The value at a place.
  @inline(__always)
  func value(at place: Int) -> Int32 { ~dense[place] }

  /// Gives the text of a place that has none its value.
  @inline(__always)
  func setFirst(_ value: Int32, at place: Int) {
    dense[place] = ~value
    count += 1
  }

  func set(_ text: String, to value: Int32) {
    var text = text
    text.withUTF8 { set($0, to: value) }
  }

  func find(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { find($0) }
  }

  /// Makes room for a number, unless that would waste memory on few ids.
  private func reserveDense(_ number: Int) -> Bool {
    if number < denseCount { return true }
    guard number < max(1 << 16, 8 * count) else { return false }
    let grown = max(number + 1, denseCount * 2, 1024)
    let larger = IdentifierIndex.zeros(grown)
    larger.numbers.update(from: dense, count: denseCount)
    memory.release()
    (memory, dense) = larger
    denseCount = grown
    return true
  }
}

/// Texts of any shape with their values, by open addressing with linear probing.
struct HashedTexts {
  private struct Entry {
    var hash: UInt64
    var offset: Int
    var length: Int
    var value: Int32
  }
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// Index of an entry plus one; 0 is free. The size is a power of two, at most half of it in use.
  private var slots: [UInt32] = []

  var isEmpty: Bool { entries.isEmpty }

  func find(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    guard !slots.isEmpty else { return IdentifierIndex.absent }
    let (slot, found) = place(of: text, hash: HashedTexts.hash(text))
    return found ? entries[Int(slots[slot]) - 1].value : IdentifierIndex.absent
  }

  /// Sets a value; true where the text is new.
  mutating func set(_ text: UnsafeBufferPointer<UInt8>, to value: Int32) -> Bool {
    if slots.count < 2 * (entries.count + 1) { grow() }
    let hash = HashedTexts.hash(text)
    let (slot, found) = place(of: text, hash: hash)
    if found {
      entries[Int(slots[slot]) - 1].value = value
      return false
    }
    entries.append(Entry(hash: hash, offset: bytes.count, length: text.count, value: value))
    bytes.append(contentsOf: text)
    slots[slot] = UInt32(entries.count)
    return true
  }

  private func place(of text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> (slot: Int, found: Bool)
  {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, entry.length == text.count, isEqual(entry, text) {
        return (slot, true)
      }
      slot = (slot + 1) & mask
    }
    return (slot, false)
  }

  private func isEqual(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for at in 0..<entry.length where bytes[entry.offset + at] != text[at] { return false }
    return true
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: max(64, slots.count * 2))
    let mask = slots.count - 1
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index + 1)
    }
  }

  /// A multiply-and-fold hash over eight bytes at a time, seeded with a constant: the same in every
  /// run, so that nothing of a result can depend on it.
  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(text.count)
    let bytes = UnsafeRawBufferPointer(text)
    var at = 0
    while at < text.count {
      var word: UInt64 = 0
      if text.count - at >= 8 {
        word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
      } else {
        for offset in 0..<text.count - at {
          word |= UInt64(text[at + offset]) << UInt64(8 * offset)
        }
      }
      let product = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
      state = product.high ^ product.low
      at += 8
    }
    return state ^ (state >> 29)
  }
}
