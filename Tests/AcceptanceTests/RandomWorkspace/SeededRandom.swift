/// Random numbers that a seed repeats on every machine (SplitMix64 of G. Steele et al.).
struct SeededRandom {
  private var state: UInt64

  init(_ seed: Int) {
    state = UInt64(bitPattern: Int64(seed))
    // Neighbouring seeds would otherwise give the same numbers, one place apart.
    state = next()
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func chance(_ percent: Int) -> Bool { number(in: 1...100) <= percent }

  mutating func pick<Element>(_ values: [Element]) -> Element {
    values[number(in: 0...values.count - 1)]
  }

  mutating func shuffled<Element>(_ values: [Element]) -> [Element] {
    var result = values
    for index in result.indices.dropFirst() {
      result.swapAt(index, number(in: 0...index))
    }
    return result
  }

  /// The values without some of them, in their order.
  mutating func some<Element>(_ values: [Element], dropping percent: Int) -> [Element] {
    values.filter { _ in !chance(percent) }
  }
}
