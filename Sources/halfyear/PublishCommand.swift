import ArgumentParser
import Checking
import History
import Records
import Workspace

/// `halfyear publish`: freezes a half.
struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Issue a report as published: what differs from it later is a revision.",
    discussion: """
      Writes the report as 'report' does and remembers its figures in DIR/<workspace>/history.sqlite. From \
      then on every report of the period marks the figures that differ with [r] and lists them, with the \
      reason, in revisions.csv. Publishing again what has changed needs a note that says why.
      """)

  @Argument(help: "The folder with hospital.yaml and the input files.")
  var workspace: String

  @Option(help: "2023H1, 2023Q2, 2023-05, 2023 or 2021-09-01..2021-12-31.")
  var period: Period

  @Option(help: "Nothing after this day is known (YYYY-MM-DD).")
  var asOf: Day?

  @Option(help: "The folder of the reports.")
  var output = "reports"

  @Option(help: "Why published figures are revised.")
  var note = ""

  @OptionGroup var options: RunOptions

  func validate() throws { try PeriodOptions.validate(period, asOf: asOf) }

  func run() throws {
    let log = options.log
    try refusing(log) { () throws(Refusal) in
      let workspace = try openWorkspace(workspace, log)
      let issue = Issue(
        workspace: workspace, period: period, asOf: asOf, output: output, command: .publish,
        jobs: options.threads, log: log)
      let issued = try issue.run(note: note)
      Log.output(issued.paths.joined(separator: "\n") + "\n")
    }
  }
}
