internal import Glibc
internal import Synchronization

/// The work of one thread. Each body is run exactly once, on one thread, and its result is not looked
/// at before that thread has ended: that is what makes handing it over safe.
public final class ThreadBody: @unchecked Sendable {
  let run: () -> Void
  public init(_ run: @escaping () -> Void) { self.run = run }
}

public enum Threads {
  /// Runs the bodies at the same time, the first on the calling thread, and waits for all of them.
  public static func run(_ bodies: [ThreadBody]) {
    var started: [RunningThread] = []
    for body in bodies.dropFirst() {
      if let thread = start(body) {
        started.append(thread)
      } else {
        // No further thread to be had: the work is still done, one after the other.
        body.run()
      }
    }
    bodies.first?.run()
    for thread in started { thread.join() }
  }

  /// Starts a body beside the calling thread; nil where no further thread is to be had, and the body has
  /// not been run.
  public static func start(_ body: ThreadBody) -> RunningThread? {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(body)
    let status = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<ThreadBody>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, argument.toOpaque())
    guard status == 0 else {
      argument.release()
      return nil
    }
    return RunningThread(thread: thread)
  }

  /// Makes values on so many threads, or one after the other where there is one thread only; in the
  /// order of their makers, which are begun in this order, too.
  ///
  /// - Parameter makers: none may touch what another one changes.
  public static func make<Value: Sendable>(_ makers: [() -> Value], jobs: Int) -> [Value] {
    guard jobs > 1, makers.count > 1 else { return makers.map { $0() } }
    let made = Mutex<[Int: Value]>([:])
    let next = Atomic(0)
    run(
      (0..<min(jobs, makers.count)).map { _ in
        ThreadBody {
          while true {
            let number = next.add(1, ordering: .relaxed).oldValue
            guard makers.indices.contains(number) else { return }
            let value = makers[number]()
            made.withLock { $0[number] = value }
          }
        }
      })
    return made.withLock { made in makers.indices.compactMap { made[$0] } }
  }

  /// The number of processors that are running.
  public static var available: Int {
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }
}

/// A thread that has been started; to be joined exactly once.
public struct RunningThread: Sendable {
  let thread: pthread_t

  /// Waits for its end.
  public func join() { pthread_join(thread, nil) }
}
