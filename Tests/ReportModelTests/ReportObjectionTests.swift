import Records
import ReportModel
import Testing

/// Each objection is provoked by one change to a report that has none.
@Suite("What a report says must fit together")
struct ReportObjectionTests {
  private static func table() -> Table {
    Table(
      id: "files", title: "Files",
      columns: [
        Column("File", kind: .text), Column("Read", kind: .count, note: 1, derivation: .sum),
        Column("Rejected", kind: .count, derivation: .sum),
        Column("Share", kind: .share(places: 1), derivation: .quotient(2, over: 1)),
        Column("Part", kind: .share(places: 1), derivation: .part(of: 1)),
        Column("Change", kind: .change(places: 1), derivation: .change(from: 2, to: 1)),
        Column("People", kind: .count, derivation: .distinct),
      ],
      rows: [
        [
          .text("a"), .integer(30), .integer(3), .number(0.1), .number(0.75), .number(9),
          .integer(4),
        ],
        [
          .text("b"), .integer(10), .integer(0), .number(0), .number(0.25), .blank("new"),
          .integer(4),
        ],
      ],
      total: [
        .text("Total"), .integer(40), .integer(3), .number(0.075), .number(1), .blank("–"),
        .integer(5),
      ])
  }

  private static func report(
    _ table: Table = table(), notes: [String] = ["What is read."], charts: [Chart] = [],
    summary: [TextBlock] = []
  ) -> Report {
    Report(
      language: .english, title: "T", organisation: "O", pageNote: "P",
      asOf: Day("2023-06-30")!, cover: [], dataState: [],
      sections: [
        Section(
          name: "S", title: "S", purpose: "P", blocks: [.table(table)] + charts.map(Block.chart),
          notes: notes)
      ], summary: summary, signs: [Sign("–", meaning: "not defined")])
  }

  @Test("A report in order")
  func order() {
    let cited = TextBlock.sentences([
      Sentence("40 read.", sources: [CellReference(table: "files", row: .total, column: 1)])
    ])
    let chart = Chart(kind: .bar, title: "C", table: "files", category: 0, series: [1])
    #expect(Self.report(charts: [chart], summary: [cited]).objections == [])
  }

  @Test("Notes are referred to, and are there")
  func notes() {
    #expect(
      Self.report(notes: ["a", "b"]).objections == ["section 'S': nothing refers to note 2"])
    #expect(Self.report(notes: []).objections == ["section 'S': note 1 is not there"])
    var table = Self.table()
    table.notes = [2]
    #expect(Self.report(table, notes: ["a", "b"]).objections == [])
  }

  @Test("Unused notes are dropped, the others are numbered anew")
  func pruned() throws {
    var table = Self.table()
    table.columns[1].note = 3
    table.notes = [2]
    let section = Section(
      name: "S", title: "S", purpose: "P", blocks: [.table(table)], notes: ["a", "b", "c"])
    let pruned = section.withoutUnusedNotes
    #expect(pruned.notes == ["b", "c"])
    #expect(pruned.tables[0].columns[1].note == 2 && pruned.tables[0].notes == [1])
  }

  @Test(
    "Columns are what they are said to be made from",
    arguments: [(0, 1), (0, 3), (0, 4), (0, 5), (2, 1), (2, 3), (2, 6)])
  func derivations(row: Int, column: Int) {
    var table = Self.table()
    if row < 2 {
      table.rows[row][column] = .number(31)
    } else {
      table.total?[column] = .number(31)
    }
    let name = table.columns[column].heading
    #expect(Self.report(table).objections.contains { $0.contains("column '\(name)'") })
  }

  @Test("A column cannot be made from one that is not there")
  func missingColumn() {
    var table = Self.table()
    table.columns[3].derivation = .quotient(2, over: 9)
    #expect(Self.report(table).objections.count == 1)
  }

  @Test("Blank cells say why", arguments: [Cell.text(""), .blank(""), .blank("…")])
  func blanks(cell: Cell) {
    var table = Self.table()
    table.rows[0][0] = cell
    #expect(Self.report(table).objections.count == 1)
  }

  @Test("Rows are as long as their heading, shades are on columns that are there")
  func shape() {
    var table = Self.table()
    table.shaded = 6..<8
    #expect(Self.report(table).objections == ["table 'files' shades columns that it has not"])
    table = Self.table()
    table.rows[0].removeLast()
    #expect(Self.report(table).objections.count == 1)
  }

  @Test("Charts draw numbers of a table before them")
  func charts() {
    for chart in [
      Chart(kind: .bar, title: "C", table: "other", category: 0, series: [1]),
      Chart(kind: .bar, title: "C", table: "files", category: 0, series: [0]),
      Chart(kind: .bar, title: "C", table: "files", category: 0, series: []),
    ] {
      #expect(Self.report(charts: [chart]).objections.count == 1)
    }
  }

  @Test("Sentences cite cells that are there")
  func citations() {
    for place in [
      CellReference(table: "other", row: .total, column: 0),
      CellReference(table: "files", row: .data(2), column: 0),
      CellReference(table: "files", row: .total, column: 7),
    ] {
      let summary = TextBlock.findings([Sentence("x", sources: [place])])
      #expect(Self.report(summary: [summary]).objections.count == 1)
    }
  }

  @Test("A table stands once")
  func twice() {
    var report = Self.report()
    report.sections.append(report.sections[0])
    #expect(report.objections == ["table 'files' stands twice"])
  }
}
