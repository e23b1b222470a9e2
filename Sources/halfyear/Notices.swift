import Checking
import Comparing
import Composing
import Counting
import Records
import Rendering

/// A short text for each department: what is overdue or rejected (red), what is due within days (yellow), or
/// that there is nothing to do (green). In both languages, without names of persons, ready for any mailer;
/// nothing is sent.
struct Notices {
  private let departments: [Department]
  private let end: Day
  private var lists: [DepartmentTasks]

  /// An open item due within so many days is told ahead.
  static let daysAhead = 7
  /// More entries of a kind are counted and not listed.
  static let mostEntries = 30

  /// - Parameter tracer: has held the rows of all tables during the run.
  init(_ results: Results, _ tracer: RowTracer, _ sources: [Source]) {
    departments = results.figures.departments
    end = results.figures.timeline.windows[0].end
    lists = Array(repeating: DepartmentTasks(), count: departments.count)
    for source in sources where source.family == .ledger {
      if let table = tracer.table(source.records, findings: results.findings) {
        addOpenItems(table, source)
      }
    }
    let tables = sources.flatMap { [$0.records, $0.participation].compactMap { $0 } }
    for table in tables + [.staff] {
      if let table = tracer.table(table, findings: results.findings) {
        addRejected(table, results.findings)
      }
    }
  }

  /// Writes `notices/<department's id>.txt` for each department.
  func write(to folder: OutputFolder) throws(Refusal) {
    var taken: Set<String> = []
    for (number, department) in departments.enumerated() {
      var name = Notices.fileName(department.id)
      while !taken.insert(name).inserted { name += "_" }
      let text = NoticeText(department, lists[number], end)
      let bytes = Array("\(text.chinese)\n\(text.english)".utf8)
      try folder.write("notices/\(name).txt") { path throws(OutputError) in
        try OutputFiles.write(bytes, to: path)
      }
    }
  }

  private mutating func addOpenItems(_ table: TracedTable, _ source: Source) {
    let today = Int64(end.number)
    for row in table.accepted {
      guard let due = table.value(.dueOn, row), due <= today + Int64(Notices.daysAhead),
        let department = table.value(.department, row),
        (table.value(.raisedOn, row) ?? today) <= today,
        (table.value(.closedOn, row) ?? .max) > today
      else { continue }
      let task = OpenTask(
        title: source.title, place: table.place(row),
        due: Day(number: Int32(truncatingIfNeeded: due)), days: Int(today - due))
      lists[Int(department)].open.append(task)
    }
  }

  /// Rejected rows of which it can be read whose they are; the rest stands in `findings.csv`.
  private mutating func addRejected(_ table: TracedTable, _ findings: [Finding]) {
    var reasons: [SourceLocation: Finding] = [:]
    for finding in findings where finding.severity == .error {
      let row = finding.location.row(finding.location.row)
      if reasons[row] == nil { reasons[row] = finding }
    }
    for row in table.rows.indices where table.rows[row].isRejected {
      guard let department = table.value(.department, row), let reason = reasons[table.place(row)]
      else { continue }
      lists[Int(department)].rejected.append(reason)
    }
  }

  /// An id as the name of a file: what a file system may not take becomes `_`.
  private static func fileName(_ id: String) -> String {
    let safe = id.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "_" }
    return String(safe.prefix(60))
  }
}

/// An item that is open and due, or soon will be.
struct OpenTask {
  let title: Bilingual
  let place: SourceLocation
  let due: Day
  /// Days since the deadline; negative where it is still to come, 0 where it is the day itself.
  let days: Int
}

/// What a department has to do.
struct DepartmentTasks {
  var open: [OpenTask] = []
  var rejected: [Finding] = []

  var overdue: [OpenTask] { open.filter { $0.days > 0 }.sorted { $0.due < $1.due } }
  var soon: [OpenTask] { open.filter { $0.days <= 0 }.sorted { $0.due < $1.due } }
}

/// The words of a notice.
struct NoticeText {
  private let department: Department
  private let tasks: DepartmentTasks
  private let end: Day

  init(_ department: Department, _ tasks: DepartmentTasks, _ end: Day) {
    self.department = department
    self.tasks = tasks
    self.end = end
  }

  var chinese: String { text(.chinese) }
  var english: String { text(.english) }

  private func text(_ language: Language) -> String {
    let heading = Bilingual(
      zh: "\(department.name)（\(department.id)），数据截至 \(end)",
      en: "\(department.name) (\(department.id)), as of \(end)")
    let parts: [(Bilingual, [String])] = [
      (
        Bilingual(
          zh: "【红】逾期未销号 \(tasks.overdue.count) 项",
          en: "[red] open and overdue: \(tasks.overdue.count)"),
        tasks.overdue.map { entry($0, language) }
      ),
      (
        Bilingual(
          zh: "【红】填报的行被剔除，不计入统计，请更正后重报：\(tasks.rejected.count) 行",
          en: "[red] rows rejected and not counted, to be corrected: \(tasks.rejected.count)"),
        tasks.rejected.map { entry($0, language) }
      ),
      (
        Bilingual(
          zh: "【黄】\(Notices.daysAhead) 天内到期 \(tasks.soon.count) 项",
          en: "[yellow] due within \(Notices.daysAhead) days: \(tasks.soon.count)"),
        tasks.soon.map { entry($0, language) }
      ),
    ]
    let told = parts.filter { !$0.1.isEmpty }.flatMap { title, entries in
      [title[language]] + limited(entries, language)
    }
    let nothing = Bilingual(
      zh: "【绿】没有逾期、即将到期或被剔除的事项。", en: "[green] Nothing is overdue, due or rejected.")
    return ([heading[language]] + (told.isEmpty ? [nothing[language]] : told))
      .joined(separator: "\n") + "\n"
  }

  private func limited(_ entries: [String], _ language: Language) -> [String] {
    let rest = entries.count - Notices.mostEntries
    guard rest > 0 else { return entries }
    return entries.prefix(Notices.mostEntries)
      + [Bilingual(zh: "  另有 \(rest) 条", en: "  and \(rest) more")[language]]
  }

  private func entry(_ task: OpenTask, _ language: Language) -> String {
    let place = place(task.place)
    let state =
      task.days > 0
      ? Bilingual(zh: "已逾期 \(task.days) 天", en: "\(task.days) days overdue")
      : Bilingual(zh: "还有 \(-task.days) 天", en: "\(-task.days) days left")
    return Bilingual(
      zh: "  \(task.title.chinese) \(place)：时限 \(task.due)，\(state.chinese)",
      en: "  \(task.title.english), \(place): due \(task.due), \(state.english)")[language]
  }

  private func entry(_ finding: Finding, _ language: Language) -> String {
    // What is wrong and where, not what stands there: it may be somebody's name.
    let column = finding.location.column.isEmpty ? "" : "\(finding.location.column) "
    return "  \(place(finding.location)): \(column)\(FindingText.title(of: finding.code)[language])"
  }

  private func place(_ place: SourceLocation) -> String {
    [place.file, place.sheet, "\(place.row)"].filter { !$0.isEmpty }.joined(separator: ":")
  }
}
