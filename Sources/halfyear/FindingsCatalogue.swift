import Composing
import Records

/// The catalogue of findings: every code, what it means, and what becomes of the row.
enum FindingsCatalogue {
  static var text: String {
    let codes =
      FindingCode.allCases.filter { $0.severity == .error }
      + FindingCode.allCases.filter { $0.severity == .warning }
    let rows = codes.map { code in
      let explanation = FindingText.explanation(of: code)
      return [
        "`\(code.rawValue)`", code.severity.rawValue, explanation.english,
        "\(FindingText.title(of: code).chinese)：\(explanation.chinese)",
      ]
    }
    return Markdown.table(["code", "severity", "meaning", "含义"], rows)
  }
}
