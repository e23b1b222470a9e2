/// A decimal number exactly as settings write it: a whole number over a power of ten.
public struct ExactNumber: Hashable, Sendable {
  public let numerator: Int64
  /// A power of ten, from 1 to 10⁸.
  public let denominator: Int64

  public init(_ numerator: Int64, over denominator: Int64 = 1) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Reads `0.95`, `12` or `95%`; nil for anything else, for negative numbers and for what has more than
  /// six places or more than nine digits.
  public init?(_ text: String) {
    let isPercent = text.hasSuffix("%")
    let body = isPercent ? text.dropLast() : text[...]
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, body.utf8.count <= 10,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    let places = parts.count == 2 ? parts[1].utf8.count : 0
    guard places <= 6, let digits = Int64(parts.joined()) else { return nil }
    var power: Int64 = isPercent ? 100 : 1
    for _ in 0..<places { power *= 10 }
    self.init(digits, over: power)
  }
}

extension ExactNumber {
  /// The nearest double.
  public var value: Double { Double(numerator) / Double(denominator) }
}

extension ExactNumber: Comparable {
  public static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    Int128(left.numerator) * Int128(right.denominator)
      < Int128(right.numerator) * Int128(left.denominator)
  }
}
