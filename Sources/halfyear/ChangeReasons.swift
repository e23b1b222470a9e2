import History
import Records
import Workspace

/// Why a figure may have changed.
enum ChangeClass: String, CaseIterable {
  /// Rows that were not there before.
  case lateRows = "late_rows"
  /// Rows whose cells are not what they were.
  case correctedRows = "corrected_rows"
  /// Rows that are gone, or are now rejected.
  case deletedRows = "deleted_rows"
  /// A file is not what it was, and its rows are not kept.
  case changedInput = "changed_input"
  case settings
  case definition
  case program
  /// The day up to which things are known.
  case day
}

/// Everything that is known to have changed between two runs, to be asked figure by figure.
struct ChangeReasons {
  private let base: RunRecord
  private let now: RunRecord
  /// How the rows of the tables differ, as far as they were kept in both runs.
  private let rows: [String: RowDifference]
  /// The tables with files that are new, gone or not what they were.
  private let changedTables: [String: [String]]
  private let sources: [Source]

  init(
    base: RunRecord, now: RunRecord, oldInputs: [InputRecord], newInputs: [InputRecord],
    rows: [String: RowDifference], workspace: Workspace
  ) {
    self.base = base
    self.now = now
    self.rows = rows
    sources = workspace.settings.sources
    let old = Dictionary(oldInputs.map { ($0.file, $0.sha256) }) { first, _ in first }
    let new = Dictionary(newInputs.map { ($0.file, $0.sha256) }) { first, _ in first }
    let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
    changedTables = Dictionary(grouping: changed, by: ChangeReasons.table)
  }

  /// What is said of a figure.
  struct Reason {
    var classes: [ChangeClass] = []
    var notes: [Bilingual] = []

    var note: Bilingual {
      Bilingual(
        zh: notes.map(\.chinese).joined(separator: "；"),
        en: notes.map(\.english).joined(separator: "; "))
    }

    mutating func add(_ kind: ChangeClass, _ note: Bilingual) {
      if !classes.contains(kind) { classes.append(kind) }
      notes.append(note)
    }
  }

  func reason(for change: FigureChange) -> Reason {
    var reason = Reason()
    for table in tables(of: change.key.metric) {
      if let difference = rows[table] {
        RowCounts(difference, change).tell(table, &reason)
      } else if let files = changedTables[table] {
        let names = files.joined(separator: ", ")
        reason.add(
          .changedInput, Bilingual(zh: "文件有变动：\(names)", en: "changed files: \(names)"))
      }
    }
    if base.settings != now.settings {
      reason.add(
        .settings, Bilingual(zh: "hospital.yaml 有变动", en: "hospital.yaml has changed"))
    }
    if base.program != now.program {
      reason.add(
        .program,
        Bilingual(
          zh: "程序版本由 \(base.program) 改为 \(now.program)",
          en: "program version \(now.program) instead of \(base.program)"))
    } else if base.definitions != now.definitions, base.settings == now.settings {
      reason.add(.definition, Bilingual(zh: "指标定义有变动", en: "the definitions have changed"))
    }
    if base.asOf != now.asOf {
      reason.add(
        .day,
        Bilingual(
          zh: "数据截至日由 \(ChangeReasons.day(base.asOf)) 改为 \(ChangeReasons.day(now.asOf))",
          en: "as of \(ChangeReasons.day(now.asOf)) instead of \(ChangeReasons.day(base.asOf))"))
    }
    return reason
  }

  /// The tables that a metric's figures are made from: its own, and those of everybody's department.
  private func tables(of metric: String) -> [String] {
    let name = metric.prefix { $0 != "." }
    let source = sources.first { $0.name == name }
    return [source?.records.file, source?.participation?.file].compactMap { $0 }
      + [TableSchema.staff, .staffAssignments, .departments].map(\.file)
  }

  private static func day(_ text: String) -> String { text.isEmpty ? "–" : text }

  /// A table's file is named as the table, or lies in a folder named as it.
  private static func table(of file: String) -> String {
    String(file.prefix { $0 != "." && $0 != "/" })
  }
}

/// How many of a table's changed rows may have to do with a figure.
private struct RowCounts {
  private var added = 0
  private var corrected = 0
  private var deleted = 0

  /// Rows count for a figure where they are of its department, and of a day not after its window; what
  /// lies before may matter to what is still open.
  init(_ difference: RowDifference, _ change: FigureChange) {
    let window = Period(change.key.month.isEmpty ? change.key.period : change.key.month)
    let department = change.key.scope == "department" ? DepartmentDigest.of(change.member) : nil
    let concerns: (RowDigest) -> Bool = { row in
      if let department, row.department != 0, row.department != department { return false }
      guard let window, row.day != .min else { return true }
      return row.day <= window.last.number
    }
    added = difference.added.count(where: concerns)
    deleted = difference.deleted.count(where: concerns)
    corrected = difference.corrected.count { concerns($0.old) || concerns($0.new) }
  }

  func tell(_ table: String, _ reason: inout ChangeReasons.Reason) {
    let kinds: [(ChangeClass, Int, Bilingual)] = [
      (.lateRows, added, Bilingual(zh: "新增", en: "late")),
      (.correctedRows, corrected, Bilingual(zh: "更正", en: "corrected")),
      (.deletedRows, deleted, Bilingual(zh: "删除", en: "deleted")),
    ]
    for (kind, count, word) in kinds where count > 0 {
      reason.add(
        kind,
        Bilingual(
          zh: "\(table) \(word.chinese) \(count) 行",
          en: "\(table): \(count) \(word.english) row\(count == 1 ? "" : "s")"))
    }
  }
}
