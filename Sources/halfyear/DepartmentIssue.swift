import Checking
import Comparing
import Composing
import Counting
import Records
import Rendering
import Workspace

/// `--each-department`: a workbook and two texts for every department, made in one run from the same figures
/// as the hospital's report.
struct DepartmentIssue {
  let pipeline: Pipeline
  let results: Results

  /// Writes all packs below a folder and puts them in place; returns the folder's path.
  func write(to root: String) throws(Refusal) -> String {
    let workspace = pipeline.workspace
    let folder = try OutputFolder(
      root: root, workspace: workspace.name, period: "\(pipeline.period)-departments")
    try write(to: folder)
    _ = try folder.publish { outputs in
      results.manifest(workspace: workspace, period: pipeline.period, outputs: outputs)
    }
    return folder.path
  }

  /// The folder of the packs within that of a report.
  static let folderName = "departments"

  /// Writes all packs into a folder that somebody else puts in place.
  ///
  /// - Parameter parent: the path inside it, empty or ending with a slash.
  func write(to folder: OutputFolder, below parent: String = "") throws(Refusal) {
    let workspace = pipeline.workspace
    let facts = results.facts(workspace: workspace, period: pipeline.period)
    let details = try self.details()
    let names = DepartmentIssue.fileNames(results.figures.departments.map(\.id))
    for language in Language.allCases {
      let packs = DepartmentPacks(facts: facts, language: language)
      for (department, name) in names.enumerated() {
        let report = packs.report(of: department, details[department])
        if language == workspace.settings.language {
          try folder.writeWorkbook(report, as: "\(parent)\(name).xlsx")
        }
        try folder.writeText(report, name: "\(parent)\(name).\(language.rawValue).txt")
      }
    }
  }

  /// A file name for each id: letters and digits as they are, anything else an underscore; where two would
  /// be the same, numbered.
  static func fileNames(_ ids: [String]) -> [String] {
    var taken: Set<String> = ["manifest"]
    return ids.map { id in
      let base = String(id.prefix(60).map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
      var name = base
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = "\(base)_\(number)"
        number += 1
      }
      return name
    }
  }

  /// What the files say of each department, read a second time.
  private func details() throws(Refusal) -> [DepartmentDetails] {
    let workspace = pipeline.workspace
    let checker = pipeline.checker(jobs: 1)
    guard let departments = checker.departments() else {
      throw .input(workspace, .departments, checker)
    }
    guard let staff = checker.staff(departments) else { throw .input(workspace, .staff, checker) }
    var reader = DetailCollector(
      checker: checker, departments: departments, staff: staff, period: pipeline.period,
      asOf: results.figures.timeline.windows[0].end, findings: results.findings,
      workspace: workspace)
    reader.read(.staff, source: "staff", kind: .person)
    for source in workspace.sources {
      switch source.family {
      case .ledger: reader.read(source.records, source: source.name, kind: .item)
      case .activity:
        reader.read(source.records, source: source.name, kind: .event)
        guard let table = source.participation,
          let events = checker.events(source, departments)
        else { continue }
        reader.read(table, source: source.name, kind: .participation, events: events)
      }
    }
    return reader.details
  }
}

/// Collects what the rows of all files say of each department.
private struct DetailCollector {
  private(set) var details: [DepartmentDetails]
  private let checker: Checker
  private let departments: Departments
  private let staff: Staff
  private let period: Period
  private let asOf: Day
  /// By place, without the column.
  private let findings: [SourceLocation: [Finding]]
  private let workspace: Workspace

  init(
    checker: Checker, departments: Departments, staff: Staff, period: Period, asOf: Day,
    findings: [Finding], workspace: Workspace
  ) {
    self.workspace = workspace
    self.checker = checker
    self.departments = departments
    self.staff = staff
    self.period = period
    self.asOf = asOf
    self.findings = Dictionary(grouping: findings) { $0.location.row($0.location.row) }
    details = Array(repeating: DepartmentDetails(), count: departments.all.count)
  }

  mutating func read(
    _ table: TableSchema, source: String, kind: DepartmentDetails.RowFinding.Kind,
    events: Events? = nil
  ) {
    let asOf = self.asOf.number
    let isOpen = { (due: Int32?, closed: Int32?) in
      guard let due, due <= asOf + Int32(DepartmentPacks.soon) else { return false }
      return closed.map { $0 > asOf } ?? true
    }
    let files = Set(workspace.files(of: table))
    guard kind == .item || findings.keys.contains(where: { files.contains($0.file) }) else {
      return
    }
    let noted = findings
    let rows = checker.details(of: table, departments: departments, staff: staff, events: events) {
      place, due, closed in noted[place] != nil || kind == .item && isOpen(due, closed)
    }
    for row in rows {
      guard let department = row.department else { continue }
      let found = noted[row.place] ?? []
      let isInPeriod = row.day.map { period.contains(Day(number: $0)) } ?? true
      details[department].findings += found.map {
        DepartmentDetails.RowFinding(
          finding: $0, source: source, kind: kind, isInPeriod: isInPeriod)
      }
      let isRejected = found.contains { $0.severity == .error }
      if kind == .item, !isRejected, isOpen(row.due, row.closed), let due = row.due,
        row.day.map({ $0 <= asOf }) ?? false
      {
        details[department].open.append(
          DepartmentDetails.OpenItem(source: source, id: row.id, due: Day(number: due)))
      }
    }
  }
}
