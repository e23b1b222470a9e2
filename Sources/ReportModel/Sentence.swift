public import Records

/// A cell of one of the report's tables.
public struct CellReference: Sendable, Hashable {
  public enum Row: Sendable, Hashable {
    /// From 0.
    case data(Int)
    case total
  }

  /// The table's id.
  public var table: String
  public var row: Row
  /// From 0.
  public var column: Int

  public init(table: String, row: Row, column: Int) {
    self.table = table
    self.row = row
    self.column = column
  }
}

/// A sentence, and the cells that its figures stand in.
public struct Sentence: Sendable, Hashable {
  public var text: String
  /// In the order in which the sentence says them; empty where it says no figure of a table.
  public var sources: [CellReference]
  /// The names of figures that stand in no table, but in `statistics.csv`.
  public var figures: [String]

  public init(_ text: String, sources: [CellReference] = [], figures: [String] = []) {
    self.text = text
    self.sources = sources
    self.figures = figures
  }
}

/// A part of the text summary.
public enum TextBlock: Sendable {
  case title(String)
  case heading(String)
  case paragraph(String)
  /// One paragraph, whose sentences can tell where their figures stand.
  case sentences([Sentence])
  case list([String])
  /// A list whose items can tell where their figures stand.
  case findings([Sentence])
  case table(Table)
  case comment(Comment)
}

extension Comment {
  /// The comment as it is printed: who says it, then what.
  public func signed(_ language: Language) -> String {
    switch language {
    case .chinese: return author.isEmpty ? "说明：\(text)" : "\(author)说明：\(text)"
    case .english: return author.isEmpty ? "Comment: \(text)" : "Comment by \(author): \(text)"
    }
  }
}
