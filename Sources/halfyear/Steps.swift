import Synchronization
import Threading

/// Steps of a run that need nothing of each other.
enum Steps {
  typealias Body = @Sendable () -> Result<Void, Refusal>

  /// Makes values at the same time, or one after the other where there is one thread only; in the order
  /// of their makers.
  static func make<Value: Sendable>(_ makers: [@Sendable () -> Value], jobs: Int) -> [Value] {
    guard jobs > 1 else { return makers.map { $0() } }
    let made = Mutex<[Int: Value]>([:])
    Threads.run(
      makers.enumerated().map { number, maker in
        ThreadBody {
          let value = maker()
          made.withLock { $0[number] = value }
        }
      })
    return made.withLock { made in makers.indices.compactMap { made[$0] } }
  }

  /// Runs the steps at the same time, or one after the other where there is one thread only.
  ///
  /// - Throws: the refusal of the first step, in the order given, that has one; whatever the number of
  ///   threads, the same.
  static func run(_ bodies: [Body], jobs: Int) throws(Refusal) {
    let failures = Mutex<[Int: Refusal]>([:])
    let steps = bodies.enumerated().map { number, body in
      ThreadBody {
        if case .failure(let error) = body() { failures.withLock { $0[number] = error } }
      }
    }
    if jobs > 1 {
      Threads.run(steps)
    } else {
      for step in steps { Threads.run([step]) }
    }
    let first = failures.withLock { $0.min { $0.key < $1.key }?.value }
    if let first { throw first }
  }
}
