internal import Reading
internal import Records
internal import Workspace

/// Knows of some files of a table what an earlier run has found in them.
protocol TableRecall: AnyObject {
  /// Puts what is known of a file in place of reading it; false where it has to be read.
  func restore(_ file: String) -> Bool

  /// A file is going to be read.
  func begin(_ file: String)

  /// All sheets of a file have been read.
  func end(_ file: String)
}

/// A table of which files that have not changed are not read again.
///
/// What is kept of a file is what follows from its own bytes, from those of the tables that it refers to, and
/// from program and settings: its accepted rows, its findings, the number of its rows. The period is not among
/// these, and of the day only which findings are about the future, so it is good for every night. Files of
/// one table are judged one after the other, because a later one may repeat a row of an earlier one. Where
/// the earlier files are not what they were, a file is taken as it is kept only if it repeats nothing of
/// theirs, neither then nor now.
final class FileRecall: TableRecall {
  private unowned let checker: Checker
  private let memory: any FileMemory
  private let pass: TablePass
  private let rows: any RecalledRows
  private let dependencies: [String]
  private let lastKnownDay: Day
  /// The files before the one at hand.
  private var chain: [String] = []
  private var fresh: [FreshFile] = []
  /// Sheets that have been restored and that the files behind do not know yet.
  private var unseen: [(kept: KeptPart, part: TablePart)] = []

  private struct FreshFile {
    let file: String
    let chain: String
    let findingsBefore: Int
    let rowBase: UInt32
    var parts: [(part: TablePart, captures: [RowCapture])] = []
    var findings: [Finding] = []
    var isWhole = false
  }

  /// - Parameter dependencies: the files of the tables that the rows refer to, with their digests.
  init(
    _ checker: Checker, _ memory: any FileMemory, _ pass: TablePass, _ rows: any RecalledRows,
    dependencies: [String], lastKnownDay: Day
  ) {
    self.checker = checker
    self.memory = memory
    self.pass = pass
    self.rows = rows
    self.dependencies = dependencies
    self.lastKnownDay = lastKnownDay
  }

  private func key(_ file: String, _ sha256: String) -> String {
    ([rows.form, memory.basis, pass.table.file, file, sha256] + dependencies)
      .joined(separator: "\n")
  }

  private var chainText: String {
    chain.isEmpty ? "" : SHA256.digest(of: Array(chain.joined(separator: "\n").utf8))
  }

  private var wantsNames: Bool { checker.tracer?.wants(pass.table) == true }

  func restore(_ file: String) -> Bool {
    guard let sha256 = memory.digest(of: file), let kept = kept(file, sha256),
      let findings = kept.findings(asOf: lastKnownDay),
      kept.chain == chainText || isIndependent(kept)
    else { return false }
    for part in kept.parts { restore(part, of: file) }
    checker.findings.add(findings)
    checker.note(kept.outcome)
    chain.append("\(file) \(sha256)")
    return true
  }

  /// What is kept of a file, if all of it can be used.
  private func kept(_ file: String, _ sha256: String) -> KeptFile? {
    guard let bytes = memory.bytes(under: key(file, sha256)) else { return nil }
    do throws(DamagedBytes) {
      let kept = try KeptFile(bytes)
      var accepted = 0
      for part in kept.parts {
        let count = try rows.acceptedCount(of: part)
        if wantsNames, part.digests?.count != count { return nil }
        accepted += count
      }
      let outcome = kept.outcome
      let isOfFile = outcome.file == file && outcome.sha256 == sha256
      return isOfFile && accepted == outcome.rowsAccepted ? kept : nil
    } catch {
      return nil
    }
  }

  private func isIndependent(_ kept: KeptFile) -> Bool {
    guard rows.isJudgedByFile, !kept.repeatsOthers else { return false }
    showUnseen()
    return !kept.parts.contains { rows.repeatsEarlier($0) }
  }

  private func restore(_ kept: KeptPart, of file: String) {
    let layout = SheetLayout(headingRow: kept.headingRow, cells: kept.heading)
    let place = SourceLocation(file: file, sheet: kept.sheet, row: kept.headingRow)
    let part = TablePart(
      number: pass.parts.count, file: file, sheetIndex: kept.sheetIndex, layout: layout,
      heading: Heading(
        kept.heading, schema: pass.table, aliases: checker.aliases(of: pass.table), place: place),
      department: nil, submitter: kept.submitter, rowBase: pass.rowBase)
    checker.sheets.append(
      CheckedSheet(
        file: file, name: kept.sheet, index: kept.sheetIndex, headingRow: kept.headingRow,
        heading: kept.heading))
    pass.begin(part)
    rows.restore(kept, as: part)
    if wantsNames { checker.tracer?.take([rows.trace(kept, as: part)], pass.table, pass.places) }
    pass.advance(rows: kept.lastRow)
    if rows.isJudgedByFile { unseen.append((kept, part)) }
  }

  private func showUnseen() {
    for (kept, part) in unseen { rows.see(kept, as: part) }
    unseen = []
  }

  func begin(_ file: String) {
    memory.willRead(file)
    showUnseen()
    fresh.append(
      FreshFile(
        file: file, chain: chainText, findingsBefore: checker.findings.count,
        rowBase: pass.rowBase))
  }

  /// What takes the rows of a sheet, one for each thread.
  func captures(_ part: TablePart, _ count: Int) -> [RowCapture?] {
    guard memory.keepsFiles, let last = fresh.indices.last else {
      return Array(repeating: nil, count: count)
    }
    let captures = (0..<count).map { _ in
      RowCapture(fileBase: fresh[last].rowBase, keepsIds: pass.files.count > 1)
    }
    fresh[last].parts.append((part, captures))
    return captures
  }

