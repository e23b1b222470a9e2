internal import Synchronization

/// Threads that a run may still start: who has work for a further one hires it, and gives it back when it has
/// ended.
public final class Crew: Sendable {
  private let free: Mutex<Int>

  /// - Parameter free: how many may be started besides those that are at work already.
  public init(free: Int) { self.free = Mutex(max(0, free)) }

  /// Takes a thread; false where none is free.
  public func hire() -> Bool {
    free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  /// One more thread is free.
  public func release() { free.withLock { $0 += 1 } }
}
