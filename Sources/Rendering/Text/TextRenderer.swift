import Records
public import ReportModel

/// Writes the summary of a report as plain text.
///
/// Chinese paragraphs stay on one line each, so that they can be pasted into a document; English ones
/// are wrapped. Both begin as their language has it: Chinese ones with two fullwidth spaces.
public struct TextRenderer: Sendable {
  /// The columns of a wrapped line.
  public static let lineWidth = 88

  public init() {}

  /// The summary in UTF-8, without a byte order mark, with a line feed at the end of every line.
  public func render(_ report: Report) -> [UInt8] {
    var lines: [String] = []
    for block in report.summary {
      if !lines.isEmpty { lines.append("") }
      lines += self.lines(of: block, in: report)
    }
    return lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
  }

  private func lines(of block: TextBlock, in report: Report) -> [String] {
    switch block {
    case .title(let text): return [text, String(repeating: "=", count: displayWidth(text))]
    case .heading(let text): return [text]
    case .paragraph(let text): return paragraph(text, report.language)
    case .sentences(let sentences):
      let separator = report.language == .chinese ? "" : " "
      return paragraph(sentences.map(\.text).joined(separator: separator), report.language)
    case .list(let items): return items.flatMap { item($0, report.language) }
    case .findings(let items): return items.flatMap { item($0.text, report.language) }
    case .comment(let comment): return paragraph(comment.signed(report.language), report.language)
    case .table(let table):
      return TextTable(table, numbers: NumberText(rule: report.rounding)).lines
    }
  }

  private func paragraph(_ text: String, _ language: Language) -> [String] {
    switch language {
    case .chinese: return ["\u{3000}\u{3000}" + text]
    case .english: return wrapped(text, columns: TextRenderer.lineWidth)
    }
  }

  private func item(_ text: String, _ language: Language) -> [String] {
    switch language {
    case .chinese: return ["\u{3000}\u{3000}- " + text]
    case .english: return wrapped("- " + text, columns: TextRenderer.lineWidth, indent: "  ")
    }
  }
}
