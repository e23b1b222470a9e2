/// A span of whole days with a name; both ends belong to it.
public struct Period: Hashable, Sendable {
  public let first: Day
  public let last: Day
  public let kind: Kind

  /// How the period is named, which decides what it is compared with.
  public enum Kind: Hashable, Sendable {
    case year, half, quarter, month
    /// Any other span, written with its two days.
    case range
  }

  init(first: Day, last: Day, kind: Kind) {
    self.first = first
    self.last = last
    self.kind = kind
  }

  /// A span of days; nil where it would end before it begins.
  public init?(from first: Day, through last: Day) {
    guard first <= last else { return nil }
    self.init(first: first, last: last, kind: .range)
  }

  /// The month that holds a day.
  public init(monthOf day: Day) {
    self.init(first: day.firstOfMonth, last: day.lastOfMonth, kind: .month)
  }

  /// The half-year that holds a day.
  public init(halfOf day: Day) {
    let (_, month, _) = day.components
    let first = day.firstOfMonth.adding(months: month <= 6 ? 1 - month : 7 - month)
    self.init(first: first, last: first.adding(months: 5).lastOfMonth, kind: .half)
  }

  /// Reads `2023H1`, `2023Q2`, `2023-05`, `2023` or `2021-09-01..2021-12-31`; nil for anything else.
  public init?(_ text: String) {
    if let dots = text.firstRange(of: "..") {
      guard let first = Day(text[..<dots.lowerBound]), let last = Day(text[dots.upperBound...])
      else { return nil }
      self.init(from: first, through: last)
      return
    }
    let bytes = Array(text.utf8)
    guard bytes.count >= 4, bytes.prefix(4).allSatisfy({ (48...57).contains($0) }),
      let year = Int(text.prefix(4))
    else { return nil }
    switch bytes.count {
    case 4: self.init(year: year, firstMonth: 1, months: 12, kind: .year)
    case 6 where bytes[4] == UInt8(ascii: "H") && (49...50).contains(bytes[5]):
      self.init(year: year, firstMonth: Int(bytes[5] - 49) * 6 + 1, months: 6, kind: .half)
    case 6 where bytes[4] == UInt8(ascii: "Q") && (49...52).contains(bytes[5]):
      self.init(year: year, firstMonth: Int(bytes[5] - 49) * 3 + 1, months: 3, kind: .quarter)
    case 7:
      guard let first = Day("\(text)-01") else { return nil }
      self.init(monthOf: first)
    default: return nil
    }
  }

  private init?(year: Int, firstMonth: Int, months: Int, kind: Kind) {
    guard let first = Day(year: year, month: firstMonth, day: 1) else { return nil }
    self.init(first: first, last: first.adding(months: months - 1).lastOfMonth, kind: kind)
  }

  public func contains(_ day: Day) -> Bool { first <= day && day <= last }

  /// Days from the first to the last, both counted.
  public var length: Int { Int(last.number - first.number) + 1 }

  private var isWholeMonths: Bool { first == first.firstOfMonth && last == last.lastOfMonth }

  /// The number of calendar months that the period touches.
  private var monthSpan: Int {
    let (start, end) = (first.components, last.components)
    return (end.year - start.year) * 12 + end.month - start.month + 1
  }

  /// What the period is compared with as 环比: the period of the same kind just before it. A span of
  /// whole months is preceded by as many whole months, any other span by as many days.
  public var previous: Period {
    if isWholeMonths {
      let start = first.adding(months: -monthSpan)
      return Period(first: start, last: first.adding(days: -1), kind: kind)
    }
    return Period(first: first.adding(days: -length), last: first.adding(days: -1), kind: kind)
  }

  /// What the period is compared with as 同比: the same span one year earlier.
  public var sameLastYear: Period {
    let end = isWholeMonths ? last.adding(months: -12).lastOfMonth : last.adding(months: -12)
    return Period(first: first.adding(months: -12), last: end, kind: kind)
  }

  /// The months of the period in order; the first and the last may be parts of months.
  public var months: [Period] {
    (0..<monthSpan).map { offset in
      let start = offset == 0 ? first : first.firstOfMonth.adding(months: offset)
      return Period(first: start, last: min(start.lastOfMonth, last), kind: .month)
    }
  }
}

extension Period: CustomStringConvertible {
  /// As it is written on the command line and in the outputs.
  public var description: String {
    let (year, month, _) = first.components
    switch kind {
    case .year: return "\(year)"
    case .half: return "\(year)H\(month <= 6 ? 1 : 2)"
    case .quarter: return "\(year)Q\((month - 1) / 3 + 1)"
    case .month: return "\(year)-\(month < 10 ? "0" : "")\(month)"
    case .range: return "\(first)..\(last)"
    }
  }
}