  func end(_ file: String) {
    guard let last = fresh.indices.last, fresh[last].file == file,
      let outcome = checker.outcomes.first(where: { $0.file == file })
    else { return }
    fresh[last].findings = checker.findings.since(fresh[last].findingsBefore)
    fresh[last].isWhole = true
    chain.append("\(file) \(outcome.sha256)")
  }

  /// Keeps what has been read for the runs to come; to be called when every row has been decided about.
  ///
  /// - Parameter late: the rows of a sheet that were accepted at last.
  func keep(late: (TablePart) -> [UInt8] = { _ in [] }) {
    // Which values of such a column the rows have kept depends on the other files.
    guard memory.keepsFiles, pass.crowded.isEmpty else { return }
    let findings = fresh.flatMap(\.findings) + settled
    let traced = wantsNames ? checker.tracer?.table(pass.table, findings: findings) : nil
    for file in fresh where file.isWhole {
      guard let outcome = checker.outcomes.first(where: { $0.file == file.file }),
        !checker.unreadable.contains(where: { $0.file == file.file })
      else { continue }
      memory.didRead(file.file, sha256: outcome.sha256)
      if let kept = kept(file, outcome, traced, late) {
        memory.keep(kept.bytes, under: key(file.file, outcome.sha256))
      }
    }
  }

  /// What was found when the last rows were decided about: nothing where files are judged one by one.
  private var settled: [Finding] {
    guard pass.files.count == 1, let file = fresh.first else { return [] }
    return Array(checker.findings.since(file.findingsBefore).dropFirst(file.findings.count))
  }

  /// Nil where something of the file is not to be had any more.
  private func kept(
    _ file: FreshFile, _ outcome: FileOutcome, _ traced: TracedTable?,
    _ late: (TablePart) -> [UInt8]
  ) -> KeptFile? {
    let found = file.findings + settled
    let futures = futures(of: file, found.filter { $0.code == .inTheFuture })
    let parts = file.parts.map { kept($0.part, $0.captures, traced, late: late($0.part)) }
    guard let futures, !parts.contains(where: { $0 == nil }) else { return nil }
    let repeats =
      file.parts.contains { $0.captures.contains(where: \.repeatsOthers) }
      || pass.files.count > 1 && found.contains { $0.code == .duplicateId }
    return KeptFile(
      outcome: outcome, findings: found.filter { $0.code != .inTheFuture },
      lastKnownDay: rows.looksAtFuture ? lastKnownDay.number : .min, futures: futures,
      chain: file.chain,
      repeatsOthers: repeats, parts: parts.compactMap { $0 })
  }

  private func futures(of file: FreshFile, _ findings: [Finding]) -> [KeptFile.Future]? {
    var days: [SourceLocation: Int32] = [:]
    for (part, captures) in file.parts {
      for future in captures.flatMap(\.futures) {
        days[part.heading.place.row(Int(future.row), column: future.column)] = future.day
      }
    }
    let futures = findings.compactMap { finding in
      days[finding.location].map { KeptFile.Future(finding: finding, day: $0) }
    }
    return futures.count == findings.count ? futures : nil
  }

  private func kept(
    _ part: TablePart, _ captures: [RowCapture], _ traced: TracedTable?, late: [UInt8]
  ) -> KeptPart? {
    let pieces = captures.flatMap(\.pieces).sorted { $0.sequence < $1.sequence }.map(\.bytes)
    let bytes = Array((pieces + [late]).joined())
    let labels = rows.labelled.map { pass.texts($0) ?? [] }
    let names = traced.map { traced in
      rows.acceptedRows(of: bytes, labels).map { traced.row(numbered: part.rowBase &+ $0) }
    }
    if names?.contains(where: { $0 == nil }) == true { return nil }
    let next = pass.parts.indices.contains(part.number + 1) ? pass.parts[part.number + 1] : nil
    return KeptPart(
      sheet: part.heading.place.sheet, sheetIndex: part.sheetIndex,
      headingRow: part.layout.headingRow, heading: part.layout.cells, submitter: part.submitter,
      lastRow: Int((next?.rowBase ?? pass.rowBase) &- part.rowBase),
      labels: labels, rows: bytes,
      digests: names?.compactMap { row in
        row.map { KeptPart.RowNames(key: $0.key, content: $0.content) }
      })
  }
}

extension Checker {
  /// What a table's rows depend on beside their own file; nil where a file of that could not be read.
  ///
  /// - Parameters:
  ///   - tables: those that the rows refer to.
  ///   - staff: the people, where the rows refer to them.
  func dependencies(on tables: [TableSchema], _ staff: Staff?) -> [String]? {
    let known = Dictionary(outcomes.map { ($0.file, $0.sha256) }) { first, _ in first }
    let files = tables.flatMap(workspace.files)
    guard !unreadable.contains(where: { files.contains($0.file) }) else { return nil }
    // One that repeats another file is not read, and has no digest of its own.
    return files.map { "\($0) \(known[$0] ?? "")" } + view(staff)
  }

  /// Where figures are told of the departments of today, whose they are changes with the day.
  private func view(_ staff: Staff?) -> [String] {
    guard departmentView == .asNow else { return [] }
    var writer = ByteWriter(reserving: 4 * (staff?.count ?? 0))
    for department in loaded?.present ?? [] { writer.signed(Int64(department)) }
    for person in staff?.people ?? [] {
      writer.signed(Int64(person.department))
      writer.flag(person.hasMoved)
    }
    return ["now", SHA256.digest(of: writer.bytes)]
  }
}
