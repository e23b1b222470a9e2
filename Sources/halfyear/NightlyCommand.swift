import ArgumentParser
import Glibc
import Records

/// `halfyear nightly`: the running half of every hospital, as cron asks for it.
struct NightlyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nightly",
    abstract: "Write the report of the running half of each workspace, and remember it.",
    discussion: """
      For each workspace: checks the files, writes the report and what has changed since the one before, \
      and keeps all figures in DIR/<workspace>/history.sqlite. One line a workspace on standard output: \
      name, period, exit code, what happened. A failure never stops the others; the exit code is the \
      highest of all.
      """)

  @Argument(help: "Folders with hospital.yaml; without any, all those below datasets/.")
  var workspaces: [String] = []

  @Option(help: "The half of this day, and nothing after it is known (YYYY-MM-DD); else today.")
  var asOf: Day?

  @Option(help: "The folder of the reports.")
  var output = "reports"

  @Flag(help: "Read every file, also those that nobody has written to since the run before.")
  var afresh = false

  @OptionGroup var options: RunOptions

  func run() throws {
    let log = options.log
    let paths = workspaces.isEmpty ? NightlyCommand.workspaces(below: "datasets") : workspaces
    var worst: Int32 = 0
    try refusing(log) { () throws(Refusal) in
      guard !paths.isEmpty else { throw .noWorkspaces(folder: "datasets") }
      let day = asOf ?? Clock.today
      var folders: [String: String] = [:]
      for path in paths {
        let night = Night(
          path: path, day: day, output: output, isAfresh: afresh, jobs: options.threads, log: log)
        let outcome = night.run(beside: &folders)
        Log.output(outcome.line + "\n")
        worst = max(worst, outcome.exitCode)
      }
    }
    if worst != 0 { throw ExitCode(worst) }
  }

  /// The folders below a folder that are workspaces, by name.
  static func workspaces(below folder: String) -> [String] {
    (Directory.names(in: folder) ?? []).map { "\(folder)/\($0)" }.filter {
      Directory.exists("\($0)/hospital.yaml")
    }
  }
}

/// The machine's clock, which only the nightly run, its log and its history look at.
enum Clock {
  /// The day where the machine is (`TZ`).
  static var today: Day {
    var seconds = time(nil)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return Day(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
      ?? .latest
  }

  /// Seconds since 1970.
  static var seconds: Int { Int(time(nil)) }

  /// The moment to the nanosecond, as files have it.
  static var moment: timespec {
    var moment = timespec()
    clock_gettime(CLOCK_REALTIME, &moment)
    return moment
  }

  /// Milliseconds that only ever grow, whatever is done to the clock.
  static var steadyMilliseconds: Int {
    var moment = timespec()
    clock_gettime(CLOCK_MONOTONIC, &moment)
    return moment.tv_sec * 1000 + moment.tv_nsec / 1_000_000
  }

  /// A moment as `2023-06-05T04:30:00Z`, in UTC.
  static func text(_ seconds: Int) -> String {
    var seconds = time_t(seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let fields = [parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec].map {
      $0 < 10 ? "0\($0)" : "\($0)"
    }
    return "\(parts.tm_year + 1900)-\(fields[0])-\(fields[1])"
      + "T\(fields[2]):\(fields[3]):\(fields[4])Z"
  }
}
