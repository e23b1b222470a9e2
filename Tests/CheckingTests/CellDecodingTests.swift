import Reading
import Records
import Testing

@testable import Checking

@Suite("Reading cells")
struct CellDecodingTests {
  private func decode(_ text: String, _ body: (CellBytes) -> Int64) -> Int64 {
    var text = text
    return text.withUTF8(body)
  }

  @Test(
    "Days",
    arguments: [
      ("2023-06-05", "2023-06-05"), (" 2023-06-05 ", "2023-06-05"), ("2023/6/5", "2023-06-05"),
      ("2023.6.5", "2023-06-05"), ("2023年6月5日", "2023-06-05"), ("20230605", "2023-06-05"),
      ("2024-02-29", "2024-02-29"), ("\u{3000}2023-06-05\u{A0}", "2023-06-05"),
      ("1969-12-31", "1969-12-31"), ("２０２３－０６－０５", "2023-06-05"), ("2023年06月05号", "2023-06-05"),
      ("2023、6、5", "2023-06-05"), ("2023 年 6 月 5 日", "2023-06-05"),
      ("2023-06-05 14:30", "2023-06-05"),
      ("2023-06-05T14:30:00.000", "2023-06-05"), ("2023/6/5 9:05", "2023-06-05"),
      ("2023年6月5日下午3点半", "2023-06-05"), ("2023-06-05 下午", "2023-06-05"),
      ("2023-06-05（周一）", "2023-06-05"), ("2023-06-05 星期一 14:30", "2023-06-05"),
      ("2023年6月5日14:30-16:00", "2023-06-05"), ("2023-06-05 2:30PM", "2023-06-05"),
      ("15/06/2023", "2023-06-15"), ("6-15-2023", "2023-06-15"), ("5/5/2023", "2023-05-05"),
    ])
  func days(text: String, expected: String) {
    #expect(decode(text, decodeDay) == Day(expected).map { Int64($0.number) })
  }

