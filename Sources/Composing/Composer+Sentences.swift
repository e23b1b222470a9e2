import Comparing
import Records
import ReportModel

extension Composer {
  /// What is to be said of a source: a paragraph, sentence by sentence.
  func sentences(of source: Source) -> [Sentence] {
    var sentences = source.family == .activity ? activitySentences(source) : ledgerSentences(source)
    sentences += [split(source), strongest(source), unevenSentence(source)].compactMap { $0 }
    let missing = comparisons.filter { !hasData(source.name, window: $0.window) }
    if !missing.isEmpty {
      sentences.append(
        Sentence(
          words.sentence(
            missing.map { words("{1}无数据，不作比较", "{1}: no data, not compared", words.earlier($0)) }
          )))
    }
    return sentences
  }

  /// A phrase about the hospital's figure, without its changes.
  func plain(_ phrase: Phrase, _ metric: SourceMetric) -> Sentence {
    let figure = figures.hospital(metric)
    return cited(
      words(
        phrase, title: areaTitle(metric.source), words.amount(figure, metric) + revisedMark(metric),
        words.value(figure, metric.metric) + revisedMark(metric)), metric)
  }

  /// The same, with its changes behind it.
  func clause(_ phrase: Phrase, _ metric: SourceMetric) -> Sentence {
    var said = plain(phrase, metric)
    said.text = compared(said.text, metric)
    said.sources += changePlaces(metric)
    return said
  }

  /// A rate with what it is divided by, and its changes.
  func rateClause(_ phrase: Phrase, _ metric: SourceMetric) -> Sentence {
    var said = plain(phrase, metric)
    let base = base(of: figures.hospital(metric), metric)
    said.text = compared(words("{1}（基数：{2}）", "{1} of {2}", said.text, base), metric)
    said.sources += changePlaces(metric)
    return said
  }

  private func compared(_ text: String, _ metric: SourceMetric) -> String {
    let figure = figures.hospital(metric)
    let found = comparisons.filter { hasData(metric.source, window: $0.window) }.reversed()
    return words.remark(
      text, found.map { words.phrase(change(metric, $0), $0.kind, of: figure, metric) })
  }

  private func isPositive(_ source: Source, _ measure: Measure) -> Bool {
    metric(source.name, measure).map { figures.hospital($0).numerator > 0 } ?? false
  }

  private func isDefined(_ source: Source, _ measure: Measure) -> Bool {
    metric(source.name, measure).map { figures.hospital($0).isDefined } ?? false
  }

  private func activitySentences(_ source: Source) -> [Sentence] {
    guard isPositive(source, .events) || isPositive(source, .participations) else {
      return [
        words.sentence([Sentence(words(.activityNone, title: source.title[words.language]))])
      ]
    }
    // Where head counts stand for lists, nobody knows who took part.
    let isListed = isPositive(source, .people)
    var first: [(Phrase, Measure)] = [
      (.activityEvents, .events), (.activityParticipations, .participations),
    ]
    if isListed { first.append((.activityPeople, .people)) }
    var second: [Sentence?] = [
      isListed
        ? metric(source.name, .coverage).map { rateClause(.activityCoverage, $0) } : nil,
      metric(source.name, .perHead).map { plain(.activityPerHead, $0) },
    ]
    if isPositive(source, .hours) {
      second.append(metric(source.name, .hours).map { plain(.activityHours, $0) })
    }
    if isDefined(source, .meanScore) {
      second.append(metric(source.name, .meanScore).map { clause(.activityMeanScore, $0) })
    }
    if isDefined(source, .passRate) {
      second.append(metric(source.name, .passRate).map { rateClause(.activityPassRate, $0) })
    }
    let clauses = first.compactMap { phrase, measure in
      metric(source.name, measure).map { clause(phrase, $0) }
    }
    return [clauses, second.compactMap { $0 }].map(words.sentence)
  }

  private func ledgerSentences(_ source: Source) -> [Sentence] {
    guard isPositive(source, .raised) || isPositive(source, .openAtStart) else {
      return [words.sentence([Sentence(words(.ledgerNone, title: source.title[words.language]))])]
    }
    func said(_ phrase: Phrase, _ measure: Measure) -> Sentence? {
      metric(source.name, measure).map { plain(phrase, $0) }
    }
    func compared(_ phrase: Phrase, _ measure: Measure) -> Sentence? {
      metric(source.name, measure).map { clause(phrase, $0) }
    }
    func rate(_ phrase: Phrase, _ measure: Measure) -> Sentence? {
      isDefined(source, measure) ? metric(source.name, measure).map { rateClause(phrase, $0) } : nil
    }
    let raised = [
      compared(.ledgerRaised, .raised), said(.ledgerWithMeasure, .withMeasure),
      isPositive(source, .peopleRaised) ? said(.ledgerPeople, .peopleRaised) : nil,
    ]
    let closed = [
      compared(.ledgerClosed, .closed), said(.ledgerClosedOnTime, .closedOnTime),
      rate(.ledgerClosureRate, .closureRate), rate(.ledgerDueMetRate, .dueMetRate),
    ]
    let stock = [
      said(.ledgerOpenAtStart, .openAtStart), said(.ledgerOpenAtEnd, .openAtEnd),
      said(.ledgerOverdueAtEnd, .overdueAtEnd),
      isDefined(source, .daysToCloseMedian) ? said(.ledgerDaysToClose, .daysToCloseMedian) : nil,
      isPositive(source, .rechecked)
        ? words.joined(
          [said(.ledgerRechecked, .rechecked), said(.ledgerReopened, .reopened)].compactMap { $0 })
        : nil,
    ]
    return [raised, closed, stock].map { words.sentence($0.compactMap { $0 }) }
  }

  /// How the source's events or items divide by the first column that tells them apart, up to six
  /// values; nil where they are all of one.
  private func split(_ source: Source) -> Sentence? {
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
      return Sentence(
        words(
          "按{1}分：{2}。", "By {1}: {2}.", title(of: scope).lowercased(),
          words.list(parts, total: order.count)),
        sources: order.prefix(6).compactMap { breakdownPlace(metric, name, member: $0) })
    }
    return nil
  }

  /// The departments with most of what the source counts, up to three; nil where none has any.
  private func strongest(_ source: Source) -> Sentence? {
    let measure: Measure = source.family == .activity ? .participations : .raised
    guard let metric = metric(source.name, measure), figures.departments.count > 3,
      facts.audience.seesDepartments
    else {
      return nil
    }
    guard let top = topDepartments(metric, count: 3) else { return nil }
    return Sentence(
      words("居前的科室：{1}。", "Departments with most: {1}.", names(top, metric)),
      sources: departmentPlaces(metric, top.named.map(\.0)))
  }

  func topDepartments(_ metric: SourceMetric, count: Int) -> TopDepartments? {
    TopDepartments(figures.column(metric, .department, window: 0), count: count)
  }

  /// As `新生儿科 116 人次、呼吸科 99 人次，另有 3 个科室各 85 人次`.
  func names(_ top: TopDepartments, _ metric: SourceMetric) -> String {
    let named = top.named.map { department, figure in
      words("{1} {2}", "{1} {2}", departmentNames[department], words.amount(figure, metric))
    }
    guard let (count, figure) = top.tied else { return words.list(named) }
    let amount = words.amount(figure, metric)
    return named.isEmpty
      ? words("{1} 个科室各 {2}", "{1} departments with {2} each", words.number(count), amount)
      : words(
        "{1}，另有 {2} 个科室各 {3}", "{1}, and {2} more with {3} each", words.list(named),
        words.number(count), amount)
  }
}
