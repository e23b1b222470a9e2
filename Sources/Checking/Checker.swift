public import Reading
public import Records
public import Workspace

/// Checks the tables of a workspace one after the other: accepted rows go to their consumers, what is
/// wrong to the findings, and what became of the rows to the outcomes.
public final class Checker {
  public let findings = FindingSink()
  /// One for each file that has been read, in that order.
  public private(set) var outcomes: [FileOutcome] = []
  /// Files that could not be read to their end; their figures are incomplete.
  public private(set) var unreadable: [(file: String, error: ReadingError)] = []
  private let workspace: Workspace
  private let jobs: Int
  private let lastKnownDay: Day

  /// - Parameters:
  ///   - jobs: the number of threads.
  ///   - lastKnownDay: what is dated later lies in the future.
  public init(workspace: Workspace, jobs: Int, lastKnownDay: Day) {
    self.workspace = workspace
    self.jobs = max(1, jobs)
    self.lastKnownDay = lastKnownDay
  }

  /// Loads the departments; nil where the file is missing or cannot be read.
  public func departments() -> Departments? {
    guard let pass = open(.departments, needsColumns: true) else { return nil }
    let loader = DepartmentLoader(
      decoder: pass.decoder(References()), extraAliases: workspace.settings.departmentAliases)
    guard run(pass, [loader]) else { return nil }
    loader.complete()
    close(pass, [loader.decoder])
    return loader.departments
  }

  /// Loads the staff list; nil where the file is missing or cannot be read.
  public func staff(_ departments: Departments) -> Staff? {
    guard let pass = open(.staff, needsColumns: true) else { return nil }
    let staff = Staff(hasVolunteers: pass.heading.slot(.volunteer) != nil)
    let references = References(departments: departments)
    let loaders = (0..<jobs).map { _ in
      StaffLoader(decoder: pass.decoder(references), staff: staff)
    }
    guard run(pass, loaders) else { return nil }
    staff.settleNames()
    close(pass, loaders.map(\.decoder))
    return staff
  }

  /// Loads the events of an activity; nil where the file is missing or cannot be read.
  public func events(_ source: Source, _ departments: Departments) -> Events? {
    guard let pass = open(source.records) else { return nil }
    let heading = pass.heading
    let title = heading.slot(.participants).map { heading.titles[$0] } ?? ""
    let events = Events(place: heading.place, participantsTitle: title)
    let references = References(departments: departments)
    let loaders = (0..<jobs).map { _ in
      EventLoader(
        decoder: pass.decoder(references), events: events, lastKnownDay: lastKnownDay)
    }
    guard run(pass, loaders) else { return nil }
    events.forms = pass.texts(.form)
    events.kinds = pass.texts(.kind)
    close(pass, loaders.map(\.decoder))
    return events
  }

  /// Which result columns a participation file has.
  public struct ResultColumns: Sendable {
    public let hasScore: Bool
    public let hasPassed: Bool
  }

  /// Reads the participations of an activity; nil where the file is missing or cannot be read.
  ///
  /// - Parameter consumers: one for each thread; they may be merged in any order.
  public func participations(
    _ source: Source, events: Events, staff: Staff, consumers: [any ParticipationConsumer]
  ) -> ResultColumns? {
    guard let table = source.participation, let pass = open(table) else { return nil }
    let references = References(staff: staff, events: events)
    let watch = DuplicateWatch(
      people: staff.count, events: events.count, expectedRows: pass.reader.byteCount / 12)
    let checks = consumers.map {
      ParticipationCheck(
        decoder: pass.decoder(references), events: events, staff: staff, watch: watch, consumer: $0)
    }
    guard run(pass, checks) else { return nil }
    let repeated = settleSuspects(pass, references, checks, consumers[0])
    close(pass, checks.map(\.decoder), furtherRejected: repeated)
    return ResultColumns(
      hasScore: pass.heading.slot(.score) != nil, hasPassed: pass.heading.slot(.passed) != nil)
  }

  /// The labels of a ledger's columns by code; nil where the file lacks the column.
  public struct LedgerLabels: Sendable {
    public let levels: [String]?
    public let categories: [String]?
    public let sources: [String]?
  }

  /// Reads the items of a ledger; nil where the file is missing or cannot be read.
  public func ledger(
    _ source: Source, departments: Departments, staff: Staff, consumers: [any LedgerConsumer]
  ) -> LedgerLabels? {
    guard let pass = open(source.records) else { return nil }
    let references = References(departments: departments, staff: staff)
    let ids = IdentifierIndex()
    let checks = consumers.map {
      LedgerCheck(
        decoder: pass.decoder(references), ids: ids, lastKnownDay: lastKnownDay, consumer: $0)
    }
    guard run(pass, checks) else { return nil }
    close(pass, checks.map(\.decoder))
    return LedgerLabels(
      levels: pass.texts(.level), categories: pass.texts(.category), sources: pass.texts(.source))
  }
}

extension Checker {
  /// What belongs to one pass over one file.
  private struct Pass {
    let file: String
    let reader: any RowReader
    let heading: Heading
    let labels: [Labels?]

