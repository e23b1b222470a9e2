import ArgumentParser
import Checking
import Composing
import Counting
public import Records
import Rendering
import Workspace

/// `halfyear check`: what is wrong with the inputs, and where.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "List everything that is wrong with a workspace's files.",
    discussion: """
      All findings on standard output, by department and worst first, then what became of each file's \
      rows. Nothing is written unless '--output' or '--return' asks for it; the files themselves are \
      never touched.
      """)

  @Argument(help: "The folder with hospital.yaml and the input files.")
  var workspace: String

  @Option(help: "Tell who has reported for this period, and who has not.")
  var period: Period?

  @Option(
    help:
      "What is dated later lies in the future (YYYY-MM-DD); without it no date is taken for a slip."
  )
  var asOf: Day?

  @Option(help: ArgumentHelp("Write findings.csv into this folder.", valueName: "dir"))
  var output: String?

  @Option(
    name: .customLong("return"),
    help: ArgumentHelp(
      "Write every file with findings into this folder as a workbook with the cells marked.",
      valueName: "dir"))
  var returned: String?

  @Option(help: "The language of the messages, zh or en; that of hospital.yaml if not given.")
  var language: Language?

  @Flag(help: "Exit with 65 if any row is rejected.")
  var strict = false

  @OptionGroup var options: RunOptions

  func validate() throws {
    if let period, period.months.count > Timeline.longestPeriod {
      throw ValidationError("'--period' is at most \(Timeline.longestPeriod) months long.")
    }
    if let asOf, let period, asOf < period.first {
      throw ValidationError(
        "'--as-of' \(asOf) lies before the period, which begins \(period.first).")
    }
  }

  func run() throws {
    let log = options.log
    try refusing(log) { () throws(Refusal) in
      let workspace = try openWorkspace(workspace, log)
      let language = language ?? workspace.settings.language
      // The period only decides what is counted; every row of every file is checked all the same.
      let day = asOf ?? .latest.adding(days: -366)
      var pipeline = Pipeline(
        workspace: workspace, period: period ?? Period(monthOf: day), asOf: asOf,
        jobs: options.threads, log: log)
      pipeline.purpose = .check
      let results = try pipeline.checked()
      log.endProgress()
      try write(results, workspace, language, log)
      let report = CheckReport(results: results, language: language)
      report.write(reportingOf: period, settings: workspace.settings, to: Log.output)
      if strict, results.rejected > 0 {
        throw .strict(rejected: results.rejected, [])
      }
    }
  }

  private func write(
    _ results: Results, _ workspace: Workspace, _ language: Language, _ log: Log
  ) throws(Refusal) {
    do throws(OutputError) {
      if let output {
        try Directory.make(output)
        let staged = "\(output)/.findings.csv.new"
        try results.findingsTable(language).write(to: staged)
        try Directory.move(staged, to: "\(output)/findings.csv")
      }
    } catch {
      throw .output(error)
    }
    if let returned {
      let files = try ReturnedFiles(
        workspace: workspace, results: results, language: language, folder: returned)
      try files.write(log)
    }
  }
}

extension Language: Choice {}
