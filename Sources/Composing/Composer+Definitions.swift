import Comparing
import Records
import ReportModel

extension Composer {
  func definitionSection() -> Section {
    Section(
      name: words("指标定义与说明", "Definitions and notes"),
      title: words("指标定义与说明", "Definitions and notes"),
      purpose: words("每个指标的口径，修约与比较规则。", "How every figure is made, rounded and compared."),
      group: .basis,
      lead: [
        words(
          "指标的完整代码由领域代码和指标代码组成，如 training.events；同类领域的指标定义相同。",
          "A figure's full name is that of its area and its own, as training.events; areas of one "
            + "family have the same figures.")
      ] + areaFamilies.filter { $0.areas.count > 1 }.map(areaSentence),
      blocks: [.table(definitionTable)], remarks: generalRemarks)
  }

  /// Areas whose figures are defined alike.
  private struct AreaFamily {
    let title: String
    let areas: [String]
  }

  private var areaFamilies: [AreaFamily] {
    func names(_ family: Family) -> [String] {
      figures.sources.filter { $0.family == family }.map(\.name)
    }
    return [
      AreaFamily(title: words("职工", "Staff"), areas: ["staff"]),
      AreaFamily(title: words("活动", "Activity"), areas: names(.activity)),
      AreaFamily(title: words("台账", "Ledger"), areas: names(.ledger)),
      AreaFamily(title: words("志愿者", "Volunteers"), areas: ["volunteers"]),
    ].filter { family in figures.metrics.contains { family.areas.contains($0.source) } }
  }

  /// The areas of a family with their names.
  private func areaSentence(_ family: AreaFamily) -> String {
    let areas = family.areas.map { words("{1}（{2}）", "{1} ({2})", areaTitle($0), $0) }
    return words("{1}：{2}。", "{1}: {2}.", family.title, words.list(areas, limit: 100))
  }

  private var definitionTable: Table {
    Table(
      id: "definitions", title: words("指标", "Figures"),
      columns: [
        Column(words("类别", "Family"), kind: .text), Column(words("代码", "Name"), kind: .text),
        Column(words("指标", "Figure"), kind: .text), Column(words("单位", "Unit"), kind: .text),
        Column(words("定义", "Definition"), kind: .text),
      ],
      rows: areaFamilies.flatMap(definitions))
  }

  /// One row for each measure; where areas have other words for it, all of them.
  private func definitions(of family: AreaFamily) -> [[Cell]] {
    let found = figures.metrics.filter { family.areas.contains($0.source) }
    let measures = Measure.allCases.filter { measure in
      found.contains { $0.metric.measure == measure }
    }
    return measures.compactMap { measure in
      let uses = found.filter { $0.metric.measure == measure }
      guard let metric = uses.first?.metric else { return nil }
      let areas =
        uses.count == family.areas.count
        ? ""
        : words(
          "（仅{1}）", " (only: {1})", words.list(uses.map { areaTitle($0.source) }, limit: 100))
      return [
        .text(family.title), .text(metric.name), .text(alternatives(uses.map(words.title))),
        .text(alternatives(uses.map(words.unit))),
        .text(metric.definition[words.language] + areas),
      ]
    }
  }

  private func alternatives(_ texts: [String]) -> String {
    texts.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      .joined(separator: words("、", ", "))
  }

  private var generalRemarks: [String] {
    [
      words(
        "统计期 {1}（{2}），首末两日均含；E 为期末日，即 {3}。",
        "The period is {1} ({2}), both days included; E is its last known day, {3}.",
        words.name(facts.period), words.span(facts.period), "\(facts.asOf)"),
      comparisonSentence, roundingSentence, partsNote,
    ] + organisationSentences + [
      words(
        "支部、类别和全院的比率由各项之和相除，不取比率的平均；人数在每一层级均不重复计。",
        "A rate of a branch, a category or the hospital is a ratio of sums, never a mean of ratios; "
          + "people are distinct at every level."),
      words(
        "人次：一人参加两场计两次；人数：一人只计一次。人均以期末在岗人数为分母。",
        "Participations count one person at two events twice; people count everybody once. "
          + "Per head is divided by the head count at the end of the period."),
      words(
        "各科室之和等于全院，各月之和等于本期（人数除外），期初未销号＋提出－销号＝期末未销号；不平衡的报告不出具。",
        "Departments add up to the hospital, months to the period (people excepted), and open at "
          + "start + raised − closed = open at end; a report that does not balance is not issued."),
    ]
  }

  /// The rule by which shown figures are rounded.
  var roundingSentence: String {
    switch facts.rounding {
    case .halfUp:
      return words(
        "数值修约：四舍五入，只在显示时由精确值修约一次。",
        "Rounding: half up, once, from the exact value, where a figure is shown.")
    case .halfEven:
      return words(
        "数值修约：四舍六入五成双（GB/T 8170），只在显示时由精确值修约一次。",
        "Rounding: half to even (GB/T 8170), once, from the exact value, where a figure is shown.")
    }
  }

  var cover: [Fact] {
    [
      Fact(label: words("统计期", "Period"), value: words.span(facts.period)),
      Fact(label: words("数据截至", "Data as of"), value: "\(facts.asOf)"),
      Fact(label: words("比较口径", "Compared with"), value: comparisonSentence),
      Fact(label: words("数值修约", "Rounding"), value: roundingSentence),
      Fact(label: words("程序版本", "Program version"), value: facts.programVersion),
      Fact(label: words("审核人", "Checked by"), value: ""),
      Fact(label: words("签发人", "Issued by"), value: ""),
    ]
  }
}
