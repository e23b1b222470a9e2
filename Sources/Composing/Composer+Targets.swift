import Comparing
import Records
import ReportModel

extension Composer {
  /// At most so many members that fall short are listed one by one.
  private static let listedMembers = 300

  /// The sections on what has become of the hospital's plan.
  var planSections: [Section] {
    guard let progress = facts.progress else { return [] }
    return [progressSection(progress), groupSection].compactMap { $0 }
  }

  /// The same as parts of the text.
  var planParts: [(title: String, blocks: [TextBlock])] {
    guard let progress = facts.progress else { return [] }
    return [
      (
        progressTitle,
        paragraph(phaseSentences(progress) + targetSentences(progress) + assuranceSentences)
      )
    ]
  }

  /// The title of the report: of a campaign or a phase by its name, else of its period.
  var reportTitle: String {
    for campaign in facts.progress?.plan.campaigns ?? [] {
      let name = campaign.title[words.language]
      if Period(from: campaign.first, through: campaign.last).map(isReported) == true {
        return words("{1}工作成效统计报告", "Results of {1}", name)
      }
      if let phase = campaign.phases.first(where: { isReported($0.period) }) {
        return words(
          "{1}“{2}”阶段工作成效统计报告", "Results of {1}, phase {2}", name, phase.title[words.language])
      }
    }
    return words.reportTitle(facts.period)
  }

  private func isReported(_ span: Period) -> Bool {
    span.first == facts.period.first && span.last == facts.period.last
      && facts.period.kind == .range
  }

  private var progressTitle: String { words("活动推进与目标完成情况", "Campaign and targets") }

  private func progressSection(_ progress: PlanProgress) -> Section? {
    let phases = progress.plan.campaigns.map { phaseTable($0, progress) }
    let tables = [shortfallTable(progress), personTable(progress), projectTable(progress)]
    let blocks =
      phases.map(Block.table) + targetBlocks(progress) + tables.compactMap { $0 }.map(Block.table)
    guard !blocks.isEmpty else { return nil }
    return Section(
      name: words("目标完成", "Targets"), title: progressTitle,
      purpose: words(
        "各阶段进度，各项目标的完成值、状态与差距。",
        "The phases, and of every target the value, the state and what is missing."),
      lead: [words.paragraph(phaseSentences(progress) + targetSentences(progress))],
      blocks: blocks, notes: targetNotes)
  }

  private var targetNotes: [String] {
    [
      words(
        "状态：已完成——达到要求且不会再退回，或截止日已达到；序时——尚未截止，完成值不低于要求×已过时间占比（向下取整）；滞后——尚未截止，低于该进度；未完成——截止日未达到；不适用——没有分母或尚未开始。不累积的指标（销号率、合格率、期末数等）不按序时折算，截止前低于要求即为滞后。",
        "Met: reached and not to be lost again, or reached on the last day. On course: days are left, "
          + "and the value is at least the target × the share of time gone, in whole units. Behind: "
          + "less than that. Failed: not reached on the last day. Not applicable: nothing to divide "
          + "by, or not begun. What does not accumulate (closure rate, pass rate, stocks) has no pace: "
          + "below the target it is behind until the last day."),
      words(
        "完成度：一个对象的为完成值÷要求，超过的记 100%；多个科室、支部或人员的为达到的个数÷全部。只有上限、或逐期逐班考核的目标不计算。",
        "Reached: of one member the value ÷ what is asked for, at most 100 %; of several departments, "
          + "branches or people those as required ÷ all. None where only an upper limit is set, or the "
          + "same is asked for in each part of the time or of each value."),
    ]
  }

  // MARK: Phases

  private func phaseTable(_ campaign: Campaign, _ progress: PlanProgress) -> Table {
    Table(
      id: "phases_\(tableId(campaign.name))",
      title: words("{1}：阶段安排", "{1}: phases", campaign.title[words.language]),
      columns: [
        Column(words("阶段", "Phase"), kind: .text), Column(words("开始", "First day"), kind: .text),
        Column(words("截止", "Last day"), kind: .text), Column(words("状态", "State"), kind: .text),
        Column(words("已过时间", "Time gone"), kind: .share(places: Wording.places)),
        Column(words("成果要求", "Deliverables"), kind: .text),
      ],
      rows: campaign.phases.map { phase in
        [
          .text(phase.title[words.language]), .text("\(phase.period.first)"),
          .text("\(phase.period.last)"), .text(state(of: phase.period, progress.known)),
          cell(part: Int64(daysGone(phase.period, progress.known)), of: Int64(phase.period.length)),
          .text(words.list(phase.deliverables.map { $0[words.language] }, limit: 20)),
        ]
      })
  }

