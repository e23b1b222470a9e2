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

  public init(
    id: String, name: String, aliases: [String] = [], settingsAliases: [String] = [],
    category: String = "", branch: String = "", pairedWith: String = ""
  ) {
    self.id = id
    self.name = name
    self.aliases = aliases + settingsAliases
    self.settingsAliases = settingsAliases
    self.category = category
    self.branch = branch
    self.pairedWith = pairedWith
  }
}
