internal import Reading
internal import Records
internal import Workspace

extension Checker {
  /// Reads all files and sheets of a table, one after the other; one that is broken does not stop the
  /// others.
  ///
  /// - Parameters:
  ///   - workers: makes the workers of a sheet, one for each thread.
  ///   - finished: is called with them when the sheet has been read.
  ///   - recall: knows of files what an earlier run has found in them; those are not read.
  /// - Returns: whether any sheet could be read to its end, or was known.
  func read<Worker: TableWorker>(
    _ pass: TablePass, recall: (any TableRecall)? = nil, workers: (TablePart) -> [Worker],
    finished: (TablePart, [Worker]) -> Void = { _, _ in }
  ) -> Bool {
    let files = workspace.files(of: pass.table)
    var isRead = false
    var known: [(file: String, size: Int)] = []
    for file in files {
      if let twin = twin(of: file, among: &known) {
        findings.add([Finding(.repeatedFile, at: SourceLocation(file: file), detail: twin)])
        continue
      }
      if let recall {
        if recall.restore(file) {
          isRead = true
          continue
        }
        recall.begin(file)
      }
      do throws(ReadingError) {
        for (sheetIndex, reader, layout) in try sheets(of: file, pass) {
          let part = try open(file, sheetIndex, reader, layout, pass)
          pass.begin(part)
          let workers = workers(part)
          let traces = trace(workers, pass)
          defer {
            if let tracer { tracer.take(traces, pass.table, pass.places) }
            pass.advance(rows: reader.lastRow)
          }
          try run(part, reader, workers, pass, isAlone: files.count == 1)
          finished(part, workers)
          isRead = true
        }
        recall?.end(file)
      } catch {
        note(error, file)
      }
    }
    tellCrowdedColumns(pass)
    return isRead
  }

  /// Warns of columns whose values are too many to be counted one by one; none of them is.
  private func tellCrowdedColumns(_ pass: TablePass) {
    for field in pass.crowded {
      for part in pass.parts where part.heading.slot(field.role) != nil {
        let title = part.heading.title(field.role)
        let place = part.heading.place.row(part.heading.place.row, column: title)
        add(
          [Finding(.tooManyValues, at: place, value: title, detail: "\(Labels.limit)")],
          of: part.submitter)
      }
    }
  }

  /// Lets the workers hold their rows, where somebody asks for them.
  private func trace(_ workers: [some TableWorker], _ pass: TablePass) -> [TraceBuffer] {
    guard tracer?.wants(pass.table) == true else { return [] }
    return workers.map { worker in
      let trace = TraceBuffer()
      worker.decoder.trace = trace
      return trace
    }
  }

  /// Runs one sheet; the rows of one that breaks off are listed as far as they were read, unless nothing
  /// else of the table is counted either.
  private func run<Worker: TableWorker>(
    _ part: TablePart, _ reader: any RowReader, _ workers: [Worker], _ pass: TablePass,
    isAlone: Bool
  ) throws(ReadingError) {
    do throws(ReadingError) {
      try reader.run(workers, slots: part.heading.slots, crew: crew)
    } catch {
      if !isAlone { close(part, reader, workers.map(\.decoder), pass) }
      throw error
    }
    close(part, reader, workers.map(\.decoder), pass)
  }

  private func close(
    _ part: TablePart, _ reader: any RowReader, _ decoders: [TableDecoder], _ pass: TablePass
  ) {
    var others = part.rowsAbove
    for decoder in decoders {
      findings.add(decoder.takeFindings())
      others[.blank, default: 0] += decoder.blankRows
      for (_, kind) in decoder.others { others[kind, default: 0] += 1 }
    }
    note(
      FileOutcome(
        file: part.file, sha256: reader.sha256, rowsRead: decoders.reduce(0) { $0 + $1.rowsRead },
        rowsRejected: decoders.reduce(0) { $0 + $1.rowsRejected }, others: others,
        rowsInFile: reader.lastRow))
    add(remarks(reader.remarks, part) + corrections(part, decoders, pass), of: part.submitter)
    checkTotals(part, decoders, pass)
  }

  func note(_ outcome: FileOutcome) {
    if let index = outcomes.firstIndex(where: { $0.file == outcome.file }) {
      outcomes[index].add(outcome)
    } else {
      outcomes.append(outcome)
    }
  }

  /// Notes findings about a whole sheet.
  func add(_ found: [Finding], of submitter: String) {
    findings.add(
      found.map { finding in
        var finding = finding
        finding.submitter = submitter
        return finding
      })
  }

  func note(_ error: ReadingError, _ file: String) {
    unreadable.append((file, error))
    let place = SourceLocation(file: file, row: error.row)
    let named = loaded.flatMap { ImpliedDepartment.find(in: $0, file: file, titles: []) }
    add(
      [Finding(error.isKind ? .unsupportedFile : .unreadableFile, at: place, detail: error.detail)],
      of: named.map(departmentId) ?? "")
  }

  /// Begins a sheet behind its heading.
  private func open(
    _ file: String, _ sheetIndex: Int, _ reader: any RowReader, _ layout: SheetLayout,
    _ pass: TablePass
  ) throws(ReadingError) -> TablePart {
    let place = SourceLocation(file: file, sheet: reader.sheet, row: layout.headingRow)
    let named = loaded.flatMap {
      ImpliedDepartment.find(in: $0, file: file, titles: layout.titles)
    }
    let department = pass.departments == nil ? nil : named
    let submitter = named.map(departmentId) ?? ""
    let heading = Heading(
      layout.cells, schema: pass.table, aliases: aliases(of: pass.table), place: place,
      implied: department == nil ? [] : [.department])
    add(heading.findings, of: submitter)
    sheets.append(
      CheckedSheet(
        file: file, name: reader.sheet, index: sheetIndex, headingRow: layout.headingRow,
        heading: layout.cells))
    if pass.needsColumns, let missing = heading.missing.first {
      throw .missingColumn(missing.name)
    }
    try reader.begin(behind: layout.headingRow)
    return TablePart(
      number: pass.parts.count, file: file, sheetIndex: sheetIndex, layout: layout,
      heading: heading, department: heading.slot(.department) == nil ? department : nil,
      submitter: submitter,
      rowBase: pass.rowBase)
  }

  /// Opens a sheet once more, for a second look at its rows.
  ///
  /// - Throws: `ReadingError`.
  func reopen(_ part: TablePart) throws(ReadingError) -> any RowReader {
    let readers = try InputFile.tables(in: workspace.path(of: part.file))
    guard readers.indices.contains(part.sheetIndex) else { throw .changedWhileRead }
    let reader = readers[part.sheetIndex]
    try reader.begin(behind: part.layout.headingRow)
    return reader
  }

  /// What the hospital's settings call the columns of a table, folded as headings are.
  func aliases(of table: TableSchema) -> [String: String] {
    let aliases = workspace.settings.headings[table.file] ?? [:]
    return Dictionary(aliases.map { (Heading.folded($0), $1) }) { first, _ in first }
  }
}

/// A sheet that has been read, for those who go back to it.
public struct CheckedSheet: Sendable {
  public let file: String
  /// Empty for a text file.
  public let name: String
  /// The sheet's place among those of its file, from 0.
  public let index: Int
  /// The last row of the heading.
  public let headingRow: Int
  public let heading: [String]
}
