internal import Glibc

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
