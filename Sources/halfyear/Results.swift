import Checking
import Comparing
import Composing
import Counting
import Reading
import Records
import Rendering
import Workspace

/// What the run has found out: everything that the outputs are made from.
struct Results: Sendable {
  let figures: Figures
  let outcomes: [FileOutcome]
  let findings: [Finding]
  /// Files that could not be read to their end.
  let unreadable: [String]
  /// An input of which the next run may be able to read more than this one did.
  var brokenOff: Refusal?
  /// Figures that are not what was published.
  var revised: Set<FigureAddress> = []
  /// What the office has written to the report.
  var comments: [Language: CommentFile] = [:]
  /// What has become of the hospital's plan.
  var progress: PlanProgress?
  /// The sheets that have been read.
  var sheets: [CheckedSheet] = []
  /// The register of submissions.
  var received: [Submission] = []

  /// A file with fewer rows than this is too small for its share of rejected rows to say anything.
  static let leastRowsForShare = 50

  var rowsRead: Int { outcomes.reduce(0) { $0 + $1.rowsRead } }

  var warnings: Int { findings.count { $0.severity == .warning } }

  var rejected: Int { outcomes.reduce(0) { $0 + $1.rowsRejected } }

  func refuseIfUnsound(strict: Bool, rejectedShareLimit: Int, jobs: Int) throws(Refusal) {
    if let brokenOff { throw brokenOff }
    let imbalances = figures.imbalances(jobs: jobs) + (progress?.imbalances ?? [])
    guard imbalances.isEmpty else { throw .unbalanced(imbalances) }
    for outcome in outcomes
    where outcome.rowsRead >= Results.leastRowsForShare
      && outcome.rowsRejected * 100 > outcome.rowsRead * rejectedShareLimit
    {
      throw .tooManyRejected(outcome, limit: rejectedShareLimit, findings)
    }
    if strict, rejected > 0 || !unreadable.isEmpty { throw .strict(rejected: rejected, findings) }
  }

  /// - Parameter comments: what the office has written to the report.
  func facts(
    workspace: Workspace, period: Period, comments: [OfficeComment] = []
  ) -> ReportFacts {
    let present = Set(workspace.sources.map(\.name))
    return ReportFacts(
      hospital: workspace.settings.name, period: period, asOf: figures.timeline.windows[0].end,
      figures: figures, outcomes: outcomes, findings: findings, unreadable: unreadable,
      absentSources: workspace.settings.sources.filter { !present.contains($0.name) },
      rounding: workspace.settings.rounding, progress: progress,
      wording: workspace.settings.wording, comments: comments, received: received,
      submissionDueDays: workspace.settings.submissionDueDays, programVersion: Version.number,
      revised: revised)
  }

  /// The files of comments that the report has in it, each once.
  var commentDigests: [(file: String, sha256: String)] {
    let files = Dictionary(comments.values.map { ($0.file, $0.bytes) }) { first, _ in first }
    return files.sorted { $0.key < $1.key }.map { ($0.key, SHA256.digest(of: $0.value)) }
  }

  /// `findings.csv`.
  func findingsTable(_ language: Language) -> DelimitedText {
    var table = DelimitedText(header: [
      "severity", "code", "file", "sheet", "row", "column", "value", "message",
    ])
    for finding in findings {
      let place = finding.location
      table.append([
        finding.severity.rawValue, finding.code.rawValue, place.file, place.sheet,
        place.row > 0 ? "\(place.row)" : "", place.column, finding.value,
        FindingText.message(for: finding, in: language),
      ])
    }
    return table
  }

  /// `manifest.json`: what the report was made from. Nothing of when or where it was made.
  func manifest(workspace: Workspace, period: Period, outputs: [String]) -> JSONText {
    let inputs = outcomes.sorted { $0.file < $1.file }.map { outcome in
      JSONText.members([
        ("file", .text(outcome.file)), ("sha256", .text(outcome.sha256)),
        ("rows_read", .number(outcome.rowsRead)),
        ("rows_accepted", .number(outcome.rowsAccepted)),
        ("rows_rejected", .number(outcome.rowsRejected)),
        ("rows_in_file", .number(outcome.rowsInFile)),
        ("rows_title", .number(outcome.others[.title] ?? 0)),
        ("rows_heading", .number(outcome.others[.heading] ?? 0)),
        ("rows_blank", .number(outcome.others[.blank] ?? 0)),
        ("rows_note", .number(outcome.others[.note] ?? 0)),
        ("rows_total", .number(outcome.others[.total] ?? 0)),
      ])
    }
    return .members([
      ("program", .text("halfyear")), ("version", .text(Version.number)),
      ("workspace", .text(workspace.name)), ("period", .text("\(period)")),
      ("first_day", .text("\(period.first)")), ("last_day", .text("\(period.last)")),
      ("as_of", .text("\(figures.timeline.windows[0].end)")),
      ("unreadable", .list(unreadable.sorted().map(JSONText.text))),
      ("inputs", .list(inputs)),
      (
        "comments",
        .list(
          commentDigests.map { .members([("file", .text($0.file)), ("sha256", .text($0.sha256))]) })
      ),
      ("outputs", .list(outputs.map(JSONText.text))),
    ])
  }
}

enum Version {
  static let number = "0.1.0"
}
