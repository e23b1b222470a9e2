import Records
public import ReportModel

/// Writes the summary of a report as plain text.
///
/// Chinese paragraphs stay on one line each, so that they can be pasted into a document; English ones
/// are wrapped. Both begin as their language has it: Chinese ones with two fullwidth spaces.
public struct TextRenderer: Sendable {
  /// The columns of a wrapped line.
  public static let lineWidth = 88

  private let places: CellPlaces?

  /// - Parameter places: Where the workbook has the report's tables; each sentence then names the cells
  ///   that its figures stand in.
  public init(citing places: CellPlaces? = nil) { self.places = places }

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
      let texts = sentences.map { cited($0, report.language) }
      return paragraph(texts.joined(separator: separator), report.language)
    case .list(let items): return items.flatMap { item($0, report.language) }
    case .findings(let items):
      return items.flatMap { item(cited($0, report.language), report.language) }
    case .comment(let comment): return paragraph(comment.signed(report.language), report.language)
    case .table(let table):
      return TextTable(table, numbers: NumberText(rule: report.rounding)).lines
    }
  }

  /// A sentence with the cells that its figures stand in, as `〔主要指标!D7、H7〕`, and the names of those
  /// that stand in `statistics.csv` alone.
  private func cited(_ sentence: Sentence, _ language: Language) -> String {
    guard let places else { return sentence.text }
    var sheets: [(name: String, cells: [String])] = []
    for (sheet, cell) in sentence.sources.compactMap(places.name) {
      if sheets.last?.name == sheet {
        sheets[sheets.count - 1].cells.append(cell)
      } else {
        sheets.append((sheet, [cell]))
      }
    }
    let comma = language == .chinese ? "、" : ", "
    var parts = sheets.map { "\($0.name)!\($0.cells.joined(separator: comma))" }
    if !sentence.figures.isEmpty {
      parts.append("statistics.csv: \(sentence.figures.joined(separator: comma))")
    }
    guard !parts.isEmpty else { return sentence.text }
    return language == .chinese
      ? sentence.text + "〔\(parts.joined(separator: "；"))〕"
      : sentence.text + " [\(parts.joined(separator: "; "))]"
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
