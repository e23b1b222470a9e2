/// What becomes of a value that lies exactly between two roundings.
public enum RoundingRule: String, Sendable, CaseIterable {
  /// Away from zero, as Excel shows numbers: 2.5 → 3, -2.5 → -3.
  case halfUp = "half-up"
  /// To the even neighbour, as GB/T 8170 has it: 2.5 → 2, 3.5 → 4.
  case halfEven = "half-even"

  /// Whether a magnitude is rounded up, given how its remainder compares with one half.
  func roundsUp(_ remainder: Remainder, lastDigitIsOdd: Bool) -> Bool {
    switch remainder {
    case .belowHalf: return false
    case .aboveHalf: return true
    case .half: return self == .halfUp || lastDigitIsOdd
    }
  }

  enum Remainder { case belowHalf, half, aboveHalf }
}
