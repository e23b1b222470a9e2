import Checking
import Reading
import Records

/// The rows of a short table outside a workspace, as texts by role.
enum ListedRows {
  /// - Throws: `ReadingError` where the file cannot be read or lacks a required column.
  static func read(_ path: String, as table: TableSchema) throws(ReadingError) -> [[Role: String]] {
    for (index, reader) in try Reading.InputFile.tables(in: path).enumerated() {
      guard let layout = try SheetLayout.find(in: reader, schema: table), layout.isComplete else {
        continue
      }
      let heading = Heading(
        layout.cells, schema: table, aliases: [:],
        place: SourceLocation(file: path, sheet: reader.sheet, row: layout.headingRow))
      return try SheetTexts.rows(of: path, sheet: index).compactMap { row in
        guard row.number > layout.headingRow, layout.kind(of: row.cells) == nil else { return nil }
        var texts: [Role: String] = [:]
        for (column, slot) in heading.slots.enumerated()
        where heading.fields.indices.contains(slot) && column < row.cells.count {
          texts[heading.fields[slot].role] = row.cells[column]
        }
        return texts
      }
    }
    throw .missingColumn(table.fields.first { $0.isRequired }?.name ?? "")
  }
}

/// All rows of a sheet as texts.
enum SheetTexts {
  /// The rows that hold anything, with all of their cells.
  ///
  /// - Parameter fillsMerged: as for `InputFile.tables`.
  /// - Throws: `ReadingError` where the sheet cannot be read, or is not there.
  static func rows(
    of path: String, sheet: Int, fillsMerged: Bool = true
  ) throws(ReadingError) -> [PreviewRow] {
    let readers = try Reading.InputFile.tables(in: path, fillsMerged: fillsMerged)
    guard readers.indices.contains(sheet) else { throw .changedWhileRead }
    var rows: [PreviewRow] = []
    try readers[sheet].walk { row in
      let cells = (0..<row.width).map { String(decoding: row[$0], as: UTF8.self) }
      if !cells.isEmpty { rows.append(PreviewRow(number: row.number, cells: cells)) }
      return true
    }
    return rows
  }
}
