import Comparing
import Records
import ReportModel

extension Composer {
  /// The section of one source, made by what its family has: short tables first, the longest last.
  func section(of source: Source) -> Section {
    var notes = notes(of: source.family)
    let title = source.title[words.language]
    notes.add(source.family == .ledger ? paretoNote : spreadNote, for: [])
    let tables = [
      monthBlocks(source, notes), paretoBlocks(source, notes.texts.count),
      spreadBlocks(source, notes.texts.count),
      groupBlocks(source, notes, [.category]),
      breakdownBlocks(source, notes), groupBlocks(source, notes, [.branch, .department]),
    ]
    return Section(
      name: title, title: title,
      purpose: source.family == .activity
        ? words(
          "场次、人次、人数与覆盖率，按月、形式、类别、支部和科室。",
          "Events, participations, people and coverage by month, form, category, branch and "
            + "department.")
        : words(
          "提出、销号、未销号与逾期，按月、类别、支部和科室。",
          "Raised, closed, open and overdue by month, category, branch and department."),
      lead: [words.paragraph(sentences(of: source).map(\.text))]
        + [unevenSentence(source) == nil ? spreadSentence(source) : nil].compactMap { $0 },
      blocks: tables.flatMap { $0 },
      notes: notes.texts, comments: comments(on: source.name))
  }

  private func notes(of family: Family) -> SourceNotes {
    var notes = SourceNotes()
    switch family {
    case .activity:
      notes.add(
        words(
          "人次按参加次数计，人数按不重复的人计；一人在多个月份、多种形式中参加，各行分别计 1 人，合计只计 1 人，故各行之和可大于合计。",
          "Participations count every attendance, people count everybody once. Who took part in "
            + "several months or forms is one person in each row and one in the total, so the rows "
            + "may add up to more."), for: [.people])
      notes.add(
        words(
          "覆盖率以期末在岗人数（含规培、进修等）为分母。",
          "Coverage is divided by the head count at the end of the period, every employment."),
        for: [.coverage])
      notes.add(
        words("合格率以注明是否合格的记录为分母。", "The pass rate is divided by the rows that state a result."),
        for: [.passRate])
    case .ledger:
      notes.add(
        words(
          "期初未销号＋提出－销号＝期末未销号。", "Open at start + raised − closed = open at end."),
        for: [.openAtStart, .openAtEnd])
      notes.add(
        words(
          "销号率＝本期提出且期末已销号的 ÷ 本期提出的；与“销号”（本期销号，含以前提出的）口径不同。",
          "The closure rate is what was raised in the period and closed by its end ÷ raised in the "
            + "period; “closed” counts earlier items too."), for: [.closureRate])
      notes.add(
        words(
          "到期完成率的分母为时限在本期内的全部事项，逾期未销号的也在内。",
          "The due-met rate is divided by all items due in the period, those open and late "
            + "included."), for: [.dueMetRate])
    }
    return notes
  }

  /// The figures of a source in the order of its tables: all of them have the same columns, so that a
  /// reader finds a figure in the same place on every page.
  func tableMetrics(_ source: Source) -> [SourceMetric] {
    let metrics = self.metrics(
      source.name,
      source.family == .activity
        ? [.events, .participations, .people, .hours, .coverage, .meanScore, .passRate]
        : [
          .openAtStart, .raised, .closed, .openAtEnd, .overdueAtEnd, .withMeasure, .closureRate,
          .dueMetRate, .daysToCloseMedian,
        ])
    let optional: Set<Measure> = [.hours, .meanScore, .passRate]
    return metrics.filter {
      !lacksLists($0)
        && (!optional.contains($0.metric.measure) || figures.hospital($0).numerator > 0)
    }
  }

  /// The months of a ledger leave out its rates: what is raised in one month is closed in others.
  private func monthMetrics(_ source: Source) -> [SourceMetric] {
    let metrics = tableMetrics(source)
    return source.family == .activity ? metrics : metrics.filter { $0.metric.kind == .count }
  }

  /// What the source is mainly counted by.
  func mainMetric(_ source: Source) -> SourceMetric? {
    metric(source.name, source.family == .activity ? .participations : .raised)
  }

  /// By month, with a curve of what the months are about.
  private func monthBlocks(_ source: Source, _ notes: SourceNotes) -> [Block] {
    let metrics = monthMetrics(source)
    let id = "\(source.name)_months"
    let table = monthTable(
      id: id, title: words("按月", "By month") + unitMark(source), metrics,
      bars: [.participations, .raised], notes: notes)
    guard months.count > 1 else { return [.table(table)] }
    let isActivity = source.family == .activity
    let drawn: [Measure] = isActivity ? [.participations] : [.raised, .closed, .openAtEnd]
    let chart = Chart(
      kind: isActivity ? .column : .line,
      title: isActivity
        ? words("各月人次", "Participations by month")
        : words("各月提出、销号与期末未销号", "Raised, closed and open by month"), table: id, category: 0,
      series: metrics.indices.filter { drawn.contains(metrics[$0].metric.measure) }.map { $0 + 1 })
    return [.table(table), .chart(chart)]
  }

  /// By the values of each column that splits the source; a single value splits nothing.
  private func breakdownBlocks(_ source: Source, _ notes: SourceNotes) -> [Block] {
    figures.breakdownColumns(of: source.name).compactMap { name in
      let rows = rows(.breakdown(column: name), of: source.name)
      guard rows.count > 1 else { return nil }
      let part = mainMetric(source).map { [FigureColumn.part(of: $0)] } ?? []
      return .table(
        table(
          id: "\(source.name)_by_\(name)",
          title: words("按{1}", "By {1}", title(of: .breakdown(column: name)).lowercased())
            + unitMark(source), rows, figureColumns(source) + part, main: mainMetric(source),
          notes: notes))
    }
  }

  /// What the items of a ledger are counted in; the headings of its columns do not repeat it.
  private func unitMark(_ source: Source) -> String {
    guard source.family == .ledger, words.language == .chinese else { return "" }
    return mainMetric(source).map { "（单位：\(words.unit($0))）" } ?? ""
  }

  private func figureColumns(_ source: Source) -> [FigureColumn] {
    FigureColumn.figures(tableMetrics(source), bars: [.participations, .raised])
  }

  /// By category of department, by branch or by department; the longest table stands last.
  private func groupBlocks(
    _ source: Source, _ notes: SourceNotes, _ scopes: [Scope]
  ) -> [Block] {
    let columns = figureColumns(source) + changeColumns(source)
    let groups: [(Scope, String, String)] = [
      (.category, "categories", words("按科室类别", "By category of department")),
      (.branch, "branches", words("按党支部", "By party branch")),
      (.department, "departments", words("按科室", "By department")),
    ]
    let shown = figures.standardScopes.filter {
      scopes.contains($0) && ($0 != .department || facts.audience.seesDepartments)
    }
    return groups.filter { shown.contains($0.0) }.map { scope, id, title in
      .table(
        table(
          id: "\(source.name)_\(id)", title: title + unitMark(source),
          scope == .department ? departmentRows : rows(scope), columns, main: mainMetric(source),
          notes: notes))
    }
  }

  /// The departments of the area's table of them, in its order.
  func listedDepartments(_ source: Source) -> [Int] {
    keptRows(departmentRows, figureColumns(source) + changeColumns(source), by: mainMetric(source))
      .members
  }

  private func changeColumns(_ source: Source) -> [FigureColumn] {
    guard let main = mainMetric(source) else { return [] }
    return comparisons.filter { $0.kind == .lastYear && hasData(source.name, window: $0.window) }
      .map { .change(main, $0) }
  }
}
