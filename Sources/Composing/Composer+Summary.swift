import Comparing
import Records
import ReportModel

extension Composer {
  /// The text of the report: a paragraph for each area, as an office document has it.
  func summary(_ gaps: ReportingGaps) -> [TextBlock] {
    var parts: [(title: String, blocks: [TextBlock])] = [
      (words("总体情况", "Overview"), overview)
    ]
    parts += planParts
    parts.append((areaTitle("staff"), paragraph(staffSentences)))
    for source in figures.sources {
      parts.append((source.title[words.language], paragraph(sentences(of: source))))
    }
    if metric("volunteers", .registered) != nil {
      parts.append((areaTitle("volunteers"), paragraph(volunteerSentences)))
    }
    if facts.audience == .office { parts += accountParts }
    if facts.audience.seesDepartments {
      parts.append((words("科室情况", "Departments"), departmentBlocks))
    }
    parts.append(
      (
        words("数据质量与报送", "Data quality and reporting"),
        paragraph(dataState(gaps).filter { $0 != runningSentence })
      ))
    parts.append((words("需要关注的事项", "What needs attention"), attention(gaps)))
    let title = facts.hospital[words.language] + words("", ": ") + reportTitle
    return [.title(title), .paragraph(scope)] + numbered(parts)
  }

  /// The parts of a text that have anything to say, under their headings.
  func numbered(_ parts: [(title: String, blocks: [TextBlock])]) -> [TextBlock] {
    parts.filter { !$0.blocks.isEmpty }.enumerated().flatMap { number, part in
      [.heading(heading(number, part.title))] + part.blocks
    }
  }

  /// Chinese headings are numbered by 一、二、三.
  private func heading(_ number: Int, _ title: String) -> String {
    words.language == .chinese ? ChineseNumeral.text(number + 1) + "、" + title : title
  }

  func paragraph(_ sentences: [String]) -> [TextBlock] {
    sentences.isEmpty ? [] : [.paragraph(words.paragraph(sentences))]
  }

  private var scope: String {
    words.paragraph(
      [
        words(
          "统计期 {1}，数据截至 {2}。", "Period {1}, data as of {2}.", words.span(facts.period),
          "\(facts.asOf)"), comparisonSentence,
      ] + [runningSentence].compactMap { $0 })
  }

  private var overview: [TextBlock] {
    [activityOverview, ledgerOverview].compactMap { $0 }.map(TextBlock.table)
  }

  private var activityOverview: Table? {
    overviewTable(
      .activity, id: "summary_activities", title: words("学习与活动", "Learning and activities"),
      [.events, .participations, .people, .coverage], bar: .participations)
  }

  private var ledgerOverview: Table? {
    overviewTable(
      .ledger, id: "summary_ledgers", title: words("台账", "Ledgers"),
      [.raised, .closed, .openAtEnd, .overdueAtEnd, .closureRate], bar: .raised)
  }

  /// One row for each source of a family.
  private func overviewTable(
    _ family: Family, id: String, title: String, _ measures: [Measure], bar: Measure
  ) -> Table? {
    let sources = figures.sources.filter { $0.family == family }
    guard let first = sources.first else { return nil }
    let columns = metrics(first.name, measures).map { metric in
      Column(
        words.title(metric), kind: kind(metric.metric), showsBar: metric.metric.measure == bar)
    }
    return Table(
      id: id, title: title, columns: [Column(words("领域", "Area"), kind: .text)] + columns,
      rows: sources.map { source in
        [.text(source.title[words.language])]
          + metrics(source.name, measures).map { cell(figures.hospital($0), $0.metric) }
      })
  }

  /// The departments with most of the first activity and of the first ledger.
  private var departmentBlocks: [TextBlock] {
    let families: [(Family, Measure)] = [(.activity, .participations), (.ledger, .raised)]
    return families.compactMap { family, measure in
      figures.sources.first { $0.family == family }.flatMap { metric($0.name, measure) }
    }.compactMap(topTable).map(TextBlock.table)
  }

  private func topTable(_ metric: SourceMetric) -> Table? {
    let top = topDepartments(metric, count: 10)
    guard !top.isEmpty else { return nil }
    return Table(
      id: "summary_top_\(metric.source)",
      title: words(
        "{1}居前的科室（{2}）", "{1}: departments with most ({2})", areaTitle(metric.source),
        words.title(metric).lowercased()),
      columns: [
        Column(words("科室", "Department"), kind: .text),
        Column(
          words.title(metric),
          unit: metric.metric.unit == .items ? words.unit(metric) : words.headingUnit(metric),
          kind: .count, showsBar: true),
      ],
      rows: top.map { [.text(departmentNames[$0]), cell($1, metric.metric)] })
  }

  /// What is overdue, who has done nothing, what could not be read.
  private func attention(_ gaps: ReportingGaps) -> [TextBlock] {
    var items: [String] = []
    for source in figures.sources where source.family == .ledger {
      if let item = overdueItem(source) { items.append(item) }
    }
    for gap in gaps.gaps where gap.source.family == .activity && !gap.departments.isEmpty {
      items.append(
        words(
          "{1}：{2}本期没有记录。", "{1}: {2} without a record in the period.",
          gap.source.title[words.language], words.departments(gap.departments.count)))
    }
    if rowsRejected > 0 {
      items.append(
        words(
          "剔除的 {1} 行须由报送科室更正后重报，原因见 findings.csv。",
          "{1} rejected rows are to be corrected and reported again; see findings.csv.",
          words.number(rowsRejected)))
    }
    if !facts.unreadable.isEmpty {
      items.append(
        words(
          "须重新提交的文件：{1}。", "Files to be submitted again: {1}.", words.list(facts.unreadable)))
    }
    return items.isEmpty
      ? [.paragraph(words("没有需要特别关注的事项。", "Nothing needs particular attention."))]
      : [.list(items)]
  }

  private func overdueItem(_ source: Source) -> String? {
    guard let overdue = metric(source.name, .overdueAtEnd),
      figures.hospital(overdue).numerator > 0
    else { return nil }
    let top = topDepartments(overdue, count: 3).map { department, figure in
      words("{1} {2}", "{1} {2}", departmentNames[department], words.amount(figure, overdue))
    }
    guard facts.audience.seesDepartments, !top.isEmpty else {
      return words(
        "{1}：期末逾期未销号 {2}。", "{1}: {2} open and overdue at the end.",
        source.title[words.language], words.amount(figures.hospital(overdue), overdue))
    }
    return words(
      "{1}：期末逾期未销号 {2}，较多的科室：{3}。",
      "{1}: {2} open and overdue at the end; most in {3}.", source.title[words.language],
      words.amount(figures.hospital(overdue), overdue), words.list(top))
  }
}

/// Small numbers as Chinese headings count them.
enum ChineseNumeral {
  private static let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

  /// 1 to 99, as 一, 十二, 三十; larger numbers in digits.
  static func text(_ number: Int) -> String {
    guard (1...99).contains(number) else { return String(number) }
    let (tens, ones) = (number / 10, number % 10)
    let head = tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十"
    return head + digits[ones]
  }
}
