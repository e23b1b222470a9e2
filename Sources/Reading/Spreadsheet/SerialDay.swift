internal import Records

/// Days and times as workbooks store them: a number of days, with the time as its fraction.
enum SerialDay {
  /// The day that a system counts from.
  enum System: Sendable {
    /// Day 1 is 1900-01-01, and day 60 the 29 February 1900 that there never was.
    case from1900
    /// Day 0 is 1904-01-01.
    case from1904
  }

  /// What a number format shows of a number.
  enum Kind: Sendable {
    case number, day, elapsed
  }

  /// Writes a day as `2023-06-05`, with a time as `2023-06-05 14:30` (with seconds where there are any),
  /// a time alone as `14:30`, a span as hours and minutes. Times are rounded to whole seconds.
  ///
  /// - Returns: the number of bytes written; nil where the number is no day from 1900 to 9999.
  static func write(
    _ serial: Double, _ system: System, _ kind: Kind, into out: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    let seconds = Int((serial * 86_400).rounded())
    if kind == .elapsed { return writeClock(seconds, into: out) }
    let (day, time) = seconds.quotientAndRemainder(dividingBy: 86_400)
    var length = 0
    if day > 0 || system == .from1904 && time == 0 {
      guard let written = writeDay(day, system, into: out) else { return nil }
      length = written
      guard time > 0 else { return length }
      out[length] = 0x20
      length += 1
    }
    return length + writeClock(time, into: out + length)
  }

  private static func writeDay(
    _ number: Int, _ system: System, into out: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    switch system {
    case .from1900 where number == 60: return writeDay(1900, 2, 29, into: out)
    case .from1900:
      // 1899-12-31 is 25,568 days before 1970-01-01, and the day that never was shifts what follows.
      return writeDay(Day(number: Int32(number - (number < 60 ? 25_568 : 25_569))), into: out)
    case .from1904: return writeDay(Day(number: Int32(number - 24_107)), into: out)
    }
  }

  private static func writeDay(_ day: Day, into out: UnsafeMutablePointer<UInt8>) -> Int? {
    let (year, month, day) = day.components
    return year <= 9999 ? writeDay(year, month, day, into: out) : nil
  }

  private static func writeDay(
    _ year: Int, _ month: Int, _ day: Int, into out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    writeDigits(year, 4, into: out)
    out[4] = UInt8(ascii: "-")
    writeDigits(month, 2, into: out + 5)
    out[7] = UInt8(ascii: "-")
    writeDigits(day, 2, into: out + 8)
    return 10
  }

  private static func writeClock(_ seconds: Int, into out: UnsafeMutablePointer<UInt8>) -> Int {
    let hours = seconds / 3600
    var length = 0
    if hours < 100 {
      writeDigits(hours, 2, into: out)
      length = 2
    } else {
      length = CellNumber.write(Int64(hours), into: out)
    }
    out[length] = UInt8(ascii: ":")
    writeDigits(seconds / 60 % 60, 2, into: out + length + 1)
    length += 3
    guard seconds % 60 > 0 else { return length }
    out[length] = UInt8(ascii: ":")
    writeDigits(seconds % 60, 2, into: out + length + 1)
    return length + 3
  }

  private static func writeDigits(
    _ value: Int, _ count: Int, into out: UnsafeMutablePointer<UInt8>
  ) {
    var rest = value
    for at in (0..<count).reversed() {
      out[at] = UInt8(48 + rest % 10)
      rest /= 10
    }
  }
}

/// Number formats of workbooks (ECMA-376 part 1, 18.8.30): which of them show a day or a time.
enum NumberFormat {
  /// The formats that have a number and no code; those for East Asia are as in a Chinese Excel.
  static func builtIn(_ id: Int) -> SerialDay.Kind {
    switch id {
    case 46: return .elapsed
    case 14...22, 27...36, 45, 47, 50...58: return .day
    default: return .number
    }
  }

  /// Looks at the first section of a format's code: colours, conditions and texts aside, a letter of a
  /// day or a time makes it one.
  static func kind(_ code: String) -> SerialDay.Kind {
    let section = bare(code)
    if section.hasPrefix("general") { return .number }
    if section.contains("[h") || section.contains("[m") || section.contains("[s") {
      return .elapsed
    }
    let letters = section.replacing("e+", with: "").replacing("e-", with: "")
    // A weekday is `aaa` in Chinese, and the year of an era `e`.
    if letters.contains(where: { "ymdhs".contains($0) }) || letters.contains("aaa") { return .day }
    return letters.contains("e") ? .day : .number
  }

  /// The first section in lower case without quoted texts, escaped characters and brackets other than
  /// those of elapsed time.
  private static func bare(_ code: String) -> String {
    var result = ""
    var rest = code.lowercased()[...]
    while let next = rest.popFirst() {
      switch next {
      case ";": return result
      case "\"":
        while let skipped = rest.popFirst(), skipped != "\"" {}
      case "\\", "_", "*": _ = rest.popFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inside.count + 1)
        if let first = inside.first, "hms".contains(first), inside.allSatisfy({ $0 == first }) {
          result += "[\(first)"
        }
      default: result.append(next)
      }
    }
    return result
  }
}
