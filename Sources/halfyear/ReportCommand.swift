public import ArgumentParser
public import Composing
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

  @Flag(
    help: "Tell what each step took: rows and bytes read, seconds on the clock and of all cores.")
  var timings = false

  @Option(help: "How messages are written to standard error: text, or json with one object a line.")
  var logFormat = Log.Format.text

  var log: Log { Log(isQuiet: quiet, format: logFormat, timings: timings ? Timings() : nil) }

  var threads: Int { min(jobs ?? Threads.available, 64) }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' is a whole number from 1.") }
  }
}

/// A day or a period as an argument.
extension Day: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension WorkbookProfile: Choice {}

extension DepartmentView: Choice {
  static let help: ArgumentHelp =
    "Departments as-was (people and figures stay where they were on the day) or as-now (closed ones with their successors, people where they are now); else what hospital.yaml says."
}

extension Audience: Choice {}

extension Period: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// `halfyear report`: the report of one workspace and period.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of a workspace for a period.",
    discussion: """
      Writes half-year.xlsx, index.html, summary.zh.txt, summary.en.txt, statistics.csv, \
      findings.csv and manifest.json to DIR/<workspace>/<period>/. The previous report stays where a \
      new one is not issued.
      """)

  @Argument(help: "The folder with hospital.yaml and the input files.")
  var workspace: String

  @Option(help: "2023H1, 2023Q2, 2023-05, 2023 or 2021-09-01..2021-12-31.")
  var period: Period?

  @Option(
    help: "A phase of a campaign in hospital.yaml, or a campaign as a whole, instead of a period.")
  var phase: String?

  @Option(help: "Nothing after this day is known (YYYY-MM-DD).")
  var asOf: Day?

  @Option(help: "The folder of the reports.")
  var output = "reports"

  @Option(
    help:
      "Also write, below this folder, a workbook and two texts for each department.")
  var eachDepartment: String?

  @Flag(help: "Issue no report if any row is rejected.")
  var strict = false

  @Flag(
    help:
      """
      Write by name, too, who has not reached a target that is set for each person (persons.csv), and the \
      scores of the heads of departments (heads.csv).
      """)
  var named = false

  @Option(
    help:
      "How the workbook is laid out: office (to print and sign) or accessible (for screen readers)."
  )
  var profile = WorkbookProfile.office

  @Flag(help: "Name behind each sentence of the text the sheet and the cells of its figures.")
  var cite = false

  @Option(
    help:
      "Whom the report is for: office (everything), staff or public (nothing that would name somebody)."
  )
  var audience = Audience.office

  @Option(help: DepartmentView.help)
  var view: DepartmentView?

  @OptionGroup var options: RunOptions

  func validate() throws {
    if audience != .office, named || eachDepartment != nil {
      throw ValidationError("'--named' and '--each-department' are for the office alone.")
    }
    guard (period == nil) != (phase == nil) else {
      throw ValidationError("Give '--period' or '--phase'.")
    }
    if let period { try PeriodOptions.validate(period, asOf: asOf) }
  }

  /// The period that is asked for, or that of the phase.
  private func period(in workspace: Workspace) throws(Refusal) -> Period {
    if let period { return period }
    let plan = workspace.settings.plan
    guard let phase, let (_, period) = plan.period(named: phase) else {
      let known = plan.periodNames.map { "'\($0)'" }.joined(separator: ", ")
      throw .usage(
        "'\(phase ?? "")' is no phase of \(workspace.name); "
          + (known.isEmpty ? "hospital.yaml has no campaigns" : "known are \(known)"))
    }
    if let fault = PeriodOptions.fault(period, asOf: asOf) { throw .usage(fault) }
    return period
  }

  func run() throws {
    let log = options.log
    try refusing(log) { () throws(Refusal) in
      let workspace = try openWorkspace(workspace, log)
      let period = try period(in: workspace)
      let pipeline = Pipeline(
        workspace: workspace, period: period, asOf: asOf, jobs: options.threads, log: log,
        departmentView: view, audience: audience)
      guard audience == .office else { return try circulate(pipeline) }
      let issue = Issue(
        workspace: workspace, period: period, asOf: asOf, output: output, command: .report,
        jobs: options.threads, log: log, named: named, profile: profile, cites: cite,
        departmentView: view)
      let issued = try issue.run(strict: strict)
      var paths = issued.paths
      if let eachDepartment {
        log.step(.departments, "writing the departments' reports")
        let packs = DepartmentIssue(pipeline: pipeline, results: issued.results)
        paths.append(try packs.write(to: eachDepartment))
        log.endProgress()
      }
      tell(issued.keyFigures, revised: issued.results.revised.count, paths, pipeline)
      if let failure = issued.failure { throw failure }
    }
  }

  /// Writes a report for a circle of readers, beside that of the office and without any history.
  private func circulate(_ pipeline: Pipeline) throws(Refusal) {
    let folder = try OutputFolder(
      root: output, workspace: pipeline.workspace.name,
      period: "\(pipeline.period)-\(audience.rawValue)")
    let results = try pipeline.results(strict: strict)
    let issued = try pipeline.issue(results, to: folder)
    pipeline.log.endProgress()
    tell(issued.keyFigures, revised: results.revised.count, issued.paths, pipeline)
  }

  private func tell(
    _ keyFigures: Table, revised: Int, _ paths: [String], _ pipeline: Pipeline
  ) {
    let numbers = NumberText(rule: pipeline.workspace.settings.rounding)
    let table = TextTable(keyFigures, numbers: numbers).lines
    if revised > 0 {
      pipeline.log.message(
        "\(revised) figures differ from what was published; \(ChangeReport.revisions) lists them",
        level: .warning)
    }
    Log.output((table + [""] + paths).joined(separator: "\n") + "\n")
  }
}

/// Runs a command's body; a refusal becomes a message and an exit code.
func refusing(_ log: Log, language: Language = .chinese, _ body: () throws(Refusal) -> Void) throws
{
  defer { log.tellTimings() }
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
