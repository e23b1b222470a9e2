import ArgumentParser
import Checking
import Comparing
import Composing
import Counting
import History
import Records
import Rendering
import ReportModel
import Workspace

/// `halfyear explain`: the rows behind a figure.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what a figure is made of: its definition, its parts, and the rows behind them.",
    discussion: """
      Prints the definition and the value, then CSV: the rows of numerator and denominator with what each \
      adds, and the rejected rows that would have changed the figure ('would'), or might have ('might', \
      where the cell that decides it cannot be read).
      """)

  @Argument(
    help: "The workspace's folder (else this folder, or the only one in datasets/), and the metric."
  )
  var names: [String]

  @Option(help: "2023H1, 2023Q2, 2023-05 …; else that of the latest report in DIR.")
  var period: Period?

  @Option(help: "The figure of this department, by id, name or alias; else of the hospital.")
  var department: String?

  @Option(help: "Nothing after this day is known (YYYY-MM-DD).")
  var asOf: Day?

  @Option(help: DepartmentView.help)
  var view: DepartmentView?

  @Option(help: "The folder of the reports.")
  var output = "reports"

  @Flag(help: "Print the rows alone, as CSV.")
  var csv = false

  @OptionGroup var options: RunOptions

  func validate() throws {
    guard (1...2).contains(names.count) else {
      throw ValidationError("Name a workspace and a metric, as 'datasets/ours training.people'.")
    }
    if let period { try PeriodOptions.validate(period, asOf: asOf) }
  }

  func run() throws {
    let log = options.log
    try refusing(log) { () throws(Refusal) in
      let (path, metricName) = try subject()
      let workspace = try openWorkspace(path, log)
      let period: Period
      if let chosen = self.period {
        period = chosen
      } else {
        period = try latestReport(of: workspace)
      }
      let tracer = RowTracer(tables: tables(metricName, workspace))
      let pipeline = Pipeline(
        workspace: workspace, period: period, asOf: asOf, jobs: options.threads, log: log,
        tracer: tracer, departmentView: view)
      let results = try pipeline.checked()
      log.endProgress()
      let figures = results.figures
      let metric = try Selection.metrics(metricName, in: figures)[0]
      let chosen = try department.map { name throws(Refusal) in
        try Selection.departments(name, in: figures)[0]
      }
      let window = figures.timeline.windows[0]
      let query = ExplanationQuery(
        measure: metric.metric.measure,
        source: workspace.settings.sources.first { $0.name == metric.source }, department: chosen,
        first: window.period.first, end: window.end, asOf: asOf)
      let explainer = Explainer(tracer, findings: results.findings)
      guard let explanation = explainer.explanation(of: query) else {
        throw .usage("the rows of '\(metricName)' cannot be read")
      }
      let account = FigureAccount(
        metric: metric, department: chosen, figures: figures, explanation: explanation,
        language: workspace.settings.language, findings: results.findings)
      Log.output((csv ? "" : account.text + "\n") + account.rows)
    }
  }

  /// The workspace's folder and the metric, in either order.
  private func subject() throws(Refusal) -> (path: String, metric: String) {
    let isWorkspace: (String) -> Bool = { Directory.exists("\($0)/hospital.yaml") }
    if names.count == 2 {
      return isWorkspace(names[1]) ? (names[1], names[0]) : (names[0], names[1])
    }
    if isWorkspace(".") { return (".", names[0]) }
    let found = NightlyCommand.workspaces(below: "datasets")
    guard found.count == 1 else {
      throw .usage("name the workspace, as 'halfyear explain datasets/ours \(names[0])'")
    }
    return (found[0], names[0])
  }

  private func latestReport(of workspace: Workspace) throws(Refusal) -> Period {
    let names = Directory.names(in: "\(output)/\(workspace.name)") ?? []
    let periods = names.compactMap { Period($0) }
    guard let latest = periods.max(by: { ($0.last, -$0.length) < ($1.last, -$1.length) }) else {
      throw .usage("there is no report yet: name the period, as '--period 2023H1'")
    }
    return latest
  }

  /// What must be held in memory for a metric, by the tables' names.
  private func tables(_ metric: String, _ workspace: Workspace) -> Set<String> {
    let source = workspace.settings.sources.first { metric.hasPrefix("\($0.name).") }
    let tables = [source?.records.file, source?.participation?.file].compactMap { $0 }
    return Set(tables + [TableSchema.departments.file, TableSchema.staff.file])
  }
}