  private func daysGone(_ period: Period, _ known: Day) -> Int {
    min(max(0, Int(known.number - period.first.number) + 1), period.length)
  }

  private func state(of period: Period, _ known: Day) -> String {
    if known < period.first { return words("未开始", "to come") }
    return known < period.last ? words("进行中", "running") : words("已结束", "ended")
  }

  private func phaseSentences(_ progress: PlanProgress) -> [String] {
    progress.plan.campaigns.map { campaign in
      let phases = campaign.phases.map { phase in
        words(
          "{1}（{2}，{3}）", "{1} ({2}, {3})", phase.title[words.language],
          words.span(phase.period), state(of: phase.period, progress.known))
      }
      return words(
        "{1}分 {2} 个阶段：{3}。", "{1} has {2} phases: {3}.", campaign.title[words.language],
        words.number(phases.count), words.list(phases, limit: 20))
    }
  }

  // MARK: Targets

  private func targetSentences(_ progress: PlanProgress) -> [String] {
    guard !progress.attainments.isEmpty else { return [] }
    let counts = AttainmentStatus.allCases.compactMap { status -> String? in
      let count = progress.attainments.count { $0.status == status }
      return count == 0
        ? nil : words("{1} {2} 项", "{2} {1}", name(of: status), words.number(count))
    }
    let total = words(
      "共设目标 {1} 项：{2}。", "Targets: {1}, of which {2}.", words.number(progress.attainments.count),
      words.list(counts))
    let short = progress.attainments.filter { [.behind, .failed].contains($0.status) }
    return [total] + (short.isEmpty ? [] : [words.sentence(short.prefix(8).map(shortClause))])
  }

  /// A target that falls short, with what is missing.
  private func shortClause(_ attainment: Attainment) -> String {
    let name = attainment.target.title[words.language]
    let state = self.name(of: attainment.status)
    if attainment.members.count > 1 {
      let reached = attainment.count(.met) + attainment.count(.onCourse)
      return words(
        "{1}：{2}，{3}", "{1}: {2}, {3}", name, state,
        words(
          "{1} 个中 {2} 个达到要求", "{2} of {1} as required",
          words.number(attainment.members.count), words.number(reached)))
    }
    guard let member = attainment.members.first else { return name }
    let gap = gapText(member, attainment)
    return words(
      "{1}：{2}，{3}", "{1}: {2}, {3}", name, state,
      words.joined([value(member, attainment), gap].filter { !$0.isEmpty }))
  }

  /// The targets, and how far each of them has been reached, as bars.
  private func targetBlocks(_ progress: PlanProgress) -> [Block] {
    guard !progress.attainments.isEmpty else { return [] }
    let table = targetTable(progress)
    let column = table.columns.firstIndex { $0.showsBar }
    guard let column, (2...Composer.mostBars).contains(table.rows.count) else {
      return [.table(table)]
    }
    let chart = Chart(
      kind: .bar, title: words("各目标的完成度", "How far the targets have been reached"),
      table: table.id, category: 0, series: [column])
    return [.table(table), .chart(chart)]
  }

  private func targetTable(_ progress: PlanProgress) -> Table {
    Table(
      id: "targets", title: words("目标完成情况", "Targets"),
      columns: [
        Column(words("目标", "Target"), kind: .text), Column(words("要求", "Asked for"), kind: .text),
        Column(words("范围", "Whom"), kind: .text), Column(words("期限", "Days"), kind: .text),
        Column(words("完成值", "Value"), kind: .text),
        Column(words("完成度", "Reached"), kind: .share(places: 1), showsBar: true, note: 2),
        Column(words("已过时间", "Time gone"), kind: .share(places: Wording.places)),
        Column(words("状态", "State"), kind: .text, note: 1),
        Column(words("差距", "Missing"), kind: .text),
        Column(words("责任部门", "Owner"), kind: .text),
        Column(words("确定日期", "Decided"), kind: .text),
      ], rows: progress.attainments.map(targetRow))
  }

