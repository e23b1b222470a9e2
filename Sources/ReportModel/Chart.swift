/// A chart of columns of one table.
public struct Chart: Sendable {
  public enum Kind: Sendable { case line, column, bar }

  public var kind: Kind
  public var title: String
  /// The table (by id, in the same section) and the columns (by index) that it draws.
  public var table: String
  public var category: Int
  public var series: [Int]
  /// False where the first series are members, not a course: of a line chart it is then dots, and the
  /// others, which are limits, are lines.
  public var isCourse: Bool

  public init(
    kind: Kind, title: String, table: String, category: Int, series: [Int], isCourse: Bool = true
  ) {
    self.kind = kind
    self.title = title
    self.table = table
    self.category = category
    self.series = series
    self.isCourse = isCourse
  }
}
