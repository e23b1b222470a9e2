internal import Records

/// A day as people write it, and why it cannot be read where it cannot. Everything but the ten bytes of
/// ISO 8601, which are read without this.
enum DayText: Equatable {
  case day(Day)
  /// A whole number that Excel shows as this day; who wrote it saw the number, hence a warning.
  case serial(Day)
  case trouble(Trouble)

  /// Why a text is no day; the raw value is what a finding carries.
  enum Trouble: String {
    /// Day and month may be either way round.
    case ambiguousOrder = "ambiguous_order"
    case twoDigitYear = "two_digit_year"
    case noYear = "no_year"
    /// More than one day, as from … to ….
    case span
    /// Well written, but the calendar has no such day.
    case noSuchDay = "no_such_day"
    case unknown = ""
  }

  init(_ text: String) {
    let text = DayText.withoutTime(DayText.folded(text))
    if let day = DayText.serialDay(text) {
      self = .serial(day)
      return
    }
    guard let numbers = DayNumbers(text) else {
      self = .trouble(DayText.isSpan(text) ? .span : .unknown)
      return
    }
    self = numbers.reading
  }

  /// Without width, with single blanks, and without the name of a weekday.
  private static func folded(_ text: String) -> String {
    var words: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      var word = TextFolding.folded(word)
      // Brackets enclose the weekday: 2023-06-05(周一).
      for mark in ["(周", "(星期", "周", "星期"] {
        if let at = word.firstRange(of: mark) { word = String(word[..<at.lowerBound]) }
      }
      guard let first = word.first else { continue }
      // A blank within the date itself separates nothing: 2023 年 6 月 5 日.
      if let last = words.last?.last, "年月-/.".contains(last) || "年月日号-/.".contains(first) {
        words[words.count - 1] += word
      } else {
        words.append(word)
      }
    }
    return words.joined(separator: " ")
  }

  /// Without a time of the day behind the date. What is no time stays: a second date must not get lost.
  private static func withoutTime(_ text: String) -> String {
    var ends = [text.firstIndex(of: " "), text.firstIndex(of: "t")].compactMap { $0 }
    if let mark = text.firstIndex(where: { $0 == "日" || $0 == "号" }) {
      ends.append(text.index(after: mark))
    }
    ends += TimeText.dayParts.compactMap { text.firstRange(of: $0)?.lowerBound }
    guard let end = ends.min(), TimeText.isTime(text[end...]) else { return text }
    return String(text[..<end])
  }

  private static func isSpan(_ text: String) -> Bool {
    ["至", "到", "~", "--", "—", "–"].contains { text.contains($0) }
  }

  /// Excel counts days from 1900, with a 29 February in that year that never was; numbers of the years 2000
  /// to 2099 have five digits from 36526 to 73050, and no other way of writing a day has.
  private static func serialDay(_ text: String) -> Day? {
    let whole = text.prefix { $0 != "." }
    let fraction = text.dropFirst(whole.count + 1)
    guard whole.utf8.count == 5, let number = Int(whole), (36_526...73_050).contains(number),
      fraction.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Day(number: Int32(number - 25_569))
  }
}

/// Times of the day, and spans of them within a day, as they stand behind a date.
private enum TimeText {
  static let dayParts = ["上午", "下午", "中午", "晚上", "早上", "早晨", "夜间", "凌晨", "全天", "晚", "am", "pm"]

  static func isTime(_ text: Substring) -> Bool {
    let words = text.drop { $0 == " " || $0 == "t" }
    return words.split(whereSeparator: { "-~至到—–".contains($0) }).allSatisfy(isMoment)
  }

  /// `14:30`, `下午`, `下午3点半`, `3:30pm`.
  private static func isMoment(_ text: Substring) -> Bool {
    var rest = text.filter { $0 != " " }[...]
    var isMarked = false
    for part in dayParts where rest.hasPrefix(part) || rest.hasSuffix(part) {
      rest = rest.hasPrefix(part) ? rest.dropFirst(part.count) : rest.dropLast(part.count)
      isMarked = true
      break
    }
    if rest.isEmpty { return isMarked }
    let pieces = rest.split(whereSeparator: { ":点时分秒".contains($0) }).filter {
      $0 != "半" && $0 != "整"
    }
    return (isMarked || rest.contains { ":点时".contains($0) }) && (1...3).contains(pieces.count)
      && pieces.allSatisfy {
        (1...2).contains($0.count) && $0.allSatisfy(\.isNumber) || $0.contains(".")
      }
  }
}

/// The numbers of a date in the order in which they are written.
private struct DayNumbers {
  private var numbers: [Int] = []
  private var lengths: [Int] = []
  private var hasUnits = false

  /// nil where anything but digits and the marks of dates stands in the text.
  init?(_ text: String) {
    var digits = ""
    var separators: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if ("0"..."9").contains(scalar), digits.utf8.count < 8 {
        digits.unicodeScalars.append(scalar)
      } else if "-/.年月日号、\\".unicodeScalars.contains(scalar), !digits.isEmpty {
        guard take(&digits) else { return nil }
        separators.append(scalar)
      } else {
        return nil
      }
    }
    // Only the day's own mark may stand at the end.
    if digits.isEmpty {
      guard let last = separators.last, "日号".unicodeScalars.contains(last) else { return nil }
    } else if !take(&digits) {
      return nil
    }
    hasUnits = separators.contains { "年月日号".unicodeScalars.contains($0) }
  }

  private mutating func take(_ digits: inout String) -> Bool {
    guard let number = Int(digits) else { return false }
    numbers.append(number)
    lengths.append(digits.utf8.count)
    digits = ""
    return true
  }

  var reading: DayText {
    switch (lengths.count, lengths.first ?? 0) {
    case (1, 8):
      return day(numbers[0] / 10_000, numbers[0] / 100 % 100, numbers[0] % 100)
    case (1, 6): return .trouble(.twoDigitYear)
    case (2, 1...2): return .trouble(.noYear)
    case (3, 4) where lengths[1] <= 2 && lengths[2] <= 2:
      return day(numbers[0], numbers[1], numbers[2])
    case (3, 1...2) where lengths[1] <= 2 && lengths[2] == 4 && !hasUnits:
      return dayAndMonth(numbers[0], numbers[1], year: numbers[2])
    case (3, 1...2) where lengths[1] <= 2 && lengths[2] <= 2:
      return .trouble(.twoDigitYear)
    default: return .trouble(.unknown)
    }
  }

  private func day(_ year: Int, _ month: Int, _ day: Int) -> DayText {
    Day(year: year, month: month, day: day).map(DayText.day) ?? .trouble(.noSuchDay)
  }

  /// The year stands last: the order is known only where one of the two can be no month, or both are one
  /// number.
  private func dayAndMonth(_ first: Int, _ second: Int, year: Int) -> DayText {
    if first == second || second > 12 { return day(year, first, second) }
    if first > 12 { return day(year, second, first) }
    return .trouble(.ambiguousOrder)
  }
}
