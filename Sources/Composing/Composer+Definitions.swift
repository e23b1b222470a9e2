import Comparing
import Records
import ReportModel

extension Composer {
  func definitionSection() -> Section {
    let table = Table(
      id: "definitions", title: words("指标定义", "Definitions"),
      columns: [
        Column(words("代码", "Name"), kind: .text), Column(words("领域", "Area"), kind: .text),
        Column(words("指标", "Figure"), kind: .text), Column(words("单位", "Unit"), kind: .text),
        Column(words("定义", "Definition"), kind: .text),
      ],
      rows: figures.metrics.map { metric in
        [
          .text(metric.name), .text(areaTitle(metric.source)), .text(words.title(metric)),
          .text(words.unit(metric)), .text(metric.metric.definition[words.language]),
        ]
      })
    return Section(
      name: words("指标定义与说明", "Definitions and notes"),
      title: words("指标定义与说明", "Definitions and notes"),
      purpose: words("每个指标的口径，修约与比较规则。", "How every figure is made, rounded and compared."),
      lead: [], blocks: [.table(table)], notes: generalNotes)
  }

  private var generalNotes: [String] {
    [
      words(
        "统计期 {1}（{2}），首末两日均含；E 为期末日，即 {3}。",
        "The period is {1} ({2}), both days included; E is its last known day, {3}.",
        words.name(facts.period), words.span(facts.period), "\(facts.asOf)"),
      comparisonSentence, roundingSentence,
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
