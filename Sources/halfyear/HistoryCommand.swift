import ArgumentParser
import History
import Records
import Rendering

/// `halfyear history`: what the nightly runs have kept.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show the runs of a workspace, or a figure over time.",
    discussion: """
      CSV on standard output. Without --metric: the runs. With it: each run in which the figure became \
      what it then was.
      """)

  @Argument(help: "The workspace's folder, or its name alone.")
  var workspace: String

  @Option(help: "The folder of the reports.")
  var output = "reports"

  @Option(help: "Of the reports of this period only.")
  var period: Period?

  @Option(help: "A figure over time, as issues.raised; needs --period.")
  var metric: String?

  @Option(help: "The figure of this department, by its id; else of the hospital.")
  var department: String?

  @Option(help: "The figure of this month of the period, as 2023-05.")
  var month: Period?

  @OptionGroup var options: RunOptions

  func validate() throws {
    if metric != nil, period == nil {
      throw ValidationError("'--metric' needs '--period': a figure belongs to a report.")
    }
    if metric == nil, department != nil || month != nil {
      throw ValidationError("'--department' and '--month' choose a figure: name its '--metric'.")
    }
  }

  func run() throws {
    try refusing(options.log) { () throws(Refusal) in
      let name = workspace.split(separator: "/").last.map(String.init) ?? workspace
      let path = Memory.path(root: output, workspace: name)
      guard HistoryStore.exists(at: path) else { throw .noHistory(path: path) }
      do throws(HistoryError) {
        let store = try HistoryStore(path: path, for: .reading)
        if let metric, let period {
          try tellFigure(metric, period, store)
        } else {
          try tellRuns(store)
        }
      } catch {
        throw .history(error)
      }
    }
  }

  private func tellRuns(_ store: HistoryStore) throws(HistoryError) {
    var table = DelimitedText(header: [
      "run", "finished", "command", "period", "as_of", "program", "exit_code", "rows_read",
      "rows_rejected", "warnings", "milliseconds", "report_bytes", "message",
    ])
    for numbered in try store.runs(period: period.map { "\($0)" }) {
      let run = numbered.run
      table.append([
        "\(numbered.number)", Clock.text(run.finished), run.command, run.period, run.asOf,
        run.program, "\(run.exitCode)", "\(run.rowsRead)", "\(run.rowsRejected)",
        "\(run.warnings)", "\(run.milliseconds)", "\(run.bytes)", run.message,
      ])
    }
    Log.output(table.text)
  }

  private func tellFigure(
    _ metric: String, _ period: Period, _ store: HistoryStore
  ) throws(HistoryError) {
    let key = SeriesKey(
      metric: metric, period: "\(period)", month: month.map { "\($0)" } ?? "",
      scope: department == nil ? "hospital" : "department")
    let course = try store.figure(key, member: department ?? "", report: "\(period)")
    let runs = Dictionary(
      try store.runs(period: "\(period)").map { ($0.number, $0.run) }
    ) { first, _ in first }
    var table = DelimitedText(header: [
      "run", "finished", "as_of", "value", "numerator", "denominator",
    ])
    for (number, figure) in course {
      let run = runs[number]
      table.append([
        "\(number)", run.map { Clock.text($0.finished) } ?? "", run?.asOf ?? "",
        figure?.text ?? "", figure.map { "\($0.numerator)" } ?? "",
        figure.map { "\($0.denominator)" } ?? "",
      ])
    }
    Log.output(table.text)
  }
}
