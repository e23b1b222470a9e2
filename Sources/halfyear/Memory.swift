import Checking
import Comparing
import Composing
import History
import Reading
import Records
import ReportModel
import Workspace

/// A run's dealings with the history of its workspace. A history that cannot be used costs a night its
/// memory and an exit code, never its report.
final class Memory {
  private let issue: Issue
  private let started: Int
  private var store: HistoryStore?
  private var publications: [HistoryStore.Publication] = []
  /// Why the history could not be used; nil as long as all is well.
  private(set) var failure: Refusal?
  /// The number of the run in the history, once it is kept.
  private(set) var run: Int?

  /// Opens the history; to be called with the lock of the reports held. A plain report reads what has been
  /// published, where there is a history, and leaves none of its own.
  init(_ issue: Issue, started: Int) {
    self.issue = issue
    self.started = started
    let path = Memory.path(root: issue.output, workspace: issue.workspace.name)
    let records = issue.command != .report
    guard records || HistoryStore.exists(at: path) else { return }
    attempt { () throws(HistoryError) in
      let store = try HistoryStore(path: path, for: records ? .recording : .reading)
      publications = try store.publications(of: "\(issue.period)")
      self.store = store
    }
  }

  static func path(root: String, workspace: String) -> String {
    "\(root)/\(workspace)/history.sqlite"
  }

  /// Whether the run compares its rows with those of an earlier one, or a later one will with these.
  var comparesRows: Bool {
    store != nil && (issue.command != .report || !publications.isEmpty)
  }

  /// What differs from the report before; nil where the history cannot tell.
  func changes(to results: Results, _ rows: [String: [RowDigest]]) -> ChangeReport? {
    var report = ChangeReport(file: ChangeReport.changes)
    attempt { () throws(HistoryError) in
      let fingerprint = fingerprint(results)
      guard let base = try store?.base(period: "\(issue.period)", unlike: fingerprint) else {
        return
      }
      report = try differences(from: base, results, rows, file: ChangeReport.changes)
    }
    return failure == nil ? report : nil
  }

  /// What differs from the report as it was first published; nil where it was not.
  func revisions(of results: Results, _ rows: [String: [RowDigest]]) -> ChangeReport? {
    var report: ChangeReport?
    attempt { () throws(HistoryError) in
      guard let first = publications.first else { return }
      var revisions = try differences(
        from: first.run, results, rows, file: ChangeReport.revisions)
      // What the public was never told cannot be taken back.
      revisions.changes.removeAll { $0.old == nil }
      for edition in publications.dropFirst() {
        let since = try differences(
          from: edition.run, results, rows, file: ChangeReport.revisions)
        revisions.editions.append((edition.note, Set(since.changes.map(\.address))))
      }
      report = revisions
    }
    return report
  }

  /// Published figures are not changed without a word.
  ///
  /// - Throws: `Refusal.usage` where figures differ from the last edition and there is no note.
  func refuseSilentRevision(_ revisions: ChangeReport?, note: String) throws(Refusal) {
    guard let revisions, note.isEmpty else { return }
    let count = revisions.editions.last?.differing.count ?? revisions.changes.count
    guard count == 0 else {
      throw .usage(
        "\(count) figures differ from what was published; say why with --note, or see with "
          + "'halfyear report' which they are")
    }
  }

  private func differences(
    from base: HistoryStore.NumberedRun, _ results: Results, _ rows: [String: [RowDigest]],
    file: String
  ) throws(HistoryError) -> ChangeReport {
    guard let store else { return ChangeReport(file: file) }
    let series = RecordedSeries(results.figures)
    let changes = try store.changes(
      since: base.number, report: "\(issue.period)", seriesCount: series.count,
      series: series.figures)
    var differences: [String: RowDifference] = [:]
    for (table, now) in rows {
      if let before = try store.rows(of: table, asOf: base.number) {
        differences[table] = RowDifference(from: before, to: now)
      }
    }
    return ChangeReport(
      file: file, base: base, changes: changes,
      reasons: ChangeReasons(
        base: base.run, now: record(results), oldInputs: try store.inputs(asOf: base.number),
        newInputs: results.inputRecords, rows: differences, workspace: issue.workspace))
  }

  /// Keeps a run that has issued its report.
  func keep(_ results: Results, _ rows: [String: [RowDigest]], base: Int?, bytes: Int) {
    guard let store, issue.command != .report else { return }
    attempt { () throws(HistoryError) in
      let series = RecordedSeries(results.figures)
      run = try store.record(
        Snapshot(
          run: record(results, bytes: bytes), fingerprint: fingerprint(results),
          inputs: results.inputRecords, findings: results.findings, rows: rows, base: base,
          seriesCount: series.count, series: series.figures))
    }
  }

