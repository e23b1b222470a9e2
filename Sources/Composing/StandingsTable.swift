import Comparing
import Counting
import Records
import ReportModel
import Statistics

/// One metric of all members of a scope, set out as a table.
///
/// A class, because each cell is made by a closure that holds it: to copy all that a composer knows for each took
/// a third of the time in which a hospital's departments are judged.
final class StandingsTable {
  let composer: Composer
  let request: ComparisonRequest
  let standings: Standings
  /// The charts of the members' months; empty where there are no months, or nobody asks.
  let charts: [ProcessChart?]
  /// How the figures of each comparison may be read, by comparison and member.
  let comparability: [[Comparability]]

  var metric: SourceMetric { standings.metric }
  private var words: Wording { composer.words }
  private var figures: Figures { composer.figures }

  /// - Parameter isFull: false where neither the months nor the changes are wanted, which cost most.
  init(
    _ composer: Composer, _ request: ComparisonRequest, _ metric: SourceMetric,
    isFull: Bool = true
  ) {
    self.composer = composer
    self.request = request
    let figures = composer.figures
    standings =
      request.isOfAllDepartments
      ? composer.facts.judgements.standings(of: metric, figures)
      : Standings(figures, metric, request.scope, among: request.compared)
    charts = isFull ? StandingsTable.charts(figures, metric, request.scope) : []
    comparability = (isFull ? composer.comparisons : []).map {
      figures.comparability(metric, request.scope, from: $0.window)
    }
  }

  static func charts(
    _ figures: Figures, _ metric: SourceMetric, _ scope: Scope
  ) -> [ProcessChart?] {
    // Staff and volunteers of earlier months are known only as far as they are still on the list.
    guard figures.sources.contains(where: { $0.name == metric.source }) else { return [] }
    let months = MonthSeries(figures.timeline)
    guard months.windows.count >= ProcessChart.fewestForFirmLimits else { return [] }
    return figures.monthValues(metric, scope, months).map { ProcessChart($0) }
  }

  /// The members that are shown, in the order asked for.
  func members(in order: ComparisonRequest.Order) -> [Int] {
    guard order == .score else { return request.shown }
    let rank = { (member: Int) in self.standings.members[member].rank ?? .max }
    return request.shown.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
  }

  /// A column of the table: its heading, the cell of a member, the hospital's cell.
  struct Part {
    let column: Column
    let cell: (Int) -> Cell
    var total: Cell = .text("")
  }

  /// - Parameter withLimits: whether the limits stand beside the verdicts, as on paper.
  func table(id: String, order: ComparisonRequest.Order, withLimits: Bool) -> Table {
    let limits = withLimits ? limitParts : []
    let parts =
      labelParts + figureParts + changeParts + rankParts + limits + verdictParts
    let members = members(in: order)
    return Table(
      id: id, title: title(order), columns: parts.map(\.column),
      rows: members.map { member in parts.map { $0.cell(member) } }, total: parts.map(\.total))
  }

  private func title(_ order: ComparisonRequest.Order) -> String {
    let name = composer.fullTitle(metric)
    return order == .score ? words("{1}（按名次）", "{1} (by rank)", name) : name
  }

  private var labelParts: [Part] {
    let rows =
      request.scope == .department ? composer.departmentRows : composer.rows(request.scope)
    var parts = [
      Part(
        column: rows.label.column, cell: rows.label.cell,
        total: .text(words("全院", "Hospital")))
    ]
    if let remark = rows.remark { parts.append(Part(column: remark.column, cell: remark.cell)) }
    return parts
  }

  private var isCount: Bool {
    metric.metric.kind == .count || metric.metric.kind == .quantity
  }

  private var figureParts: [Part] {
    let unit = isCount || metric.metric.kind == .median ? words.unit(metric) : nil
    var parts = [
      Part(
        column: Column(
          words("本期", "Period"), unit: unit, kind: composer.kind(metric.metric), showsBar: true),
        cell: { self.composer.cell(self.standings.members[$0].figure, self.metric.metric) },
        total: composer.cell(standings.hospital, metric.metric))
    ]
    if metric.metric.kind == .share || metric.metric.kind == .mean {
      parts += quotientParts
    } else if isCount, standings.members.contains(where: { $0.basis != $0.figure }) {
      parts += perHeadParts
    }
    return parts
  }

  private var quotientParts: [Part] {
    let scale = metric.metric.measure == .meanScore ? metric.metric.scale : 1
    func part(_ heading: String, _ value: @escaping (Figure) -> Int64) -> Part {
      Part(
        column: Column(heading, kind: .count),
        cell: { member in
          let figure = self.standings.members[member].figure
          return figure.isHidden ? self.composer.noValue(figure) : .integer(value(figure))
        },
        total: .integer(value(standings.hospital)))
    }
    return [
      part(words("分子", "Numerator")) { $0.numerator / scale },
      part(words("分母", "Denominator")) { $0.denominator },
    ]
  }

