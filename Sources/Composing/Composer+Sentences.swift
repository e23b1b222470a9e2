import Comparing
import Records
import ReportModel

extension Composer {
  /// What is to be said of a source: a paragraph, sentence by sentence.
  func sentences(of source: Source) -> [String] {
    var sentences = source.family == .activity ? activitySentences(source) : ledgerSentences(source)
    sentences += [split(source), strongest(source)].compactMap { $0 }
    let missing = comparisons.filter { !hasData(source.name, window: $0.window) }
    if !missing.isEmpty {
      sentences.append(
        words.sentence(
          missing.map { words("{1}无数据，不作比较", "{1}: no data, not compared", words.earlier($0)) }
        ))
    }
    return sentences
  }

  /// A figure with its unit behind it, and its changes behind that.
  ///
  /// - Parameter saying: the words around the figure, which stands at `{1}`, and without its unit at
  ///   `{2}`.
  func clause(_ metric: SourceMetric, _ saying: (zh: String, en: String)) -> String {
    let figure = figures.hospital(metric)
    let said = words(
      saying.zh, saying.en, words.amount(figure, metric) + revisedMark(metric),
      words.value(figure, metric.metric) + revisedMark(metric))
    let compared = comparisons.filter { hasData(metric.source, window: $0.window) }.reversed()
    return words.remark(
      said, compared.map { words.phrase(change(metric, $0), $0.kind, of: figure, metric) })
  }

  /// A figure with its unit behind it, without comparison; nil where the source has no such figure.
  private func plain(
    _ source: Source, _ measure: Measure, _ saying: (zh: String, en: String)
  ) -> String? {
    metric(source.name, measure).map {
      let figure = figures.hospital($0)
      return words(
        saying.zh, saying.en, words.amount(figure, $0) + revisedMark($0),
        words.value(figure, $0.metric) + revisedMark($0))
    }
  }

  private func compared(
    _ source: Source, _ measure: Measure, _ saying: (zh: String, en: String)
  ) -> String? {
    metric(source.name, measure).map { clause($0, saying) }
  }

  private func isPositive(_ source: Source, _ measure: Measure) -> Bool {
    metric(source.name, measure).map { figures.hospital($0).numerator > 0 } ?? false
  }

  private func activitySentences(_ source: Source) -> [String] {
    let title = source.title[words.language]
    guard isPositive(source, .events) || isPositive(source, .participations) else {
      return [words("{1}：本期没有记录。", "{1}: no records in the period.", title)]
    }
    var clauses = [
      compared(source, .events, ("开展\(title) {1}", "\(title): {1}")),
      compared(source, .participations, ("参加 {1}", "{1}")),
    ]
    // Where head counts stand for lists, nobody knows who took part.
    let isListed = isPositive(source, .people)
    if isListed { clauses.append(compared(source, .people, ("参加人数 {1}", "{1} took part"))) }
    var second = [
      isListed ? coverage(source) : nil,
      plain(source, .perHead, ("人均参加 {2} 次", "{2} per head")),
    ]
    if isPositive(source, .hours) {
      second.append(plain(source, .hours, ("累计 {1}", "{1} in all")))
    }
    if let score = metric(source.name, .meanScore), figures.hospital(score).isDefined {
      second.append(compared(source, .meanScore, ("平均成绩 {1}", "mean score {1}")))
    }
    if let rate = metric(source.name, .passRate), figures.hospital(rate).isDefined {
      second.append(rateClause(rate, ("合格率 {1}", "pass rate {1}")))
    }
    return [clauses, second].map { words.sentence($0.compactMap { $0 }) }
  }

  private func coverage(_ source: Source) -> String? {
    metric(source.name, .coverage).map { rateClause($0, ("覆盖率 {1}", "coverage {1}")) }
  }

  /// A rate with what it is divided by, and its changes.
  func rateClause(_ metric: SourceMetric, _ saying: (zh: String, en: String)) -> String {
    let base = base(of: figures.hospital(metric), metric)
    return clause(metric, (saying.zh + "（基数：\(base)）", saying.en + " of \(base)"))
  }

