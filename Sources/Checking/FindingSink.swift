public import Records
internal import Synchronization

/// Takes the findings of all threads and files.
public final class FindingSink: Sendable {
  private let found = Mutex<[Finding]>([])

  public init() {}

  public func add(_ findings: [Finding]) {
    guard !findings.isEmpty else { return }
    found.withLock { $0.append(contentsOf: findings) }
  }

  /// All findings, sorted by place.
  public var sorted: [Finding] { found.withLock { $0 }.sorted() }

  public var count: Int { found.withLock { $0.count } }
}

/// What became of the rows of one file; read = accepted + rejected, always.
public struct FileOutcome: Sendable {
  public let file: String
  public let sha256: String
  public let rowsRead: Int
  public let rowsRejected: Int
  public var rowsAccepted: Int { rowsRead - rowsRejected }

  public init(file: String, sha256: String, rowsRead: Int, rowsRejected: Int) {
    self.file = file
    self.sha256 = sha256
    self.rowsRead = rowsRead
    self.rowsRejected = rowsRejected
  }
}
