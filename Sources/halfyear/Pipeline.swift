import CFiles
import Checking
import Comparing
import Composing
import Counting
import Records
import Rendering
import ReportModel
import Threading
import Workspace

/// The whole line, from a department's sheet to a signed report. Each step hands one value to the next;
/// this file alone knows them all.
struct Pipeline {
  let workspace: Workspace
  let period: Period
  let asOf: Day?
  let jobs: Int
  let log: Log
  var profile = WorkbookProfile.office
  /// Each sentence of the text names the cells that its figures stand in.
  var cites = false
  /// Holds rows, where a command asks for them.
  var tracer: RowTracer?
  var purpose = Purpose.report

  enum Purpose: Equatable {
    case report
    /// With the people who have not reached a target of each person, by name.
    case namedReport
    /// Looks at the ledgers' rows one by one, also where the settings do not ask for it.
    case bulletin
    /// The inputs for their own sake: events that may be reported twice are looked for, and no day is
    /// taken for a slip.
    case check
    /// Groups of people in the departments' place, for a comparison of them.
    case groups
  }
  /// Which departments figures are told of, where that is not what the settings say.
  var departmentView: DepartmentView?
  /// Whom the report is for; all but the office are not told what would name somebody.
  var audience = Audience.office

  /// What is dated later lies in the future. Without an as-of day there is no clock to ask: what lies
  /// more than a year behind the period is taken for a slip of the pen.
  var lastKnownDay: Day { asOf ?? (purpose == .check ? .latest : period.last.adding(days: 366)) }

  private var plan: Plan {
    // What a hospital has planned is about departments.
    if purpose == .groups { return Plan() }
    var plan = workspace.settings.plan
    if purpose == .bulletin {
      plan.asksForAccounts = true
      // What is late is told with who answers for it, in every ledger; of individuals it never is.
      plan.ledgers = plan.ledgers ?? LedgerRules()
      plan.ledgers?.listed = workspace.sources.map(\.name)
      plan.targets = plan.targets.map { $0.over(plan.daysOfTargets(on: period.last)) }
    }
    return plan
  }

  private var demand: PlanDemand { PlanDemand(plan, sources: workspace.sources) }

  /// Reads, checks and counts the workspace.
  ///
  /// - Parameter memory: what the run before has found in files that are still the same.
  /// - Throws: `Refusal` where the data does not allow a report.
  func results(strict: Bool, memory: Summaries? = nil) throws(Refusal) -> Results {
    var results = try checked(memory: memory)
    // What the office writes to itself is not circulated.
    if audience == .office { results.comments = try comments() }
    try results.refuseIfUnsound(
      strict: strict, rejectedShareLimit: workspace.settings.rejectedShareLimit,
      jobs: jobs)
    return results
  }

  /// The same, whatever the data is worth.
  func checked(memory: Summaries? = nil) throws(Refusal) -> Results {
    guard Timeline.hasRoom(for: demand.furtherSpans(of: period), beside: period) else {
      throw .usage(
        "the targets of hospital.yaml have more different periods than a report of "
          + "\(period.months.count) months has room for; ask for a shorter one")
    }
    let checker = checker(jobs: jobs, tracer: tracer)
    checker.keepsStaffIds = purpose == .namedReport
    checker.looksForSameEvents = purpose == .check
    checker.memory = memory
    checker.findings.add(
      workspace.unusedFiles.map { Finding(.unusedFile, at: SourceLocation(file: $0)) })
    log.step(.counting, "reading departments and staff")
    guard let departments = checker.departments() else {
      throw .input(workspace, .departments, checker)
    }
    guard let staff = checker.staff(departments) else { throw .input(workspace, .staff, checker) }
    guard !workspace.sources.isEmpty else { throw .nothingToCount(workspace) }

    log.step(
      .counting, "counting \(workspace.sources.map(\.name).joined(separator: ", "))")
    let further =
      demand.furtherSpans(of: period) + comparedSpans(departments: departments.counted.count)
    let timeline = Timeline(period: period, asOf: asOf, further: further)
    let counter = Counter(
      checker: checker, departments: departments, staff: staff, timeline: timeline, jobs: jobs,
      keeping: keeping(departments: departments.counted.count))
    let cube = counter.cube(of: workspace.sources)
    let received = checker.submissions(departments)

    log.read(
      rows: checker.outcomes.reduce(0) { $0 + $1.rowsRead },
      bytes: workspace.byteCount(of: checker.outcomes.map(\.file)))

    log.step(.comparing, "comparing")
    let figures = Figures(cube)
    return Results(
      figures: figures, outcomes: checker.outcomes, findings: checker.findings.sorted,
      unreadable: checker.unreadable.map(\.file),
      brokenOff: checker.unreadable.first { $0.error.isPassing }
        .map { .input(workspace, $0.file, $0.error) },
      progress: PlanProgress(plan, figures, rounding: workspace.settings.rounding),
      sheets: checker.sheets, received: received)
  }

