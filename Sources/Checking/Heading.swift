public import Records

/// Which column of a file holds which field of its schema.
public struct Heading: Sendable {
  /// For each column of the file the slot of its field, or -1; as `RowReader.run` takes it.
  public let slots: [Int]
  /// The fields that the file has, by slot.
  public let fields: [Field]
  /// The heading of each slot as it stands in the file.
  public let titles: [String]
  /// The heading row: every row's place is taken from it.
  public let place: SourceLocation
  /// Required fields that the file has no column for.
  public let missing: [Field]
  /// What is wrong with the heading row itself.
  public let findings: [Finding]

  /// Matches headings to fields: by canonical name first, then by alias; case and white space aside.
  ///
  /// - Parameters:
  ///   - aliases: further headings of this workspace, from what is written to the canonical name.
  ///   - place: file, sheet and row of the heading.
  public init(
    _ cells: [String], schema: TableSchema, aliases: [String: String], place: SourceLocation
  ) {
    var slots = [Int](repeating: -1, count: cells.count)
    var fields: [Field] = []
    var titles: [String] = []
    var findings: [Finding] = []
    for pass in HeadingMatch.allCases {
      for (column, cell) in cells.enumerated() where slots[column] < 0 {
        guard let field = schema.fields.first(where: { pass.accepts(cell, $0, aliases) }) else {
          continue
        }
        guard !fields.contains(where: { $0.role == field.role }) else { continue }
        slots[column] = fields.count
        fields.append(field)
        titles.append(cell)
      }
    }
    for (column, cell) in cells.enumerated() where slots[column] < 0 && !cell.isEmpty {
      let repeats = schema.fields.contains { field in
        HeadingMatch.allCases.contains { $0.accepts(cell, field, aliases) }
      }
      findings.append(
        Finding(
          repeats ? .repeatedColumn : .unusedColumn, at: place.row(place.row, column: cell),
          value: cell))
    }
    let missing = schema.fields.filter { field in
      field.isRequired && !fields.contains { $0.role == field.role }
    }
    for field in missing {
      findings.append(
        Finding(
          .missingColumn, at: place.row(place.row, column: field.name),
          detail: field.aliases.first ?? ""))
    }
    self.place = place
    self.slots = slots
    self.fields = fields
    self.titles = titles
    self.missing = missing
    self.findings = findings
  }

  public func slot(_ role: Role) -> Int? { fields.firstIndex { $0.role == role } }
}

/// The ways in which a heading may name a field, best first.
private enum HeadingMatch: CaseIterable {
  case canonical, workspaceAlias, standardAlias

  func accepts(_ cell: String, _ field: Field, _ aliases: [String: String]) -> Bool {
    let name = HeadingMatch.folded(cell)
    switch self {
    case .canonical: return name == field.name
    case .workspaceAlias: return aliases[name] == field.name
    case .standardAlias: return field.aliases.contains(name)
    }
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace && $0 != "*" && $0 != "＊" }
  }
}
