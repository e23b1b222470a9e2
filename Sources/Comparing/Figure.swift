public import Records

/// One exact figure: the quotient of two whole numbers, not yet divided and never rounded.
///
/// A count has the denominator 1. Where there is nothing to divide by, the figure is undefined.
public struct Figure: Hashable, Sendable {
  public var numerator: Int64
  public var denominator: Int64

  public init(_ numerator: Int64, over denominator: Int64 = 1) {
    self.numerator = numerator
    self.denominator = denominator
  }

  public static let undefined = Figure(0, over: 0)
  /// A figure that is not for the circle of readers (`Disclosure`); nothing is left of what it was.
  public static let hidden = Figure(0, over: -1)

  public var isDefined: Bool { denominator > 0 }
  public var isHidden: Bool { denominator < 0 }

  /// The nearest double of the figure, nil where it is undefined.
  ///
  /// - Parameter scale: how many parts of one the numerator counts in (`Metric.scale`).
  public func value(scale: Int64) -> Double? {
    guard denominator > 0 else { return nil }
    // Both are exact as doubles below 2^53, so that the quotient is rounded once.
    return Double(numerator) / (Double(denominator) * Double(scale))
  }
}

extension Metric {
  /// How many parts of one the numerator of the metric's figures counts in.
  public var scale: Int64 {
    switch measure {
    case .hours, .meanScore: return 1_000_000
    case .daysToCloseMedian: return 2
    default: return 1
    }
  }

  /// Numerator and denominator say something of their own and are shown.
  public var isQuotient: Bool { kind == .share || kind == .mean }
}