  /// What reads the workspace's files, in the view of departments that is asked for.
  func checker(jobs: Int, tracer: RowTracer? = nil) -> Checker {
    let checker = Checker(
      workspace: workspace, jobs: jobs, lastKnownDay: lastKnownDay, tracer: tracer)
    checker.departmentView = departmentView ?? workspace.settings.departmentView
    if let asOf { checker.now = asOf }
    if purpose == .groups {
      checker.grouping = GroupedPeople(
        declared: workspace.settings.plan.groups,
        others: Bilingual(zh: "其他人员与事项", en: "All others"),
        language: workspace.settings.language)
    }
    return checker
  }

  /// What is counted besides the report's own periods and months: of a period that still runs, the earlier
  /// ones to the same day; and as many months before it as a chart of months looks at, unless there are
  /// so many departments that they would cost more than they say.
  private func comparedSpans(departments: Int) -> [Period] {
    var spans: [Period] = []
    if let asOf {
      spans = [period.previous, period.sameLastYear].compactMap { period.sameDay(in: $0, as: asOf) }
    }
    guard departments <= Pipeline.mostDepartmentsForMonths else { return spans }
    return spans + period.months(before: max(0, MonthSeries.span - period.months.count)).reversed()
  }

  /// The rows that are held, and what is counted of each person: only where a report can show it.
  private func keeping(departments: Int) -> RecordKeeping {
    var keeping = demand.keeping
    if purpose == .report || purpose == .namedReport,
      departments <= Pipeline.mostDepartmentsForMonths
    {
      keeping.tallied = Set(workspace.sources.filter { $0.family == .activity }.map(\.name))
    }
    return keeping
  }

  private static let mostDepartmentsForMonths = 500

  /// What has been issued.
  struct Issued {
    let paths: [String]
    /// The main figures, for a terminal.
    let keyFigures: Table
  }

  /// Composes the report, writes all its files into a folder and puts them in place.
  ///
  /// The workbook takes longest by far, so it is begun as soon as the hospital's own language is composed;
  /// beside it the other one is, and the texts, the page and the tables are written.
  func issue(_ results: Results, to folder: OutputFolder) throws(Refusal) -> Issued {
    log.step(.composing, "composing")
    let first = workspace.settings.language
    let facts = circulated(results)
    let composer = Composer(facts: commented(facts, results, in: first), language: first)
    let report = composer.report(jobs: jobs)
    log.step(.writing, "writing")
    // What has read and counted is not needed any more.
    files_release_code()
    // Sentences that name cells have to wait for the workbook; others are written beside it.
    let places = cites ? try folder.writeWorkbook(report, profile: profile, jobs: jobs) : nil
    try Steps.run(
      [
        {
          Result { () throws(Refusal) in
            if !cites { try folder.writeWorkbook(report, profile: profile, jobs: jobs) }
          }
        },
        {
          Result { () throws(Refusal) in
            let further = Language.allCases.filter { $0 != first }.map {
              Composer(facts: commented(facts, results, in: $0), language: $0).report()
            }
            try writeTexts([report] + further, places, to: folder)
            try writeTables(results, facts.figures, to: folder)
          }
        },
      ], jobs: jobs)
    let paths = try folder.publish { outputs in
      results.manifest(workspace: workspace, period: period, outputs: outputs)
    }
    return Issued(paths: paths, keyFigures: composer.keyFigures())
  }

  /// The facts as far as the readers may know them.
  private func circulated(_ results: Results) -> ReportFacts {
    results.facts(workspace: workspace, period: period).circulated(
      to: audience, threshold: workspace.settings.disclosureThreshold)
  }

  /// The facts with what the office has to say in one language.
  private func commented(
    _ facts: ReportFacts, _ results: Results, in language: Language
  ) -> ReportFacts {
    var facts = facts
    facts.comments = results.comments[language]?.comments ?? []
    return facts
  }

  /// What the office has written to the report, by language; each file is read once.
  private func comments() throws(Refusal) -> [Language: CommentFile] {
    var comments: [Language: CommentFile] = [:]
    do throws(WorkspaceError) {
      for language in Language.allCases {
        guard let file = workspace.commentFile(on: period, in: language) else { continue }
        if let known = comments.values.first(where: { $0.file == file }) {
          comments[language] = known
        } else {
          comments[language] = try workspace.comments(in: file)
        }
      }
    } catch {
      throw .workspace(error)
    }
    return comments
  }

  /// - Parameter reports: in each language, that of the hospital first.
  private func writeTexts(
    _ reports: [Report], _ places: CellPlaces?, to folder: OutputFolder
  ) throws(Refusal) {
    for report in reports { try folder.writeSummary(report, citing: places) }
    try folder.writePage(reports)
  }

  private func writeTables(
    _ results: Results, _ figures: Figures, to folder: OutputFolder
  ) throws(Refusal) {
    try folder.write("statistics.csv") { path throws(OutputError) in
      try StatisticsWriter(jobs: jobs).write(FigureSeries(figures, for: audience), to: path)
    }
    guard audience == .office else { return }
    try folder.write("findings.csv") { path throws(OutputError) in
      try results.findingsTable(workspace.settings.language).write(to: path)
    }
    if let progress = results.progress {
      try PlanTables(progress: progress, figures: results.figures).write(
        named: purpose == .namedReport, to: folder)
    }
  }
}
