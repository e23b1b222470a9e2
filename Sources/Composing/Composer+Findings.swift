import Checking
import Comparing
import Records
import ReportModel

extension Composer {
  var findingTable: Table? {
    guard !facts.findings.isEmpty else { return nil }
    let counts = facts.findings.reduce(into: [FindingCode: Int64]()) {
      $0[$1.code, default: 0] += 1
    }
    let codes = FindingCode.allCases.filter { counts[$0] != nil }
    return Table(
      id: "quality_findings", title: words("问题汇总", "Findings by kind"),
      columns: [
        Column(words("处理", "Row"), kind: .text), Column(words("代码", "Code"), kind: .text),
        Column(words("问题", "What is wrong"), kind: .text),
        Column(words("数量", "Number"), kind: .count, showsBar: true, derivation: .sum),
      ],
      rows: codes.map { code in
        [
          .text(severityWord(code.severity)), .text(code.rawValue),
          .text(FindingText.title(of: code)[words.language]), .integer(counts[code] ?? 0),
        ]
      },
      total: [
        .text(words("合计", "Total")), .text(""), .text(""), .integer(Int64(facts.findings.count)),
      ])
  }

  func severityWord(_ severity: Finding.Severity) -> String {
    severity == .error ? words("剔除", "rejected") : words("采用，提醒", "kept, warning")
  }

  /// The first findings by place, without what stands in the cells: it may name somebody.
  var findingList: Table? {
    guard !facts.findings.isEmpty else { return nil }
    let shown = facts.findings.prefix(Composer.listedFindings)
    return Table(
      id: "quality_list",
      title: shown.count == facts.findings.count
        ? words("问题清单", "List of findings")
        : words(
          "问题清单（前 {1} 条，共 {2} 条，其余见 findings.csv）",
          "List of findings (the first {1} of {2}; the rest is in findings.csv)",
          words.number(shown.count), words.number(facts.findings.count)),
      columns: [
        Column(words("文件", "File"), kind: .text), Column(words("行", "Row"), kind: .text),
        Column(words("列", "Column"), kind: .text), Column(words("处理", "Status"), kind: .text),
        Column(words("问题与处理办法", "What is wrong, and what to do"), kind: .text),
      ],
      rows: shown.map(findingRow))
  }

  private func findingRow(_ finding: Finding) -> [Cell] {
    let place = finding.location
    let title = columnTitle(place)
    var named = place
    if let title { named.column = title }
    let message = FindingText.circulatedMessage(
      for: Finding(
        finding.code, at: named, detail: finding.detail, severity: finding.severity),
      in: words.language)
    return [
      .text(place.sheet.isEmpty ? place.file : "\(place.file) · \(place.sheet)"),
      place.row > 0
        ? .integer(Int64(place.row)) : .blank(words("整个文件", "whole file")),
      place.column.isEmpty
        ? .blank(words("各列", "all"))
        : .text(title.map { "\($0)（\(place.column)）" } ?? place.column),
      .text(severityWord(finding.severity)), .text(message),
    ]
  }

  /// What a column of an input is called in Chinese, where its heading is the canonical one.
  private func columnTitle(_ place: SourceLocation) -> String? {
    guard words.language == .chinese else { return nil }
    let schemas =
      [.departments, .staff]
      + figures.sources.flatMap { [$0.records] + ($0.participation.map { [$0] } ?? []) }
    let file = place.file.split(separator: "/").last?.prefix { $0 != "." } ?? ""
    return schemas.first { $0.file == file }?.fields.first { $0.name == place.column }?
      .aliases.first { !$0.utf8.allSatisfy { $0 < 0x80 } }
  }
}
