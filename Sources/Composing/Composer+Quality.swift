import Checking
import Comparing
import Records
import ReportModel

extension Composer {
  /// The findings that the workbook lists; all of them stand in `findings.csv`.
  static let listedFindings = 200
  /// The departments without records that the workbook lists.
  private static let listedGaps = 500
  /// A list of more departments has a sheet of its own.
  private static let listedBesideOthers = 25

  var rowsRead: Int { facts.outcomes.reduce(0) { $0 + $1.rowsRead } }
  var rowsRejected: Int { facts.outcomes.reduce(0) { $0 + $1.rowsRejected } }

  /// Data quality and reporting; a long list has a sheet of its own, whose pages repeat its heading.
  func qualitySections(_ gaps: ReportingGaps) -> [Section] {
    let gapList = facts.audience.seesDepartments ? gapList(gaps) : nil
    let isLong = (gapList?.rows.count ?? 0) > Composer.listedBesideOthers
    let tables = [fileTable, isLong ? nil : gapList, gapTable(gaps), findingTable]
    let quality = Section(
      name: words("数据质量", "Data quality"), title: words("数据质量与报送情况", "Data quality and reporting"),
      purpose: words(
        "读取与剔除的行数、报送情况、问题汇总。",
        "Rows read and rejected, who has reported, and what is wrong."), group: .basis,
      lead: [words.paragraph(dataState(gaps))], blocks: tables.compactMap { $0 }.map(Block.table),
      notes: qualityNotes)
    let silent = isLong ? gapList.map { listSection(words("未报送科室", "Not reported"), $0) } : nil
    let findings = (facts.audience.seesRows ? findingList : nil).map {
      listSection(words("问题清单", "Findings"), $0)
    }
    return [quality, findings, silent].compactMap { $0 }
  }

  private func listSection(_ name: String, _ table: Table) -> Section {
    Section(
      name: name, title: name, purpose: words("{1}。", "{1}.", table.title), group: .basis,
      blocks: [.table(table)])
  }

  private var qualityNotes: [String] {
    [
      words(
        "读取＝采用＋剔除。提醒行已采用。清单不显示单元格内容，内容见 findings.csv。",
        "Read = accepted + rejected. Rows with a warning are accepted. The list shows no contents "
          + "of cells; they stand in findings.csv."),
      words(
        "有记录指本期举办或参加过活动，或有事项提出、销号。台账没有记录不等于漏报。",
        "A record is an event held or attended, or an item raised or closed. A department without "
          + "items need not have failed to report."),
    ]
  }

  /// Whether the data is complete, and what is missing.
  func dataState(_ gaps: ReportingGaps) -> [String] {
    var sentences = [
      words(
        "共读取 {1} 行，采用 {2} 行，剔除 {3} 行（{4}）；提醒 {5} 条。",
        "{1} rows were read, {2} accepted and {3} rejected ({4}); {5} warnings.",
        words.number(rowsRead), words.number(rowsRead - rowsRejected), words.number(rowsRejected),
        words.share(rowsRejected, of: rowsRead),
        words.number(facts.findings.count { $0.severity == .warning }))
    ]
    if !facts.unreadable.isEmpty {
      sentences.append(
        words(
          "未能读取的文件：{1}，相关数字不完整。",
          "Files that could not be read, whose figures are incomplete: {1}.",
          words.list(facts.unreadable)))
    }
    if !facts.absentSources.isEmpty {
      sentences.append(
        words(
          "没有数据文件、未列入本报告：{1}。", "Left out, because there is no file: {1}.",
          words.list(facts.absentSources.map { $0.title[words.language] }, limit: 20)))
    }
    sentences += gapSentences(gaps) + audienceSentences + organisationSentences
    sentences += [runningSentence].compactMap { $0 }
    return sentences
  }

  /// Who has not reported, in sentences.
  func gapSentences(_ gaps: ReportingGaps) -> [String] {
    let all = reportingDepartments
    let activities = gaps.gaps.filter { $0.source.family == .activity && !$0.departments.isEmpty }
    var sentences: [String] = activities.map { gap in
      words(
        "{1}：应报 {2} 个科室，有记录 {3} 个；未报送 {4} 个：{5}。",
        "{1}: {3} of {2} departments have records; {4} have not reported: {5}.",
        gap.source.title[words.language], words.number(all),
        words.number(all - gap.departments.count), words.number(gap.departments.count),
        names(gap.departments))
    }
    if !gaps.silent.isEmpty {
      sentences.append(
        words(
          "本期没有任何记录的科室 {1} 个：{2}。", "Departments without any record: {1} ({2}).",
          words.number(gaps.silent.count),
          names(gaps.silent)))
    }
    if sentences.isEmpty, !figures.sources.isEmpty {
      sentences.append(words("各科室均已报送。", "All departments have reported."))
    }
    return sentences
  }

