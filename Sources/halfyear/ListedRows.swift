import Checking
import Reading
import Records

/// The rows of a short table outside a workspace, as texts by role.
enum ListedRows {
  /// - Throws: `ReadingError` where the file cannot be read or lacks a required column.
  static func read(_ path: String, as table: TableSchema) throws(ReadingError) -> [[Role: String]] {
    for reader in try Reading.InputFile.tables(in: path) {
      guard let layout = try SheetLayout.find(in: reader, schema: table), layout.isComplete else {
        continue
      }
      let heading = Heading(
        layout.cells, schema: table, aliases: [:],
        place: SourceLocation(file: path, sheet: reader.sheet, row: layout.headingRow))
      let collector = RowCollector()
      try reader.begin(behind: layout.headingRow)
      try reader.run([collector], slots: Array(layout.cells.indices))
      return collector.rows.compactMap { row in
        guard layout.kind(of: row.cells) == nil else { return nil }
        var texts: [Role: String] = [:]
        for (column, slot) in heading.slots.enumerated() where heading.fields.indices.contains(slot)
        {
          texts[heading.fields[slot].role] = row.cells[column]
        }
        return texts
      }
    }
    throw .missingColumn(table.fields.first { $0.isRequired }?.name ?? "")
  }
}

/// Keeps the cells of every row.
final class RowCollector: BlockWorker {
  private(set) var rows: [PreviewRow] = []

  func decode(_ block: RecordBlock) {
    for row in 0..<block.rowCount {
      let cells = (0..<block.columnCount).map { block.text($0, row) }
      rows.append(PreviewRow(number: Int(block.rowNumbers[row]), cells: cells))
    }
  }

  func commit(_ block: RecordBlock) {}
  func finish(_ block: RecordBlock) {}
}
