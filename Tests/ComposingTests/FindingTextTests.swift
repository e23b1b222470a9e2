import Records
import Testing

@testable import Composing

@Suite("Messages of findings")
struct FindingTextTests {
  private static func finding(_ code: FindingCode) -> Finding {
    Finding(
      code, at: SourceLocation(file: "issues.csv", row: 7, column: "staff_id"), value: "张明",
      detail: "2023-01-01; 2023-02-02")
  }

  @Test(
    "Every code has a message, a title and an explanation in both languages",
    arguments: FindingCode.allCases)
  func complete(code: FindingCode) {
    for language in Language.allCases {
      #expect(FindingText.message(for: Self.finding(code), in: language).count > 10)
      #expect(!FindingText.title(of: code)[language].isEmpty)
      #expect(FindingText.explanation(of: code)[language].count > 6)
    }
    let titles = FindingCode.allCases.map { FindingText.title(of: $0).chinese }
    #expect(titles.count { $0 == FindingText.title(of: code).chinese } == 1)
  }

  @Test(
    "What is circulated does not show the cell",
    arguments: FindingCode.allCases.filter {
      ![.unusedColumn, .repeatedColumn, .tooManyValues].contains($0)
    })
  func circulated(code: FindingCode) {
    for language in Language.allCases {
      let text = FindingText.circulatedMessage(for: Self.finding(code), in: language)
      #expect(!text.contains("张明"))
    }
  }

  @Test("A message says what is wrong, what was expected and what to do")
  func wording() {
    let place = SourceLocation(file: "drills.csv", row: 4, column: "日期")
    let finding = Finding(.unreadableValue, at: place, value: "2023-13-40", detail: "2023-06-05")
    #expect(
      FindingText.message(for: finding, in: .chinese)
        == "“日期”列的“2023-13-40”无法识别（应如 2023-06-05）；请更正后重报")
    #expect(
      FindingText.message(for: finding, in: .english)
        == "'2023-13-40' cannot be read (expected: 2023-06-05); correct it and report again")
  }
}