/// A figure with its definition, its parts and its rows, as text.
private struct FigureAccount {
  let metric: SourceMetric
  let department: Int?
  let figures: Figures
  let explanation: Explanation
  let language: Language
  let findings: [Finding]

  private var figure: Figure {
    department.map { figures.column(metric, .department, window: 0)[$0] }
      ?? figures.hospital(metric)
  }

  var text: String {
    let window = figures.timeline.windows[0]
    let definition = metric.metric
    let whole = Bilingual(zh: "全院", en: "the hospital")[language]
    let whom = department.map { "\(figures.departments[$0].name) (\(figures.departments[$0].id))" }
    let title =
      "\(metric.name) \(definition.title[language]), \(whom ?? whole), \(window.period), "
      + Bilingual(zh: "数据截至 \(window.end)", en: "as of \(window.end)")[language]
    var lines = [title, definition.definition[language], "", parts]
    let (would, might) = (
      explanation.rejected.count { $0.isCertain }, explanation.rejected.count { !$0.isCertain }
    )
    lines.append(
      Bilingual(
        zh: "剔除的行中，本会改变该数字的 \(would) 行，可能改变的 \(might) 行",
        en: "of the rejected rows \(would) would have changed the figure, \(might) might have"
      )[language])
    return lines.joined(separator: "\n") + "\n"
  }

  /// The value, and how the rows come to it.
  private var parts: String {
    let value = figure.text(scale: metric.metric.scale)
    let count = explanation.numerator.count
    if metric.metric.isQuotient {
      let (part, whole) = (
        Figure(figure.numerator).text(scale: metric.metric.scale), "\(figure.denominator)"
      )
      return Bilingual(
        zh: "\(value) = \(part) ÷ \(whole)；分子 \(count) 行，分母 \(explanation.denominator.count) 行",
        en: "\(value) = \(part) ÷ \(whole); rows: \(count) in the numerator, "
          + "\(explanation.denominator.count) in the denominator"
      )[language]
    }
    return Bilingual(zh: "\(value)；\(count) 行", en: "\(value); \(count) rows")[language]
  }

  /// The rows as CSV.
  var rows: String {
    var table = DelimitedText(header: ["part", "file", "sheet", "row", "adds", "code"])
    let scale = metric.metric.kind == .median ? 1 : metric.metric.scale
    for row in explanation.numerator {
      append("numerator", row.place, Figure(row.adds).text(scale: scale), to: &table)
    }
    for row in explanation.denominator {
      append("denominator", row.place, "\(row.adds)", to: &table)
    }
    var codes: [SourceLocation: [String]] = [:]
    for finding in findings where finding.severity == .error {
      codes[finding.location.row(finding.location.row), default: []].append(finding.code.rawValue)
    }
    for row in explanation.rejected {
      append(
        row.isCertain ? "would" : "might", row.place, "",
        codes[row.place]?.joined(separator: " ") ?? "", to: &table)
    }
    return table.text
  }

  private func append(
    _ part: String, _ place: SourceLocation, _ adds: String, _ code: String = "",
    to table: inout DelimitedText
  ) {
    table.append([part, place.file, place.sheet, "\(place.row)", adds, code])
  }
}

extension Figure {
  /// As `statistics.csv` has it; empty where it is undefined.
  func text(scale: Int64) -> String {
    RecordedFigure(numerator: numerator, denominator: denominator, scale: scale).text
  }
}
