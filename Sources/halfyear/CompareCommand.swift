import ArgumentParser
import Comparing
public import Composing
import Counting
import Records
import Rendering
import ReportModel
import Workspace

/// `halfyear compare`: departments beside each other.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare departments: values, changes, ranks, and what is more than chance.",
    discussion: """
      Prints a table for each metric. With --output, compare.xlsx and compare.csv are written to \
      DIR/<workspace>/<period>-compare/ as well. All departments take part in ranks and limits, whichever are \
      shown.
      """)

  /// By what members are put together.
  enum Grouping: String, Choice { case category, branch, group }

  @Argument(help: "The folder with hospital.yaml and the input files.")
  var workspace: String

  @Option(help: "2023H1, 2023Q2, 2023-05, 2023 or 2021-09-01..2021-12-31.")
  var period: Period

  @Option(help: "Show these departments only, by id, name or alias: A,B.")
  var departments: String?

  @Option(
    help: "Compare categories, branches or groups of people (group) instead of departments.")
  var by: Grouping?

  @Option(help: "The metrics, by their full names: training.coverage,issues.closure_rate.")
  var metrics: String?

  @Option(help: "The order of the rows: official, as in the file, or score, by rank.")
  var order = ComparisonRequest.Order.official

  @Flag(help: "Print CSV, unrounded, with limits and numerators, instead of tables.")
  var csv = false

  @Option(help: "Nothing after this day is known (YYYY-MM-DD).")
  var asOf: Day?

  @Option(help: DepartmentView.help)
  var view: DepartmentView?

  @Option(help: "The folder to write compare.xlsx and compare.csv below.")
  var output: String?

  @OptionGroup var options: RunOptions

  func validate() throws {
    try PeriodOptions.validate(period, asOf: asOf)
    if view != nil, by == .group {
      throw ValidationError(
        "'--view' says something of departments, which '--by group' has none of.")
    }
    if departments != nil, by != nil {
      throw ValidationError("'--departments' and '--by' exclude each other.")
    }
  }

  func run() throws {
    let log = options.log
    try refusing(log) { () throws(Refusal) in
      let workspace = try openWorkspace(workspace, log)
      let pipeline = Pipeline(
        workspace: workspace, period: period, asOf: asOf, jobs: options.threads, log: log,
        purpose: by == .group ? .groups : .report, departmentView: view)
      if by == .group { try refuseSharedValues(workspace.settings.plan.groups) }
      let results = try pipeline.results(strict: false)
      let request = try request(results.figures)
      let facts = results.facts(workspace: workspace, period: period)
      let composer = Composer(facts: facts, language: workspace.settings.language)
      log.endProgress()
      tell(composer, request, facts)
      if let output { try write(composer, request, results, to: output, workspace) }
    }
  }

  private func request(_ figures: Figures) throws(Refusal) -> ComparisonRequest {
    let scope: Scope =
      switch by {
      case nil, .group: .department
      case .category: .category
      case .branch: .branch
      }
    if by == .group { return try groupRequest(figures) }
    guard !figures.members(scope).isEmpty else {
      throw .usage("no department states its \(scope.name(in: ""))")
    }
    let wanted = try departments.map { names throws(Refusal) in
      try Selection.departments(names, in: figures)
    }
    return ComparisonRequest(
      metrics: try Selection.metrics(metrics, in: figures), scope: scope,
      shown: wanted ?? Array(figures.members(scope).indices), order: order)
  }

  /// All groups but the others, who are no group.
  private func groupRequest(_ figures: Figures) throws(Refusal) -> ComparisonRequest {
    let groups = Array(figures.departments.indices.dropLast())
    guard !groups.isEmpty else {
      throw .usage("the staff list has no column 'group', or nothing in it")
    }
    let metrics = try Selection.metrics(metrics, in: figures)
    if let held = metrics.first(where: { $0.metric.measure == .events }) {
      throw .usage("'\(held.name)' is of departments, which hold events, not of people")
    }
    return ComparisonRequest(
      metrics: metrics, scope: .department, shown: groups, order: order, compared: Set(groups))
  }

  /// Whoever belongs to two groups would be compared with themselves.
  private func refuseSharedValues(_ groups: [PeopleGroup]) throws(Refusal) {
    for (number, group) in groups.enumerated() {
      for other in groups.dropFirst(number + 1) {
        guard let shared = group.values.first(where: other.values.contains) else { continue }
        throw .usage(
          "the groups '\(group.name)' and '\(other.name)' of hospital.yaml share '\(shared)'; only groups "
            + "that have nobody in common can be compared")
      }
    }
  }

  private func tell(_ composer: Composer, _ request: ComparisonRequest, _ facts: ReportFacts) {
    guard !csv else { return Log.output(records(composer, request).text) }
    let numbers = NumberText(rule: facts.rounding)
    var space = ""
    func output(_ lines: [String]) {
      Log.output(space + lines.joined(separator: "\n") + "\n")
      space = "\n"
    }
    for (table, notes) in composer.comparisonTables(request) {
      output(TextTable(table, numbers: numbers).lines + notes)
    }
    let remarks = composer.comparisonRemarks
    if !remarks.isEmpty { output(remarks) }
  }

  private func records(_ composer: Composer, _ request: ComparisonRequest) -> DelimitedText {
    var table = DelimitedText(header: Composer.comparisonHeader)
    for metric in request.metrics {
      for record in composer.comparisonRecords(metric, request) { table.append(record) }
    }
    return table
  }

  private func write(
    _ composer: Composer, _ request: ComparisonRequest, _ results: Results, to root: String,
    _ workspace: Workspace
  ) throws(Refusal) {
    let folder = try OutputFolder(
      root: root, workspace: workspace.name, period: "\(period)-compare")
    try folder.writeWorkbook(composer.comparisonReport(request), as: "compare.xlsx")
    try folder.write("compare.csv") { path throws(OutputError) in
      try records(composer, request).write(to: path)
    }
    let paths = try folder.publish { outputs in
      results.manifest(workspace: workspace, period: period, outputs: outputs)
    }
    Log.output("\n" + paths.joined(separator: "\n") + "\n")
  }
}

