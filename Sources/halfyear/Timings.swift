import Glibc
import Rendering
import Synchronization

/// What the steps of a run take. Nothing of a result depends on it: it goes to standard error alone.
final class Timings: Sendable {
  /// In the order in which a run comes to them.
  enum Step: String, CaseIterable {
    /// Reading, checking and counting: they are one pass over each file.
    case counting
    case comparing
    case composing
    case writing
    /// The departments' own reports.
    case departments
  }

  struct Spent {
    let step: Step
    var rows = 0
    var bytes = 0
    /// Nanoseconds.
    var wall: Int64 = 0
    var cpu: Int64 = 0

    /// A line for people.
    var text: String {
      let read = rows > 0 ? "\(rows) rows, \(bytes) bytes, " : ""
      return "\(step.rawValue): \(read)\(Spent.seconds(wall)) s, CPU \(Spent.seconds(cpu)) s"
    }

    var fields: [(String, JSONText)] {
      [
        ("step", .text(step.rawValue)), ("rows", .number(rows)), ("bytes", .number(bytes)),
        ("wall_microseconds", .number(Int(wall / 1000))),
        ("cpu_microseconds", .number(Int(cpu / 1000))),
      ]
    }

    private static func seconds(_ nanoseconds: Int64) -> String {
      let milliseconds = nanoseconds / 1_000_000
      let rest = "\(1000 + milliseconds % 1000)".dropFirst()
      return "\(milliseconds / 1000).\(rest)"
    }
  }

  private struct State {
    var spent: [Spent] = []
    var current: Step?
    var wall: Int64 = 0
    var cpu: Int64 = 0
  }
  private let state = Mutex(State())

  /// Ends the step before and begins one; one that has been there before is added to.
  func begin(_ step: Step?) {
    let (wall, cpu) = (Timings.now(CLOCK_MONOTONIC), Timings.now(CLOCK_PROCESS_CPUTIME_ID))
    state.withLock { state in
      if let current = state.current,
        let index = state.spent.firstIndex(where: { $0.step == current })
      {
        state.spent[index].wall += wall - state.wall
        state.spent[index].cpu += cpu - state.cpu
      }
      if let step, !state.spent.contains(where: { $0.step == step }) {
        state.spent.append(Spent(step: step))
      }
      (state.current, state.wall, state.cpu) = (step, wall, cpu)
    }
  }

  /// Notes what the present step has read.
  func add(rows: Int, bytes: Int) {
    state.withLock { state in
      guard let index = state.spent.firstIndex(where: { $0.step == state.current }) else { return }
      state.spent[index].rows += rows
      state.spent[index].bytes += bytes
    }
  }

  /// Ends the last step; all steps with what they have taken.
  func end() -> [Spent] {
    begin(nil)
    return state.withLock { $0.spent }
  }

  private static func now(_ clock: clockid_t) -> Int64 {
    var moment = timespec()
    clock_gettime(clock, &moment)
    return Int64(moment.tv_sec) * 1_000_000_000 + Int64(moment.tv_nsec)
  }
}
