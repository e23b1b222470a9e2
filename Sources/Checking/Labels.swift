internal import Reading
internal import Synchronization

/// The distinct values of one column, each with a small code; shared by the threads of a pass.
///
/// Codes are given in the order of arrival, which differs between runs: nothing of a result may depend
/// on them, only on the texts. So a column that has too many values is given up as a whole: which of
/// them had come first would be chance.
final class Labels: Sendable {
  /// A column with more distinct values than this is no classification.
  static let limit = 1024

  private struct State {
    var codes: [String: Int32] = [:]
    var texts: [String] = []
    var isCrowded = false
  }
  private let state = Mutex(State())

  /// - Parameter known: values that get the first codes, in this order.
  init(known: [String] = []) {
    for text in known { _ = code(of: text) }
  }

  /// The code of a text, given now where it has none; nil where the column has too many values.
  func code(of text: String) -> Int32? {
    state.withLock { state in
      if let code = state.codes[text] { return code }
      guard state.texts.count < Labels.limit else {
        state.isCrowded = true
        return nil
      }
      let code = Int32(state.texts.count)
      state.codes[text] = code
      state.texts.append(text)
      return code
    }
  }

  /// The texts by code.
  var texts: [String] { state.withLock { $0.texts } }

  /// Whether the column has turned out to have too many values.
  var isCrowded: Bool { state.withLock { $0.isCrowded } }
}

/// One thread's own view of a column's labels: known texts are found without taking the lock.
///
/// A column has few labels, and most are short: up to 16 bytes are compared as two words, in the place
/// that they hash to. Longer ones and those that share a place are found in a table.
final class LabelCache {
  private struct Entry {
    var head: UInt64
    var tail: UInt64
    var count: Int
    var code: Int64
  }
  private let labels: Labels
  private let choices: [String: String]?
  private let isOpen: Bool
  private var known = HashedTexts()
  private let entries: UnsafeMutablePointer<Entry>
  private static let places = 256
  private static let longest = 16

  init(_ labels: Labels, choices: [String: String]?, isOpen: Bool) {
    self.labels = labels
    self.choices = choices
    self.isOpen = isOpen
    entries = .allocate(capacity: LabelCache.places)
    // An empty cell has a place like any other, of which its length is told apart.
    let free = Entry(head: 0, tail: 0, count: -1, code: Decoded.absent)
    entries.initialize(repeating: free, count: LabelCache.places)
  }

  deinit { entries.deallocate() }

  /// The codes of a column's cells; `Decoded.absent` for empty ones.
  func decode(_ cells: CellColumn, rows: Int, into out: UnsafeMutablePointer<Int64>) {
    let entries = self.entries
    let masks = LabelCache.masks
    for row in 0..<rows {
      let cell = cells[row]
      guard cell.count <= LabelCache.longest, let base = cell.baseAddress else {
        out[row] = decodeSlowly(cell)
        continue
      }
      let (head, tail) = LabelCache.words(base, cell.count, masks)
      let place = entries + LabelCache.place(head, tail)
      if place.pointee.head != head || place.pointee.tail != tail
        || place.pointee.count != cell.count
      {
        place.pointee = Entry(
          head: head, tail: tail, count: cell.count, code: decodeSlowly(cell))
      }
      out[row] = place.pointee.code
    }
  }

  /// The first eight bytes and the rest of at most 16; 16 may be read. Labels are of any length, so that a
  /// branch by it would be guessed wrong half the time.
  @inline(__always)
  private static func words(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ masks: Masks
  ) -> (UInt64, UInt64) {
    let raw = UnsafeRawPointer(bytes)
    let head = raw.loadUnaligned(as: UInt64.self).littleEndian
    let tail = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self).littleEndian
    return (head & masks.words[count &+ 8], tail & masks.words[count])
  }

  /// By a number of bytes, and eight, those of them that stand in a word which begins behind eight bytes.
  private struct Masks: @unchecked Sendable {
    let words: UnsafePointer<UInt64>

    init() {
      let words = UnsafeMutablePointer<UInt64>.allocate(capacity: LabelCache.longest + 9)
      for place in 0..<LabelCache.longest + 9 {
        let bytes = min(max(place - 8, 0), 8)
        words[place] = bytes == 8 ? .max : (1 << UInt64(bytes * 8)) - 1
      }
      self.words = UnsafePointer(words)
    }
  }
  private static let masks = Masks()

  @inline(__always)
  private static func place(_ head: UInt64, _ tail: UInt64) -> Int {
    let mixed = (head ^ (tail &* 0x9E37_79B9_7F4A_7C15)) &* 0xA076_1D64_78BD_642F
    return Int(truncatingIfNeeded: mixed >> 56)
  }

  private func decodeSlowly(_ cell: CellBytes) -> Int64 {
    let cell = cell.trimmed
    guard !cell.isEmpty else { return Decoded.absent }
    let code = known.find(cell)
    if code != IdentifierIndex.absent { return code >= 0 ? Int64(code) : Decoded.unreadable }
    guard let meaning = meaning(of: cell.text) else {
      _ = known.set(cell, to: IdentifierIndex.rejected)
      return Decoded.unreadable
    }
    // Of a column with too many values none is kept: they may be as many as the rows.
    guard let code = labels.code(of: meaning) else { return Decoded.absent }
    _ = known.set(cell, to: code)
    return Int64(code)
  }

  /// Nil for a text that is none of the choices.
  private func meaning(of text: String) -> String? {
    guard let choices else { return text }
    return choices[text.lowercased()] ?? (isOpen ? text : nil)
  }
}
