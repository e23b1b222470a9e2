import Comparing
import Records
import ReportModel

/// Where the figures of sentences stand: in which cell of which table, or, where no table of the workbook
/// has them, under which name in statistics.csv.
extension Composer {
  func cited(_ text: String, _ metric: SourceMetric) -> Sentence {
    guard let place = place(metric) else { return Sentence(text, figures: [metric.name]) }
    return Sentence(text, sources: [place])
  }

  /// The cell of the hospital's figure: among the key figures, else in the totals of the area's own
  /// tables.
  func place(_ metric: SourceMetric) -> CellReference? {
    if let (table, row) = keyPlace(metric) {
      return CellReference(table: table, row: .data(row), column: 3)
    }
    // What some readers do not see cannot be cited to them.
    guard facts.audience.seesDepartments,
      let source = figures.sources.first(where: { $0.name == metric.source }),
      let column = tableMetrics(source).firstIndex(of: metric)
    else { return nil }
    return CellReference(table: "\(source.name)_departments", row: .total, column: column + 1)
  }

  /// The cells of the changes that a sentence says behind a figure, in its order.
  func changePlaces(_ metric: SourceMetric) -> [CellReference] {
    guard let (table, row) = keyPlace(metric) else { return [] }
    return comparisons.indices.reversed().filter {
      hasData(metric.source, window: comparisons[$0].window)
    }.map { CellReference(table: table, row: .data(row), column: 5 + 2 * $0) }
  }

  /// The cell of the change against one comparison.
  func changePlaces(_ metric: SourceMetric, only index: Int) -> [CellReference] {
    guard let (table, row) = keyPlace(metric) else { return [] }
    return [CellReference(table: table, row: .data(row), column: 5 + 2 * index)]
  }

  private func keyPlace(_ metric: SourceMetric) -> (table: String, row: Int)? {
    keyPlaces[metric]
  }

  /// The cell of a value of a column that splits a source.
  func breakdownPlace(_ metric: SourceMetric, _ name: String, member: Int) -> CellReference? {
    guard facts.audience.seesDepartments,
      let source = figures.sources.first(where: { $0.name == metric.source }),
      figures.members(.breakdown(column: name), of: source.name).count <= Composer.mostRows,
      let column = tableMetrics(source).firstIndex(of: metric)
    else { return nil }
    return CellReference(
      table: "\(source.name)_by_\(name)", row: .data(member), column: column + 1)
  }

  /// The cells of departments in the area's table of them, which may leave out those without records.
  func departmentPlaces(_ metric: SourceMetric, _ departments: [Int]) -> [CellReference] {
    guard facts.audience.seesDepartments,
      let source = figures.sources.first(where: { $0.name == metric.source }),
      let column = tableMetrics(source).firstIndex(of: metric)
    else { return [] }
    let rows = listedDepartments(source)
    return departments.compactMap { department in
      rows.firstIndex(of: department).map {
        CellReference(table: "\(source.name)_departments", row: .data($0), column: column + 1)
      }
    }
  }
}

extension Wording {
  /// A phrase in the hospital's wording, or the standard one.
  func callAsFunction(
    _ phrase: Phrase, title: String, _ amount: String = "", _ value: String = ""
  ) -> String {
    let template = (phrases[phrase] ?? phrase.standard)[language]
      .replacing("{title}", with: "{3}")
    return self(template, template, amount, value, title)
  }

  /// Clauses of one sentence, with the places of all their figures.
  func sentence(_ clauses: [Sentence]) -> Sentence {
    Sentence(
      sentence(clauses.map(\.text)), sources: clauses.flatMap(\.sources),
      figures: clauses.flatMap(\.figures))
  }

  /// Parts of one clause.
  func joined(_ parts: [Sentence]) -> Sentence {
    Sentence(
      joined(parts.map(\.text)), sources: parts.flatMap(\.sources),
      figures: parts.flatMap(\.figures))
  }
}
