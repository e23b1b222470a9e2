internal import Glibc

/// The database of a workspace's runs and of every figure they found.
///
/// It is one file of SQLite beside the reports. It is checked when it is opened, and what is damaged or
/// of a later version is named and left as it is.
public final class HistoryStore {
  let database: Database
  public var path: String { database.path }

  /// What is done with the file.
  public enum Use: Sendable {
    /// It is made where there is none, and brought to the present form.
    case recording
    /// It must be there; nothing is changed.
    case reading
  }

  /// Opens the history.
  ///
  /// - Throws: `HistoryError` where it is damaged, newer, or cannot be opened.
  /// - Complexity: O(n) in the size of the file, which is read once to check it.
  public init(path: String, for use: Use) throws(HistoryError) {
    database = try Database(path: path, creates: use == .recording)
    let version = try HistoryStore.version(of: database)
    if version > Migration.current { throw .newer(path: path, version: version) }
    if use == .recording {
      // One file and nothing beside it once a run has ended; a run that is killed leaves a journal, from
      // which the next one restores what was there before.
      try database.run("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
      try migrate(from: version)
    } else if version < Migration.current {
      throw .unusable(
        path: path, reason: "it has an earlier form, which the next nightly run brings up to date")
    }
  }

  /// Whether there is a history at all.
  public static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

  /// The form of a database, 0 for a new one; proves that it is whole and ours.
  private static func version(of database: Database) throws(HistoryError) -> Int {
    var faults: [String] = []
    try database.prepare("PRAGMA quick_check(3)").query { row in faults.append(row.text(0)) }
    guard faults == ["ok"] else {
      throw .damaged(path: database.path, reason: faults.joined(separator: "; "))
    }
    let tables = try database.number("SELECT count(*) FROM sqlite_schema") ?? 0
    let version = try database.number("PRAGMA user_version") ?? 0
    if tables == 0, version == 0 { return 0 }
    guard try database.number("PRAGMA application_id") == Migration.applicationId, version > 0
    else {
      throw .damaged(path: database.path, reason: "it is the database of another program")
    }
    return version
  }

  private func migrate(from version: Int) throws(HistoryError) {
    guard version < Migration.current else { return }
    try database.transaction { () throws(HistoryError) in
      for step in Migration.steps[version...] { try database.run(step) }
      try database.run(
        "PRAGMA application_id = \(Migration.applicationId); "
          + "PRAGMA user_version = \(Migration.current)")
    }
  }
}
