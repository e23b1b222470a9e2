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

/// The watch over a participation table's pairs, made when the first file is read: where all are known,
/// there is nothing to watch.
final class PairWatch {
  /// Each file is judged by itself, not the table as a whole.
  let isExact: Bool
  private(set) lazy var watch = DuplicateWatch(
    people: people, events: events, expectedRows: byteCount / 12, isExact: isExact)
  private let people: Int
  private let events: Int
  private let byteCount: Int

  init(_ workspace: Workspace, _ table: TableSchema, people: Int, events: Int) {
    self.people = people
    self.events = events
    byteCount = workspace.byteCount(of: table)
    isExact =
      workspace.files(of: table).count > 1 && byteCount <= DuplicateWatch.mostExactBytes
  }
}

/// Takes the rows of one sheet on one thread.
final class ParticipationCapture {
  private(set) var pieces: [(sequence: Int, bytes: [UInt8])] = []
  /// A row repeats one of another file.
  private(set) var repeatsOthers = false
  private let fileBase: UInt32

  /// - Parameter fileBase: the number of all rows of the table before the file.
  init(fileBase: UInt32) { self.fileBase = fileBase }

  func add(_ bytes: [UInt8], sequence: Int) { pieces.append((sequence, bytes)) }

  func noteRepetition(of row: UInt32) {
    if row <= fileBase { repeatsOthers = true }
  }
}

extension Checker {
  /// Nil where nothing is remembered, or where a table's rows can only be judged all together.
  func recall(
    _ pass: TablePass, _ watch: PairWatch, _ source: Source, _ events: Events, _ staff: Staff,
    _ consumer: any ParticipationConsumer
  ) -> ParticipationRecall? {
    guard let memory, !looksForSameEvents,
      watch.isExact || workspace.files(of: pass.table).count == 1,
      let dependencies = dependencies(on: [source.records], staff)
    else { return nil }
    return ParticipationRecall(
      self, memory, pass, watch, events, staff, consumer, dependencies: dependencies)
  }

  /// What a table's rows depend on beside their own file: the departments and the people, and further tables;
  /// nil where a file of these could not be read.
  private func dependencies(on tables: [TableSchema], _ staff: Staff) -> [String]? {
    let known = Dictionary(outcomes.map { ($0.file, $0.sha256) }) { first, _ in first }
    let all = [TableSchema.departments, .staff, .staffAssignments] + tables
    let files = all.flatMap(workspace.files)
    guard !unreadable.contains(where: { files.contains($0.file) }) else { return nil }
    // One that repeats another file is not read, and has no digest of its own.
    return files.map { "\($0) \(known[$0] ?? "")" } + view(staff)
  }

  /// Where figures are told of the departments of today, whose they are changes with the day.
  private func view(_ staff: Staff) -> [String] {
    guard departmentView == .asNow else { return [] }
    var writer = ByteWriter(reserving: 4 * staff.count)
    for department in loaded?.present ?? [] { writer.signed(Int64(department)) }
    for person in staff.people {
      writer.signed(Int64(person.department))
      writer.flag(person.hasMoved)
    }
    return ["now", SHA256.digest(of: writer.bytes)]
  }
}

/// A table of participations of which files that have not changed are not read again.
///
/// What is kept of a file is what follows from its own bytes, from those of the departments, the staff and
/// the events, and from program and settings: its accepted rows, its findings, the number of its rows. The day
/// and the period are not among these, so it is good for every night. Files of one table are judged one
/// after the other, because a later one may repeat a pair of an earlier one. Where the earlier files are not
/// what they were, a file is taken as it is kept only if it repeats nothing of theirs, neither then nor now.
final class ParticipationRecall: TableRecall {
  private unowned let checker: Checker
  private let memory: any FileMemory
  private let pass: TablePass
  private let watch: PairWatch
  private let events: Events
  private let staff: Staff
  private let consumer: any ParticipationConsumer
  private let dependencies: [String]
  /// The files before the one at hand.
  private var chain: [String] = []
  private var fresh: [FreshFile] = []
  /// Files that have been restored and whose pairs the watch has not seen.
  private var unseen: [(part: TablePart, rows: [UInt8])] = []
  /// Changes with what is kept and how.
  private static let form = "participations 1"

