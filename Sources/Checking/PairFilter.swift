internal import CScan
internal import Glibc

/// An (event, person) pair in one word; of groups of events alike, as well.
struct PairKey: Hashable {
  let raw: UInt64

  init(raw: UInt64) { self.raw = raw }

  @inline(__always)
  init(_ event: Int64, _ person: Int64) {
    raw = UInt64(truncatingIfNeeded: event) << 32 | UInt64(UInt32(truncatingIfNeeded: person))
  }

  var event: Int { Int(raw >> 32) }
  var person: Int { Int(raw & 0xFFFF_FFFF) }

  /// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every input bit reaches every output bit.
  @inline(__always)
  var hash: UInt64 {
    var state = raw &+ 0x9E37_79B9_7F4A_7C15
    state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
    return state ^ (state >> 31)
  }
}

/// Remembers pairs without keeping them: it may take a new one for one that it has seen, and never the
/// other way round.
///
/// Each pair sets four bits of one word, which is all the memory that it touches (a blocked Bloom filter,
/// Putze, Sanders and Singler 2009). With 16 bits for each pair about 3 in 1,000 new ones are mistaken,
/// with one bit a pair it would be 30.
final class PairFilter {
  private let words: UnsafeMutablePointer<UInt64>
  private let shift: UInt64
  /// The most words, 32 MiB: for more pairs the filter errs more often.
  private static let mostBits: UInt64 = 22

  /// - Parameter expectedPairs: an upper estimate.
  init(expectedPairs: Int) {
    var bits: UInt64 = 10
    while (4 << bits) < expectedPairs, bits < PairFilter.mostBits { bits += 1 }
    shift = 64 - bits
    let count = 1 << Int(bits)
    // The system gives pages that are zero when they are first touched.
    if let memory = calloc(count, MemoryLayout<UInt64>.stride) {
      words = memory.bindMemory(to: UInt64.self, capacity: count)
    } else {
      words = .allocate(capacity: count)
      words.initialize(repeating: 0, count: count)
    }
  }

  deinit { free(words) }

  /// Whether the pair may have been here before; it has been from now on.
  @inline(__always)
  func insert(_ pair: PairKey) -> Bool {
    let hash = pair.hash
    let word = words + Int(truncatingIfNeeded: hash >> shift)
    let mask: UInt64 =
      1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63) | 1 << (hash >> 18 & 63)
    let isKnown = word.pointee & mask == mask
    word.pointee |= mask
    return isKnown
  }

  /// Asks for the memory of a pair that comes soon.
  @inline(__always)
  func prefetch(_ pair: PairKey) {
    scan_prefetch(words + Int(truncatingIfNeeded: pair.hash >> shift))
  }
}

/// A set of pairs that does not grow, by open addressing.
struct PairSet {
  private var keys: [UInt64]
  private let mask: Int
  /// No pair has this key: events and people are fewer than 2³¹.
  private static let free = UInt64.max

  init(_ pairs: some Collection<PairKey>) {
    var size = 64
    while size < 2 * pairs.count { size *= 2 }
    keys = [UInt64](repeating: PairSet.free, count: size)
    mask = size - 1
    for pair in pairs { keys[slot(of: pair)] = pair.raw }
  }

  /// The number of places.
  var size: Int { keys.count }

  /// The place of a pair, where it is or would be.
  func slot(of pair: PairKey) -> Int {
    var slot = Int(truncatingIfNeeded: pair.hash) & mask
    while keys[slot] != PairSet.free, keys[slot] != pair.raw { slot = (slot + 1) & mask }
    return slot
  }

  /// The place of a pair; nil where the set does not have it.
  @inline(__always)
  func find(_ pair: PairKey) -> Int? {
    let slot = slot(of: pair)
    return keys[slot] == pair.raw ? slot : nil
  }
}

/// The pairs under suspicion, each with the first row it stands in.
struct SuspectTable {
  private let pairs: PairSet
  private var firstRows: [UInt32]

  init(pairs: some Collection<PairKey>) {
    self.pairs = PairSet(pairs)
    firstRows = [UInt32](repeating: .max, count: self.pairs.size)
  }

  @inline(__always)
  mutating func see(_ pair: PairKey, in row: UInt32) {
    if let slot = pairs.find(pair), row < firstRows[slot] { firstRows[slot] = row }
  }

  func firstRow(of pair: PairKey) -> UInt32 { firstRows[pairs.slot(of: pair)] }

  /// Takes over what another thread has seen of the same pairs.
  mutating func merge(_ other: SuspectTable) {
    for slot in firstRows.indices { firstRows[slot] = min(firstRows[slot], other.firstRows[slot]) }
  }
}
