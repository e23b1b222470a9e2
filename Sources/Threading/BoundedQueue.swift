internal import Glibc

/// Hands values from one thread to another in their order; whoever is ahead waits.
public final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let limit: Int
  private var waiting: [Element] = []
  private var isClosed = false

  /// - Parameter limit: how many values may wait, so that memory stays bounded; at least one.
  public init(limit: Int) {
    self.limit = max(1, limit)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Adds a value; waits for room. After ``close()`` it is dropped.
  public func push(_ value: Element) {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while waiting.count >= limit, !isClosed { pthread_cond_wait(changed, lock) }
    guard !isClosed else { return }
    waiting.append(value)
    pthread_cond_signal(changed)
  }

  /// Takes the next value; waits for one. Nil once the queue is closed and empty.
  public func pop() -> Element? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while waiting.isEmpty, !isClosed { pthread_cond_wait(changed, lock) }
    guard !waiting.isEmpty else { return nil }
    let value = waiting.removeFirst()
    pthread_cond_signal(changed)
    return value
  }

  /// No value comes any more; those that wait are still taken.
  public func close() {
    pthread_mutex_lock(lock)
    isClosed = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }
}
