/// What a number counts, and so which units may stand behind it.
enum AmountUnit {
  case hours, points, people, none

  /// The factor to this unit as a fraction; nil where the word is no unit of it. 分 is a point of a score
  /// and a minute of a duration, which only the column tells.
  fileprivate func factor(_ word: String) -> (multiplier: Int64, divisor: Int64)? {
    if word.isEmpty { return (1, 1) }
    switch self {
    case .hours:
      if ["小时", "学时", "课时", "个小时", "个学时", "钟头", "h", "hr", "hrs", "hour", "hours"].contains(word) {
        return (1, 1)
      }
      return ["分钟", "min", "mins", "minute", "minutes"].contains(word) ? (1, 60) : nil
    case .points: return ["分", "points"].contains(word) ? (1, 1) : nil
    case .people:
      return ["人", "人次", "名", "位", "people", "persons"].contains(word) ? (1, 1) : nil
    case .none: return nil
    }
  }
}

/// A number as people write it: with its unit, with separators of thousands, in full width.
struct AmountText {
  /// As a decoded cell, see `Decoded`.
  let value: Int64

  init(_ text: String, _ unit: AmountUnit) {
    var rest = TextFolding.folded(text).replacing("−", with: "-")[...]
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    guard let value = AmountText.sum(rest, unit) else {
      self.value = Decoded.unreadable
      return
    }
    self.value = isNegative && value > 0 ? Decoded.negative : value
  }

  /// A number with a unit, or hours and minutes.
  private static func sum(_ text: Substring, _ unit: AmountUnit) -> Int64? {
    let number = text.prefix { ("0"..."9").contains($0) || ".,".contains($0) }
    let rest = text.dropFirst(number.count)
    if let value = value(number, String(rest), unit) { return value }
    guard unit == .hours, let hour = rest.firstRange(of: "小时"), hour.lowerBound == rest.startIndex
    else { return nil }
    let behind = rest[hour.upperBound...]
    let minutes = behind.prefix { ("0"..."9").contains($0) }
    let word =
      behind.dropFirst(minutes.count) == "分" ? "分钟" : String(behind.dropFirst(minutes.count))
    guard let whole = value(number, "小时", unit), word == "分钟",
      let part = value(minutes, word, unit), part < Decoded.amountScale
    else { return nil }
    return within(whole + part)
  }

  private static func value(_ number: Substring, _ word: String, _ unit: AmountUnit) -> Int64? {
    guard let factor = unit.factor(word), let plain = ungrouped(number),
      let value = millionths(plain)
    else { return nil }
    // Both stay far below the limit of 64 bits. What is half goes to the even neighbour, as everywhere.
    let (quotient, rest) = (value * factor.multiplier).quotientAndRemainder(
      dividingBy: factor.divisor)
    let roundsUp = 2 * rest > factor.divisor || 2 * rest == factor.divisor && quotient % 2 == 1
    return within(quotient + (roundsUp ? 1 : 0))
  }

  private static func within(_ value: Int64) -> Int64? {
    value <= Decoded.largestAmount * Decoded.amountScale ? value : nil
  }

  /// Without the separators of thousands, which must stand where they belong: a comma elsewhere may be
  /// meant for the decimal point.
  private static func ungrouped(_ number: Substring) -> Substring? {
    guard number.contains(",") else { return number }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.count == 1 || !parts[1].contains(","),
      (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return (groups.joined() + (parts.count == 2 ? "." + parts[1] : ""))[...]
  }

  private static func millionths(_ text: Substring) -> Int64? {
    var digits = DecimalDigits()
    for byte in text.utf8 {
      if byte == 0x2E {
        guard digits.beginFraction() else { return nil }
      } else {
        guard digits.append(Int64(byte &- 48)) else { return nil }
      }
    }
    return digits.millionths
  }
}
