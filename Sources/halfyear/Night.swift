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
  /// Every file is read, whatever is known of it.
  let isAfresh: Bool
  let jobs: Int
  let log: Log

  var period: Period { Period(halfOf: day) }

  /// What is told of the night: the line for standard output, and the exit code.
  struct Outcome {
    let line: String
    let exitCode: Int32
  }

  /// - Parameter folders: of the workspaces that have had their night before, by name: two of one name would
  ///   write over each other's reports.
  func run(beside folders: inout [String: String]) -> Outcome {
    let started = Clock.steadyMilliseconds
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var language = Language.chinese
    do throws(Refusal) {
      let log = log.about(workspace: name, period: "\(period)")
      let workspace = try openWorkspace(path, log)
      language = workspace.settings.language
      let folder = Directory.resolved(path)
      if let other = folders.updateValue(folder, forKey: workspace.name), other != folder {
        folders[workspace.name] = other
        throw .usage(
          "\(path): the reports of \(other) are in \(output)/\(workspace.name), too; rename one of the "
            + "folders, or run them with different '--output'")
      }
      let issue = Issue(
        workspace: workspace, period: period, asOf: day, output: output, command: .nightly,
        jobs: jobs, log: log, isAfresh: isAfresh)
      switch try issue.night(started: started) {
      case .issued(let issued):
        let counts = NightCounts(issued.results, issued.changes)
        return told(counts, issued.failure, workspace, log)
      case .repeated(let night):
        return told(night.counts, night.failure, repeating: night.run, workspace, log)
      }
    } catch {
      return told(error, name, language)
    }
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

  /// - Parameter run: the run whose report stays, because nothing has changed since.
  private func told(
    _ counts: NightCounts, _ failure: Refusal?, repeating run: Int? = nil, _ workspace: Workspace,
    _ log: Log
  ) -> Outcome {
    let language = workspace.settings.language
    let code = failure?.code ?? 0
    let repeated = run.map { [("repeats_run", JSONText.number($0))] } ?? []
    log.event("issued", fields: counts.fields + repeated + [("exit_code", .number(Int(code)))])
    var line = "\(workspace.name) \(period) \(code) \(counts.text[language])"
    if let run {
      line +=
        Bilingual(
          zh: "；与第 \(run) 次运行相比无变化（文件、设置、程序、日期均相同），报告未重写",
          en:
            "; nothing has changed since run \(run) (files, settings, program and day are the same), "
            + "and its report stays")[language]
    }
    if let failure {
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
struct NightCounts {
  let read: Int
  let rejected: Int
  let warnings: Int
  /// Nil where there is no report to compare with.
  let changed: Int?

  init(read: Int, rejected: Int, warnings: Int, changed: Int?) {
    self.read = read
    self.rejected = rejected
    self.warnings = warnings
    self.changed = changed
  }

  init(_ results: Results, _ changes: ChangeReport?) {
    read = results.rowsRead
    rejected = results.rejected
    warnings = results.warnings
    changed = changes?.base == nil ? nil : changes?.changes.count
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