    func decoder(_ references: References) -> TableDecoder {
      TableDecoder(heading: heading, labels: labels, references: references)
    }

    func texts(_ role: Role) -> [String]? { heading.slot(role).flatMap { labels[$0]?.texts } }
  }

  /// - Parameter needsColumns: without one of its required columns the file says nothing at all; other
  ///   files have their rows listed one by one.
  private func open(_ table: TableSchema, needsColumns: Bool = false) -> Pass? {
    guard let file = workspace.file(of: table) else { return nil }
    do throws(ReadingError) {
      let reader = try openTable(file)
      guard let first = try reader.preview(rows: 1).first else { throw .isEmpty }
      try reader.begin(behind: first.number)
      let heading = Heading(
        first.cells, schema: table, aliases: workspace.settings.headings[table.file] ?? [:],
        place: SourceLocation(file: file, sheet: reader.sheet, row: first.number))
      findings.add(heading.findings)
      if needsColumns, let missing = heading.missing.first {
        throw .missingColumn(missing.name)
      }
      return Pass(
        file: file, reader: reader, heading: heading,
        labels: heading.fields.map(Labels.labels))
    } catch {
      note(error, file)
      return nil
    }
  }

  private func openTable(_ file: String) throws(ReadingError) -> any RowReader {
    guard let reader = try InputFile.tables(in: workspace.path(of: file)).first else {
      throw .isEmpty
    }
    return reader
  }

  /// Runs a pass; false where the file broke off.
  private func run<Worker: BlockWorker>(_ pass: Pass, _ workers: [Worker]) -> Bool {
    do throws(ReadingError) {
      try pass.reader.run(workers, slots: pass.heading.slots)
      return true
    } catch {
      note(error, pass.file)
      return false
    }
  }

  private func note(_ error: ReadingError, _ file: String) {
    unreadable.append((file, error))
    let place = SourceLocation(file: file, row: error.row)
    findings.add([
      Finding(error.isKind ? .unsupportedFile : .unreadableFile, at: place, detail: error.detail)
    ])
  }

  private func close(_ pass: Pass, _ decoders: [TableDecoder], furtherRejected: Int = 0) {
    for decoder in decoders { findings.add(decoder.takeFindings()) }
    outcomes.append(
      FileOutcome(
        file: pass.file, sha256: pass.reader.sha256,
        rowsRead: decoders.reduce(0) { $0 + $1.rowsRead },
        rowsRejected: decoders.reduce(furtherRejected) { $0 + $1.rowsRejected }))
  }

  /// Decides about every suspect: counts it, or lists it as a repetition. Returns how many are one.
  private func settleSuspects(
    _ pass: Pass, _ references: References, _ checks: [ParticipationCheck],
    _ consumer: any ParticipationConsumer
  ) -> Int {
    let suspects = checks.flatMap(\.suspects)
    guard !suspects.isEmpty, let table = search(pass, references, suspects.map(\.pair)) else {
      return 0
    }
    var accepted: [Participation] = []
    var repeated: Set<UInt32> = []
    let title = pass.heading.slot(.person).map { pass.heading.titles[$0] } ?? ""
    for suspect in suspects {
      let first = table.firstRow(of: suspect.pair)
      if first == suspect.row {
        accepted.append(suspect.participation)
      } else {
        repeated.insert(suspect.row)
        let place = pass.heading.place.row(Int(suspect.row), column: title)
        findings.add([Finding(.duplicateParticipation, at: place, detail: "\(first)")])
      }
    }
    accepted.withUnsafeBufferPointer(consumer.add)
    findings.add(
      checks.flatMap(\.decoder.deferredWarnings).filter {
        !repeated.contains(UInt32($0.location.row))
      })
    return repeated.count
  }

  private func search(
    _ pass: Pass, _ references: References, _ pairs: [PairKey]
  ) -> SuspectTable? {
    do throws(ReadingError) {
      let reader = try openTable(pass.file)
      try reader.begin(behind: pass.heading.place.row)
      let empty = SuspectTable(pairs: pairs)
      let searches = (0..<jobs).map { _ in
        SuspectSearch(table: empty, decoder: pass.decoder(references))
      }
      try reader.run(searches, slots: pass.heading.slots)
      guard reader.sha256 == pass.reader.sha256 else { throw .changedWhileRead }
      return searches.dropFirst().reduce(into: searches[0].table) { $0.merge($1.table) }
    } catch {
      note(error, pass.file)
      return nil
    }
  }
}

extension Checker {
  /// Warns where an event's list and its stated head count differ.
  ///
  /// - Parameter listed: the accepted participations of an event, by its index.
  public func compareHeadCounts(_ events: Events, listed: (Int) -> Int) {
    var differing: [Finding] = []
    for (index, event) in events.all.enumerated() where event.participants >= 0 {
      let count = listed(index)
      guard count > 0, count != Int(event.participants) else { continue }
      let place = events.place.row(Int(event.row), column: events.participantsTitle)
      differing.append(
        Finding(.headCountDiffers, at: place, value: "\(event.participants)", detail: "\(count)"))
    }
    findings.add(differing)
  }
}
