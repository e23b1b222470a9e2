internal import Glibc
internal import Synchronization

/// What one thread does with the blocks it gets.
///
/// `decode` and `finish` run on all threads at once. Between them `commit` runs for one block at a
/// time, in the order of the file: what depends on earlier rows (duplicates) is settled there.
public protocol BlockWorker: AnyObject {
  func decode(_ block: RecordBlock)
  func commit(_ block: RecordBlock)
  func finish(_ block: RecordBlock)
}

extension RecordReader {
  /// Runs all blocks of the file through the workers, one thread each.
  ///
  /// The outcome does not depend on the number of workers as long as `decode` and `finish` of
  /// different workers can be merged in any order.
  ///
  /// - Parameters:
  ///   - workers: at least one; the first runs on the calling thread.
  ///   - slots: for each column of the file, the column of the block that takes it, or -1.
  /// - Throws: `ReadingError` where the file cannot be read to its end; blocks before that point have
  ///   been through all three steps.
  public func run<Worker: BlockWorker>(
    _ workers: [Worker], slots: [Int]
  ) throws(ReadingError) {
    let columns = slots.count { $0 >= 0 }
    let turnstile = Turnstile()
    let failure = Mutex<ReadingError?>(nil)
    let bodies = workers.map { worker in
      ThreadBody { [self] in
        let block = RecordBlock(columnCount: columns)
        do throws(ReadingError) {
          while try next(into: block) {
            guard block.isUTF8 else { throw .badEncoding(row: block.firstRow) }
            block.locateCells(slots: slots)
            worker.decode(block)
            guard turnstile.pass(block.sequence, { worker.commit(block) }) else { return }
            worker.finish(block)
          }
        } catch {
          turnstile.close()
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    Threads.run(bodies)
    if let error = failure.withLock({ $0 }) { throw error }
  }
}

extension RecordBlock {
  /// Files whose first bytes are UTF-8 may still not be so further on.
  fileprivate var isUTF8: Bool {
    isConverted
      || Reading.isUTF8(UnsafeBufferPointer(start: bytes, count: byteCount), mayBeCut: false)
  }
}

/// Lets blocks through one at a time, in their order.
final class Turnstile: @unchecked Sendable {
  private var lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var moved = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var next = 0
  private var isClosed = false

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(moved, nil)
  }

  deinit {
    pthread_cond_destroy(moved)
    pthread_mutex_destroy(lock)
    moved.deallocate()
    lock.deallocate()
  }

  /// Runs the body when it is the block's turn; false, without running it, where the turnstile has been
  /// closed.
  func pass(_ sequence: Int, _ body: () -> Void) -> Bool {
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

  /// Lets nobody through any more: a block is missing, so no later one's turn would ever come.
  func close() {
    pthread_mutex_lock(lock)
    isClosed = true
    pthread_cond_broadcast(moved)
    pthread_mutex_unlock(lock)
  }
}

/// The work of one thread. Each body is run exactly once, on one thread, and its result is not looked
/// at before that thread has ended: that is what makes handing it over safe.
public final class ThreadBody: @unchecked Sendable {
  let run: () -> Void
  public init(_ run: @escaping () -> Void) { self.run = run }
}

public enum Threads {
  /// Runs the bodies at the same time, the first on the calling thread, and waits for all of them.
  public static func run(_ bodies: [ThreadBody]) {
    var started: [pthread_t] = []
    for body in bodies.dropFirst() {
      var thread = pthread_t()
      let argument = Unmanaged.passRetained(body)
      let status = pthread_create(
        &thread, nil,
        { argument in
          Unmanaged<ThreadBody>.fromOpaque(argument!).takeRetainedValue().run()
          return nil
        }, argument.toOpaque())
      if status == 0 {
        started.append(thread)
      } else {
        // No further thread to be had: the work is still done, one after the other.
        argument.takeRetainedValue().run()
      }
    }
    bodies.first?.run()
    for thread in started { pthread_join(thread, nil) }
  }

  /// The number of processors that are running.
  public static var available: Int {
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }
}
