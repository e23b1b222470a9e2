extension Period {
  /// The whole months just before the period's first, in order.
  public func months(before count: Int) -> [Period] {
    let start = first.firstOfMonth
    return (0..<max(0, count)).map { Period(monthOf: start.adding(months: $0 - count)) }
  }

  /// An earlier period as far as this one has come on a day: to the same day of its own.
  ///
  /// A period of whole months is cut at the same day of the month, as many months earlier as the period
  /// lies; the last day of a month answers to the last day of the other. Any other is cut after as many days.
  ///
  /// - Parameters:
  ///   - earlier: ``previous`` or ``sameLastYear`` of this period.
  ///   - day: a day of this period.
  /// - Returns: nil where the day does not cut the period.
  public func sameDay(in earlier: Period, as day: Day) -> Period? {
    guard contains(day), day < last else { return nil }
    let (mine, other) = (first.components, earlier.first.components)
    let months = (other.year - mine.year) * 12 + other.month - mine.month
    let isByMonths = mine.day == other.day
    var end =
      isByMonths
      ? day.adding(months: months)
      : earlier.first.adding(days: Int(day.number - first.number))
    if isByMonths, day == day.lastOfMonth { end = end.lastOfMonth }
    return Period(from: earlier.first, through: min(end, earlier.last))
  }
}
