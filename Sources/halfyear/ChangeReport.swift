import Composing
import History
import Records
import Rendering
import Workspace

/// What differs between a report and the one before it, and why.
struct ChangeReport {
  /// The run that issued the report before; nil where there is none, or no history.
  var base: HistoryStore.NumberedRun?
  var changes: [FigureChange] = []
  var reasons: ChangeReasons?

  static let file = "changes.csv"

  /// Writes the changes as a file of the report; there is one also where nothing has changed.
  func write(to folder: OutputFolder, _ language: Language) throws(Refusal) {
    var table = DelimitedText(header: [
      "metric", "period", "month", "scope", "member", "old", "new", "class", "note",
    ])
    for change in changes {
      let reason = reasons?.reason(for: change)
      table.append([
        change.key.metric, change.key.period, change.key.month, change.key.scope, change.member,
        change.old?.text ?? "", change.new?.text ?? "",
        reason?.classes.map(\.rawValue).joined(separator: " ") ?? "", reason?.note[language] ?? "",
      ])
    }
    let bytes = table.bytes
    try folder.write(ChangeReport.file) { path throws(OutputError) in
      try OutputFiles.write(bytes, to: path)
    }
  }
}

extension RecordedFigure {
  /// The value as `statistics.csv` has it; empty where it is undefined.
  var text: String {
    guard denominator != 0 else { return "" }
    let value = Double(numerator) / (Double(denominator) * Double(scale))
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// Why a figure may have changed.
enum ChangeClass: String, CaseIterable {
  /// Rows that were not there before.
  case lateRows = "late_rows"
  /// Rows whose cells are not what they were.
  case correctedRows = "corrected_rows"
  /// Rows that are gone.
  case deletedRows = "deleted_rows"
  /// A file is not what it was, and what of it changed is not known.
  case changedInput = "changed_input"
  case settings
  case definition
  case program
  /// Nothing but the day up to which things are known.
  case day
}

/// Everything that is known to have changed between two runs, to be asked figure by figure.
struct ChangeReasons {
  private let base: RunRecord
  private let now: RunRecord
  /// The files, of those that are new, gone or not what they were, that a source's figures are made from.
  private let filesOfSource: [String: Set<String>]
  private let commonFiles: Set<String>

  init(
    base: RunRecord, now: RunRecord, oldInputs: [InputRecord], newInputs: [InputRecord],
    workspace: Workspace
  ) {
    self.base = base
    self.now = now
    let old = Dictionary(oldInputs.map { ($0.file, $0.sha256) }) { first, _ in first }
    let new = Dictionary(newInputs.map { ($0.file, $0.sha256) }) { first, _ in first }
    let changedFiles = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
    filesOfSource = Dictionary(
      workspace.settings.sources.map { source in
        let tables = [source.records.file, source.participation?.file].compactMap { $0 }
        return (source.name, Set(changedFiles.filter { ChangeReasons.isPart($0, of: tables) }))
      }
    ) { first, _ in first }
    commonFiles = changedFiles.filter {
      ChangeReasons.isPart($0, of: [TableSchema.departments.file, TableSchema.staff.file])
    }
  }

  /// What is said of a figure.
  struct Reason {
    let classes: [ChangeClass]
    let note: Bilingual
  }

  func reason(for change: FigureChange) -> Reason {
    var classes: [ChangeClass] = []
    var notes: [Bilingual] = []
    let source = change.key.metric.prefix { $0 != "." }
    let files = (filesOfSource[String(source)] ?? []).union(commonFiles).sorted()
    if !files.isEmpty {
      classes.append(.changedInput)
      let names = files.joined(separator: ", ")
      notes.append(Bilingual(zh: "文件有变动：\(names)", en: "changed files: \(names)"))
    }
    if base.settings != now.settings {
      classes.append(.settings)
      notes.append(Bilingual(zh: "hospital.yaml 有变动", en: "hospital.yaml has changed"))
    }
    if base.program != now.program {
      classes.append(.program)
      notes.append(
        Bilingual(
          zh: "程序版本由 \(base.program) 改为 \(now.program)",
          en: "program version \(now.program) instead of \(base.program)"))
    } else if base.definitions != now.definitions, base.settings == now.settings {
      classes.append(.definition)
      notes.append(Bilingual(zh: "指标定义有变动", en: "the definitions have changed"))
    }
    if base.asOf != now.asOf {
      classes.append(.day)
      notes.append(
        Bilingual(
          zh: "数据截至日由 \(base.asOf) 改为 \(now.asOf)",
          en: "as of \(now.asOf) instead of \(base.asOf)"))
    }
    return Reason(
      classes: classes,
      note: Bilingual(
        zh: notes.map(\.chinese).joined(separator: "；"),
        en: notes.map(\.english).joined(separator: "; ")))
  }

  /// A table's file is named as the table, or lies in a folder named as it.
  private static func isPart(_ file: String, of tables: [String]) -> Bool {
    tables.contains { file.hasPrefix("\($0).") || file.hasPrefix("\($0)/") }
  }
}
