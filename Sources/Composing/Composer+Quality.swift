import Checking
import Comparing
import Records
import ReportModel

extension Composer {
  /// The findings that the workbook lists; all of them stand in `findings.csv`.
  static let listedFindings = 200
  /// A list of more departments has a sheet of its own.
  private static let listedBesideOthers = 25

  var rowsRead: Int { facts.outcomes.reduce(0) { $0 + $1.rowsRead } }
  var rowsRejected: Int { facts.outcomes.reduce(0) { $0 + $1.rowsRejected } }

  /// Data quality and reporting. What became of the files' rows has a sheet of its own, where the names of
  /// files have room; so has a long list, whose pages repeat its heading.
  func qualitySections(_ status: ReportingStatus) -> [Section] {
    let defaulters = facts.audience.seesDepartments ? defaulterTable(status) : nil
    let isLong = (defaulters?.rows.count ?? 0) > Composer.listedBesideOthers
    let tables = [reportingTable(status), isLong ? nil : defaulters, findingTable]
    let quality = Section(
      name: words("数据质量", "Data quality"), title: words("数据质量与报送情况", "Data quality and reporting"),
      purpose: words(
        "读取与剔除的行数、报送情况、问题汇总。",
        "Rows read and rejected, who has reported, and what is wrong."), group: .basis,
      lead: [words.paragraph(dataState(status))], blocks: tables.compactMap { $0 }.map(Block.table),
      notes: qualityNotes(status))
    let files = fileTable.map {
      listSection(words("文件与行数", "Files and rows"), $0, notes: qualityNotes(status))
    }
    let silent =
      isLong
      ? defaulters.map {
        listSection(words("未报送科室", "Not reported"), $0, notes: qualityNotes(status))
      } : nil
    let findings = (facts.audience.seesRows ? findingList : nil).map {
      listSection(words("问题清单", "Findings"), $0)
    }
    return [quality, files, findings, silent].compactMap { $0 }
  }

  private func listSection(_ name: String, _ table: Table, notes: [String] = []) -> Section {
    Section(
      name: name, title: name, purpose: words("{1}。", "{1}.", table.title), group: .basis,
      blocks: [.table(table)], notes: notes)
  }

  private func qualityNotes(_ status: ReportingStatus) -> [String] {
    [
      words(
        "读取＝采用＋剔除；读取＋标题＋表头＋空行＋说明＋合计行＝全部行。提醒行已采用。",
        "Read = accepted + rejected; read + titles + headings + blank rows + notes + totals = all rows. "
          + "Rows with a warning are accepted.")
        + (facts.audience.seesRows
          ? words(
            "清单不显示单元格内容，内容见 findings.csv。",
            " The list shows no contents of cells; they stand in findings.csv.") : ""),
      reportingNote(status),
      words(
        "未列出的科室已报送全部活动，没有逾期。", "Departments not listed have reported every activity, none late."),
    ]
  }

  /// Whether the data is complete, and what is missing.
  func dataState(_ status: ReportingStatus) -> [String] {
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
    sentences +=
      reportingSentences(status) + audienceSentences + organisationSentences
      + [runningSentence].compactMap { $0 }
    return sentences
  }

  /// What became of every row of every file: the numbers of a line add up to its last one.
  private var fileTable: Table? {
    guard !facts.outcomes.isEmpty else { return nil }
    func count(_ title: String) -> Column { Column(title, kind: .count, derivation: .sum) }
    return Table(
      id: "quality_files", title: words("各文件的行数", "Rows of each file"),
      columns: [
        Column(words("文件", "File"), kind: .text), count(words("读取", "Read")),
        count(words("采用", "Accepted")), count(words("剔除", "Rejected")),
        Column(
          words("剔除占比", "Share rejected"), kind: .share(places: Wording.places),
          derivation: exact(.quotient(3, over: 1))),
      ] + SheetLayout.RowKind.allCases.map { count(RowKindText.title(of: $0)[words.language]) }
        + [count(words("全部行", "All rows"))],
      rows: facts.outcomes.map { line($0.file, [$0]) },
      total: line(words("合计", "Total"), facts.outcomes), notes: [1])
  }

  private func line(_ name: String, _ outcomes: [FileOutcome]) -> [Cell] {
    func sum(_ number: (FileOutcome) -> Int) -> Int64 {
      Int64(outcomes.reduce(0) { $0 + number($1) })
    }
    let (read, rejected) = (sum(\.rowsRead), sum(\.rowsRejected))
    return [
      .text(name), .integer(read), .integer(read - rejected), .integer(rejected),
      cell(part: rejected, of: read),
    ] + SheetLayout.RowKind.allCases.map { kind in .integer(sum { $0.others[kind] ?? 0 }) }
      + [.integer(sum(\.rowsInFile))]
  }
}