  private func targetRow(_ attainment: Attainment) -> [Cell] {
    let target = attainment.target
    let time = attainment.timeGone
    return [
      .text(target.title[words.language]), .text(limitText(attainment)),
      .text(scopeText(attainment)), .text(words.span(attainment.span)),
      .text(valueText(attainment)),
      cell(part: attainment.reached.numerator, of: attainment.reached.denominator),
      cell(part: time.numerator, of: time.denominator),
      .text(name(of: attainment.status)),
      .text(
        attainment.members.count == 1
          ? gapText(attainment.members[0], attainment) : shortCount(attainment)),
      .text(target.owner), .text(target.decidedOn.map { "\($0)" } ?? ""),
    ]
  }

  private func shortCount(_ attainment: Attainment) -> String {
    let short = attainment.count(.behind) + attainment.count(.failed)
    guard short > 0 else { return "" }
    return words("{1} 个未达到，见下表", "{1} fall short, see below", words.number(short))
  }

  func name(of status: AttainmentStatus) -> String {
    switch status {
    case .met: words("已完成", "met")
    case .onCourse: words("序时", "on course")
    case .behind: words("滞后", "behind")
    case .failed: words("未完成", "failed")
    case .notApplicable: words("不适用", "not applicable")
    }
  }

  private func limitText(_ attainment: Attainment) -> String {
    let limit = attainment.target.limit
    let unit = attainment.metric.metric.kind == .share ? "" : " " + words.unit(attainment.metric)
    let every =
      switch attainment.target.every {
      case .month: words("每月", "each month ")
      case .quarter: words("每季度", "each quarter ")
      case .half: words("每半年", "each half ")
      case .year: words("每年", "each year ")
      case nil: ""
      }
    let each =
      attainment.target.each.map {
        words("各{1}", "each {1}: ", ValueWords.title(ofColumn: $0.column, words).lowercased())
      } ?? ""
    let name = each + words.title(attainment.metric)
    let least = limit.atLeast.map { text($0, attainment) }
    let most = limit.atMost.map { text($0, attainment) }
    switch (least, most) {
    case (let least?, let most?): return "\(every)\(name) \(least)–\(most)\(unit)"
    case (let least?, nil): return "\(every)\(name) ≥ \(least)\(unit)"
    case (nil, let most?): return "\(every)\(name) ≤ \(most)\(unit)"
    default: return name
    }
  }

  private func text(_ limit: ExactNumber, _ attainment: Attainment) -> String {
    let isWhole = limit.numerator % limit.denominator == 0
    return attainment.metric.metric.kind == .share
      ? words.numbers.share(
        limit.numerator, of: limit.denominator,
        places: limit.numerator * 100 % limit.denominator == 0 ? 0 : Wording.places)
      : words.numbers.ratio(
        limit.numerator, over: limit.denominator, places: isWhole ? 0 : Wording.places)
  }

  private func scopeText(_ attainment: Attainment) -> String {
    let target = attainment.target
    let group = facts.progress?.plan.groups.first { $0.name == target.group }
    let parts = [
      group?.title[words.language],
      target.categories.isEmpty
        ? nil : words.list(target.categories.map { ValueWords.name($0, words) }),
      target.condition?.spellings.first.map { ValueWords.name($0, words) },
      target.each.map { words.list($0.all.map { $0[words.language] }) },
    ].compactMap { $0 }
    let scope =
      switch target.scope {
      case .hospital: words("全院", "Hospital")
      case .branch: words("各支部", "Each branch")
      case .department: words("各科室", "Each department")
      case .person: words("每个人", "Each person")
      }
    return parts.isEmpty ? scope : words("{1}（{2}）", "{1} ({2})", scope, words.list(parts))
  }

  private func valueText(_ attainment: Attainment) -> String {
    if attainment.members.count == 1, let member = attainment.members.first {
      return value(member, attainment)
    }
    let reached = attainment.count(.met) + attainment.count(.onCourse)
    return words(
      "{1} 个中 {2} 个达到", "{2} of {1}", words.number(attainment.members.count),
      words.number(reached))
  }