  private var perHeadParts: [Part] {
    let heads = figures.headcounts(request.scope, window: 0)
    let all = figures.headcounts(.hospital, window: 0).first ?? 0
    return [
      Part(
        column: Column(words("在岗", "Head count"), kind: .count),
        cell: { .integer(heads[$0]) }, total: .integer(all)),
      Part(
        column: Column(words("人均", "Per head"), kind: .decimal(places: 2)),
        cell: { self.perHead(self.standings.members[$0].basis) },
        total: perHead(Figure(standings.hospital.numerator, over: all))),
    ]
  }

  private func perHead(_ figure: Figure) -> Cell {
    guard figure.isDefined, let value = figure.value(scale: metric.metric.scale) else {
      return composer.noValue(figure)
    }
    guard composer.facts.rounding != .halfUp else { return .number(value) }
    return composer.number(
      Fraction(
        Int128(figure.numerator), over: Int128(figure.denominator) * Int128(metric.metric.scale)),
      shift: 1)
  }

  private var changeParts: [Part] {
    composer.comparisons.enumerated().map { number, comparison in
      let earlier = figures.column(metric, request.scope, window: comparison.window)
      let hasData = composer.hasData(metric.source, window: comparison.window)
      return Part(
        column: composer.changeColumn(comparison, metric),
        cell: { member in
          let comparable = self.comparability[number][member]
          guard comparable == .comparable || !hasData else {
            return .blank(self.words.reason(comparable))
          }
          let now = self.standings.members[member].figure
          let change = Change(self.metric.metric, from: earlier[member], to: now, hasData: hasData)
          return self.composer.cell(change, of: now, self.metric)
        }, total: composer.cell(composer.change(metric, comparison), of: standings.hospital, metric)
      )
    }
  }

  private var rankParts: [Part] {
    var parts = [
      Part(column: Column(words("名次", "Rank"), kind: .text)) { self.rank($0) }
    ]
    if standings.members.contains(where: { $0.ranks != nil }) {
      parts.append(
        Part(column: Column(words("名次区间", "Ranks"), kind: .text)) {
          self.standings.members[$0].ranks.map { .text(self.words.ranks($0)) }
            ?? .blank(NumberText.undefined)
        })
    }
    if request.scope == .department, figures.standardScopes.contains(.category) {
      parts.append(
        Part(column: Column(words("同类四分位", "Quarter of peers"), kind: .text)) { member in
          let standing = self.standings.members[member]
          return standing.quartile.map { .text(self.words.quartile($0, of: standing.peers)) }
            ?? .blank(NumberText.undefined)
        })
    }
    return parts
  }

  func rank(_ member: Int) -> Cell {
    let standing = standings.members[member]
    guard let rank = standing.rank else {
      return standing.basis.isDefined ? .blank(words.smallBase) : composer.noValue(standing.basis)
    }
    return .text(words.rank(rank, isTied: standing.isTied))
  }

  /// The limits between which chance alone would leave the member.
  private var limitParts: [Part] {
    guard let funnel = standings.funnel else { return [] }
    let kind: Column.Kind =
      funnel.kind == .proportion ? .share(places: Wording.places) : .decimal(places: 2)
    let ends: [(String, (Funnel, Int64) -> Double?)] = [
      (words("95% 下限", "95 % low"), { $0.limits(base: $1)?.inner.lower }),
      (words("95% 上限", "95 % high"), { $0.limits(base: $1)?.inner.upper }),
      (words("99.8% 下限", "99.8 % low"), { $0.limits(base: $1)?.outer.lower }),
      (words("99.8% 上限", "99.8 % high"), { $0.limits(base: $1)?.outer.upper }),
    ]
    return ends.map { heading, end in
      Part(column: Column(heading, kind: kind)) { member in
        end(funnel, self.standings.members[member].base).map(Cell.number)
          ?? .blank(NumberText.undefined)
      }
    }
  }

  private var verdictParts: [Part] {
    var parts: [Part] = []
    if standings.funnel != nil {
      parts.append(
        Part(column: Column(words("判断", "Verdict"), kind: .text)) { member in
          self.standings.members[member].verdict.map { .text(self.words.verdict($0)) }
            ?? .blank(NumberText.undefined)
        })
    }
    if charts.contains(where: { $0 != nil }) {
      parts.append(
        Part(column: Column(words("走势", "Months"), kind: .text)) { member in
          self.trend(member).map { .text($0) } ?? .blank(NumberText.undefined)
        })
    }
    return parts
  }

  /// What a member's months say; nil where there are too few.
  private func trend(_ member: Int) -> String? {
    charts.indices.contains(member) ? composer.variation(charts[member], metric) : nil
  }
}

extension Composer {
  /// A metric with its area, as 集中学习培训：覆盖率.
  func fullTitle(_ metric: SourceMetric) -> String {
    words("{1}：{2}", "{1}: {2}", areaTitle(metric.source), words.title(metric))
  }

  /// The column of a metric's changes against an earlier period.
  func changeColumn(_ comparison: Comparison, _ metric: SourceMetric) -> Column {
    let name = words.shortName(comparison.kind)
    let heading =
      comparison.isToSameDay ? words("{1}（至同日）", "{1} (to the same day)", name) : name
    switch metric.metric.kind {
    case .share:
      return Column(heading, unit: words("百分点", "points"), kind: changeKind(metric.metric))
    default: return Column(heading, kind: changeKind(metric.metric))
    }
  }
}
