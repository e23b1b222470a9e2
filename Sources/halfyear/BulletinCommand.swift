import ArgumentParser
import Comparing
import Composing
import Counting
import Records
import Rendering
import ReportModel
import Workspace

/// `halfyear bulletin`: what has moved since the last one, what is overdue and whose, who has not reported.
struct BulletinCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulletin", abstract: "Write the bulletin on what has moved since the last one.",
    discussion: """
      Writes bulletin.xlsx, bulletin.zh.txt, bulletin.en.txt, findings.csv and manifest.json to \
      DIR/<workspace>/bulletin-<day>/. Items of individuals are counted, never listed.
      """)

  @Argument(help: "The folder with hospital.yaml and the input files.")
  var workspace: String

  @Option(help: "The day of the bulletin: nothing after it is known (YYYY-MM-DD).")
  var asOf: Day

  @Option(help: "The day of the last bulletin; 14 days before this one if not given.")
  var since: Day?

  @Option(help: "The folder of the reports.")
  var output = "reports"

  @OptionGroup var options: RunOptions

  private var period: Period? {
    Period(from: (since ?? asOf.adding(days: -14)).adding(days: 1), through: asOf)
  }

  func validate() throws {
    guard let period else { throw ValidationError("'--since' is a day before '--as-of'.") }
    try PeriodOptions.validate(period, asOf: asOf)
  }

  func run() throws {
    let log = options.log
    guard let period else { return }
    try refusing(log) { () throws(Refusal) in
      let workspace = try openWorkspace(workspace, log)
      let pipeline = Pipeline(
        workspace: workspace, period: period, asOf: asOf, jobs: options.threads, log: log,
        purpose: .bulletin)
      let folder = try OutputFolder(
        root: output, workspace: workspace.name, period: "bulletin-\(asOf)")
      let results = try pipeline.results(strict: false)
      let paths = try pipeline.issueBulletin(results, to: folder)
      log.endProgress()
      Log.output(paths.joined(separator: "\n") + "\n")
    }
  }
}

extension Pipeline {
  /// Composes the bulletin in both languages and puts its files in place; returns their paths.
  func issueBulletin(_ results: Results, to folder: OutputFolder) throws(Refusal) -> [String] {
    let facts = results.facts(workspace: workspace, period: period)
    guard !(facts.progress?.accounts ?? []).isEmpty else {
      throw .usage("\(workspace.name) has no ledger, and a bulletin is about ledgers")
    }
    let language = workspace.settings.language
    for other in Language.allCases {
      let composer = Composer(facts: facts, language: other)
      let report = composer.bulletin(withSections: other == language)
      try folder.writeText(report, name: "bulletin.\(other.rawValue).txt")
      if other == language { try folder.writeWorkbook(report, as: "bulletin.xlsx") }
    }
    try folder.write("findings.csv") { path throws(OutputError) in
      try results.findingsTable(language).write(to: path)
    }
    return try folder.publish { names in
      results.manifest(workspace: workspace, period: period, outputs: names)
    }
  }
}
