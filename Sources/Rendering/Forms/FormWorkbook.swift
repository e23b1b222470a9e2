public import Records

/// A workbook that people fill in or mend: plain sheets of cells with comments, lists to choose from and
/// checks of what is written. Rows are counted from 1 and columns from 0, as the places of findings are.
public struct FormWorkbook: Sendable {
  public var title: String
  public var organisation: String
  public var language: Language
  /// Stands for both dates of the document, so that its bytes are repeatable.
  public var day: Day
  public var sheets: [Sheet] = []

  public init(title: String, organisation: String, language: Language, day: Day) {
    self.title = title
    self.organisation = organisation
    self.language = language
    self.day = day
  }

  public enum Look: Hashable, Sendable {
    case plain, title, note, heading, requiredHeading, example
    /// An empty cell to write into, also on paper.
    case input
    /// A cell that a row was rejected for, and one that deserves a look.
    case error, warning
  }

  public enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
    /// A text that leads to a cell of another sheet.
    case link(String, sheet: String, row: Int, column: Int)
  }

  public struct Cell: Sendable {
    public var row: Int
    public var column: Int
    public var value: Value
    public var look: Look

    public init(_ row: Int, _ column: Int, _ value: Value, _ look: Look = .plain) {
      self.row = row
      self.column = column
      self.value = value
      self.look = look
    }
  }

  public struct Comment: Sendable {
    public var row: Int
    public var column: Int
    public var text: String

    public init(_ row: Int, _ column: Int, _ text: String) {
      self.row = row
      self.column = column
      self.text = text
    }
  }

  /// What may be written into the cells of a column.
  public enum Rule: Hashable, Sendable {
    /// One of the first cells of a column of another sheet; anything else too where it is open.
    case list(sheet: String, column: Int, count: Int, isOpen: Bool)
    /// A day of these years.
    case day
    /// A number from zero up.
    case amount
    case count
  }

  public struct Check: Sendable {
    public var column: Int
    public var rows: ClosedRange<Int>
    public var rule: Rule
    /// Said when a cell is chosen, and when what is written does not fit.
    public var message: String

    public init(column: Int, rows: ClosedRange<Int>, rule: Rule, message: String) {
      self.column = column
      self.rows = rows
      self.rule = rule
      self.message = message
    }
  }

  public struct Sheet: Sendable {
    public var name: String
    /// By row, then by column.
    public var cells: [Cell] = []
    public var comments: [Comment] = []
    public var checks: [Check] = []
    /// Widths of columns, in digits; of others they follow from their cells.
    public var widths: [Int: Double] = [:]
    public var isHidden = false
    /// The last row of the heading, kept in sight and repeated on every page; 0 for none.
    public var headingRow = 0
    /// Texts run over several lines within their cells.
    public var wraps = false

    public init(name: String) { self.name = name }
  }
}
