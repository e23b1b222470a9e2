internal import Reading
internal import Records

/// A worker of a table's pass: it has a decoder, which knows what became of the rows.
protocol TableWorker: BlockWorker {
  var decoder: TableDecoder { get }
}

/// The reading of one table, sheet by sheet, and what its sheets have in common.
final class TablePass {
  let table: TableSchema
  /// The departments that a file may be named after; nil where its rows are of no department.
  let departments: Departments?
  /// Without one of its required columns the table says nothing at all; other tables have their rows
  /// listed one by one.
  let needsColumns: Bool
  /// The table's files, as far as somebody asks for them.
  let files: [String]
  private let labels: [Role: Labels]
  private(set) var parts: [TablePart] = []
  private(set) var places = RowPlaces()
  /// The number of all rows read so far, blank ones included.
  private(set) var rowBase: UInt32 = 0

  /// - Parameters:
  ///   - files: those of the table, in the order in which they are read.
  init(
    _ table: TableSchema, files: [String] = [], implying departments: Departments? = nil,
    needsColumns: Bool = false
  ) {
    self.table = table
    self.files = files
    self.departments = departments
    self.needsColumns = needsColumns
    var labels: [Role: Labels] = [:]
    for field in table.fields { labels[field.role] = Labels.labels(for: field) }
    self.labels = labels
  }

  func begin(_ part: TablePart) {
    parts.append(part)
    places.append(part)
  }

  func advance(rows: Int) { rowBase &+= UInt32(truncatingIfNeeded: rows) }

  func decoder(_ part: TablePart, _ references: References) -> TableDecoder {
    TableDecoder(
      part: part, files: parts.map(\.file), labels: labels, references: references)
  }

  /// Whether any sheet has a column.
  func has(_ role: Role) -> Bool { parts.contains { $0.heading.slot(role) != nil } }

  /// The values of a column by code; nil where no sheet has it, or where it has too many of them.
  func texts(_ role: Role) -> [String]? {
    guard has(role), let labels = labels[role], !labels.isCrowded else { return nil }
    return labels.texts
  }

  /// The columns that have too many different values to tell rows apart by them.
  var crowded: [Field] {
    table.fields.filter { has($0.role) && labels[$0.role]?.isCrowded == true }
  }

  /// Whether a column's values are told by codes.
  func isLabelled(_ role: Role) -> Bool { labels[role] != nil }

  /// The code of a column's value, given now where it has none; -1 where the column has too many values.
  func code(of text: String, _ role: Role) -> Int16 {
    Int16(truncatingIfNeeded: labels[role]?.code(of: text) ?? -1)
  }
}
