import Comparing
import Counting
import Records
public import ReportModel
import Statistics

extension Composer {
  /// A comparison for a terminal: a table for each metric, then what is to be said of it. Each is made
  /// when it is asked for.
  public func comparisonTables(
    _ request: ComparisonRequest
  ) -> some Collection<(table: Table, notes: [String])> {
    request.metrics.indices.lazy.map { number in
      let standings = StandingsTable(self, request, request.metrics[number])
      return (
        standings.table(id: "compare_\(number + 1)", order: request.order, withLimits: false),
        standings.sentences
      )
    }
  }

  /// What holds for all tables of a comparison: that departments have changed, and which are meant.
  public var comparisonRemarks: [String] { organisationSentences + groupRemark }

  /// What of the hospital is no group's.
  private var groupRemark: [String] {
    guard figures.organisation.isByGroup else { return [] }
    return [
      words(
        "全院含未列入任何人群的人员、未写明人员的事项和没有名单的场次。",
        "The hospital has those of no group, items that name nobody and events without a list, too."
      )
    ]
  }

  /// A comparison as a workbook: a sheet for each metric, in the official order and by rank.
  public func comparisonReport(_ request: ComparisonRequest) -> Report {
    let sections = request.metrics.enumerated().map { number, metric in
      comparisonSection(StandingsTable(self, request, metric), number + 1)
    }
    return Report(
      language: words.language,
      title: words("{1}科室比较", "Departments compared: {1}", words.name(facts.period)),
      organisation: facts.hospital[words.language], pageNote: pageNote, asOf: facts.asOf,
      rounding: facts.rounding, cover: cover,
      dataState: [comparisonSentence] + [runningSentence].compactMap { $0 } + comparisonRemarks,
      sections: Composer.validlyNamed(sections), summary: [], signs: signs)
  }

  private func comparisonSection(_ standings: StandingsTable, _ number: Int) -> Section {
    let notes = standingsNotes(standings)
    return Section(
      name: fullTitle(standings.metric), title: fullTitle(standings.metric),
      purpose: standings.metric.metric.definition[words.language], lead: standings.sentences,
      blocks: ComparisonRequest.Order.allCases.map { order in
        var table = standings.table(
          id: "compare_\(number)_\(order.rawValue)", order: order, withLimits: true)
        table.notes = Array(1...notes.count)
        return .table(table)
      }, notes: notes)
  }

  /// How ranks, limits and verdicts are made.
  func standingsNotes(_ standings: StandingsTable) -> [String] {
    var notes = [rankingNote(standings.metric.metric)]
    if let funnel = standings.standings.funnel { notes.append(funnelNote(funnel)) }
    if standings.standings.members.contains(where: { $0.ranks != nil }) {
      notes.append(
        words(
          "名次区间：与其他科室逐一比较，差值的 95% 区间不含零才算分得出先后；区间重叠的名次之间没有可靠差别。",
          "Ranks: each department is compared with each; only where the 95 % interval of a "
            + "difference excludes zero is one before the other. Ranks that share a span cannot be "
            + "told apart."))
    }
    if standings.charts.contains(where: { $0 != nil }) { notes.append(monthsNote) }
    return notes
  }

  private func rankingNote(_ metric: Metric) -> String {
    let isCount = metric.kind == .count || metric.kind == .quantity
    let order =
      metric.measure.higherIsBetter == false
      ? words("从低到高", "from the lowest") : words("从高到低", "from the highest")
    return words(
      "名次按{1}{2}，相同者并列，其后名次顺延跳过；基数不足 {3} 的不排名。四分位在同类别科室之间，第 1 为最好。",
      "Ranked by {1}, {2}; equals share a rank, and the ranks that they use up are skipped; a base "
        + "below {3} is not ranked. Quarters are among departments of the same category, 1 being the "
        + "best.", isCount ? words("人均", "the figure per head") : words("本期值", "the figure"), order,
      "\(Standings.leastBase)")
  }

