/// A reproducible stream of random numbers: the same seed and stream give the same numbers on every
/// machine.
///
/// SplitMix64: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators",
/// OOPSLA 2014; constants as in S. Vigna's reference code. Only integer arithmetic is used, so that
/// no rounding of a mathematics library can change a data set.
struct RandomSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for each purpose, so that drawing more for one leaves the others alone.
  init(seed: UInt64, stream name: String) {
    // FNV-1a, 64 bits (RFC 9923).
    let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    state = RandomSource.mix(seed ^ hash)
  }

  /// The scrambling step on its own: a random number that belongs to `value`.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return RandomSource.mix(state)
  }

  /// A number from 0 to `bound` - 1; the bias of the multiplication is below `bound` / 2⁶⁴.
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from the range, both ends included.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// True in `percent` of 100 draws.
  mutating func chance(percent: Int) -> Bool { below(100) < percent }

  /// One of the elements, which must not be none.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// An index, drawn in proportion to the weights; their sum must be positive.
  mutating func index(weights: [Int]) -> Int {
    var rest = below(weights.reduce(0, +))
    for (index, weight) in weights.enumerated() {
      if rest < weight { return index }
      rest -= weight
    }
    return weights.count - 1
  }

  /// Puts the elements into random order (Fisher and Yates).
  mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, below(last + 1))
    }
  }
}

/// Splits a whole number in proportion to the weights, by largest remainders; every part gets at
/// least `minimum`. The parts add up to `total` exactly.
///
/// - Precondition: `total` ≥ `minimum` × number of weights, and the weights' sum is positive.
func apportion(_ total: Int, weights: [Int], minimum: Int = 0) -> [Int] {
  let free = total - minimum * weights.count
  let sum = weights.reduce(0, +)
  var parts = weights.map { minimum + free * $0 / sum }
  let left = total - parts.reduce(0, +)
  let byRemainder = weights.indices.sorted {
    let (a, b) = (free * weights[$0] % sum, free * weights[$1] % sum)
    return a != b ? a > b : $0 < $1
  }
  for index in byRemainder.prefix(left) { parts[index] += 1 }
  return parts
}
