internal import Records

/// One sheet of one file that belongs to a table.
struct TablePart {
  /// From 0, in the order in which the table's sheets are read.
  let number: Int
  let file: String
  /// The sheet's place among those of its file.
  let sheetIndex: Int
  let layout: SheetLayout
  let heading: Heading
  /// The department of all rows, where the sheet has no column for it.
  let department: Int32?
  /// The id of the department that sent it, where a title or the file's name tells; else empty.
  let submitter: String
  /// What is added to the part's row numbers, so that no two rows of the table share one.
  let rowBase: UInt32

  /// Rows that are no records, as far as they are known before the records are read.
  var rowsAbove: [SheetLayout.RowKind: Int] {
    let used = layout.titles.count + layout.headingRowCount
    return [
      .title: layout.titles.count, .heading: layout.headingRowCount,
      .blank: layout.headingRow - used,
    ]
  }
}

/// The places of a table's rows when it has several sheets or files.
struct RowPlaces: Sendable {
  private var parts: [(base: UInt32, place: SourceLocation)] = []

  mutating func append(_ part: TablePart) { parts.append((part.rowBase, part.heading.place)) }

  /// The place of a row of the table; `column` is its heading.
  func place(of row: UInt32, column: (Int) -> String = { _ in "" }) -> SourceLocation {
    let index = parts.lastIndex { $0.base < row } ?? 0
    guard parts.indices.contains(index) else { return SourceLocation(file: "") }
    let part = parts[index]
    return part.place.row(Int(row - part.base), column: column(index))
  }

  /// The number of the part that has a row.
  func part(of row: UInt32) -> Int { parts.lastIndex { $0.base < row } ?? 0 }

  /// What to call a row that a message about another row refers to: its number, and the file where it is
  /// another one.
  func name(of row: UInt32, seenFrom place: SourceLocation) -> String {
    let other = self.place(of: row)
    var name = "\(other.row)"
    if other.file != place.file || other.sheet != place.sheet {
      name += "; " + other.file + (other.sheet.isEmpty ? "" : ":" + other.sheet)
    }
    return name
  }
}
