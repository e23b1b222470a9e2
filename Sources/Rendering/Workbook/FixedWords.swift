import Records
import ReportModel

/// The words that a workbook adds to those of its report.
struct FixedWords {
  let contents: String
  let backToContents: String
  let dataState: String
  let highlights: String
  let decisions: String
  let notes: String
  let noRows: String
  /// Before the sums of the rows that a filter leaves in sight.
  let filtered: String
  /// The page's number and the number of pages, in the codes of headers and footers.
  let page: String
  let unitMarks: (open: String, close: String)
  private let continued: Bilingual
  private let continues: Bilingual
  private let language: Language

  init(_ language: Language) {
    func word(_ chinese: String, _ english: String) -> String {
      language == .chinese ? chinese : english
    }
    self.language = language
    contents = word("目录", "Contents")
    backToContents = word("← 返回目录", "← Back to contents")
    dataState = word("数据情况", "State of the data")
    highlights = word("主要情况", "Main findings")
    decisions = word("需要研究决定的事项", "What needs a decision")
    notes = word("注", "Notes")
    filtered = word("筛选合计", "Filtered total")
    noRows = word("本表无数据", "This table has no rows")
    page = word("第 &P 页，共 &N 页", "Page &P of &N")
    unitMarks = language == .chinese ? ("（", "）") : (" (", ")")
    continued = Bilingual(zh: "（续 ", en: " (continued, part ")
    continues = Bilingual(zh: "下接工作表：", en: "Continued on sheet: ")
  }

  /// The title of the further parts of a table that needs several sheets.
  func title(_ title: String, part: Int) -> String {
    title + continued[language] + String(part) + (language == .chinese ? "）" : ")")
  }

  /// A sign and what it means, as `“–”：…`.
  func explained(_ sign: Sign) -> String {
    language == .chinese ? "“\(sign.text)”：\(sign.meaning)。" : "“\(sign.text)”: \(sign.meaning)."
  }

  /// Under a table that goes on elsewhere.
  func continues(on sheet: String) -> String { continues[language] + sheet }

  /// The mark of a note at a heading and before the note: ① to ⑳ in Chinese, superscripts in English.
  func mark(_ note: Int) -> String {
    switch language {
    case .chinese:
      guard (1...20).contains(note), let sign = Unicode.Scalar(0x2460 + UInt32(note) - 1) else {
        return "[\(note)]"
      }
      return String(Character(sign))
    case .english:
      let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
      return String(String(note).compactMap { $0.wholeNumberValue.map { superscripts[$0] } })
    }
  }
}
