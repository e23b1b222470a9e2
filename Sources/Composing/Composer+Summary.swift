import Comparing
import Records
import ReportModel

extension Composer {
  /// The text of the report: a paragraph for each area, as an office document has it.
  func summary(_ status: ReportingStatus) -> [TextBlock] {
    let highlights = highlights
    var parts: [(title: String, blocks: [TextBlock])] = [
      (words("主要情况", "Main findings"), highlights.isEmpty ? [] : [.findings(highlights)]),
      (
        words("总体情况", "Overview"),
        overview + generalComments.map(TextBlock.comment)
      ),
    ]
    parts += planParts
    parts.append((areaTitle("staff"), paragraph(staffSentences, on: "staff")))
    for source in figures.sources {
      parts.append(
        (source.title[words.language], paragraph(sentences(of: source), on: source.name)))
    }
    if metric("volunteers", .registered) != nil {
      parts.append((areaTitle("volunteers"), paragraph(volunteerSentences, on: "volunteers")))
    }
    if facts.audience == .office { parts += accountParts }
    if facts.audience.seesDepartments {
      parts.append((words("科室情况", "Departments"), departmentBlocks))
    }
    parts.append(
      (
        words("数据质量与报送", "Data quality and reporting"),
        paragraph(
          dataState(status).filter {
            $0 != runningSentence && !organisationSentences.contains($0)
          })
      ))
    let decisions = decisions(status)
    parts.append(
      (
        words("需要研究决定的事项", "What needs a decision"),
        decisions.isEmpty
          ? [.paragraph(words("没有需要研究决定的事项。", "Nothing needs a decision."))]
          : [.findings(decisions)]
      ))
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

  /// The sentences on an area, and what the office has to say to it.
  private func paragraph(_ sentences: [Sentence], on area: String) -> [TextBlock] {
    (sentences.isEmpty ? [] : [.sentences(sentences)]) + comments(on: area).map(TextBlock.comment)
  }

  private var scope: String {
    words.paragraph(
      [
        words(
          "统计期 {1}，数据截至 {2}。", "Period {1}, data as of {2}.", words.span(facts.period),
          "\(facts.asOf)"), comparisonSentence,
      ] + [runningSentence].compactMap { $0 } + organisationSentences)
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
          + metrics(source.name, measures).map {
            lacksLists($0)
              ? .blank(NumberText.undefined) : cell(figures.hospital($0), $0.metric)
          }
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
    guard let top = topDepartments(metric, count: 10) else { return nil }
    let tied = top.tied.map { count, figure in
      [
        Cell.text(words("（另有 {1} 个科室，各）", "({1} more, each)", words.number(count))),
        cell(figure, metric.metric),
      ]
    }
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
      rows: top.named.map { [.text(departmentNames[$0]), cell($1, metric.metric)] }
        + [tied].compactMap { $0 })
  }

  /// What somebody has to decide: what is overdue, who has no records, what must be reported again.
  func decisions(_ status: ReportingStatus) -> [Sentence] {
    var items = figures.sources.filter { $0.family == .ledger }.compactMap(overdueItem)
    for (row, line) in status.lines.enumerated()
    where line.source.family == .activity && !line.missing.isEmpty {
      items.append(
        Sentence(
          words(
            "{1}：{2}本期没有记录，是否补报，请明确。",
            "{1}: {2} without a record in the period: to be settled whether they have to report.",
            line.source.title[words.language], words.departments(line.missing.count)),
          sources: [CellReference(table: "quality_reporting", row: .data(row), column: 3)]))
    }
    if rowsRejected > 0 {
      items.append(
        Sentence(
          words(
            facts.audience.seesRows
              ? "剔除的 {1} 行须由报送科室更正后重报，原因见 findings.csv。"
              : "剔除的 {1} 行须由报送科室更正后重报，原因由统计部门告知各科室。",
            facts.audience.seesRows
              ? "{1} rejected rows are to be corrected and reported again; see findings.csv."
              : "{1} rejected rows are to be corrected and reported again; the office tells the "
                + "departments why.",
            words.number(rowsRejected)),
          sources: [CellReference(table: "quality_files", row: .total, column: 3)]))
    }
    if !facts.unreadable.isEmpty {
      items.append(
        Sentence(
          words(
            "须重新提交的文件：{1}。", "Files to be submitted again: {1}.",
            words.list(facts.unreadable))))
    }
    return items
  }

  private func overdueItem(_ source: Source) -> Sentence? {
    guard let overdue = metric(source.name, .overdueAtEnd),
      figures.hospital(overdue).numerator > 0
    else { return nil }
    guard facts.audience.seesDepartments, let top = topDepartments(overdue, count: 3) else {
      return Sentence(
        words(
          "{1}：期末逾期未销号 {2}；督办措施请研究决定。",
          "{1}: {2} open and overdue at the end: a decision is needed on how to press them.",
          source.title[words.language], words.amount(figures.hospital(overdue), overdue)),
        sources: [place(overdue)].compactMap { $0 })
    }
    return Sentence(
      words(
        "{1}：期末逾期未销号 {2}，较多的科室：{3}；督办措施请研究决定。",
        "{1}: {2} open and overdue at the end, most in {3}: a decision is needed on how to press them.",
        source.title[words.language], words.amount(figures.hospital(overdue), overdue),
        names(top, overdue)),
      sources: [place(overdue)].compactMap { $0 }
        + departmentPlaces(overdue, top.named.map(\.0)))
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
