/// A department as its file states it; texts are empty where it states nothing.
public struct Department: Hashable, Sendable {
  public let id: String
  public let name: String
  /// Further names under which it is referred to, those of the settings last.
  public let aliases: [String]
  /// Those of them that stand in the settings, not in the file.
  public let settingsAliases: [String]
  public let category: String
  public let branch: String
  /// The departments it is paired with (包联), as written.
  public let pairedWith: String
  /// Its first day; nil where it is not stated.
  public let opened: Day?
  /// Its last day; nil where it is open, or nothing is stated.
  public let closed: Day?
  /// The departments that took over from it when it closed, as indices into the list of departments; several
  /// where it was split, none where nothing usable is stated.
  public var successors: [Int] = []

  public init(
    id: String, name: String, aliases: [String] = [], settingsAliases: [String] = [],
    category: String = "", branch: String = "", pairedWith: String = "", opened: Day? = nil,
    closed: Day? = nil
  ) {
    self.id = id
    self.name = name
    self.aliases = aliases + settingsAliases
    self.settingsAliases = settingsAliases
    self.category = category
    self.branch = branch
    self.pairedWith = pairedWith
    self.opened = opened
    self.closed = closed
  }

  /// Whether it is there on any day of a span.
  public func exists(from first: Day, through last: Day) -> Bool {
    first <= last && (opened ?? .earliest) <= last && first <= (closed ?? .latest)
  }
}
