/// A calendar day of the proleptic Gregorian calendar, without time or time zone.
///
/// Stored as the number of days since 1970-01-01, so that comparing and subtracting days is integer
/// arithmetic. Days from 1900-01-01 to 2999-12-31 can be expressed; hospitals need no others.
public struct Day: Comparable, Hashable, Sendable {
  /// Days since 1970-01-01; negative before it.
  public let number: Int32

  public static let earliest = Day(number: -25_567)
  public static let latest = Day(number: 376_199)

  /// The day that lies `number` days after 1970-01-01.
  @inlinable
  public init(number: Int32) { self.number = number }

  /// The day with this date, or nil where the calendar has none.
  ///
  /// The conversion is the one of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"
  /// (`days_from_civil`): years begin in March, so that the leap day is the last of its year.
  @inlinable
  public init?(year: Int, month: Int, day: Int) {
    guard year >= 1900, year <= 2999, month >= 1, month <= 12, day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.number = Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
  }

  /// The number of days of a month (1 to 12).
  @inlinable
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// Year, month (1 to 12) and day of the month (1 to 31).
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(number) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  @inlinable
  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// The day `days` later; earlier where negative. The result is kept within the expressible days.
  public func adding(days: Int) -> Day {
    let sum = Int(number) + days
    return Day(
      number: Int32(min(max(sum, Int(Day.earliest.number)), Int(Day.latest.number))))
  }

  /// The same day of the month `months` later, or that month's last day where it is shorter.
  public func adding(months: Int) -> Day {
    let (year, month, day) = components
    let index = year * 12 + month - 1 + months
    let target = (year: index / 12, month: index % 12 + 1)
    let clipped = min(day, Day.length(ofMonth: target.month, year: target.year))
    return Day(year: target.year, month: target.month, day: clipped)
      ?? (months < 0 ? .earliest : .latest)
  }

  public var firstOfMonth: Day {
    let (_, _, day) = components
    return adding(days: 1 - day)
  }

  public var lastOfMonth: Day {
    let (year, month, day) = components
    return adding(days: Day.length(ofMonth: month, year: year) - day)
  }
}

extension Day: CustomStringConvertible {
  /// ISO 8601, as `2023-06-05`.
  public var description: String {
    let (year, month, day) = components
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// Reads ISO 8601 (`2023-06-05`); nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}
