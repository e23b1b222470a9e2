import Records

/// The days of a period, each with the weight with which something happens on it: little at weekends,
/// little around the Spring Festival, nothing on the festival itself.
struct WorkCalendar {
  private let first: Day
  /// The sum of the weights up to and including each day.
  private let sums: [Int]

  /// Of each month, from January; the Spring Festival lowers the first two.
  private static let months = [60, 75, 120, 110, 125, 110, 95, 85, 110, 80, 125, 115]

  /// The public holidays of a week, as numbers of their first days since 1970.
  private static let holidays: [Int32] = [
    (2015, 10, 1), (2016, 2, 7), (2018, 2, 15), (2018, 10, 1), (2021, 2, 11), (2021, 10, 1),
    (2022, 1, 31), (2022, 10, 1), (2023, 1, 21), (2023, 10, 1), (2024, 2, 10), (2024, 10, 1),
  ].compactMap { Day(year: $0.0, month: $0.1, day: $0.2)?.number }

  init(_ period: Period) {
    first = period.first
    var sum = 0
    sums = (0..<period.length).map { offset in
      sum += Self.weight(period.first.adding(days: offset))
      return sum
    }
  }

  func day(_ random: inout RandomSource) -> Day {
    guard let total = sums.last, total > 0 else { return first }
    let mark = random.below(total)
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > mark { high = middle } else { low = middle + 1 }
    }
    return first.adding(days: low)
  }

  private static func weight(_ day: Day) -> Int {
    if holidays.contains(where: { $0 <= day.number && day.number < $0 + 7 }) { return 0 }
    let share = months[day.components.month - 1]
    // 1970-01-01 was a Thursday.
    return switch (day.number + 3) % 7 {
    case 5: share / 5
    case 6: share / 12
    default: share
    }
  }
}
