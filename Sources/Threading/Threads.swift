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

  /// Makes values at the same time, or one after the other where there is one thread only; in the order
  /// of their makers.
  ///
  /// - Parameter makers: none may touch what another one changes.
  public static func make<Value: Sendable>(_ makers: [() -> Value], jobs: Int) -> [Value] {
    guard jobs > 1, makers.count > 1 else { return makers.map { $0() } }
    let made = Mutex<[Int: Value]>([:])
    run(
      makers.enumerated().map { number, maker in
        ThreadBody {
          let value = maker()
          made.withLock { $0[number] = value }
        }
      })
    return made.withLock { made in makers.indices.compactMap { made[$0] } }
  }

  /// The number of processors that are running.
  public static var available: Int {
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }
}
