internal import Records

extension RoundingRule {
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
