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
  private let workspace: Workspace
  private let period: Period
  private let asOf: Day?
  private let command: String
  private let started: Int
  private var store: HistoryStore?
  /// Why the history could not be used; nil as long as all is well.
  private(set) var failure: Refusal?
  /// The number of the run in the history, once it is kept.
  private(set) var run: Int?

  /// Opens the history, or makes it; to be called with the lock of the reports held.
  init(
    root: String, workspace: Workspace, period: Period, asOf: Day?, command: String, started: Int
  ) {
    self.workspace = workspace
    self.period = period
    self.asOf = asOf
    self.command = command
    self.started = started
    attempt { () throws(HistoryError) in
      store = try HistoryStore(
        path: Memory.path(root: root, workspace: workspace.name), for: .recording)
    }
  }

  static func path(root: String, workspace: String) -> String {
    "\(root)/\(workspace)/history.sqlite"
  }

  /// What differs from the report before.
  func changes(to results: Results) -> ChangeReport {
    let report = ChangeReport()
    guard let store else { return report }
    var told = report
    attempt { () throws(HistoryError) in
      let fingerprint = fingerprint(results)
      guard let base = try store.base(period: "\(period)", unlike: fingerprint) else { return }
      let series = RecordedSeries(results.figures)
      let changes = try store.changes(
        since: base.number, report: "\(period)", seriesCount: series.count, series: series.figures)
      let inputs = try store.inputs(asOf: base.number)
      told = ChangeReport(
        base: base, changes: changes,
        reasons: ChangeReasons(
          base: base.run, now: record(results), oldInputs: inputs, newInputs: results.inputRecords,
          workspace: workspace))
    }
    return told
  }

  /// Keeps a run that has issued its report.
  func keep(_ results: Results, bytes: Int) {
    guard let store else { return }
    attempt { () throws(HistoryError) in
      let series = RecordedSeries(results.figures)
      run = try store.record(
        Snapshot(
          run: record(results, bytes: bytes), fingerprint: fingerprint(results),
          inputs: results.inputRecords, findings: results.findings, seriesCount: series.count,
          series: series.figures))
    }
  }

  /// Keeps that a run has issued nothing, and why.
  func keep(_ refusal: Refusal) {
    guard let store else { return }
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
    RunRecord(
      command: command, period: "\(period)", asOf: asOf.map { "\($0)" } ?? "",
      program: Version.number, settings: SHA256.digest(of: workspace.settingsBytes),
      definitions: SHA256.digest(of: Array(MetricsCatalogue.text(workspace.settings.sources).utf8)),
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
    let series = series.series(index)
    return (
      SeriesKey(
        metric: series.metric, period: series.period, month: series.month, scope: series.scope),
      SeriesFigures(
        members: series.members, numerators: series.numerators,
        denominators: series.denominators, scale: series.scale)
    )
  }
}

extension Results {
  var inputRecords: [InputRecord] {
    outcomes.sorted { $0.file < $1.file }.map {
      InputRecord(
        file: $0.file, sha256: $0.sha256, rowsRead: $0.rowsRead, rowsAccepted: $0.rowsAccepted,
        rowsRejected: $0.rowsRejected)
    }
  }
}