  private func ledgerSentences(_ source: Source) -> [String] {
    let title = source.title[words.language]
    guard isPositive(source, .raised) || isPositive(source, .openAtStart) else {
      return [words("{1}：本期没有记录。", "{1}: no records in the period.", title)]
    }
    var raised = [
      compared(source, .raised, ("\(title)：本期提出 {1}", "\(title): {1} raised")),
      plain(source, .withMeasure, ("其中制定措施 {1}", "{2} with a measure")),
    ]
    if isPositive(source, .peopleRaised) {
      raised.append(plain(source, .peopleRaised, ("涉及 {1}", "{1} concerned")))
    }
    let closed = [
      compared(source, .closed, ("本期销号 {1}", "{2} closed")),
      plain(source, .closedOnTime, ("其中按期销号 {1}", "{2} of them on time")),
      rate(source, .closureRate, ("销号率 {1}", "closure rate {1}")),
      rate(source, .dueMetRate, ("到期完成率 {1}", "due-met rate {1}")),
    ]
    let stock = [
      plain(source, .openAtStart, ("期初未销号 {1}", "{2} open at the start")),
      plain(source, .openAtEnd, ("期末未销号 {1}", "{2} open at the end")),
      plain(source, .overdueAtEnd, ("其中逾期 {1}", "{2} of them overdue")),
      medianClause(source), recheckClause(source),
    ]
    return [raised, closed, stock].map { words.sentence($0.compactMap { $0 }) }
  }

  private func rate(
    _ source: Source, _ measure: Measure, _ saying: (zh: String, en: String)
  ) -> String? {
    metric(source.name, measure).flatMap {
      figures.hospital($0).isDefined ? rateClause($0, saying) : nil
    }
  }

  private func medianClause(_ source: Source) -> String? {
    guard let median = metric(source.name, .daysToCloseMedian), figures.hospital(median).isDefined
    else { return nil }
    return plain(source, .daysToCloseMedian, ("销号天数中位数 {1}", "median time to close {1}"))
  }

  private func recheckClause(_ source: Source) -> String? {
    guard isPositive(source, .rechecked) else { return nil }
    return words.joined(
      [
        plain(source, .rechecked, ("回头看 {1}", "{2} re-checked")),
        plain(source, .reopened, ("其中重新整改 {1}", "{2} of them re-opened")),
      ].compactMap { $0 })
  }

  /// How the source's events or items divide by the first column that tells them apart, up to six
  /// values; nil where they are all of one.
  private func split(_ source: Source) -> String? {
    guard let metric = metric(source.name, source.family == .activity ? .events : .raised) else {
      return nil
    }
    for name in figures.breakdownColumns(of: source.name) {
      let scope = Scope.breakdown(column: name)
      let column = figures.column(metric, scope, window: 0)
      let order = column.indices.filter { column[$0].numerator > 0 }.sorted {
        (-column[$0].numerator, $0) < (-column[$1].numerator, $1)
      }
      guard order.count > 1 else { continue }
      let members = figures.members(scope, of: source.name)
      let parts = order.prefix(6).map {
        words(
          "{1} {2}", "{1} {2}", ValueWords.name(members[$0], words),
          words.amount(column[$0], metric))
      }
      return words(
        "按{1}分：{2}。", "By {1}: {2}.", title(of: scope).lowercased(),
        words.list(parts, total: order.count))
    }
    return nil
  }

  /// The departments with most of what the source counts, up to three; nil where none has any.
  private func strongest(_ source: Source) -> String? {
    let measure: Measure = source.family == .activity ? .participations : .raised
    guard let metric = metric(source.name, measure), figures.departments.count > 3,
      facts.audience.seesDepartments
    else {
      return nil
    }
    let top = topDepartments(metric, count: 3)
    guard !top.isEmpty else { return nil }
    let names = top.map { department, figure in
      words("{1} {2}", "{1} {2}", departmentNames[department], words.amount(figure, metric))
    }
    return words("居前的科室：{1}。", "Departments with most: {1}.", words.list(names))
  }

  /// The departments with the largest figures above zero, the first of the file first among equals.
  func topDepartments(_ metric: SourceMetric, count: Int) -> [(Int, Figure)] {
    let column = figures.column(metric, .department, window: 0)
    let order = column.indices.filter { column[$0].numerator > 0 }.sorted {
      (-column[$0].numerator, $0) < (-column[$1].numerator, $1)
    }
    return order.prefix(count).map { ($0, column[$0]) }
  }
}
