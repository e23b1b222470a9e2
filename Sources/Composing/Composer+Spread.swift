import Comparing
import Records
import ReportModel
import Statistics

/// How participations are spread over people.
extension Composer {
  /// The share of all participations that the busiest fifth have, above which the text says so.
  private static let unevenShare = 0.5

  /// Nil where it was not counted, where nobody took part, and where so few would be told of that a circle of
  /// readers might know them.
  private func spread(_ source: Source) -> ParticipationSpread? {
    guard source.family == .activity,
      let spread = facts.judgements.spread(of: source.name, figures), spread.participations > 0
    else { return nil }
    if let threshold = figures.disclosure?.threshold {
      let parts = [
        spread.never, spread.once, spread.twice, spread.threeOrMore, spread.busiest, spread.vital,
      ]
      if parts.contains(where: { $0 > 0 && $0 < threshold }) { return nil }
    }
    return spread
  }

  /// A row for those who never came, came once, twice, or more often.
  func spreadBlocks(_ source: Source, _ note: Int) -> [Block] {
    guard let spread = spread(source) else { return [] }
    let rows: [(String, Int, Int64)] = [
      (words("从未参加", "never"), spread.never, 0),
      (words("1 次", "once"), spread.once, Int64(spread.once)),
      (words("2 次", "twice"), spread.twice, 2 * Int64(spread.twice)),
      (
        words("3 次及以上", "3 times or more"), spread.threeOrMore,
        spread.participations - Int64(spread.once) - 2 * Int64(spread.twice)
      ),
    ]
    let people = parts(of: rows.map { Int64($0.1) })
    let shares = parts(of: rows.map(\.2))
    let places = Wording.places
    return [
      .table(
        Table(
          id: "\(source.name)_spread",
          title: words("参加次数分布", "How often people took part"),
          columns: [
            Column(words("参加次数", "Times"), kind: .text, note: note),
            Column(words("人数", "People"), kind: .count, showsBar: true, derivation: .sum),
            Column(
              words("人数占比", "Share of people"), kind: .share(places: places),
              derivation: people.isExact ? exact(.part(of: 1)) : .given),
            Column(words("人次", "Participations"), kind: .count, derivation: .sum),
            Column(
              words("人次占比", "Share of participations"), kind: .share(places: places),
              derivation: shares.isExact ? exact(.part(of: 3)) : .given),
          ],
          rows: rows.indices.map { row in
            [
              .text(rows[row].0), .integer(Int64(rows[row].1)), people.cells[row],
              .integer(rows[row].2), shares.cells[row],
            ]
          },
          total: [
            .text(words("在岗人员", "Head count")), .integer(Int64(spread.people)),
            cell(part: Int64(spread.people), of: Int64(spread.people)),
            .integer(spread.participations),
            cell(part: spread.participations, of: spread.participations),
          ])), .table(busiestTable(source, spread)),
    ]
  }

  /// What the busiest fifth have, and how few have 80 %.
  private func busiestTable(_ source: Source, _ spread: ParticipationSpread) -> Table {
    let rows: [(String, Int, Int64)] = [
      (
        words("参加最多的五分之一", "the busiest fifth"), spread.busiest, spread.busiestParticipations
      ), (words("占人次 80% 的人员", "those who have 80%"), spread.vital, spread.vitalParticipations),
    ]
    let share = Column.Kind.share(places: Wording.places)
    return Table(
      id: "\(source.name)_busiest", title: words("参加最多的人员", "Who took part most"),
      columns: [
        Column(words("人员", "Who"), kind: .text),
        Column(words("人数", "People"), kind: .count),
        Column(words("人数占比", "Share of people"), kind: share),
        Column(words("人次", "Participations"), kind: .count),
        Column(words("人次占比", "Share of participations"), kind: share),
      ],
      rows: rows.map { name, people, participations in
        [
          .text(name), .integer(Int64(people)),
          cell(part: Int64(people), of: Int64(spread.people)), .integer(participations),
          cell(part: participations, of: spread.participations),
        ]
      })
  }

  /// How much the busiest carry, and how few make most of it.
  func spreadSentence(_ source: Source) -> String? {
    guard let spread = spread(source) else { return nil }
    return words(
      "参加最多的五分之一在岗人员（{1} 人）占人次的 {2}；80% 的人次来自 {3} 人（{4}）。",
      "The busiest fifth of the head count ({1} people) have {2} of the participations; 80% of these are "
        + "those of {3} people ({4}).",
      words.number(spread.busiest),
      words.numbers.share(
        spread.busiestParticipations, of: spread.participations, places: Wording.places),
      words.number(spread.vital), words.share(spread.vital, of: spread.people))
  }

  /// The same for the text, only where few carry much of it though many took part: where hardly more than a
  /// fifth did, the coverage has said it.
  func unevenSentence(_ source: Source) -> Sentence? {
    guard let spread = spread(source), let share = spread.busiestShare,
      share >= Composer.unevenShare, (spread.people - spread.never) * 5 >= spread.people * 2
    else { return nil }
    return spreadSentence(source).map {
      Sentence(
        $0,
        sources: [(0, 1), (0, 4), (1, 1), (1, 2)].map { row, column in
          CellReference(table: "\(source.name)_busiest", row: .data(row), column: column)
        })
    }
  }

  var spreadNote: String {
    words(
      "期末在岗人员在本期名单中的次数；没有名单的场次和已离岗人员不计，故人次可小于上列总数。",
      "How often those in the head count at the end stand in the period's lists; events without a list and "
        + "people who have left are not counted, so that there may be fewer participations than above."
    )
  }
}
