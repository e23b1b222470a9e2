import ReportModel

extension Column.Kind {
  /// The kind in Excel's codes; empty for text.
  var numberFormat: String {
    switch self {
    case .text: return ""
    case .count: return "#,##0"
    case .decimal(let places): return "#,##0" + decimals(places)
    case .share(let places): return "0" + decimals(places) + "%"
    case .difference: return "+#,##0;-#,##0;0"
    case .change(let places):
      let format = "0" + decimals(places) + "%"
      return "+\(format);-\(format);\(format)"
    case .points(let places):
      let format = "0" + decimals(places)
      return "+\(format);-\(format);\(format)"
    }
  }

  /// The same with the mark of a revision behind the number.
  var revisedFormat: String {
    numberFormat.split(separator: ";").map { "\($0)\"\(Table.revisedMark)\"" }
      .joined(separator: ";")
  }

  private func decimals(_ places: Int) -> String {
    places > 0 ? "." + String(repeating: "0", count: min(places, NumberText.mostPlaces)) : ""
  }
}
