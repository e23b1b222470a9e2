/// Random numbers that a seed repeats.
struct Dice {
  var state: UInt64

  /// From 0 up to the limit, which is not among them.
  mutating func roll(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
