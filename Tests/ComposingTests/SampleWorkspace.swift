import Checking
import Comparing
import Composing
import Counting
import Foundation
import Records
import ReportModel
import Workspace

/// A small workspace in a folder of its own, read and counted into the facts of a report.
enum SampleWorkspace {
  static let period = Period("2023H1")!

  /// Two departments of six, three and no people, with training, issues, and a source of the
  /// hospital's own; nothing of any of them in the first half of 2022 but training.
  static let files: [String: String] = [
    "hospital.yaml": """
    name: {zh: 示例医院, en: Sample Hospital}
    sources:
      safety: {family: activity, title: {zh: 安全巡查, en: Safety rounds}}
    """,
    "departments.csv": """
    id,name,category,branch
    D1,急诊科,clinical,第一支部
    D2,检验科,医技,第一支部
    D3,档案室,职能,
    """,
    "staff.csv": """
    id,name,department_id,employment,volunteer
    S1,张明,D1,,1
    S2,李华,D1,,1
    S3,王强,D1,,0
    S4,赵敏,D1,,1
    S5,陈静,D1,,1
    S6,杨洋,D1,trainee,
    S7,周婷,D2,,1
    S8,吴刚,D2,,
    S9,郑丽,D2,,1
    """,
    "training_sessions.csv": """
    id,date,department_id,form,hours,participants
    T1,2022-03-01,D1,讲座,1,
    T2,2022-09-01,D1,讲座,1,
    T3,2022-10-01,D2,操作,1,
    T4,2023-02-01,D1,讲座,2,
    T5,2023-03-01,D1,操作,1.5,
    T6,2023-05-01,D2,讲座,1,
    """,
    "training_attendance.csv": """
    session_id,staff_id
    T1,S1
    T1,S2
    T2,S1
    T3,S7
    T3,S8
    T4,S1
    T4,S2
    T4,S3
    T5,S1
    T6,S7
    T6,张明
    """,
    "issues.csv": """
    id,level,department_id,staff_id,raised_on,measure,due_on,closed_on
    I1,hospital,D1,,2022-10-01,改,2022-12-01,2023-01-15
    I2,individual,D1,S1,2023-01-10,改,2023-02-10,2023-02-01
    I3,individual,D1,S2,2023-02-10,改,2023-03-10,
    I4,individual,D2,无此人,2023-02-10,改,2023-03-10,
    """,
    "safety.csv": """
    id,date,department_id,participants
    A1,2023-04-01,D2,7
    """,
  ]

  static func facts(
    _ files: [String: String] = files, period: Period = period, asOf: Day? = nil,
    rounding: RoundingRule = .halfUp, further: [Period] = [], view: DepartmentView = .asWas
  ) throws -> ReportFacts {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "halfyear-composing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    return try facts(try Workspace(path: folder.path), period, asOf, rounding, further, view)
  }

  private static func facts(
    _ workspace: Workspace, _ period: Period, _ asOf: Day?, _ rounding: RoundingRule,
    _ further: [Period], _ view: DepartmentView
  ) throws -> ReportFacts {
    let lastKnownDay = asOf ?? period.last.adding(days: 366)
    let checker = Checker(workspace: workspace, jobs: 1, lastKnownDay: lastKnownDay)
    checker.departmentView = view
    guard let departments = checker.departments(), let staff = checker.staff(departments) else {
      throw Unreadable()
    }
    var keeping = RecordKeeping()
    keeping.tallied = Set(workspace.sources.map(\.name))
    let counter = Counter(
      checker: checker, departments: departments, staff: staff,
      timeline: Timeline(period: period, asOf: asOf, further: further), jobs: 1,
      keeping: keeping)
    let figures = Figures(counter.cube(of: workspace.sources))
    let present = Set(workspace.sources.map(\.name))
    return ReportFacts(
      hospital: workspace.settings.name, period: period, asOf: figures.timeline.windows[0].end,
      figures: figures, outcomes: checker.outcomes, findings: checker.findings.sorted,
      absentSources: workspace.settings.sources.filter { !present.contains($0.name) },
      rounding: rounding, received: checker.submissions(departments),
      submissionDueDays: workspace.settings.submissionDueDays, programVersion: "test")
  }

  struct Unreadable: Error {}
}

extension Report {
  /// The summary's headings, paragraphs and list items, without its tables.
  var prose: String {
    summary.map { block in
      switch block {
      case .title(let text), .heading(let text), .paragraph(let text): return text
      case .sentences(let sentences), .findings(let sentences):
        return sentences.map(\.text).joined(separator: "\n")
      case .list(let items): return items.joined(separator: "\n")
      case .comment(let comment): return comment.text
      case .table: return ""
      }
    }.joined(separator: "\n")
  }

  var tables: [Table] {
    sections.flatMap(\.blocks).compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  func table(_ id: String) -> Table? { tables.first { $0.id == id } }

  /// Every text that the workbook shows.
  var workbookTexts: [String] {
    let tableTexts = tables.flatMap { table in
      [table.title] + table.columns.map(\.heading)
        + (table.rows + [table.total ?? []]).joined().map { cell in
          switch cell {
          case .text(let text), .blank(let text): return text
          case .integer, .number: return ""
          }
        }
    }
    return tableTexts + dataState + cover.map(\.value)
      + sections.flatMap { [$0.name, $0.title, $0.purpose] + $0.lead + $0.notes }
  }
}
