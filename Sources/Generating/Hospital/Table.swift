import Records

/// The rows of one input file before they are written.
struct Table {
  let schema: TableSchema
  let roles: [Role]
  /// Whether headings and values are Chinese, as departments submit them.
  let isChinese: Bool
  var rows: [[String]] = []

  init(_ schema: TableSchema, roles: [Role], isChinese: Bool) {
    self.schema = schema
    // A role that the schema lacks has no column.
    self.roles = roles.filter { schema.field($0) != nil }
    self.isChinese = isChinese
  }

  /// Adds a row; of the cells those are kept whose role is a column.
  mutating func add(_ cells: [Role: String]) { rows.append(roles.map { cells[$0] ?? "" }) }

  func column(_ role: Role) -> Int? { roles.firstIndex(of: role) }

  func write(to folder: String) throws(GenerateError) {
    var file = try OutputFile("\(folder)/\(schema.file).csv")
    try file.put(Self.line(headings))
    for row in rows { try file.put(Self.line(row)) }
    try file.finish()
  }

  private var headings: [String] {
    roles.compactMap(schema.field).map { field in
      let chinese = field.aliases.first { !$0.utf8.allSatisfy { $0 < 0x80 } }
      return isChinese ? chinese ?? field.name : field.name
    }
  }

  /// A line of CSV (RFC 4180): quoted only where a cell needs it.
  private static func line(_ cells: [String]) -> [UInt8] {
    var line: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      let special: (UInt8) -> Bool = { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
      if cell.utf8.contains(where: special) {
        line.append(0x22)
        for byte in cell.utf8 { line += byte == 0x22 ? [byte, byte] : [byte] }
        line.append(0x22)
      } else {
        line += cell.utf8
      }
    }
    line.append(UInt8(ascii: "\n"))
    return line
  }
}
