public import Records

/// How a signed change is told without colour: by an arrow, a word, and its size.
///
/// A workbook shows the same by a number format, so that the cell keeps its number.
public struct ChangeMark: Sendable, Hashable {
  public let up: String
  public let down: String
  public let none: String

  /// Nil for kinds that are no changes.
  public init?(_ kind: Column.Kind, _ language: Language) {
    switch (kind, language) {
    case (.text, _), (.count, _), (.decimal, _), (.share, _): return nil
    case (.change, .chinese), (.difference, .chinese): (up, down) = ("▲ 增 ", "▼ 减 ")
    case (.points, .chinese): (up, down) = ("▲ 升 ", "▼ 降 ")
    case (.change, .english), (.difference, .english), (.points, .english):
      (up, down) = ("▲ up ", "▼ down ")
    }
    none = language == .chinese ? "持平" : "unchanged"
  }
}

extension NumberText {
  /// A cell as ``text(_:in:)`` has it, a change with its arrow and its word in place of its sign.
  public func marked(_ cell: Cell, in kind: Column.Kind, language: Language) -> String {
    guard let value = cell.value, let mark = ChangeMark(kind, language) else {
      return text(cell, in: kind)
    }
    if value == 0 { return mark.none }
    let size = text(cell, in: kind).drop { $0 == "+" || $0 == "-" }
    return (value > 0 ? mark.up : mark.down) + size
  }
}
