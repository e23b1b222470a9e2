import Records
import ReportModel

extension Column.Kind {
  /// The kind in Excel's codes; empty for text. Changes have an arrow and a word in place of a sign.
  func numberFormat(_ language: Language) -> String {
    guard let mark = ChangeMark(self, language) else { return plain }
    return "\"\(mark.up)\"\(plain);\"\(mark.down)\"\(plain);\"\(mark.none)\""
  }

  /// The same with a word before the number that says what is special about it.
  func numberFormat(_ mark: Extremes.Mark, _ language: Language) -> String {
    "\"\(mark.word(language)) \"\(plain)"
  }

  private var plain: String {
    switch self {
    case .text: return ""
    case .count, .difference: return "#,##0"
    case .decimal(let places): return "#,##0" + decimals(places)
    case .share(let places), .change(let places): return "0" + decimals(places) + "%"
    case .points(let places): return "0" + decimals(places)
    }
  }

  /// The same with the mark of a revision behind the number.
  func revisedFormat(_ language: Language) -> String {
    numberFormat(language).split(separator: ";").map { "\($0)\"\(Table.revisedMark)\"" }
      .joined(separator: ";")
  }

  private func decimals(_ places: Int) -> String {
    places > 0 ? "." + String(repeating: "0", count: min(places, NumberText.mostPlaces)) : ""
  }
}
