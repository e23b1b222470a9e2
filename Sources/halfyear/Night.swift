import Composing
import Counting
import Glibc
import History
import Records
import Rendering
import ReportModel
import Workspace

/// The nightly run of one workspace: whatever goes wrong here stays here.
struct Night {
  let path: String
  let day: Day
  let output: String
  let jobs: Int
  let log: Log

  var period: Period { Period(halfOf: day) }

  /// What is told of the night: the line for standard output, and the exit code.
  struct Outcome {
    let line: String
    let exitCode: Int32
  }

  func run() -> Outcome {
    let started = Clock.steadyMilliseconds
    let name = path.split(separator: "/").last.map(String.init) ?? path
    do throws(Refusal) {
      let workspace = try openWorkspace(path, log.about(workspace: name, period: "\(period)"))
      return try run(workspace, started)
    } catch {
      return told(error, name, .chinese)
    }
  }

  private func run(_ workspace: Workspace, _ started: Int) throws(Refusal) -> Outcome {
    let log = log.about(workspace: workspace.name, period: "\(period)")
    let folder = try OutputFolder(
      root: output, workspace: workspace.name, period: "\(period)")
    // The lock is the folder's: it must not end with the last file written.
    defer { withExtendedLifetime(folder) {} }
    let pipeline = Pipeline(
      workspace: workspace, period: period, asOf: day, jobs: jobs, log: log)
    let memory = Memory(
      root: output, workspace: workspace, period: period, asOf: day, command: "nightly",
      started: started)
    do throws(Refusal) {
      try refuseVanished(workspace, folder)
      let results = try pipeline.results(strict: false)
      let changes = memory.changes(to: results)
      try changes.write(to: folder, workspace.settings.language)
      let paths = try pipeline.issue(results, to: folder)
      log.endProgress()
      memory.keep(results, bytes: Directory.size(of: paths))
      return told(results, changes, memory, workspace, log)
    } catch {
      memory.keep(error)
      return told(error, workspace.name, workspace.settings.language)
    }
  }

  /// An input that the present report was made from and that is not there any more has been mislaid, or a
  /// share is not mounted: nobody wants a report without it, and nobody is there to ask.
  private func refuseVanished(_ workspace: Workspace, _ folder: OutputFolder) throws(Refusal) {
    let gone = Manifest.inputs(in: folder.path).filter {
      !Directory.exists(workspace.path(of: $0))
    }
    guard gone.isEmpty else { throw .vanished(files: gone) }
  }

  private func told(_ refusal: Refusal, _ name: String, _ language: Language) -> Outcome {
    let log = log.about(workspace: name, period: "\(period)")
    let code = refusal.code
    log.endProgress()
    log.findings(refusal.findings, language)
    log.message(refusal.message, fields: [("exit_code", .number(Int(code)))])
    let reason = refusal.message.split(separator: "\n").first.map(String.init) ?? ""
    return Outcome(
      line: "\(name) \(period) \(code) "
        + Bilingual(
          zh: "未出报告，原报告保留：\(reason)", en: "not issued, the report before stays: \(reason)"
        )[language],
      exitCode: code)
  }

  private func told(
    _ results: Results, _ changes: ChangeReport, _ memory: Memory, _ workspace: Workspace,
    _ log: Log
  ) -> Outcome {
    let language = workspace.settings.language
    let counts = NightCounts(results, changes)
    let code = memory.failure?.code ?? 0
    log.event("issued", fields: counts.fields + [("exit_code", .number(Int(code)))])
    var line = "\(workspace.name) \(period) \(code) \(counts.text[language])"
    if let failure = memory.failure {
      log.message(failure.message, fields: [("exit_code", .number(Int(code)))])
      line +=
        Bilingual(
          zh: "；历史记录未写入：\(failure.message)", en: "; not kept in the history: \(failure.message)"
        )[language]
    }
    return Outcome(line: line, exitCode: code)
  }
}

/// The numbers of a night's summary line.
private struct NightCounts {
  let read: Int
  let rejected: Int
  let warnings: Int
  /// Nil where there is no report to compare with.
  let changed: Int?

  init(_ results: Results, _ changes: ChangeReport) {
    read = results.rowsRead
    rejected = results.rejected
    warnings = results.warnings
    changed = changes.base == nil ? nil : changes.changes.count
  }

  var text: Bilingual {
    let numbers = NumberText(rule: .halfUp)
    let (read, rejected, warnings) = (
      numbers.count(Int64(read)), numbers.count(Int64(rejected)), numbers.count(Int64(warnings))
    )
    let changed = changed.map { numbers.count(Int64($0)) }
    return Bilingual(
      zh: "已出报告：读入 \(read) 行，剔除 \(rejected) 行，提示 \(warnings) 条，"
        + (changed.map { "数字变动 \($0) 个" } ?? "尚无可比的前次报告"),
      en: "issued: \(read) rows read, \(rejected) rejected, \(warnings) warnings, "
        + (changed.map { "\($0) figures changed" } ?? "no earlier report to compare with"))
  }

  var fields: [(String, JSONText)] {
    [
      ("rows_read", .number(read)), ("rows_rejected", .number(rejected)),
      ("warnings", .number(warnings)), ("figures_changed", .number(changed ?? 0)),
    ]
  }
}
