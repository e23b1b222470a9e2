public import Records

/// Turns numbers into text in one way for sentences and text tables alike.
///
/// Thousands are separated by commas, the decimal sign is a point, whatever the locale. Each function
/// rounds once, from the exact value: rationals by integer arithmetic, a `Double` from the shortest
/// decimal that reads back as the same value. That decimal, and not the binary expansion, is what
/// people and Excel take the number for: 1.005 to two places is 1.01 by `.halfUp`, as in a worksheet.
public struct NumberText: Sendable {
  public var rule: RoundingRule

  /// More places than this are cut to it: a `Double` carries no more.
  public static let mostPlaces = 15
  /// Stands for a value that is not defined.
  public static let undefined = "–"

  public init(rule: RoundingRule = .halfUp) { self.rule = rule }

  /// A whole number, as `5,863`.
  public func count(_ value: Int64) -> String {
    Digits.text(value.magnitude, isNegative: value < 0, places: 0, sign: .minusOnly)
  }

  /// The quotient with this many places, as `7.4`; ``undefined`` where the denominator is 0.
  public func ratio(_ numerator: Int64, over denominator: Int64, places: Int) -> String {
    quotient(numerator, denominator, places: places, shift: 0, sign: .minusOnly)
  }

  /// The quotient as a percentage, as `97.0%`; ``undefined`` where the denominator is 0.
  public func share(_ numerator: Int64, of denominator: Int64, places: Int) -> String {
    percent(quotient(numerator, denominator, places: places, shift: 2, sign: .minusOnly))
  }

  /// The change from one count to another as a signed percentage, as `+12.3%`.
  ///
  /// ``undefined`` where `earlier` is 0, or where the difference exceeds 64 bits.
  public func change(from earlier: Int64, to later: Int64, places: Int) -> String {
    let (difference, overflow) = later.subtractingReportingOverflow(earlier)
    guard !overflow else { return NumberText.undefined }
    return percent(quotient(difference, earlier, places: places, shift: 2, sign: .always))
  }

  /// A decimal number with this many places; ``undefined`` where it is not finite.
  public func decimal(_ value: Double, places: Int) -> String {
    rounded(value, places: places, shift: 0, sign: .minusOnly)
  }

  /// A fraction of one as a percentage, as `97.0%`; ``undefined`` where it is not finite.
  public func share(_ fraction: Double, places: Int) -> String {
    percent(rounded(fraction, places: places, shift: 2, sign: .minusOnly))
  }

  /// A signed fraction of one as a percentage, as `+12.3%`; ``undefined`` where it is not finite.
  public func change(_ fraction: Double, places: Int) -> String {
    percent(rounded(fraction, places: places, shift: 2, sign: .always))
  }

  /// A signed difference in percentage points, already times 100, as `-3.2`.
  public func points(_ value: Double, places: Int) -> String {
    rounded(value, places: places, shift: 0, sign: .always)
  }

  /// A signed difference of counts, as `+1,234`; no difference is `0`.
  public func difference(_ value: Int64) -> String {
    Digits.text(value.magnitude, isNegative: value < 0, places: 0, sign: .always)
  }

  /// Rounds an exact quotient and writes it with this many places, as `1,234.50`.
  ///
  /// - Returns: ``undefined`` where the denominator is 0.
  public static func format(
    numerator: Int64, denominator: Int64, places: Int, rule: RoundingRule
  ) -> String {
    NumberText(rule: rule).ratio(numerator, over: denominator, places: places)
  }

  private func quotient(
    _ numerator: Int64, _ denominator: Int64, places: Int, shift: Int, sign: Digits.Sign
  ) -> String {
    let places = min(max(places, 0), NumberText.mostPlaces)
    let digits = Digits(numerator, over: denominator, power: places + shift, rule: rule)
    return digits?.text(places: places, sign: sign) ?? NumberText.undefined
  }

  private func rounded(_ value: Double, places: Int, shift: Int, sign: Digits.Sign) -> String {
    let places = min(max(places, 0), NumberText.mostPlaces)
    if let units = Digits.units(of: value, power: places + shift) {
      return Digits.text(units, isNegative: value < 0, places: places, sign: sign)
    }
    let digits = Digits(value, power: places + shift, rule: rule)
    return digits?.text(places: places, sign: sign) ?? NumberText.undefined
  }

  private func percent(_ text: String) -> String {
    text == NumberText.undefined ? text : text + "%"
  }
}

extension NumberText {
  /// A cell as it stands in a table, by the kind of its column.
  public func text(_ cell: Cell, in kind: Column.Kind) -> String {
    switch cell {
    case .text(let text), .blank(let text): return text
    case .integer(let value): return text(value, in: kind)
    case .number(let value): return text(value, in: kind)
    }
  }

  private func text(_ value: Int64, in kind: Column.Kind) -> String {
    switch kind {
    case .text: return String(value)
    case .count: return count(value)
    case .difference: return difference(value)
    case .decimal(let places): return ratio(value, over: 1, places: places)
    case .share(let places): return share(value, of: 1, places: places)
    case .change, .points: return text(Double(value), in: kind)
    }
  }

  private func text(_ value: Double, in kind: Column.Kind) -> String {
    switch kind {
    case .text, .count: return decimal(value, places: 0)
    case .difference: return points(value, places: 0)
    case .decimal(let places): return decimal(value, places: places)
    case .share(let places): return share(value, places: places)
    case .change(let places): return change(value, places: places)
    case .points(let places): return points(value, places: places)
    }
  }
}
