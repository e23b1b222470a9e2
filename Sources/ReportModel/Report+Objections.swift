extension Report {
  /// What the report says that cannot be so, each in one sentence; empty where all fits together.
  ///
  /// Notes are checked both ways: each is referred to, and what is referred to is there. Blank cells
  /// tell their reason, totals and quotients are what their columns say, charts draw numbers of a table
  /// that stands before them, and sentences cite cells that are there.
  ///
  /// - Complexity: O(n) in the number of cells.
  public var objections: [String] {
    let tables = sections.flatMap(\.tables)
    let twice = Dictionary(grouping: tables, by: { $0.id.lowercased() }).filter { $1.count > 1 }
    return twice.keys.sorted().map { "table '\($0)' stands twice" }
      + sections.flatMap { $0.noteObjections + $0.chartObjections }
      + tables.flatMap { $0.objections(explained: Set(signs.map(\.text))) }
      + citationObjections(tables)
  }

  private func citationObjections(_ tables: [Table]) -> [String] {
    guard !sections.isEmpty else { return [] }
    let found = Dictionary(tables.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return (highlights + decisions + summary.flatMap(\.sentences)).flatMap { sentence in
      sentence.sources.filter { found[$0.table]?.cell($0) == nil }.map {
        "'\(sentence.text)' cites a cell that is not there: \($0)"
      }
    }
  }
}

extension TextBlock {
  /// The sentences that can cite cells.
  public var sentences: [Sentence] {
    switch self {
    case .sentences(let sentences), .findings(let sentences): return sentences
    case .title, .heading, .paragraph, .list, .table, .comment: return []
    }
  }
}

extension Section {
  /// The section without the notes that nothing refers to; the others are numbered anew.
  public var withoutUnusedNotes: Section {
    let used = Set(tables.flatMap { $0.notes + $0.columns.compactMap(\.note) })
    let kept = notes.indices.map { $0 + 1 }.filter(used.contains)
    guard kept.count < notes.count else { return self }
    let numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0 + 1) })
    var section = self
    section.notes = kept.map { notes[$0 - 1] }
    section.blocks = blocks.map { block in
      guard case .table(var table) = block else { return block }
      table.notes = table.notes.map { numbers[$0] ?? $0 }
      for index in table.columns.indices {
        table.columns[index].note = table.columns[index].note.map { numbers[$0] ?? $0 }
      }
      return .table(table)
    }
    return section
  }

  fileprivate var noteObjections: [String] {
    let used = Set(tables.flatMap { $0.notes + $0.columns.compactMap(\.note) })
    let unused = notes.indices.map { $0 + 1 }.filter { !used.contains($0) }
    let missing = used.filter { !notes.indices.contains($0 - 1) }.sorted()
    return unused.map { "section '\(name)': nothing refers to note \($0)" }
      + missing.map { "section '\(name)': note \($0) is not there" }
  }

  fileprivate var chartObjections: [String] {
    blocks.compactMap { block in
      guard case .chart(let chart) = block else { return nil }
      guard let table = tables.first(where: { $0.id == chart.table }) else {
        return "chart '\(chart.title)' draws no table of its section"
      }
      let isDrawable =
        !chart.series.isEmpty && table.columns.indices.contains(chart.category)
        && chart.series.allSatisfy {
          table.columns.indices.contains($0) && table.columns[$0].kind != .text
        }
      return isDrawable ? nil : "chart '\(chart.title)' draws columns without numbers"
    }
  }
}

extension Table {
  /// The cell of a reference; nil where the table has none there.
  public func cell(_ reference: CellReference) -> Cell? {
    let cells: [Cell]
    switch reference.row {
    case .data(let row):
      guard rows.indices.contains(row) else { return nil }
      cells = rows[row]
    case .total:
      guard let total else { return nil }
      cells = total
    }
    return cells.indices.contains(reference.column) ? cells[reference.column] : nil
  }

  fileprivate func objections(explained: Set<String>) -> [String] {
    let lines = rows + (total.map { [$0] } ?? [])
    guard lines.allSatisfy({ $0.count == columns.count }) else {
      return ["table '\(id)' has rows of another length than its heading"]
    }
    var objections = unexplained(in: lines, explained).map {
      "table '\(id)' has blank cells marked '\($0)', which nobody explains"
    }
    for index in columns.indices {
      if let reason = objection(toDerivationOf: index) {
        objections.append("table '\(id)', column '\(columns[index].heading)': \(reason)")
      }
    }
    if rows.contains(where: { $0.contains(.text("")) || $0.contains(.blank("")) }) {
      objections.append("table '\(id)' has empty cells, which do not say why")
    }
    if let shaded, !(shaded.lowerBound >= 0 && shaded.upperBound <= columns.count) {
      objections.append("table '\(id)' shades columns that it has not")
    }
    return objections
  }

  /// The signs of blank cells that are neither words nor explained.
  private func unexplained(in lines: [[Cell]], _ explained: Set<String>) -> [String] {
    var found: Set<String> = []
    for cells in lines {
      for case .blank(let sign) in cells where !sign.isEmpty && !explained.contains(sign) {
        if !sign.unicodeScalars.contains(where: \.properties.isAlphabetic) { found.insert(sign) }
      }
    }
    return found.sorted()
  }
}