  fileprivate struct FreshFile {
    let file: String
    let chain: String
    let findingsBefore: Int
    let rowBase: UInt32
    var parts: [(part: TablePart, captures: [ParticipationCapture])] = []
    var findings: [Finding] = []
    var isWhole = false
  }

  init(
    _ checker: Checker, _ memory: any FileMemory, _ pass: TablePass, _ watch: PairWatch,
    _ events: Events, _ staff: Staff, _ consumer: any ParticipationConsumer,
    dependencies: [String]
  ) {
    self.checker = checker
    self.memory = memory
    self.pass = pass
    self.watch = watch
    self.events = events
    self.staff = staff
    self.consumer = consumer
    self.dependencies = dependencies
  }

  private func key(_ file: String, _ sha256: String) -> String {
    ([ParticipationRecall.form, memory.basis, pass.table.file, file, sha256] + dependencies)
      .joined(separator: "\n")
  }

  private var chainText: String {
    chain.isEmpty ? "" : SHA256.digest(of: Array(chain.joined(separator: "\n").utf8))
  }

  private var wantsNames: Bool { checker.tracer?.wants(pass.table) == true }

  func restore(_ file: String) -> Bool {
    guard let sha256 = memory.digest(of: file), let kept = kept(file, sha256),
      kept.chain == chainText || isIndependent(kept)
    else { return false }
    for part in kept.parts { restore(part, of: file) }
    checker.findings.add(kept.findings)
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
        let before = accepted
        try ParticipationCode.forEachRow(of: part.rows, events, staff) { row in
          if !row.isRejected { accepted += 1 }
        }
        if wantsNames, part.digests?.count != accepted - before { return nil }
      }
      guard kept.outcome.file == file, kept.outcome.sha256 == sha256,
        accepted == kept.outcome.rowsAccepted
      else { return nil }
      return kept
    } catch {
      return nil
    }
  }

  /// Whether a file has no pair in common with those before it, neither when it was read nor now.
  private func isIndependent(_ kept: KeptFile) -> Bool {
    guard watch.isExact, !kept.repeatsOthers else { return false }
    showUnseen()
    var isIndependent = true
    for part in kept.parts {
      forEachRow(part.rows) { row in
        if self.watch.watch.knows(row.participation.pair) { isIndependent = false }
      }
    }
    return isIndependent
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
    count(kept.rows)
    if wantsNames, let digests = kept.digests {
      checker.tracer?.take([trace(kept.rows, digests, part)], pass.table, pass.places)
    }
    pass.advance(rows: kept.lastRow)
    if watch.isExact { unseen.append((part, kept.rows)) }
  }

  /// Hands the accepted rows on, some at a time.
  private func count(_ rows: [UInt8]) {
    let batch = BatchBuffer<Participation>()
    let most = 16 << 10
    batch.begin(reserving: most)
    var moved: [Participation] = []
    forEachRow(rows) { row in
      guard !row.isRejected else { return }
      guard !self.staff.people[Int(row.participation.person)].hasMoved else {
        moved.append(row.participation)
        return
      }
      batch.append(row.participation)
      guard batch.count == most else { return }
      self.consumer.add(batch.batch)
      batch.begin(reserving: most)
    }
    consumer.add(batch.batch)
    if !moved.isEmpty { moved.withUnsafeBufferPointer(consumer.addMoved) }
  }

  private func trace(
    _ rows: [UInt8], _ names: [KeptPart.RowNames], _ part: TablePart
  ) -> TraceBuffer {
    var traced: [TracedRow] = []
    var columns: [Role: [Int64]] = [.event: [], .person: []]
    forEachRow(rows) { row in
      guard !row.isRejected, traced.count < names.count else { return }
      let name = names[traced.count]
      traced.append(
        TracedRow(
          row: part.rowBase &+ row.number, isRejected: false, key: name.key,
          content: name.content))
      columns[.event]?.append(Int64(row.participation.event))
      columns[.person]?.append(Int64(row.participation.person))
    }
    return TraceBuffer(rows: traced, columns: columns)
  }

  /// Lets the watch see the pairs of the files that have been restored.
  private func showUnseen() {
    for (part, rows) in unseen {
      forEachRow(rows) { row in
        self.watch.watch.see(row.participation.pair, in: part.rowBase &+ row.number)
      }
    }
    unseen = []
  }

  /// The rows of pieces that have been looked through before.
  private func forEachRow(_ rows: [UInt8], _ body: (ParticipationCode.Row) -> Void) {
    do throws(DamagedBytes) {
      try ParticipationCode.forEachRow(of: rows, events, staff, body)
    } catch {
      preconditionFailure("rows that could be read before")
    }
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
  func captures(_ part: TablePart, _ count: Int) -> [ParticipationCapture?] {
    guard !fresh.isEmpty else { return Array(repeating: nil, count: count) }
    let base = fresh[fresh.count - 1].rowBase
    let captures = (0..<count).map { _ in ParticipationCapture(fileBase: base) }
    fresh[fresh.count - 1].parts.append((part, captures))
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
  /// - Parameter suspects: rows that were counted at last.
  func keep(_ suspects: [ParticipationCheck.Suspect]) {
    let findings = fresh.flatMap(\.findings) + settled
    let traced = wantsNames ? checker.tracer?.table(pass.table, findings: findings) : nil
    for file in fresh where file.isWhole {
      guard let outcome = checker.outcomes.first(where: { $0.file == file.file }),
        !checker.unreadable.contains(where: { $0.file == file.file })
      else { continue }
      memory.didRead(file.file, sha256: outcome.sha256)
      let parts = file.parts.map { keptPart($0.part, $0.captures, suspects, traced) }
      guard !parts.contains(where: { $0 == nil }) else { continue }
      let kept = KeptFile(
        outcome: outcome, findings: file.findings + settled, chain: file.chain,
        repeatsOthers: file.parts.contains { $0.captures.contains(where: \.repeatsOthers) },
        parts: parts.compactMap { $0 })
      memory.keep(kept.bytes, under: key(file.file, outcome.sha256))
    }
  }

  /// What was found when the suspects were settled: there are none unless the table is of one file.
  private var settled: [Finding] {
    guard !watch.isExact, let file = fresh.first else { return [] }
    return Array(checker.findings.since(file.findingsBefore).dropFirst(file.findings.count))
  }

  /// Nil where a row's digests are not to be had.
  private func keptPart(
    _ part: TablePart, _ captures: [ParticipationCapture],
    _ suspects: [ParticipationCheck.Suspect], _ traced: TracedTable?
  ) -> KeptPart? {
    var late = ParticipationCode(events)
    for suspect in suspects where pass.places.part(of: suspect.row) == part.number {
      late.append(suspect.participation, row: suspect.row &- part.rowBase, isRejected: false)
    }
    let pieces = captures.flatMap(\.pieces).sorted { $0.sequence < $1.sequence }.map(\.bytes)
    let rows = Array((pieces + [late.bytes]).joined())
    let digests = traced.map { names(of: rows, part, $0) }
    if digests?.contains(where: { $0 == nil }) == true { return nil }
    let next = pass.parts.indices.contains(part.number + 1) ? pass.parts[part.number + 1] : nil
    return KeptPart(
      sheet: part.heading.place.sheet, sheetIndex: part.sheetIndex,
      headingRow: part.layout.headingRow, heading: part.layout.cells, submitter: part.submitter,
      lastRow: Int((next?.rowBase ?? pass.rowBase) &- part.rowBase), rows: rows,
      digests: digests?.compactMap { $0 })
  }

  private func names(
    of rows: [UInt8], _ part: TablePart, _ traced: TracedTable
  ) -> [KeptPart.RowNames?] {
    var names: [KeptPart.RowNames?] = []
    forEachRow(rows) { row in
      guard !row.isRejected else { return }
      names.append(
        traced.row(numbered: part.rowBase &+ row.number).map {
          KeptPart.RowNames(key: $0.key, content: $0.content)
        })
    }
    return names
  }
}

extension Participation {
  /// Who took part in what.
  var pair: PairKey { PairKey(Int64(event), Int64(person)) }
}