  /// Keeps a night that has come to what a run had come to before.
  ///
  /// - Returns: false where the history does not have the run, or has had another report since: nothing is
  ///   kept then.
  func keepRepetition(of number: Int) -> Bool {
    guard let store, failure == nil else { return false }
    var isKept = false
    attempt { () throws(HistoryError) in
      let runs = try store.runs().filter { $0.run.exitCode == 0 && $0.number >= number }
      guard let first = runs.first, first.number == number,
        runs.allSatisfy({ $0.isRepetition(of: first) })
      else { return }
      var record = first.run
      (record.finished, record.milliseconds) = (emptyRecord.finished, emptyRecord.milliseconds)
      isKept = true
      run = try store.record(record, repeating: first)
    }
    return isKept
  }

  /// Keeps that the run's report is published, unless nothing has changed since it was.
  ///
  /// - Throws: `Refusal.history` where that cannot be kept.
  func publish(note: String) throws(Refusal) {
    attempt { () throws(HistoryError) in
      guard let run, publications.isEmpty || !note.isEmpty else { return }
      try store?.publish(run: run, period: "\(issue.period)", note: note)
    }
    if let failure { throw failure }
  }

  /// Keeps that a run has issued nothing, and why.
  func keep(_ refusal: Refusal) {
    guard let store, issue.command != .report else { return }
    attempt { () throws(HistoryError) in
      var run = emptyRecord
      run.exitCode = Int(refusal.code)
      run.message = refusal.message
      try store.recordFailure(run)
    }
  }

  private func attempt(_ body: () throws(HistoryError) -> Void) {
    guard failure == nil else { return }
    do throws(HistoryError) {
      try body()
    } catch {
      failure = .history(error)
    }
  }

  private var emptyRecord: RunRecord {
    let settings = issue.workspace.settings
    return RunRecord(
      command: issue.command.rawValue, period: "\(issue.period)",
      asOf: issue.asOf.map { "\($0)" } ?? "", program: Version.number,
      settings: SHA256.digest(of: issue.workspace.settingsBytes),
      definitions: SHA256.digest(of: Array(MetricsCatalogue.text(settings.sources).utf8)),
      finished: Clock.seconds, milliseconds: Clock.steadyMilliseconds - started)
  }

  private func record(_ results: Results, bytes: Int = 0) -> RunRecord {
    var run = emptyRecord
    run.rowsRead = results.rowsRead
    run.rowsRejected = results.rejected
    run.warnings = results.warnings
    run.bytes = bytes
    return run
  }

  /// The same for runs that cannot but come to the same figures.
  private func fingerprint(_ results: Results) -> String {
    let run = emptyRecord
    let inputs = results.inputRecords.map { "\($0.file) \($0.sha256)" }
    let all = [run.program, run.settings, run.definitions, run.asOf] + inputs
    return SHA256.digest(of: Array(all.joined(separator: "\n").utf8))
  }
}

/// The figures of a report as the history keeps them.
struct RecordedSeries {
  private let series: FigureSeries
  var count: Int { series.seriesCount }

  init(_ figures: Figures) { series = FigureSeries(figures) }

  func figures(_ index: Int) -> (SeriesKey, SeriesFigures) {
    let figures = series.figures(of: index)
    let series = series.series(index)
    return (
      SeriesKey(
        metric: series.metric, period: series.period, month: series.month, scope: series.scope),
      SeriesFigures(
        members: self.series.memberLists[series.members],
        numerators: figures.map(\.numerator), denominators: figures.map(\.denominator),
        scale: series.scale)
    )
  }
}

extension HistoryStore.NumberedRun {
  /// Whether a run is a night that came to the same report.
  fileprivate func isRepetition(of other: HistoryStore.NumberedRun) -> Bool {
    fingerprint == other.fingerprint && run.period == other.run.period
      && run.command == Issue.Command.nightly.rawValue
  }
}

extension Results {
  /// What the report was made from: the tables, and the office's comments, which have no rows.
  var inputRecords: [InputRecord] {
    let tables = outcomes.map {
      InputRecord(
        file: $0.file, sha256: $0.sha256, rowsRead: $0.rowsRead, rowsAccepted: $0.rowsAccepted,
        rowsRejected: $0.rowsRejected)
    }
    let comments = commentDigests.map {
      InputRecord(
        file: $0.file, sha256: $0.sha256, rowsRead: 0, rowsAccepted: 0, rowsRejected: 0)
    }
    return (tables + comments).sorted { $0.file < $1.file }
  }
}
