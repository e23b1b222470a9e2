internal import Synchronization

/// Everybody's name in one piece of memory; the table to search it is built when first needed, which
/// in a tidy workspace is never.
final class NameIndex: @unchecked Sendable {
  /// Those whose names have the same hash, from the first of them to the next, in the order of the list.
  private struct Table {
    var first: [UInt64: Int32] = [:]
    /// By person; -1 behind the last.
    var next: [Int32] = []
  }

  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  private var firstBytes = [Bool](repeating: false, count: 256)
  private let table = Mutex<Table?>(nil)

  func append(_ name: CellBytes) {
    if let first = name.first { firstBytes[Int(first)] = true }
    bytes.append(contentsOf: name)
    ends.append(UInt32(truncatingIfNeeded: bytes.count))
  }

  /// The person who has a name; `IdentifierIndex.absent` for nobody, `.ambiguous` for more than one.
  ///
  /// - Complexity: O(length of the name), expected.
  func find(_ text: CellBytes) -> Int32 {
    var found = IdentifierIndex.absent
    visit(text) { person in
      let isFirst = found == IdentifierIndex.absent
      found = isFirst ? person : IdentifierIndex.ambiguous
      return isFirst
    }
    return found
  }

  /// The first people who have a name.
  func all(_ text: CellBytes, atMost limit: Int) -> [Int32] {
    var found: [Int32] = []
    visit(text) { person in
      found.append(person)
      return found.count < limit
    }
    return found
  }

  /// Those who have a name, in the order of the list, as long as the body answers true.
  private func visit(_ text: CellBytes, _ body: (Int32) -> Bool) {
    guard let first = text.first, firstBytes[Int(first)] else { return }
    table.withLock { table in
      if table == nil { table = build() }
      var person = table?.first[HashedTexts.hash(text)] ?? -1
      // The table knows hashes only: the text itself decides.
      while person >= 0, !isName(of: person, text) || body(person) {
        person = table?.next[Int(person)] ?? -1
      }
    }
  }

  func visit(_ body: (CellBytes, Int32) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for (person, end) in ends.enumerated() {
        if Int(end) > start {
          body(UnsafeBufferPointer(rebasing: bytes[start..<Int(end)]), Int32(person))
        }
        start = Int(end)
      }
    }
  }

  private func build() -> Table {
    var table = Table()
    table.first.reserveCapacity(ends.count)
    table.next = [Int32](repeating: -1, count: ends.count)
    // By their last ones first, so that the chains go forward.
    bytes.withUnsafeBufferPointer { bytes in
      for person in ends.indices.reversed() {
        let start = person == 0 ? 0 : Int(ends[person - 1])
        guard start < Int(ends[person]) else { continue }
        let name = UnsafeBufferPointer(rebasing: bytes[start..<Int(ends[person])])
        let hash = HashedTexts.hash(name)
        table.next[person] = table.first[hash] ?? -1
        table.first[hash] = Int32(person)
      }
    }
    return table
  }

  func name(of person: Int) -> String {
    let start = person == 0 ? 0 : Int(ends[person - 1])
    return String(decoding: bytes[start..<Int(ends[person])], as: UTF8.self)
  }

  private func isName(of person: Int32, _ text: CellBytes) -> Bool {
    let start = person == 0 ? 0 : Int(ends[Int(person) - 1])
    return bytes[start..<Int(ends[Int(person)])].elementsEqual(text)
  }
}