  /// The first ten of these departments by name.
  private func names(_ departments: [Int]) -> String {
    guard facts.audience.seesDepartments else { return words("名单从略", "not listed here") }
    return words.list(
      departments.prefix(10).map { departmentNames[$0] }, total: departments.count)
  }

  private var fileTable: Table? {
    guard !facts.outcomes.isEmpty else { return nil }
    return Table(
      id: "quality_files", title: words("文件", "Files"),
      columns: [
        Column(words("文件", "File"), kind: .text),
        Column(words("读取", "Read"), kind: .count, derivation: .sum),
        Column(words("采用", "Accepted"), kind: .count, derivation: .sum),
        Column(words("剔除", "Rejected"), kind: .count, derivation: .sum),
        Column(
          words("剔除占比", "Share rejected"), kind: .share(places: Wording.places),
          derivation: exact(.quotient(3, over: 1))),
      ],
      rows: facts.outcomes.map { outcome($0.file, $0.rowsRead, $0.rowsRejected) },
      total: outcome(words("合计", "Total"), rowsRead, rowsRejected), notes: [1])
  }

  private func outcome(_ name: String, _ read: Int, _ rejected: Int) -> [Cell] {
    [
      .text(name), .integer(Int64(read)), .integer(Int64(read - rejected)),
      .integer(Int64(rejected)), cell(part: Int64(rejected), of: Int64(read)),
    ]
  }

  private func gapTable(_ gaps: ReportingGaps) -> Table? {
    guard !gaps.gaps.isEmpty else { return nil }
    let all = Int64(reportingDepartments)
    return Table(
      id: "quality_reporting", title: words("报送情况", "Reporting by source"),
      columns: [
        Column(words("来源", "Source"), kind: .text),
        Column(words("科室数", "Departments"), kind: .count),
        Column(words("有记录", "With records"), kind: .count),
        Column(words("无记录", "Without"), kind: .count),
        Column(
          words("报送率", "Reporting rate"), kind: .share(places: Wording.places), note: 2,
          derivation: exact(.quotient(2, over: 1))),
      ],
      rows: gaps.gaps.map { gap in
        let missing = Int64(gap.departments.count)
        return [
          .text(gap.source.title[words.language]), .integer(all), .integer(all - missing),
          .integer(missing), cell(part: all - missing, of: all),
        ]
      })
  }

  /// The departments that have not reported an activity, or have no record in any ledger.
  private func gapList(_ gaps: ReportingGaps) -> Table? {
    let activities = gaps.sourcesMissing(.activity)
    let ledgers = gaps.sourcesMissing(.ledger)
    let ledgerCount = figures.sources.count { $0.family == .ledger }
    let listed = figures.departments.indices.filter {
      !activities[$0].isEmpty || ledgerCount > 0 && ledgers[$0].count == ledgerCount
    }.sorted { (-activities[$0].count, $0) < (-activities[$1].count, $1) }
    guard !listed.isEmpty else { return nil }
    let title = words("未报送科室", "Departments that have not reported")
    return Table(
      id: "quality_gaps",
      title: listed.count <= Composer.listedGaps
        ? title
        : title
          + words(
            "（前 {1} 个，共 {2} 个）", " (the first {1} of {2})", words.number(Composer.listedGaps),
            words.number(listed.count)),
      columns: [
        Column(words("科室", "Department"), kind: .text),
        Column(words("未报送的活动", "Activities not reported"), kind: .text),
        Column(words("台账", "Ledgers"), kind: .text),
      ],
      rows: listed.prefix(Composer.listedGaps).map { department in
        let names = activities[department].map { gaps.gaps[$0].source.title[words.language] }
        let noItems = ledgerCount > 0 && ledgers[department].count == ledgerCount
        return [
          .text(departmentNames[department]),
          names.isEmpty ? .blank(words("无", "none")) : .text(words.list(names, limit: 50)),
          .text(noItems ? words("无记录", "no records") : words("有记录", "has records")),
        ]
      })
  }
}
