import Foundation

/// A row of an input file under the canonical names of its columns.
struct Row {
  /// The heading is row 1; empty lines count, line breaks inside quotes do not.
  let number: Int
  let cells: [String: String]

  /// The trimmed text of a cell; empty where the file has no such column.
  subscript(column: String) -> String { cells[column] ?? "" }
}

/// An input file as text, before anything is judged.
struct Table {
  let file: String
  let columns: Set<String>
  let rows: [Row]

  /// Reads `<base>.csv` of a workspace; nil where the file is absent.
  init?(_ base: String, in folder: URL) {
    file = "\(base).csv"
    guard let bytes = try? Data(contentsOf: folder.appending(path: file)) else { return nil }
    let records = CSVText.records(of: CSVText.decoded(bytes))
    let headings = records[0].map { Headings.canonical(of: $0, in: base) }
    columns = Set(headings)
    var rows: [Row] = []
    for (index, record) in records.enumerated().dropFirst() {
      let texts = record.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      if texts.allSatisfy(\.isEmpty) { continue }
      let cells = Dictionary(zip(headings, texts)) { first, _ in first }
      rows.append(Row(number: index + 1, cells: cells))
    }
    self.rows = rows
  }
}

/// The Chinese headings that the tests use, one for each column.
enum Headings {
  private static let events = [
    "id": "编号", "date": "日期", "department_id": "主办科室", "topic": "主题", "scenario": "演练内容",
    "title": "活动名称", "form": "形式", "hours": "学时", "participants": "参加人数", "kind": "考核类型",
    "place": "地点",
  ]
  private static let participation = [
    "session_id": "培训编号", "drill_id": "演练编号", "assessment_id": "考核编号", "study_id": "学习编号",
    "outreach_id": "活动编号", "activity_id": "活动编号", "staff_id": "工号", "hours": "时长",
    "score": "成绩", "passed": "是否合格",
  ]
  private static let ledger = [
    "id": "编号", "level": "层级", "department_id": "责任科室", "staff_id": "工号", "category": "类别",
    "source": "来源", "raised_on": "提出日期", "measure": "整改措施", "owner": "责任人", "due_on": "整改时限",
    "closed_on": "销号日期", "rechecked_on": "回头看日期", "recheck_result": "回头看结果",
  ]
  private static let departments = [
    "id": "科室编号", "name": "科室名称", "aliases": "别名", "category": "类别", "branch": "支部",
    "paired_with": "包联科室", "opened_on": "成立日期", "closed_on": "撤销日期", "successor": "并入科室",
  ]
  private static let assignments = [
    "staff_id": "工号", "department_id": "任职科室", "from": "开始日期", "to": "结束日期",
  ]
  private static let staff = [
    "id": "工号", "name": "姓名", "department_id": "所在科室", "role": "岗位", "employment": "用工性质",
    "group": "人群", "party_member": "党员", "volunteer": "志愿者", "joined_on": "入职日期",
    "left_on": "离职日期",
  ]

  static func chinese(in base: String) -> [String: String] {
    switch base {
    case "departments": return departments
    case "staff": return staff
    case "staff_assignments": return assignments
    case _ where Activities.files.contains { $0.events == base }: return events
    case _ where Activities.files.contains { $0.participation == base }: return participation
    default: return ledger
    }
  }

  static func canonical(of heading: String, in base: String) -> String {
    chinese(in: base).first { $0.value == heading && isUsed($0.key, in: base) }?.key ?? heading
  }

  /// Two events' columns share a Chinese heading; the file decides which of them is meant.
  private static func isUsed(_ column: String, in base: String) -> Bool {
    guard let files = Activities.files.first(where: { $0.participation == base }) else {
      return true
    }
    return !column.hasSuffix("_id") || column == "staff_id" || column == files.eventColumn
  }
}
