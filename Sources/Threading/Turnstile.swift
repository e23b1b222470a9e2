internal import Glibc

/// Lets pieces of work that many threads do through one at a time, in their order.
public final class Turnstile: @unchecked Sendable {
  private var lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var moved = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var next = 0
  private var isClosed = false

  public init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(moved, nil)
  }

  deinit {
    pthread_cond_destroy(moved)
    pthread_mutex_destroy(lock)
    moved.deallocate()
    lock.deallocate()
  }

  /// Runs the body when it is the piece's turn; false, without running it, where the turnstile has been
  /// closed.
  public func pass(_ sequence: Int, _ body: () -> Void) -> Bool {
    pthread_mutex_lock(lock)
    while next != sequence, !isClosed { pthread_cond_wait(moved, lock) }
    let mayPass = !isClosed
    pthread_mutex_unlock(lock)
    guard mayPass else { return false }
    body()
    pthread_mutex_lock(lock)
    next += 1
    pthread_cond_broadcast(moved)
    pthread_mutex_unlock(lock)
    return true
  }

  /// Lets nobody through any more: a piece is missing, so no later one's turn would ever come.
  public func close() {
    pthread_mutex_lock(lock)
    isClosed = true
    pthread_cond_broadcast(moved)
    pthread_mutex_unlock(lock)
  }
}
