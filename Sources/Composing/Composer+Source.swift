import Comparing
import Records
import ReportModel

extension Composer {
  /// The sections of one source, made by what its family has: the areas at a glance, and, on a sheet
  /// of their own so that its heading is repeated on every page, the departments.
  func sections(of source: Source) -> [Section] {
    let notes = notes(of: source.family)
    let title = source.title[words.language]
    let blocks = [
      monthBlocks(source, notes), breakdownBlocks(source, notes), groupBlocks(source, notes),
    ]
    let overview = Section(
      name: title, title: title,
      purpose: source.family == .activity
        ? words(
          "场次、人次、人数与覆盖率，按月、按形式、按类别、按支部。",
          "Events, participations, people and coverage by month, form, category and branch.")
        : words(
          "提出、销号、未销号与逾期，按月、按类别、按支部。",
          "Raised, closed, open and overdue by month, category and branch."),
      lead: sentences(of: source), blocks: blocks.flatMap { $0 }, notes: notes.texts)
    return [overview, departmentSection(of: source, notes)]
  }

  private func departmentSection(of source: Source, _ notes: SourceNotes) -> Section {
    let title = words("{1}（科室）", "{1} by department", source.title[words.language])
    return Section(
      name: title, title: title,
      purpose: words("每个科室的数字，零也列出。", "The figures of every department, zeros included."),
      blocks: [
        .table(
          table(
            id: "\(source.name)_departments", title: words("按科室", "By department"),
            departmentRows, groupColumns(source), notes: notes))
      ], notes: notes.texts)
  }

  private func notes(of family: Family) -> SourceNotes {
    var notes = SourceNotes()
    switch family {
    case .activity:
      notes.add(
        words(
          "人次按参加次数计，人数按不重复的人计；一人在多个月份、多种形式中参加，在各行分别计 1 人，合计只计 1 人，故人数各行之和可大于合计。",
          "Participations count every attendance, people count everybody once. Who took part in "
            + "several months or forms is one person in each row and one in the total, so the rows "
            + "may add up to more."), for: [.people])
      notes.add(
        words(
          "覆盖率和人均以期末在岗人数（含规培、进修等）为分母。",
          "Coverage and participations per head are divided by the head count at the end of the "
            + "period, every employment."), for: [.coverage, .perHead])
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
      notes.add(
        words("涉及人数按不重复的人计，各行之和可大于合计。", "People are counted once; the rows may add up to more."),
        for: [.peopleRaised])
    }
    return notes
  }

  /// By month, with a curve of what the months are about.
  private func monthBlocks(_ source: Source, _ notes: SourceNotes) -> [Block] {
    let metrics = self.metrics(
      source.name,
      source.family == .activity
        ? [.events, .participations, .people, .hours, .coverage, .meanScore, .passRate]
        : [.openAtStart, .raised, .closed, .openAtEnd, .overdueAtEnd, .closedOnTime, .closureRate])
    let id = "\(source.name)_months"
    let table = monthTable(id: id, title: words("按月", "By month"), metrics, notes: notes)
    guard months.count > 1 else { return [.table(table)] }
    let chart =
      source.family == .activity
      ? Chart(
        kind: .column, title: words("各月人次", "Participations by month"), table: id, category: 0,
        series: [2])
      : Chart(
        kind: .line, title: words("各月提出、销号与期末未销号", "Raised, closed and open by month"),
        table: id, category: 0, series: [2, 3, 4])
    return [.table(table), .chart(chart)]
  }

  /// By the values of each column that splits the source.
  private func breakdownBlocks(_ source: Source, _ notes: SourceNotes) -> [Block] {
    figures.breakdownColumns(of: source.name).flatMap { name -> [Block] in
      let rows = rows(.breakdown(column: name), of: source.name)
      guard rows.count > 0 else { return [] }
      let id = "\(source.name)_by_\(name)"
      let title = words("按{1}", "By {1}", title(of: .breakdown(column: name)).lowercased())
      let table = table(id: id, title: title, rows, breakdownColumns(source), notes: notes)
      guard (3...12).contains(rows.count) else { return [.table(table)] }
      let chart = Chart(kind: .bar, title: title, table: id, category: 0, series: [1])
      return [.table(table), .chart(chart)]
    }
  }

  private func breakdownColumns(_ source: Source) -> [FigureColumn] {
    let measures: [Measure] =
      source.family == .activity
      ? [.participations, .people, .hours, .meanScore, .passRate]
      : [
        .peopleRaised, .closed, .openAtEnd, .overdueAtEnd, .closureRate, .dueMetRate,
        .daysToCloseMedian,
      ]
    let first = metrics(source.name, source.family == .activity ? [.events] : [.raised])
    return FigureColumn.figures(first, bars: [.events, .raised])
      + first.map { .part(of: $0) }
      + FigureColumn.figures(metrics(source.name, measures), bars: [.participations])
  }

  /// By category of department and by branch.
  private func groupBlocks(_ source: Source, _ notes: SourceNotes) -> [Block] {
    let columns = groupColumns(source)
    var blocks: [Block] = []
    if figures.standardScopes.contains(.category) {
      blocks.append(
        .table(
          table(
            id: "\(source.name)_categories", title: words("按科室类别", "By category of department"),
            rows(.category), columns, notes: notes)))
    }
    if figures.standardScopes.contains(.branch) {
      blocks.append(
        .table(
          table(
            id: "\(source.name)_branches", title: words("按党支部", "By party branch"),
            rows(.branch), columns, notes: notes)))
    }
    return blocks
  }

  private func groupColumns(_ source: Source) -> [FigureColumn] {
    let main: Measure = source.family == .activity ? .participations : .raised
    let measures: [Measure] =
      source.family == .activity
      ? [.participations, .events, .people, .coverage, .perHead, .hours, .meanScore, .passRate]
      : [
        .raised, .withMeasure, .openAtStart, .closed, .openAtEnd, .overdueAtEnd, .closureRate,
        .dueMetRate, .daysToCloseMedian,
      ]
    let changes = comparisons.filter { $0.kind == .lastYear }.filter {
      hasData(source.name, window: $0.window)
    }.compactMap { comparison in
      metric(source.name, main).map { FigureColumn.change($0, comparison) }
    }
    return FigureColumn.figures(
      metrics(source.name, measures), bars: [.participations, .raised, .coverage, .closureRate])
      + changes
  }
}
