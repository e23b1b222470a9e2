internal import Reading
internal import Records
internal import Workspace

extension Checker {
  typealias SheetOfTable = (index: Int, reader: any RowReader, layout: SheetLayout)

  /// The sheets of a file that hold the table: those whose heading has all that it must have, or else the
  /// one that comes nearest. What is left out is told, unless it is empty or there for another purpose.
  ///
  /// - Throws: `ReadingError` where the file cannot be opened or nothing stands in it.
  func sheets(of file: String, _ pass: TablePass) throws(ReadingError) -> [SheetOfTable] {
    let aliases = aliases(of: pass.table)
    let implied: Set<Role> = pass.departments == nil ? [] : [.department]
    var found: [SheetOfTable] = []
    for (index, reader) in try InputFile.tables(in: workspace.path(of: file)).enumerated() {
      let layout = try SheetLayout.find(
        in: reader, schema: pass.table, aliases: aliases, implied: implied)
      if let layout { found.append((index, reader, layout)) }
    }
    guard found.count > 1 else {
      guard let only = found.first else { throw .isEmpty }
      return [only]
    }
    var used = found.filter { $0.layout.isComplete && !$0.reader.isHidden }
    if used.isEmpty {
      let shown = found.filter { !$0.reader.isHidden }
      let most = (shown.isEmpty ? found : shown).max {
        ($0.layout.known, -$0.index) < ($1.layout.known, -$1.index)
      }
      used = [most].compactMap { $0 }
    }
    tellUnused(found.filter { sheet in !used.contains { $0.index == sheet.index } }, file)
    return used
  }

  private func tellUnused(_ sheets: [SheetOfTable], _ file: String) {
    for (_, reader, layout) in sheets {
      let place = SourceLocation(file: file, sheet: reader.sheet)
      if reader.isHidden {
        if layout.isComplete { findings.add([Finding(.hiddenSheet, at: place)]) }
      } else if !Checker.isAside(reader.sheet) {
        findings.add([Finding(.unusedSheet, at: place)])
      }
    }
  }

  /// Sheets that explain a form or hold the lists of its cells.
  private static func isAside(_ name: String) -> Bool {
    let name = TextFolding.folded(name)
    return [
      "说明", "须知", "示例", "样例", "选项", "字典", "instruction", "readme", "list", "example", "findings",
    ]
    .contains { name.contains($0) }
  }

  /// What a sheet's cells do not show.
  func remarks(_ remarks: [SheetRemark], _ part: TablePart) -> [Finding] {
    let place = part.heading.place
    return remarks.compactMap { remark in
      switch remark {
      case .hiddenRows(let rows):
        return Finding(
          .hiddenRows, at: place.row(rows.lowerBound),
          detail: rows.count == 1 ? "\(rows.lowerBound)" : "\(rows.lowerBound)–\(rows.upperBound)")
      case .formulaWithoutValue(let row, let column):
        guard let title = part.usedTitle(column) else { return nil }
        return Finding(.formulaWithoutValue, at: place.row(row, column: title))
      case .errorValue(let row, let column):
        guard let title = part.usedTitle(column) else { return nil }
        return Finding(.formulaError, at: place.row(row, column: title))
      case .longText(let row, let column, let beginning):
        guard let title = part.usedTitle(column) else { return nil }
        return Finding(.longText, at: place.row(row, column: title), value: beginning)
      }
    }
  }
}

extension TablePart {
  /// The heading of a column of the file, nil where no field stands in it.
  fileprivate func usedTitle(_ column: Int) -> String? {
    guard heading.slots.indices.contains(column),
      heading.fields.indices.contains(heading.slots[column])
    else { return nil }
    return heading.titles[heading.slots[column]]
  }
}
