/// A date, as three numbers.
struct CalendarDay: Hashable, Comparable {
  let year: Int
  let month: Int
  let day: Int

  static func length(ofMonth month: Int, in year: Int) -> Int {
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  init(_ year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2023-06-05`; nil for all else, and for days that the calendar does not have.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      let year = CalendarDay.digits(parts[0]), let month = CalendarDay.digits(parts[1]),
      let day = CalendarDay.digits(parts[2]), (1...12).contains(month),
      (1...CalendarDay.length(ofMonth: month, in: year)).contains(day)
    else { return nil }
    self.init(year, month, day)
  }

  private static func digits(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }

  static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  var text: String { "\(year)-\(padded(month))-\(padded(day))" }
  var monthText: String { "\(year)-\(padded(month))" }

  private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  var isLastOfMonth: Bool { day == CalendarDay.length(ofMonth: month, in: year) }

  var lastOfMonth: CalendarDay {
    CalendarDay(year, month, CalendarDay.length(ofMonth: month, in: year))
  }

  var next: CalendarDay {
    if !isLastOfMonth { return CalendarDay(year, month, day + 1) }
    return month == 12 ? CalendarDay(year + 1, 1, 1) : CalendarDay(year, month + 1, 1)
  }

  var before: CalendarDay {
    if day > 1 { return CalendarDay(year, month, day - 1) }
    return month == 1
      ? CalendarDay(year - 1, 12, 31) : CalendarDay(year, month - 1, 1).lastOfMonth
  }

  func later(by days: Int) -> CalendarDay {
    var result = self
    for _ in 0..<abs(days) { result = days > 0 ? result.next : result.before }
    return result
  }

  /// The number of the day in a count that begins with 1 January of the year 1.
  var ordinal: Int {
    let past = year - 1
    let years = past * 365 + past / 4 - past / 100 + past / 400
    let months = (1..<month).reduce(0) { $0 + CalendarDay.length(ofMonth: $1, in: year) }
    return years + months + day
  }

  /// The same date in the year before; the leap day becomes the last of February.
  var yearEarlier: CalendarDay {
    CalendarDay(year - 1, month, min(day, CalendarDay.length(ofMonth: month, in: year - 1)))
  }
}
