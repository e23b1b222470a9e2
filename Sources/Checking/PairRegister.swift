/// All pairs of event and person seen so far, each with the first row it stands in: 16 to 32 bytes a pair.
struct PairRegister {
  private var keys: [UInt64] = []
  private var rows: [UInt32] = []
  private(set) var count = 0
  /// No pair has this key: events and people are fewer than 2³¹.
  private static let free = UInt64.max

  func contains(_ pair: PairKey) -> Bool {
    !keys.isEmpty && keys[slot(of: pair)] == pair.raw
  }

  /// The row in which a pair stood before; nil where it is new, and then it stands in this one.
  mutating func firstRow(of pair: PairKey, addingFor row: UInt32) -> UInt32? {
    if keys.count < 2 * (count + 1) { grow() }
    let slot = slot(of: pair)
    if keys[slot] == pair.raw { return rows[slot] }
    keys[slot] = pair.raw
    rows[slot] = row
    count += 1
    return nil
  }

  private func slot(of pair: PairKey) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: pair.hash) & mask
    while keys[slot] != PairRegister.free, keys[slot] != pair.raw { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = (keys, rows)
    keys = [UInt64](repeating: PairRegister.free, count: max(1024, 2 * old.0.count))
    rows = [UInt32](repeating: 0, count: keys.count)
    for (key, row) in zip(old.0, old.1) where key != PairRegister.free {
      let slot = slot(of: PairKey(raw: key))
      keys[slot] = key
      rows[slot] = row
    }
  }
}