extension ComparisonRequest.Order: Choice {}

/// Names that are written on the command line, several with commas between them.
enum Selection {
  private static func parts(_ text: String) -> [String] {
    text.split { $0 == "," || $0 == "，" || $0 == "、" }
      .map { part in
        let start = part.drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
      }
      .filter { !$0.isEmpty }
  }

  /// The metrics of these full names; without any the usual ones.
  ///
  /// - Throws: `Refusal.usage` for a name that there is not.
  static func metrics(_ text: String?, in figures: Figures) throws(Refusal) -> [SourceMetric] {
    guard let text else { return ComparisonRequest.usualMetrics(figures) }
    var found: [SourceMetric] = []
    for name in parts(text) {
      guard let metric = figures.metric(name) else {
        throw .usage(
          "there is no metric '\(name)'"
            + Suggestion.sentence(name, among: figures.metrics.map(\.name)))
      }
      if !found.contains(metric) { found.append(metric) }
    }
    guard !found.isEmpty else { throw .usage("'--metrics' names no metric") }
    return found
  }

  /// The departments of these ids, names or aliases, in the order of their file.
  ///
  /// - Throws: `Refusal.usage` for what names none, or more than one.
  static func departments(_ text: String, in figures: Figures) throws(Refusal) -> [Int] {
    var found: Set<Int> = []
    for name in parts(text) {
      let matches = figures.departments.indices.filter {
        let department = figures.departments[$0]
        return department.id == name || department.name == name
          || department.aliases.contains(name)
      }
      guard matches.count < 2 else {
        let ids = matches.map { figures.departments[$0].id }.joined(separator: ", ")
        throw .usage("'\(name)' names more than one department: \(ids)")
      }
      guard let match = matches.first else {
        let known = figures.departments.flatMap { [$0.id, $0.name] + $0.aliases }
        throw .usage(
          "there is no department '\(name)'" + Suggestion.sentence(name, among: known))
      }
      found.insert(match)
    }
    guard !found.isEmpty else { throw .usage("'--departments' names no department") }
    return found.sorted()
  }
}

/// What holds for a period and an as-of day of any command.
enum PeriodOptions {
  static func validate(_ period: Period, asOf: Day?) throws {
    if let fault = fault(period, asOf: asOf) { throw ValidationError(fault) }
  }

  /// Why a period cannot be reported; nil where it can.
  static func fault(_ period: Period, asOf: Day?) -> String? {
    if period.months.count > Timeline.longestPeriod {
      return "'--period' is at most \(Timeline.longestPeriod) months long."
    }
    guard let asOf, asOf < period.first else { return nil }
    return "'--as-of' \(asOf) lies before the period, which begins \(period.first)."
  }
}
