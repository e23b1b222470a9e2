import Threading

/// Steps of a run that need nothing of each other.
enum Steps {
  typealias Body = () -> Result<Void, Refusal>

  /// Runs the steps at the same time, or one after the other where there is one thread only.
  ///
  /// - Throws: the refusal of the first step, in the order given, that has one; whatever the number of
  ///   threads, the same.
  static func run(_ bodies: [Body], jobs: Int) throws(Refusal) {
    for result in Threads.make(bodies, jobs: jobs) { try result.get() }
  }
}
