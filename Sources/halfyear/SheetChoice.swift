import Reading

/// The sheets of a file, and which of them is meant.
struct SheetChoice {
  private let sheets: [(name: String, isHidden: Bool)]
  private let usual: Int

  /// - Throws: `ReadingError` where none of the sheets can be read.
  init(_ tables: [any RowReader]) throws(ReadingError) {
    sheets = tables.map { ($0.sheet, $0.isHidden) }
    var first: Int?
    for (index, table) in tables.enumerated() where first == nil && !table.isHidden {
      if try !table.preview(rows: 1).isEmpty { first = index }
    }
    usual = first ?? sheets.firstIndex { !$0.isHidden } ?? 0
  }

  /// The index of a sheet by its name or, where none is named so, by its number from 1. Without either it
  /// is the first that is shown and not empty.
  ///
  /// - Throws: `Refusal.usage` with a list of the sheets where there is none such.
  func index(_ wanted: String?) throws(Refusal) -> Int {
    guard let wanted else { return usual }
    let folded = SheetChoice.folded(wanted)
    let byName =
      sheets.firstIndex { $0.name == wanted }
      ?? sheets.firstIndex { SheetChoice.folded($0.name) == folded }
    if let byName { return byName }
    if let number = Int(wanted), sheets.indices.contains(number - 1) { return number - 1 }
    let near = Suggestion.sentence(wanted, among: sheets.map(\.name))
    throw .usage("there is no sheet '\(wanted)'\(near.isEmpty ? ";" : near) \(list)")
  }

  private var list: String {
    guard sheets.count > 1 || sheets.first?.name != "" else { return "the file has no sheets" }
    let names = sheets.enumerated().map { index, sheet in
      "\(index + 1) '\(sheet.name)'\(sheet.isHidden ? " (hidden)" : "")"
    }
    return "the sheets are \(names.joined(separator: ", "))"
  }

  private static func folded(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace }
  }
}
