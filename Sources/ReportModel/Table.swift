/// A table with one heading row and, where it has one, a total row.
public struct Table: Sendable {
  /// Unique in the report; ASCII letters, digits and underscores, beginning with a letter.
  public var id: String
  public var title: String
  public var columns: [Column]
  public var rows: [[Cell]]
  /// The row of the whole, made from the rows' parts and not from their quotients.
  public var total: [Cell]?
  /// The numbers of the section's notes that are about the table as a whole.
  public var notes: [Int]
  /// Columns of one measure whose cells are shaded by one scale, the darker the larger, as of months
  /// side by side; every number stands in its cell all the same.
  public var shaded: Range<Int>?
  /// Cells whose figures are not what was published; `revisedMark` stands behind them.
  public var revised: Set<Position> = []

  public static let revisedMark = "[r]"

  /// A cell of the table.
  public struct Position: Sendable, Hashable {
    public var row: CellReference.Row
    public var column: Int

    public init(_ row: CellReference.Row, _ column: Int) {
      self.row = row
      self.column = column
    }
  }

  public init(
    id: String, title: String, columns: [Column], rows: [[Cell]], total: [Cell]? = nil,
    notes: [Int] = [], shaded: Range<Int>? = nil
  ) {
    self.id = id
    self.title = title
    self.columns = columns
    self.rows = rows
    self.total = total
    self.notes = notes
    self.shaded = shaded
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

  /// How the cells of a column are made from others of their table, so that a spreadsheet can make
  /// them anew. Columns are given by index.
  public enum Derivation: Sendable, Hashable {
    /// Each cell stands for itself, the total too: a median, a stock, a rate of what is not in the table.
    case given
    /// The total is the sum of the rows.
    case sum
    /// The total counts everybody once, so that the rows may add up to more.
    case distinct
    /// Each cell, and the total, is the quotient of two cells of its row; blank where that has no sense.
    case quotient(Int, over: Int)
    /// Each cell is the part that another column's cell is of that column's total.
    case part(of: Int)
    /// Each cell, and the total, is the change from one cell of its row to another, as a part of the
    /// former.
    case change(from: Int, to: Int)
    /// The difference between two shares of the row, in percentage points.
    case points(from: Int, to: Int)
  }

  public var heading: String
  /// What the numbers count in, as `场` or `%`; shown with the heading.
  public var unit: String?
  public var kind: Kind
  /// Shows a bar in each cell of the column, in proportion to the column's largest value.
  public var showsBar: Bool
  /// Marks the largest and the smallest cell with words.
  public var marksExtremes: Bool
  /// The number of a note of the section.
  public var note: Int?
  public var derivation: Derivation

  public init(
    _ heading: String, unit: String? = nil, kind: Kind, showsBar: Bool = false,
    marksExtremes: Bool = false, note: Int? = nil, derivation: Derivation = .given
  ) {
    self.heading = heading
    self.unit = unit
    self.kind = kind
    self.showsBar = showsBar
    self.marksExtremes = marksExtremes
    self.note = note
    self.derivation = derivation
  }
}

public enum Cell: Sendable, Hashable {
  case text(String)
  case integer(Int64)
  /// A finite number; the column's kind says how it is shown.
  case number(Double)
  /// No value, and why: in words, as `无数据`, or by a sign that the report explains (`Report.signs`).
  case blank(String)

  /// The cell's number, if it holds a finite one.
  public var value: Double? {
    switch self {
    case .integer(let value): return Double(value)
    case .number(let value): return value.isFinite ? value : nil
    case .text, .blank: return nil
    }
  }
}
