public import Workspace

/// Why a data set cannot be made.
public enum GenerateError: Error, Sendable {
  /// The specification cannot be read; the reason is the system's.
  case unreadable(path: String, reason: String)
  /// The specification does not say what is needed, or says what is not known.
  case unusable(path: String, YAMLError)
  /// The totals contradict each other, as more distinct people than participations.
  case impossible(String)
  /// A file or folder cannot be written; the reason is the system's.
  case cannotWrite(path: String, reason: String)
}

extension GenerateError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): error: cannot be read: \(reason)"
    case .unusable(let path, let error): "\(path):\(error)"
    case .impossible(let what): "error: \(what)"
    case .cannotWrite(let path, let reason): "\(path): error: cannot be written: \(reason)"
    }
  }
}