  @Test(
    "What is no day, or could be two",
    arguments: [
      "2023-02-29", "2023-13-01", "2023-00-10", "5/6/2023", "06-05", "2023-06", "三月中旬", "2023-6-",
      "99999999", "2023-06-05x", "2023--06", "230605", "23.6.5", "2023-06-05 至 2023-06-07",
      "2023-06-05 14:30至06-06 16:00", "2023年6月5日-7日", "2023-06-05 第3场", "2023年6月", "123456789",
      "2023-06-051430", "١٢/٠٦/٢٠٢٣",
    ])
  func noDays(text: String) { #expect(decode(text, decodeDay) == Decoded.unreadable) }

  @Test("Every day of three centuries is read as the calendar has it")
  func everyDay() throws {
    var day = Day(number: -25_567)
    while day.components.year < 2200 {
      #expect(decode("\(day)", decodeDay) == Int64(day.number))
      day = day.adding(days: 1)
    }
  }

  @Test("A column's days are those of its cells, whatever their form and time")
  func columnOfDays() {
    let cells =
      [
        "2023-06-05", "", "1969-12-31", "1950-01-01", "1949-12-31", "2077-12-31", "2078-01-01",
        "2024-02-29", "2023-02-29", "2023-00-10", "2023-13-01", "2023-06-00", "2023-06-31",
        "2023/6/5", " 2023-06-05", "  ", "45082", "2023-06-05 14:30", "9999-12-31", "0000-01-01",
        "2023x06-05", "2023-06-0:", "三月中旬",
      ] + (0..<40).map { $0 % 3 == 0 ? "" : "2022-0\($0 % 9 + 1)-1\($0 % 10)" }
    var latest: Int64 = 0
    let days = TextColumn(cells).decoded { latest = decodePaddedDays($0, rows: $1, into: $2) }
    #expect(days == cells.map { decode($0, decodeDay) })
    // One of them is written as Excel's number.
    #expect(latest >= Decoded.serialMark)
    #expect(days.filter { $0 == Decoded.absent }.count == 16)
  }

  @Test("Whether a cell holds something is told without trimming it")
  func presence() {
    let cells = ["", "x", " ", "  x ", "\u{3000}", "\u{3000}甲", "\u{A0}", "甲", "、", "Â", "\t", ""]
    let found = TextColumn(cells).decoded { cells, rows, out in
      for row in 0..<rows { out[row] = decodePaddedPresence(cells[row]) }
    }
    let absent = Decoded.absent
    #expect(found == [absent, 1, absent, 1, absent, 1, absent, 1, 1, 1, absent, absent])
  }

  @Test("A byte that is no digit makes no day, wherever it stands")
  func strayBytes() {
    for place in 0..<10 where place != 4 && place != 7 {
      for byte in [0x2F, 0x3A, 0x61, 0x2D, 0x30 + 0x80] as [UInt8] {
        var text = Array("2023-06-05".utf8)
        text[place] = byte
        let value = text.withUnsafeBufferPointer(decodeDay)
        #expect(value == Decoded.unreadable, "\(text)")
      }
    }
  }

  @Test("Why a day cannot be read")
  func troubles() {
    let troubles: [(String, DayText.Trouble)] = [
      ("05/06/2023", .ambiguousOrder), ("5.6.2023", .ambiguousOrder), ("23-6-5", .twoDigitYear),
      ("230605", .twoDigitYear), ("23年6月5日", .twoDigitYear), ("6月5日", .noYear), ("6/5", .noYear),
      ("2023-02-30", .noSuchDay), ("20231301", .noSuchDay), ("2023-06-05至2023-06-07", .span),
      ("三月中旬", .unknown), ("", .unknown), ("45082年", .unknown),
    ]
    for (text, trouble) in troubles { #expect(DayText(text) == .trouble(trouble), "\(text)") }
  }

  @Test("Excel's numbers of days are read, and marked")
  func serials() {
    #expect(DayText("45082") == .serial(Day(year: 2023, month: 6, day: 5)!))
    #expect(DayText("45082.604") == .serial(Day(year: 2023, month: 6, day: 5)!))
    #expect(decode("36526", decodeDay) == 10_957 + Decoded.serialMark)
    #expect(DayText("12345") == .trouble(.unknown))
    #expect(DayText("99999") == .trouble(.unknown))
  }

  @Test("Numbers with units, separators and full width")
  func units() {
    let hours: [(String, Int64)] = [
      ("3小时", 3_000_000), ("2学时", 2_000_000), ("1.5h", 1_500_000), ("１．５ 小时", 1_500_000),
      ("90分钟", 1_500_000), ("40 min", 666_667), ("1小时30分", 1_500_000), ("2小时15分钟", 2_250_000),
      ("95分", Decoded.unreadable), ("3人", Decoded.unreadable), ("1小时90分", Decoded.unreadable),
      ("约3小时", Decoded.unreadable), ("-1小时", Decoded.negative), ("－1", Decoded.negative),
    ]
    for (text, value) in hours {
      #expect(decode(text) { decodeAmount($0, .hours) } == value, "\(text)")
    }
    #expect(decode("95分") { decodeAmount($0, .points) } == 95_000_000)
    #expect(decode("12人次", decodeCount) == 12)
    #expect(decode("1,200 人", decodeCount) == 1200)
    #expect(decode("１２", decodeCount) == 12)
    #expect(decode("1，000.5", decodeAmount) == 1_000_500_000)
    for text in ["1,5", "12,34", "1,0000", ",100", "1,000,00", "3小时", "999999999999999999999"] {
      #expect(decode(text, decodeAmount) == Decoded.unreadable, "\(text)")
    }
  }

  @Test(
    "Amounts in millionths",
    arguments: [
      ("1", 1_000_000), ("1.5", 1_500_000), ("0.000001", 1), (".5", 500_000), ("+2", 2_000_000),
      ("1000000", 1_000_000_000_000), ("0.0000005", 0), ("0.0000015", 2), ("0.00000051", 1),
      ("-0", 0), ("2.", 2_000_000), (" 3 ", 3_000_000),
      ("0.30000000000000004", 300_000),
    ])
  func amounts(text: String, expected: Int64) { #expect(decode(text, decodeAmount) == expected) }

  @Test(
    "What is no amount", arguments: ["1e3", "NaN", "1,00", "1000001", "1.2.3", "-", ".", "两小时"])
  func noAmounts(text: String) { #expect(decode(text, decodeAmount) == Decoded.unreadable) }

  @Test("Negative numbers are told from unreadable ones", arguments: ["-1", "-0.5"])
  func negative(text: String) { #expect(decode(text, decodeAmount) == Decoded.negative) }

  @Test(
    "Counts are whole", arguments: [("12", Int64(12)), ("12.0", 12), ("1.5", Decoded.unreadable)])
  func counts(text: String, expected: Int64) { #expect(decode(text, decodeCount) == expected) }

  @Test("Yes, no and nothing")
  func flags() {
    for text in ["1", "true", "TRUE", "yes", "y", "Y", "是", "√"] {
      #expect(decode(text, decodeFlag) == 1)
    }
    for text in ["0", "false", "no", "N", "否", "×"] { #expect(decode(text, decodeFlag) == 0) }
    #expect(decode("  ", decodeFlag) == Decoded.absent)
    #expect(decode("maybe", decodeFlag) == Decoded.unreadable)
  }
}
