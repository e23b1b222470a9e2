/// What an earlier run has kept of the files that it read, so that one that nobody has written to since need
/// not be read again.
///
/// Files are named as in `Workspace.files`. Nothing that is handed out is to be trusted further than its key
/// reaches: what was kept under another key was made of something else.
public protocol FileMemory: AnyObject {
  /// What the rows of every file depend on beside the workspace's own files: the program and the settings.
  var basis: String { get }

  /// The SHA-256 of a file as it was read before, where it is certain that its bytes are still the same; else
  /// nil.
  func digest(of file: String) -> String?

  /// To be called before a file is opened.
  func willRead(_ file: String)

  /// To be called when a file has been read to its end.
  func didRead(_ file: String, sha256: String)

  /// What is kept under a key; nil where there is nothing, or where it is damaged.
  func bytes(under key: String) -> [UInt8]?

  /// Whether this run's files are kept for a next one. Where not, no row is taken for it: of a province's
  /// counting that would be half as much again, and memory that grows with the rows.
  var keepsFiles: Bool { get }

  /// Keeps bytes for the next run.
  func keep(_ bytes: [UInt8], under key: String)
}
