/// Why the history cannot be read or written. It is never overwritten for any of these reasons.
public enum HistoryError: Error, Equatable, Sendable {
  /// The file is no database of this program, or its content is damaged.
  case damaged(path: String, reason: String)
  /// The file was written by a later version of the program.
  case newer(path: String, version: Int)
  /// The file cannot be opened, read or written just now.
  case unusable(path: String, reason: String)
}

extension HistoryError: CustomStringConvertible {
  /// What is wrong and what to do, for a person.
  public var description: String {
    switch self {
    case .damaged(let path, let reason):
      return "\(path): the history is damaged (\(reason)) and is left as it is; "
        + "put a backup in its place, or move it away to begin a new one"
    case .newer(let path, let version):
      return "\(path): the history has the form \(version) of a later version of halfyear; "
        + "this one knows \(Migration.current) and leaves it as it is"
    case .unusable(let path, let reason):
      return "\(path): the history cannot be used: \(reason)"
    }
  }
}
