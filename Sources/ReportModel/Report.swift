public import Records

/// A finished report: everything that any format shows, in reading order; values only, no format.
///
/// A report is written in one language. Renderers decide how it looks, never what it says.
public struct Report: Sendable {
  public var language: Language
  /// The title on the cover, as `2023 年上半年工作成效报告`.
  public var title: String
  /// The organisation that issues it.
  public var organisation: String
  /// Stands on every page: period, as-of day.
  public var pageNote: String
  /// The day the figures stand for; used as the documents' date, so that the bytes are repeatable.
  public var asOf: Day
  /// How the figures of this report are rounded where they are shown.
  public var rounding: RoundingRule
  public var cover: [Fact]
  /// Whether the data is complete, and what is missing; shown on the cover.
  public var dataState: [String]
  public var sections: [Section]
  public var summary: [TextBlock]

  public init(
    language: Language, title: String, organisation: String, pageNote: String, asOf: Day,
    rounding: RoundingRule = .halfUp, cover: [Fact], dataState: [String], sections: [Section],
    summary: [TextBlock]
  ) {
    self.language = language
    self.title = title
    self.organisation = organisation
    self.pageNote = pageNote
    self.asOf = asOf
    self.rounding = rounding
    self.cover = cover
    self.dataState = dataState
    self.sections = sections
    self.summary = summary
  }
}

/// A label and what it says, as on a cover.
public struct Fact: Sendable {
  public var label: String
  public var value: String

  public init(label: String, value: String) {
    self.label = label
    self.value = value
  }
}

/// A part of the report that stands on a sheet of its own.
public struct Section: Sendable {
  /// Short and unique; the sheet's name (at most 31 UTF-16 units, none of `[]:*?/\`).
  public var name: String
  public var title: String
  /// One sentence in the contents: what is found here.
  public var purpose: String
  /// Sentences above the tables.
  public var lead: [String]
  public var blocks: [Block]
  /// Numbered from 1; a column refers to them by number.
  public var notes: [String]

  public init(
    name: String, title: String, purpose: String, lead: [String] = [], blocks: [Block],
    notes: [String] = []
  ) {
    self.name = name
    self.title = title
    self.purpose = purpose
    self.lead = lead
    self.blocks = blocks
    self.notes = notes
  }
}

public enum Block: Sendable {
  case table(Table)
  /// A native chart; every number in it stands in the named table of the same section.
  case chart(Chart)
}

/// A table with one heading row and, where it has one, a total row.
public struct Table: Sendable {
  /// Unique in the report; ASCII letters, digits and underscores, beginning with a letter.
  public var id: String
  public var title: String
  public var columns: [Column]
  public var rows: [[Cell]]
  /// The row of the whole, made from the rows' parts and not from their quotients.
  public var total: [Cell]?

  public init(
    id: String, title: String, columns: [Column], rows: [[Cell]], total: [Cell]? = nil
  ) {
    self.id = id
    self.title = title
    self.columns = columns
    self.rows = rows
    self.total = total
  }
}

public struct Column: Sendable {
  public enum Kind: Sendable, Hashable {
    case text
    /// Whole numbers, with thousands separators.
    case count
    /// Decimal numbers with this many places.
    case decimal(places: Int)
    /// Fractions of one, shown as a percentage with this many places.
    case share(places: Int)
    /// A signed difference of counts.
    case difference
    /// A signed change as a fraction of one, shown as a percentage with this many places.
    case change(places: Int)
    /// A signed difference in percentage points (already times 100) with this many places.
    case points(places: Int)
  }

  public var heading: String
  /// What the numbers count in, as `场` or `%`; shown with the heading.
  public var unit: String?
  public var kind: Kind
  /// Shows a bar in each cell of the column, in proportion to the column's largest value.
  public var showsBar: Bool
  /// The number of a note of the section.
  public var note: Int?

  public init(
    _ heading: String, unit: String? = nil, kind: Kind, showsBar: Bool = false, note: Int? = nil
  ) {
    self.heading = heading
    self.unit = unit
    self.kind = kind
    self.showsBar = showsBar
    self.note = note
  }
}

public enum Cell: Sendable, Hashable {
  case text(String)
  case integer(Int64)
  /// A finite number; the column's kind says how it is shown.
  case number(Double)
  /// No value; the sign that stands for the reason, as `–` for not defined, or empty.
  case blank(String)
}

/// A chart of columns of one table.
public struct Chart: Sendable {
  public enum Kind: Sendable { case line, column, bar }

  public var kind: Kind
  public var title: String
  /// The table (by id, in the same section) and the columns (by index) that it draws.
  public var table: String
  public var category: Int
  public var series: [Int]

  public init(kind: Kind, title: String, table: String, category: Int, series: [Int]) {
    self.kind = kind
    self.title = title
    self.table = table
    self.category = category
    self.series = series
  }
}

/// A part of the text summary.
public enum TextBlock: Sendable {
  case title(String)
  case heading(String)
  case paragraph(String)
  case list([String])
  case table(Table)
}