  private func funnelNote(_ funnel: Funnel) -> String {
    let adjusted =
      funnel.betweenVariance > 0
      ? words("，并按科室间的实际离散程度放宽", ", and widened by how much departments differ anyway") : ""
    return words(
      "界限以全院水平为中心，科室越小越宽{1}；超出 99.8% 界限且精确概率同样小的，才判为优于预期或需要了解。95% 界限仅供参考：60 个并无差别的科室，平均有 3 个在其外。",
      "Limits lie about the hospital's level and widen as departments get smaller{1}. Only what lies "
        + "beyond the 99.8 % limits, with an exact probability as small, is better than expected or to "
        + "be looked into. The 95 % limits are for information: of 60 departments alike, 3 lie beyond "
        + "them.", adjusted)
  }

  var monthsNote: String {
    words(
      "走势看最近 {1} 个整月：均值 ± 2.66 × 平均移动极差为界；超界、连续 7 点同侧、连续 7 点同向、3 点中 2 点近界，方为变化。不足 {2} 个月的界限为试用；缺月之处断开，只看其后各月。",
      "Months: of the last {1} whole months, the limits are mean ± 2.66 × mean moving range. A change is "
        + "a point outside them, 7 in turn on one side, 7 in turn one way, or 2 of 3 near a limit. "
        + "Limits of fewer than {2} months are on trial; a month without data stops the line, and only "
        + "what follows is judged.", "\(MonthSeries.span)", "\(ProcessChart.fewestForFirmLimits)")
  }
}

extension StandingsTable {
  /// What the table says in words: the signals, the ranks that are alike, like for like.
  var sentences: [String] {
    signalSentences + likeForLikeSentences
  }

  /// Of these, what is more than chance.
  var signalSentences: [String] { [verdictSentence, rankSentence].compactMap { $0 } }

  private func names(_ members: [Int]) -> String {
    let all = composer.memberNames(request.scope)
    return composer.words.list(members.map { all[$0] })
  }

  private var verdictSentence: String? {
    guard standings.funnel != nil else { return nil }
    let words = composer.words
    let signals: [Standings.Verdict] = [.lookInto, .better, .higher, .lower]
    let found = signals.compactMap { verdict -> String? in
      let members = standings.members.indices.filter { standings.members[$0].verdict == verdict }
      guard !members.isEmpty else { return nil }
      return words(
        "{1}：{2}（{3} 个）", "{1}: {2} ({3})", words.verdict(verdict), names(members),
        "\(members.count)")
    }
    return found.isEmpty
      ? words("各科室之间的差别不超出偶然的范围。", "Departments differ by no more than chance.")
      : words.sentence(found)
  }

  /// The largest group of ranks that nothing tells apart.
  private var rankSentence: String? {
    let spans = standings.members.compactMap(\.ranks)
    guard let widest = spans.max(by: { $0.count < $1.count }), widest.count > 1 else { return nil }
    return composer.words(
      "第 {1} 至第 {2} 名分不出先后。", "Ranks {1} to {2} cannot be told apart.", "\(widest.lowerBound)",
      "\(widest.upperBound)")
  }

  /// The changes over those departments only that both periods have.
  private var likeForLikeSentences: [String] {
    let words = composer.words
    let figures = composer.figures
    guard !figures.organisation.isByGroup else { return [] }
    return composer.comparisons.compactMap { comparison in
      guard composer.hasData(metric.source, window: comparison.window),
        let sums = figures.likeForLike(metric, from: comparison.window),
        sums.departments < figures.departments.count
      else { return nil }
      let change = Change(metric.metric, from: sums.then, to: sums.now, hasData: true)
      return words(
        "只计两期均有报送的 {1} 个科室：{2}。", "Of the {1} departments with reports in both: {2}.",
        "\(sums.departments)", words.phrase(change, comparison.kind, of: sums.now, metric))
    }
  }
}

extension Composer {
  /// What the members of a scope are called, in the order of its figures.
  func memberNames(_ scope: Scope) -> [String] {
    scope == .department
      ? departmentNames : figures.members(scope).map { ValueWords.name($0, words) }
  }
}
