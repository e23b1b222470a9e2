import ReportModel

/// The heights of a table's parts, in points: the same when room is sought as when rows are written.
extension SectionSheet {
  static let titleHeight = 19.0

  func headingHeight(_ table: Table) -> Double {
    let headings = table.headings(sheets.words)
    let lines = headings.indices.map { headings[$0].lines(in: widths[$0]) }.max() ?? 1
    return Double(lines) * 13.5 + 6
  }

  /// As high as the cell whose text is broken into most lines.
  func rowHeight(_ cells: [Cell]) -> Double {
    var lines = 1
    for (column, cell) in cells.enumerated() {
      guard case .text(let text) = cell, text.utf8.count > 8 else { continue }
      lines = max(lines, ColumnWidths.lines(of: text, in: widths[column] - 1))
    }
    return lines > 1 ? Double(lines) * 13.5 + 3 : Sheet.defaultRowHeight
  }

  /// The height of a table from its title to its total, in pixels.
  ///
  /// - Complexity: O(n) in the number of cells; O(1) for a long table, whose rows are all alike.
  func blockHeight(_ table: Table) -> Double {
    let isLong = table.rows.count > SectionSheet.longTable
    let rows =
      isLong
      ? Double(table.rows.count) * Sheet.defaultRowHeight
      : table.rows.reduce(0) { $0 + rowHeight($1) }
    let ends = (table.total == nil ? 0 : 1) + (table.rows.isEmpty ? 1.0 : 0)
    let height =
      SectionSheet.titleHeight + headingHeight(table) + rows + ends * Sheet.defaultRowHeight
    return height * 4 / 3
  }
}
