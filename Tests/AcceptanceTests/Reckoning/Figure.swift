/// An exact number, as a fraction that need not be in lowest terms.
struct Exact: Equatable {
  let numerator: Int
  let denominator: Int

  static func whole(_ number: Int) -> Exact { Exact(numerator: number, denominator: 1) }
  static func millionths(_ number: Int) -> Exact {
    Exact(numerator: number, denominator: 1_000_000)
  }

  /// The nearest double: the one rounding of a quotient of two integers below 2^53.
  var double: Double { Double(numerator) / Double(denominator) }
}

/// What identifies a row of `statistics.csv`.
struct FigureKey: Hashable, Comparable, CustomStringConvertible {
  let metric: String
  let period: String
  let month: String
  let scope: String
  let member: String

  static func < (left: FigureKey, right: FigureKey) -> Bool {
    (left.metric, left.period, left.month, left.scope, left.member)
      < (right.metric, right.period, right.month, right.scope, right.member)
  }

  var description: String { "\(metric) \(period) \(month) \(scope) ‹\(member)›" }
}

/// What a row of `statistics.csv` must say; nil stands for an empty cell.
struct Figure: Equatable {
  let unit: String
  let value: Exact?
  var numerator: Exact?
  var denominator: Exact?

  static func count(_ unit: String, _ number: Int) -> Figure {
    Figure(unit: unit, value: .whole(number))
  }

  /// A quotient with its parts; undefined where it would be divided by zero.
  static func quotient(_ unit: String, _ numerator: Exact, by denominator: Int) -> Figure {
    let value = Exact(
      numerator: numerator.numerator, denominator: numerator.denominator * denominator)
    return Figure(
      unit: unit, value: denominator == 0 ? nil : value, numerator: numerator,
      denominator: .whole(denominator))
  }

  static func ratio(_ part: Int, of whole: Int) -> Figure {
    quotient("ratio", .whole(part), by: whole)
  }
}
