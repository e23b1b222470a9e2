import Comparing
import Records
import ReportModel

/// What a department has to do.
extension DepartmentPack {
  struct Task {
    enum Kind: Int { case overdue, soon, unreported, rejected }

    let kind: Kind
    let area: String
    let id: String
    let due: Day?
    let sentence: String
  }

  /// Overdue first, the longest first; then what is due soon, what is not reported, what is rejected.
  var tasks: [Task] { itemTasks + unreportedTasks + rejectedTasks }

  private var itemTasks: [Task] {
    let asOf = composer.facts.asOf
    let items = details.open.sorted { ($0.due, $0.source, $0.id) < ($1.due, $1.source, $1.id) }
    return items.compactMap { item in
      let days = Int(asOf.number - item.due.number)
      guard days > 0 || -days <= DepartmentPacks.soon else { return nil }
      let area = composer.areaTitle(item.source)
      let sentence =
        days > 0
        ? words(
          "{1} {2}：时限 {3}，已逾期 {4} 天。", "{1} {2}: due {3}, {4} days overdue.", area, item.id,
          "\(item.due)", "\(days)")
        : words(
          "{1} {2}：时限 {3}，还有 {4} 天。", "{1} {2}: due {3}, in {4} days.", area, item.id,
          "\(item.due)", "\(-days)")
      return Task(
        kind: days > 0 ? .overdue : .soon, area: area, id: item.id, due: item.due,
        sentence: sentence)
    }
  }

  private var unreportedTasks: [Task] {
    packs.reporting.filter { $0.missing.contains(department) }.map { line in
      let area = line.source.title[words.language]
      return Task(
        kind: .unreported, area: area, id: "", due: nil,
        sentence: words(
          "{1}：本期没有记录；有的请报送，没有的请说明。",
          "{1}: no record in the period; report what there is, or say that there is none.", area))
    }
  }

  private var rejectedTasks: [Task] {
    let rejected = details.findings.filter { $0.finding.severity == .error }
    let files = Dictionary(grouping: rejected) { $0.finding.location.file }
    return files.keys.sorted().map { file in
      let rows = Set(files[file]?.map(\.finding.location.row) ?? [])
      return Task(
        kind: .rejected, area: file, id: "", due: nil,
        sentence: words(
          "{1}：{2} 行被剔除，须更正后重报：第 {3} 行。",
          "{1}: rejected rows, to be corrected and reported again ({2}): {3}.", file,
          words.number(rows.count), words.list(rows.sorted().map(String.init))))
    }
  }

  var taskTable: Table {
    Table(
      id: "pack_tasks", title: words("待办事项", "To do"),
      columns: [
        Column(words("事项", "Kind"), kind: .text), Column(words("领域", "Area"), kind: .text),
        Column(words("编号", "Id"), kind: .text), Column(words("时限", "Due"), kind: .text),
        Column(words("说明", "What to do"), kind: .text),
      ],
      rows: tasks.map { task in
        let none = Cell.blank(NumberText.undefined)
        return [
          .text(name(task.kind)), .text(task.area), task.id.isEmpty ? none : .text(task.id),
          task.due.map { .text("\($0)") } ?? none, .text(task.sentence),
        ]
      })
  }

  private func name(_ kind: Task.Kind) -> String {
    switch kind {
    case .overdue: return words("逾期", "overdue")
    case .soon: return words("将到期", "due soon")
    case .unreported: return words("未报送", "not reported")
    case .rejected: return words("被剔除", "rejected")
    }
  }
}

/// The findings that would change a department's figures most.
extension DepartmentPack {
  /// A finding with the figure that the row would change, and by how much.
  struct Ranked {
    let row: DepartmentDetails.RowFinding
    let metric: SourceMetric
    let now: Figure
    /// The row's part of the figure: one more, or one of those counted.
    let effect: Double
  }

  /// Rejected rows of the period before warnings, the largest effect on their figure first.
  var ranked: [Ranked] {
    let found = details.findings.filter(\.isInPeriod).compactMap { row -> Ranked? in
      guard let metric = metric(of: row) else { return nil }
      let now = figures.column(metric, .department, window: 0)[department]
      return Ranked(
        row: row, metric: metric, now: now, effect: 1 / Double(max(1, now.numerator)))
    }
    let sorted = found.sorted { left, right in
      let (a, b) = (left.row.finding, right.row.finding)
      let (first, second) = (a.severity == .error ? 0 : 1, b.severity == .error ? 0 : 1)
      return (first, -left.effect) == (second, -right.effect)
        ? a < b : (first, -left.effect) < (second, -right.effect)
    }
    return Array(sorted.prefix(DepartmentPacks.listedFindings))
  }

  private func metric(of row: DepartmentDetails.RowFinding) -> SourceMetric? {
    switch row.kind {
    case .event: return composer.metric(row.source, .events)
    case .participation: return composer.metric(row.source, .participations)
    case .item: return composer.metric(row.source, .raised)
    case .person: return composer.metric("staff", .headcount)
    }
  }

  var findingLead: String {
    guard !ranked.isEmpty else {
      return words("本期没有影响本科室数字的数据问题。", "No finding changes the department's figures.")
    }
    return words(
      "本科室的行共有 {1} 个问题，按改正后对数字的影响列前 {2} 个；其余可向统计部门查询。",
      "{1} findings are about the department's rows; these {2} would change its figures most. The office "
        + "has all of them.", words.number(details.findings.count), words.number(ranked.count))
  }

  var findingTable: Table? {
    guard !ranked.isEmpty else { return nil }
    return Table(
      id: "pack_findings", title: words("影响最大的问题", "Findings by effect"),
      columns: [
        Column(words("文件", "File"), kind: .text), Column(words("行", "Row"), kind: .text),
        Column(words("问题与处理办法", "What is wrong, and what to do"), kind: .text),
        Column(words("影响的指标", "Figure"), kind: .text),
        Column(words("现值", "Now"), kind: .count),
        Column(words("一行的分量", "Part of one row"), kind: .share(places: Wording.places)),
      ],
      rows: ranked.map { item in
        [
          .text(item.row.finding.location.file), .text("\(item.row.finding.location.row)"),
          .text(message(item)), .text(composer.fullTitle(item.metric)),
          .integer(item.now.numerator), composer.rounded(item.effect, places: Wording.places + 2),
        ]
      })
  }

  private func message(_ item: Ranked) -> String {
    FindingText.circulatedMessage(for: item.row.finding, in: words.language)
  }

  func sentence(_ item: Ranked) -> String {
    words(
      "{1} 第 {2} 行：{3}（{4}，现为 {5}）", "{1}, row {2}: {3} ({4}, now {5})",
      item.row.finding.location.file, "\(item.row.finding.location.row)", message(item),
      composer.fullTitle(item.metric), words.value(item.now, item.metric.metric))
  }
}
