public import Records

/// Which column of a file holds which field of its schema. It is shared: rows ask for it, and a copy would
/// count five references.
public final class Heading: Sendable {
  /// For each column of the file the slot of its field, or of a column that is only looked at when a row
  /// is no record, or -1; as `RowReader.run` takes it.
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

  /// Columns beyond these are not looked at to tell a total or a note, which begin at the left.
  private static let leadingColumns = 8

  /// Matches headings to fields: by canonical name first, then by alias; case and white space aside.
  ///
  /// - Parameters:
  ///   - aliases: further headings of this workspace, from what is written to the canonical name.
  ///   - place: file, sheet and row of the heading.
  ///   - implied: roles whose value is known without a column.
  public init(
    _ cells: [String], schema: TableSchema, aliases: [String: String], place: SourceLocation,
    implied: Set<Role> = []
  ) {
    var slots = [Int](repeating: -1, count: cells.count)
    var fields: [Field] = []
    var titles: [String] = []
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
    missing = schema.fields.filter { field in
      field.isRequired && !implied.contains(field.role)
        && !fields.contains { $0.role == field.role }
    }
    findings =
      Heading.unused(cells, slots, schema, aliases, place)
      + missing.map { field in
        Finding(
          .missingColumn, at: place.row(place.row, column: field.name),
          detail: field.aliases.first ?? "")
      }
    for column in cells.indices.prefix(Heading.leadingColumns) where slots[column] < 0 {
      slots[column] = titles.count
      titles.append(cells[column])
    }
    self.place = place
    self.slots = slots
    self.fields = fields
    self.titles = titles
  }

  public func slot(_ role: Role) -> Int? { fields.firstIndex { $0.role == role } }

  /// The heading of a role's column as it stands in the file; empty where there is none.
  /// The ids are the rows' running numbers: the sheet has no better column for them.
  var hasRunningNumbers: Bool { Heading.folded(title(.id)) == "序号" }

  func title(_ role: Role) -> String { slot(role).map { titles[$0] } ?? "" }

  private static func unused(
    _ cells: [String], _ slots: [Int], _ schema: TableSchema, _ aliases: [String: String],
    _ place: SourceLocation
  ) -> [Finding] {
    let others = cells.indices.filter { column in
      // A running number beside the ids is there for the eye.
      slots[column] < 0 && !["", "序号"].contains(folded(cells[column]))
    }
    return others.map { column in
      let cell = cells[column]
      let repeats = schema.fields.contains { field in
        HeadingMatch.allCases.contains { $0.accepts(cell, field, aliases) }
      }
      return Finding(
        repeats ? .repeatedColumn : .unusedColumn, at: place.row(place.row, column: cell),
        value: cell)
    }
  }

  /// A heading as it is compared: width, white space, case and the star of a required column aside.
  static func folded(_ text: String) -> String {
    TextFolding.folded(text).filter { $0 != "*" }
  }

  /// A folded heading without what is said in brackets behind it, as `学时(小时)`; nil where there are no
  /// brackets, or where they say something that changes the meaning, as another unit does.
  static func withoutRemark(_ folded: String, for role: Role) -> String? {
    guard folded.hasSuffix(")"), let open = folded.firstIndex(of: "("), open > folded.startIndex
    else { return nil }
    let remark = folded[folded.index(after: open)...].dropLast()
    guard remarks.contains(String(remark)) || role == .score && remark == "分" else { return nil }
    return String(folded[..<open])
  }

  private static let remarks: Set<String> = [
    "小时", "学时", "课时", "h", "hours", "人", "人次", "场", "必填", "选填", "required", "optional", "年月日",
    "年/月/日", "年-月-日", "yyyy-mm-dd", "yyyy/mm/dd", "yyyymmdd", "是/否", "名称", "编号", "全称", "姓名",
  ]
}

/// The ways in which a heading may name a field, best first.
private enum HeadingMatch: CaseIterable {
  case canonical, workspaceAlias, standardAlias, withRemark
  /// A running number stands for an id where there is none.
  case runningNumber

  func accepts(_ cell: String, _ field: Field, _ aliases: [String: String]) -> Bool {
    let name = Heading.folded(cell)
    switch self {
    case .canonical: return name == field.name
    case .workspaceAlias: return aliases[name] == field.name
    case .standardAlias: return name != "序号" && field.aliases.contains(name)
    case .withRemark:
      guard let name = Heading.withoutRemark(name, for: field.role) else { return false }
      return name == field.name || aliases[name] == field.name || field.aliases.contains(name)
    case .runningNumber: return name == "序号" && field.aliases.contains(name)
    }
  }
}
