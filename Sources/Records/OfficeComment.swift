/// What the office has written to a report or to one of its parts.
public struct OfficeComment: Sendable, Hashable {
  /// The name or the title of a source, `staff`, `volunteers`; empty for the report as a whole.
  public var area: String
  /// Who signs for it; empty where nobody does.
  public var author: String
  public var text: String

  public init(area: String, author: String, text: String) {
    self.area = area
    self.author = author
    self.text = text
  }
}
