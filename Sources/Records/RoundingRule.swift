/// How the last shown digit is found where a value lies exactly between two; reports state the rule.
public enum RoundingRule: String, Sendable, CaseIterable {
  /// Away from zero, as Excel shows numbers: 2.5 → 3, -2.5 → -3.
  case halfUp = "half_up"
  /// To the even neighbour, as GB/T 8170 has it: 2.5 → 2, 3.5 → 4.
  case halfEven = "half_even"
}
