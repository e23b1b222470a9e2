import Comparing
import Records
import ReportModel
import Statistics

extension Composer {
  /// More bars than this are no picture.
  static let mostBars = 20

  /// The categories of a ledger from the most frequent on, with what they make up together: which few of
  /// them are most of it (Pareto). Nil where there are fewer than three, or nothing was raised.
  func paretoBlocks(_ source: Source, _ note: Int) -> [Block] {
    let scope = Scope.breakdown(column: "category")
    guard source.family == .ledger, figures.breakdownColumns(of: source.name).contains("category"),
      let metric = metric(source.name, .raised), figures.hospital(metric).numerator > 0
    else { return [] }
    let column = figures.column(metric, scope, window: 0)
    // Shares of a whole would tell what is hidden in it.
    guard column.count > 2, !column.contains(where: \.isHidden) else { return [] }
    let parts = Shares.pareto(column.map(\.numerator))
    let table = paretoTable(metric, scope, parts, note)
    let title = words("各类别提出的数量", "Raised by category")
    let chart = Chart(kind: .bar, title: title, table: table.id, category: 0, series: [1])
    return [.table(table)] + (parts.count <= Composer.mostBars ? [.chart(chart)] : [])
  }

  private func paretoTable(
    _ metric: SourceMetric, _ scope: Scope, _ parts: [Shares.ParetoPart], _ note: Int
  ) -> Table {
    let members = figures.members(scope, of: metric.source)
    let whole = parts.last?.cumulative ?? 0
    let rows = parts.map { part -> [Cell] in
      [
        .text(ValueWords.name(members[part.index], words)), .integer(part.count),
        cell(part: part.count, of: whole), cell(part: part.cumulative, of: whole),
        .text(part.isVital ? words("主要", "vital few") : words("其余", "the rest")),
      ]
    }
    let places = Wording.places
    return Table(
      id: "\(metric.source)_pareto", title: words("类别从多到少", "Categories from the most frequent on"),
      columns: [
        Column(title(of: scope), kind: .text),
        Column(
          words.title(metric), unit: words.unit(metric), kind: .count, showsBar: true,
          derivation: .sum),
        Column(
          words("占比", "Share"), kind: .share(places: places), derivation: exact(.part(of: 1))),
        Column(words("累计占比", "Cumulated"), kind: .share(places: places), note: note),
        Column(words("主次", "Weight"), kind: .text, note: note),
      ], rows: rows,
      total: totalLabels(1) + [.integer(whole), cell(part: whole, of: whole)]
        + [cell(part: whole, of: whole), .text("")])
  }

  var paretoNote: String {
    words(
      "累计占比由多到少逐类相加；“主要”是合计刚达到 80% 的最少几类。",
      "Shares are cumulated from the most frequent category on; the vital few are the fewest that "
        + "together reach 80 %.")
  }
}
