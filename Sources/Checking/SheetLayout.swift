public import Reading
public import Records

/// What a sheet is made of beside its records: titles above, a heading of one or two rows, and, among
/// and below the records, repeated headings, totals and notes.
public struct SheetLayout: Hashable, Sendable {
  /// What a row is that is no record.
  public enum RowKind: String, Sendable, CaseIterable {
    case title, heading, blank, note, total
  }

  /// The rows above the heading that are not blank.
  public let titles: [PreviewRow]
  /// The last row of the heading; the records begin behind it.
  public let headingRow: Int
  /// How many rows the heading has: one, or two where groups stand above the columns.
  public let headingRowCount: Int
  /// The heading of each column; of two rows the one that names a column, or both together.
  public let cells: [String]
  /// How many columns of the table the heading names.
  public let known: Int
  /// Whether it names all the columns that the table must have.
  public let isComplete: Bool

  /// How many rows are looked at for a heading.
  static let depth = 64
}

extension SheetLayout {
  /// Finds the heading of a table.
  ///
  /// The first row is the heading unless a later one names more columns, and at least two: so a plain
  /// table, whatever its headings are, is never taken for one with titles.
  ///
  /// - Parameters:
  ///   - reader: not begun yet.
  ///   - aliases: further headings of this workspace, from what is written to the canonical name.
  ///   - implied: roles that need no column.
  /// - Returns: nil where there is no row at all.
  /// - Throws: `ReadingError` where the first rows cannot be read.
  public static func find(
    in reader: any RowReader, schema: TableSchema, aliases: [String: String] = [:],
    implied: Set<Role> = []
  ) throws(ReadingError) -> SheetLayout? {
    let words = HeadingWords(schema, aliases: aliases, implied: implied)
    guard let first = try reader.preview(rows: 1).first else { return nil }
    let plain = SheetLayout([first], last: 0, count: 1, cells: first.cells, words)
    // A heading that has everything and no gap: nothing below it can say more.
    if plain.isComplete, !first.cells.contains("") { return plain }
    let rows = try reader.preview(rows: depth)
    var best = plain
    for (index, row) in rows.enumerated() {
      let single = SheetLayout(rows, last: index, count: 1, cells: row.cells, words)
      if single.known > best.known, single.known >= 2 { best = single }
      guard index > 0, rows[index - 1].number == row.number - 1 else { continue }
      let joined = words.joined(rows[index - 1].cells, row.cells)
      let double = SheetLayout(rows, last: index, count: 2, cells: joined, words)
      if double.known > best.known, double.known >= 2, words.count(row.cells) > 0 { best = double }
    }
    return best.withGroupRow(rows)
  }

  /// Finds the heading of a table of which it is not told what it holds: the schema that it names most
  /// columns of decides. Where it names hardly any column of any, the shape of the rows does.
  public static func find(
    in reader: any RowReader, schemas: [TableSchema]
  ) throws(ReadingError) -> SheetLayout? {
    var best: SheetLayout?
    for schema in schemas {
      guard let layout = try find(in: reader, schema: schema) else { return nil }
      let isBetter =
        (layout.isComplete ? 1 : 0, layout.known) > best.map {
          ($0.isComplete ? 1 : 0, $0.known)
        } ?? (-1, 0)
      if isBetter { best = layout }
    }
    guard let best, best.known < 2, let schema = schemas.first else { return best }
    let rows = try reader.preview(rows: depth)
    guard let heading = firstWideRow(rows) else { return best }
    let words = HeadingWords(schema, aliases: [:], implied: [])
    return SheetLayout(rows, last: heading, count: 1, cells: rows[heading].cells, words)
  }

  /// The first row that has about as many cells filled as rows have in the middle: titles have fewer.
  private static func firstWideRow(_ rows: [PreviewRow]) -> Int? {
    let widths = rows.map { row in row.cells.count { !$0.isEmpty } }
    let usual = widths.sorted()[widths.count / 2]
    return widths.firstIndex { $0 * 5 >= usual * 3 && ($0 >= 2 || usual < 2) }
  }

  private init(
    _ rows: [PreviewRow], last: Int, count: Int, cells: [String], _ words: HeadingWords
  ) {
    titles = Array(rows[..<max(0, last + 1 - count)])
    headingRow = rows[last].number
    headingRowCount = count
    self.cells = cells
    let roles = words.roles(cells)
    known = roles.count
    isComplete = words.required.isSubset(of: roles)
  }

  /// A heading that an earlier run has found; of what stands above it nothing is known any more.
  init(headingRow: Int, cells: [String]) {
    titles = []
    self.headingRow = headingRow
    headingRowCount = 1
    self.cells = cells
    known = cells.count
    isComplete = true
  }

  private init(_ other: SheetLayout, headingRowCount: Int, titles: [PreviewRow]) {
    self.titles = titles
    self.headingRowCount = headingRowCount
    headingRow = other.headingRow
    cells = other.cells
    known = other.known
    isComplete = other.isComplete
  }

  /// Where cells of the heading are merged with the row above, that row repeats them: it is part of the
  /// heading, not a title.
  private func withGroupRow(_ rows: [PreviewRow]) -> SheetLayout {
    guard headingRowCount == 1, let above = titles.last, above.number == headingRow - 1 else {
      return self
    }
    let repeats = zip(above.cells, cells).contains { !$0.isEmpty && $0 == $1 }
    return repeats
      ? SheetLayout(self, headingRowCount: 2, titles: Array(titles.dropLast())) : self
  }
}

/// The headings that a table may have, folded, with what each means.
private struct HeadingWords {
  private var roles: [String: Role] = [:]
  let required: Set<Role>

  init(_ schema: TableSchema, aliases: [String: String], implied: Set<Role>) {
    for field in schema.fields {
      for name in field.aliases + [field.name] {
        let folded = Heading.folded(name)
        if roles[folded] == nil { roles[folded] = field.role }
      }
    }
    for (written, name) in aliases {
      roles[written] = schema.fields.first { $0.name == name }?.role ?? roles[written]
    }
    required = Set(schema.fields.filter(\.isRequired).map(\.role)).subtracting(implied)
  }

  func roles(_ cells: [String]) -> Set<Role> {
    Set(cells.compactMap(role))
  }

  private func role(_ cell: String) -> Role? {
    if cell.isEmpty { return nil }
    let folded = Heading.folded(cell)
    if let role = roles[folded] { return role }
    // What stands in brackets may be left aside for some roles only.
    guard let open = folded.firstIndex(of: "("), let role = roles[String(folded[..<open])] else {
      return nil
    }
    return Heading.withoutRemark(folded, for: role) == nil ? nil : role
  }

  func count(_ cells: [String]) -> Int { roles(cells).count }

  /// Two rows as one: of each column the lower heading, or the group and it together, or the group alone,
  /// whichever is known. A group stands above the columns to its right as long as these have none.
  func joined(_ groups: [String], _ names: [String]) -> [String] {
    var group = ""
    return (0..<max(groups.count, names.count)).map { column in
      let own = column < groups.count ? groups[column] : ""
      let name = column < names.count ? names[column] : ""
      if !own.isEmpty { group = own }
      if name.isEmpty { return own }
      if isKnown(group + name), !isKnown(name) { return group + name }
      return name
    }
  }

  private func isKnown(_ text: String) -> Bool { role(text) != nil }
}
