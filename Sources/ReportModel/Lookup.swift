/// A page that shows one row of a table, chosen from a list: every cell is looked up, so that another choice
/// shows another row.
public struct Lookup: Sendable {
  /// What stands before the cell in which the choice is made.
  public var label: String
  /// The table, by its id, in an earlier section; it must stand whole on one sheet.
  public var table: String
  /// The column whose texts are chosen from; each stands there once.
  public var key: Int
  /// The row that is shown at first.
  public var chosen: Int
  public var headings: [String]
  public var lines: [Line]

  /// A line of the page: a text, and for each heading the column that is shown there.
  public struct Line: Sendable {
    public var label: String
    public var columns: [Int?]

    public init(_ label: String, _ columns: [Int?]) {
      self.label = label
      self.columns = columns
    }
  }

  public init(
    label: String, table: String, key: Int, chosen: Int, headings: [String], lines: [Line]
  ) {
    self.label = label
    self.table = table
    self.key = key
    self.chosen = chosen
    self.headings = headings
    self.lines = lines
  }

  /// What the page shows of a row of its table, as a table of its own.
  public func shown(_ row: Int, of source: Table) -> Table {
    Table(
      id: "lookup", title: label,
      columns: headings.enumerated().map {
        Column($1, kind: $0 == 0 ? .text : .decimal(places: 1))
      },
      rows: lines.map { line in
        [.text(line.label)] + line.columns.map { $0.map { source.rows[row][$0] } ?? .blank("") }
      })
  }
}
