import Glibc
import Synchronization

/// How long the steps of a run take, by the clock and on all processors together.
final class StepTimes: Sendable {
  private struct Moment {
    let step: String
    let wall: Double
    let processors: Double
  }
  private let moments = Mutex<[Moment]>([])

  /// A step begins, and the one before it ends.
  func begin(_ step: String) {
    let moment = Moment(
      step: step, wall: StepTimes.seconds(CLOCK_MONOTONIC),
      processors: StepTimes.seconds(CLOCK_PROCESS_CPUTIME_ID))
    moments.withLock { $0.append(moment) }
  }

  /// A line for each step, the last of which ends now, as `comparing: 0.021 s, CPU 0.020 s`.
  var lines: [String] {
    begin("")
    let moments = moments.withLock { $0 }
    return zip(moments, moments.dropFirst()).map { begun, ended in
      let wall = StepTimes.text(ended.wall - begun.wall)
      let processors = StepTimes.text(ended.processors - begun.processors)
      return "\(begun.step): \(wall) s, CPU \(processors) s"
    }
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// With three decimal places.
  private static func text(_ seconds: Double) -> String {
    let thousandths = Int((max(0, seconds) * 1000).rounded())
    let rest = "\(thousandths % 1000)"
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
