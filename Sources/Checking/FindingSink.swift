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

  /// Those that have come since there were so many.
  func since(_ count: Int) -> [Finding] { found.withLock { Array($0.dropFirst(count)) } }

  public var count: Int { found.withLock { $0.count } }
}
