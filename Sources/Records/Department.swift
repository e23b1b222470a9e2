/// A department as its file states it; texts are empty where it states nothing.
public struct Department: Hashable, Sendable {
  public let id: String
  public let name: String
  /// Further names under which it is referred to.
  public let aliases: [String]
  public let category: String
  public let branch: String
  /// The departments it is paired with (包联), as written.
  public let pairedWith: String

  public init(
    id: String, name: String, aliases: [String] = [], category: String = "", branch: String = "",
    pairedWith: String = ""
  ) {
    self.id = id
    self.name = name
    self.aliases = aliases
    self.category = category
    self.branch = branch
    self.pairedWith = pairedWith
  }
}
