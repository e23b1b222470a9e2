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
      ("1969-12-31", "1969-12-31"),
    ])
  func days(text: String, expected: String) {
    #expect(decode(text, decodeDay) == Day(expected).map { Int64($0.number) })
  }

  @Test(
    "What is no day, or could be two",
    arguments: [
      "2023-02-29", "2023-13-01", "2023-00-10", "5/6/2023", "06-05", "2023-06", "三月中旬", "2023-6-",
      "99999999", "2023-06-05x", "2023--06", "230605",
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

  @Test("A byte that is no digit makes no day, wherever it stands")
  func strayBytes() {
    for place in 0..<10 where place != 4 && place != 7 {
      for byte in [0x2F, 0x3A, 0x20, 0x61, 0x2D, 0x30 + 0x80] as [UInt8] {
        var text = Array("2023-06-05".utf8)
        text[place] = byte
        let value = text.withUnsafeBufferPointer(decodeDay)
        #expect(value == Decoded.unreadable, "\(text)")
      }
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
    "What is no amount", arguments: ["1e3", "NaN", "1,000", "1000001", "1.2.3", "-", ".", "两小时"])
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
