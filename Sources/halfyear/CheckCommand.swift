import ArgumentParser
import Checking
import Counting
import Records
import Workspace

/// `halfyear check`: what is wrong with the inputs, and where.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "List everything that is wrong with a workspace's files.",
    discussion: "One line a finding on standard output, then one line a file. Nothing is written.")

  @Argument(help: "The folder with hospital.yaml and the input files.")
  var workspace: String

  @Option(
    help:
      "What is dated later lies in the future (YYYY-MM-DD); without it no date is taken for a slip."
  )
  var asOf: Day?

  @Flag(help: "Exit with 65 if any row is rejected.")
  var strict = false

  @OptionGroup var options: RunOptions

  func run() throws {
    let log = options.log
    try refusing(log) { () throws(Refusal) in
      let workspace = try openWorkspace(workspace, log)
      // The period only decides what is counted; every row of every file is checked all the same.
      let day = asOf ?? .latest.adding(days: -366)
      let pipeline = Pipeline(
        workspace: workspace, period: Period(monthOf: day), asOf: asOf, jobs: options.threads,
        log: log)
      let results = try pipeline.checked()
      log.endProgress()
      tell(results, workspace.settings.language)
      if strict, results.rejected > 0 {
        throw .strict(rejected: results.rejected, [])
      }
    }
  }

  private func tell(_ results: Results, _ language: Language) {
    for finding in results.findings { Log.output(FindingLine.text(finding, language) + "\n") }
    for outcome in results.outcomes {
      Log.output(
        "\(outcome.file): \(outcome.rowsRead) = \(outcome.rowsAccepted) + \(outcome.rowsRejected)\n"
      )
    }
  }
}
