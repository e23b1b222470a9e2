public import ArgumentParser
import Composing
import Counting
import Reading
public import Records
import Rendering
import ReportModel
import Threading
import Workspace

/// What every command that reads a workspace can be told.
struct RunOptions: ParsableArguments {
  @Option(help: "The number of threads; the results do not depend on it.")
  var jobs: Int?

  @Flag(help: "Do not show progress.")
  var quiet = false

  @Option(help: "How messages are written to standard error: text, or json with one object a line.")
  var logFormat = Log.Format.text

  var log: Log { Log(isQuiet: quiet, format: logFormat) }

  var threads: Int { min(jobs ?? Threads.available, 64) }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' is a whole number from 1.") }
  }
}

/// A day or a period as an argument.
extension Day: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Period: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// `halfyear report`: the report of one workspace and period.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of a workspace for a period.",
    discussion: """
      Writes half-year.xlsx, summary.zh.txt, summary.en.txt, statistics.csv, findings.csv and \
      manifest.json to DIR/<workspace>/<period>/. The previous report stays where a new one is not \
      issued.
      """)

  @Argument(help: "The folder with hospital.yaml and the input files.")
  var workspace: String

  @Option(help: "2023H1, 2023Q2, 2023-05, 2023 or 2021-09-01..2021-12-31.")
  var period: Period

  @Option(help: "Nothing after this day is known (YYYY-MM-DD).")
  var asOf: Day?

  @Option(help: "The folder of the reports.")
  var output = "reports"

  @Flag(help: "Issue no report if any row is rejected.")
  var strict = false

  @OptionGroup var options: RunOptions

  func validate() throws {
    try PeriodOptions.validate(period, asOf: asOf)
  }

  func run() throws {
    let log = options.log
    try refusing(log) { () throws(Refusal) in
      let workspace = try openWorkspace(workspace, log)
      let issue = Issue(
        workspace: workspace, period: period, asOf: asOf, output: output, command: .report,
        jobs: options.threads, log: log)
      let issued = try issue.run(strict: strict)
      tell(issued, workspace, log)
      if let failure = issued.failure { throw failure }
    }
  }

  private func tell(_ issued: Issue.Outcome, _ workspace: Workspace, _ log: Log) {
    let facts = issued.results.facts(workspace: workspace, period: period)
    let composer = Composer(facts: facts, language: workspace.settings.language)
    let table = TextTable(composer.keyFigures(), numbers: NumberText(rule: facts.rounding)).lines
    if !facts.revised.isEmpty {
      log.message(
        "\(facts.revised.count) figures differ from what was published; \(ChangeReport.revisions) lists them",
        level: .warning)
    }
    Log.output((table + [""] + issued.paths).joined(separator: "\n") + "\n")
  }
}

/// Runs a command's body; a refusal becomes a message and an exit code.
func refusing(_ log: Log, language: Language = .chinese, _ body: () throws(Refusal) -> Void) throws
{
  do throws(Refusal) {
    try body()
    if let failure = Log.outputFailure { throw failure }
  } catch {
    log.endProgress()
    log.findings(error.findings, language)
    log.message(
      error.message, fields: [("exit_code", .number(Int(error.exitCode.rawValue)))])
    throw error.exitCode
  }
}

func openWorkspace(_ path: String, _ log: Log) throws(Refusal) -> Workspace {
  do throws(WorkspaceError) {
    let workspace = try Workspace(path: path)
    for (key, place) in workspace.settings.unused {
      log.message("\(path)/hospital.yaml:\(place): key '\(key)' is not used", level: .warning)
    }
    return workspace
  } catch {
    throw .workspace(error)
  }
}
