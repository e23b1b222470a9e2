/// A period as it is written on the command line, and what it is compared with.
struct Span: Hashable {
  let label: String
  let first: CalendarDay
  let last: CalendarDay

  /// Reads `2023H1`, `2023Q2`, `2023-05`, `2023` or `2021-09-01..2021-12-31`.
  init?(_ label: String) {
    if label.contains("..") {
      guard let first = CalendarDay(String(label.prefix(10))),
        let last = CalendarDay(String(label.suffix(10))), first <= last
      else { return nil }
      self.init(label, first, last)
      return
    }
    guard let year = Int(label.prefix(4)) else { return nil }
    let rest = label.dropFirst(4)
    guard let number = rest.isEmpty ? 0 : Int(rest.dropFirst()) else { return nil }
    switch rest.first {
    case nil: self.init(label, year, from: 1, through: 12)
    case "H": self.init(label, year, from: number * 6 - 5, through: number * 6)
    case "Q": self.init(label, year, from: number * 3 - 2, through: number * 3)
    default: self.init(label, year, from: number, through: number)
    }
  }

  private init(_ label: String, _ first: CalendarDay, _ last: CalendarDay) {
    self.label = label
    self.first = first
    self.last = last
  }

  private init(_ label: String, _ year: Int, from month: Int, through lastMonth: Int) {
    self.init(
      label, CalendarDay(year, month, 1), CalendarDay(year, lastMonth, 1).lastOfMonth)
  }

  private init(range first: CalendarDay, _ last: CalendarDay) {
    self.init("\(first.text)..\(last.text)", first, last)
  }

  private var isRange: Bool { label.contains("..") }
  private var isWholeMonths: Bool { first.day == 1 && last.isLastOfMonth }

  /// The span just before: of the same kind, or with as many whole months, or with as many days.
  var previous: Span {
    if isRange && !isWholeMonths {
      let days = last.ordinal - first.ordinal + 1
      return Span(range: first.later(by: -days), first.before)
    }
    let start = monthsEarlier(months.count)
    return isRange ? Span(range: start, first.before) : named(from: start)
  }

  /// The same span a year earlier.
  var sameLastYear: Span {
    guard isRange else { return named(from: first.yearEarlier) }
    let end = last.yearEarlier
    return Span(range: first.yearEarlier, isWholeMonths ? end.lastOfMonth : end)
  }

  /// The first day of the month that lies this many months before the first one.
  private func monthsEarlier(_ count: Int) -> CalendarDay {
    var start = CalendarDay(first.year, first.month, 1)
    for _ in 0..<count { start = CalendarDay(start.before.year, start.before.month, 1) }
    return start
  }

  /// The period of the same kind that begins on a day.
  private func named(from start: CalendarDay) -> Span {
    switch months.count {
    case 12: return Span("\(start.year)", start.year, from: 1, through: 12)
    case 6:
      let half = start.month == 1 ? 1 : 2
      return Span("\(start.year)H\(half)", start.year, from: start.month, through: start.month + 5)
    case 3:
      let quarter = (start.month + 2) / 3
      return Span(
        "\(start.year)Q\(quarter)", start.year, from: start.month, through: start.month + 2)
    default: return Span(start.monthText, start.year, from: start.month, through: start.month)
    }
  }

  /// The months of the period; the first and the last may be parts of months.
  var months: [Span] {
    var result: [Span] = []
    var start = first
    while start <= last {
      let end = min(start.lastOfMonth, last)
      result.append(Span(start.monthText, start, end))
      start = end.next
    }
    return result
  }
}