  /// Of each person the value is how many have reached it.
  private func value(_ member: Attainment.Member, _ attainment: Attainment) -> String {
    guard attainment.target.scope == .person else {
      return words.amount(member.figure, attainment.metric)
    }
    return words(
      "{1} 人中 {2} 人达到", "{2} of {1} people", words.numbers.count(member.figure.denominator),
      words.numbers.count(member.figure.numerator))
  }

  /// What is missing, as `还差 7 人（截止 2021-09-15）`.
  private func gapText(_ member: Attainment.Member, _ attainment: Attainment) -> String {
    guard let gap = member.gap else { return "" }
    let whole = gap.amount % gap.scale == 0
    let number = words.numbers.ratio(
      gap.amount, over: gap.scale, places: whole ? 0 : Wording.places)
    let unit = UnitWords.of(gap.unit, in: attainment.metric.source)
    let english = gap.amount == gap.scale ? unit.singular : unit.plural
    let values = words.list(member.lacking.map { $0[words.language] })
    let of = values.isEmpty ? "" : words("{1}，", " ({1})", values)
    return gap.isMore
      ? words(
        "还差 {1} \(unit.chinese)（\(of)截止 {2}）", "{1} more \(english)\(of) by {2}", number,
        "\(gap.by)")
      : words("超出 {1} \(unit.chinese)", "{1} \(english) too many", number)
  }

  // MARK: Members

  /// The branches and departments that fall short of a target.
  private func shortfallTable(_ progress: PlanProgress) -> Table? {
    let all = progress.attainments.filter { $0.members.count > 1 }.flatMap { attainment in
      attainment.members.filter { [.behind, .failed].contains($0.status) }
        .map { (attainment, $0) }
    }
    guard !all.isEmpty else { return nil }
    let title = words("未达到要求的支部与科室", "Branches and departments that fall short")
    return Table(
      id: "target_shortfalls",
      title: all.count <= Composer.listedMembers
        ? title
        : title
          + words(
            "（前 {1} 条，共 {2} 条，其余见 targets.csv）", " (the first {1} of {2}; all in targets.csv)",
            words.number(Composer.listedMembers), words.number(all.count)),
      columns: [
        Column(words("目标", "Target"), kind: .text),
        Column(words("支部或科室", "Branch or department"), kind: .text),
        Column(words("完成值", "Value"), kind: .text), Column(words("状态", "State"), kind: .text),
        Column(words("差距", "Missing"), kind: .text),
        Column(words("缺的期间", "Parts missed"), kind: .text),
      ],
      rows: all.prefix(Composer.listedMembers).map { attainment, member in
        [
          .text(attainment.target.title[words.language]), .text(memberName(member, attainment)),
          .text(value(member, attainment)), .text(name(of: member.status)),
          .text(gapText(member, attainment)),
          .text(words.list(member.missed.map(partText), limit: 4)),
        ]
      })
  }

  private func partText(_ part: Attainment.Part) -> String {
    let days = words.span(part.span)
    return part.value.map { words("{1} {2}", "{1}, {2}", days, $0[words.language]) } ?? days
  }

  func memberName(_ member: Attainment.Member, _ attainment: Attainment) -> String {
    switch attainment.target.scope {
    case .department: departmentNames[member.index]
    case .branch:
      ValueWords.name(figures.members(.branch)[member.index], words)
    case .hospital, .person: words("全院", "Hospital")
    }
  }

  /// Targets of each person, by department: numbers, never names.
  private func personTable(_ progress: PlanProgress) -> Table? {
    let rows = progress.attainments.filter { $0.target.scope == .person }.flatMap { attainment in
      attainment.personsByDepartment.filter { $0.reached < $0.all }.map { part in
        [
          Cell.text(attainment.target.title[words.language]),
          .text(departmentNames[part.department]), .integer(Int64(part.all)),
          .integer(Int64(part.reached)), .integer(Int64(part.all - part.reached)),
        ]
      }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      id: "target_persons",
      title: words("每个人的目标：尚未达到的人数", "Targets of each person: who is missing"),
      columns: [
        Column(words("目标", "Target"), kind: .text),
        Column(words("科室", "Department"), kind: .text),
        Column(words("应达到", "People"), kind: .count),
        Column(words("已达到", "Reached"), kind: .count),
        Column(words("未达到", "Missing"), kind: .count, showsBar: true),
      ], rows: rows)
  }

  /// A name as a part of a table's id: letters, digits and underscores.
  func tableId(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}
