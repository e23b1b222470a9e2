internal import Records
internal import Workspace

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

extension Checker {
  /// Nil where nothing is remembered, or where a table's rows can only be judged all together.
  func recall(
    _ pass: TablePass, _ watch: PairWatch, _ source: Source, _ events: Events, _ staff: Staff,
    _ consumer: any ParticipationConsumer
  ) -> FileRecall? {
    guard let memory, !looksForSameEvents, watch.isExact || pass.files.count == 1,
      let dependencies = dependencies(on: [source.records], staff)
    else { return nil }
    return FileRecall(
      self, memory, pass, RecalledParticipations(watch, events, staff, consumer),
      dependencies: dependencies, lastKnownDay: lastKnownDay)
  }
}

/// The rows of a participation table.
final class RecalledParticipations: RecalledRows {
  let form = "participations 1"
  var isJudgedByFile: Bool { watch.isExact }
  /// The days of events are told with the events.
  let looksAtFuture = false
  private let watch: PairWatch
  private let events: Events
  private let staff: Staff
  private let consumer: any ParticipationConsumer

  init(
    _ watch: PairWatch, _ events: Events, _ staff: Staff, _ consumer: any ParticipationConsumer
  ) {
    self.watch = watch
    self.events = events
    self.staff = staff
    self.consumer = consumer
  }

  func acceptedCount(of kept: KeptPart) throws(DamagedBytes) -> Int {
    var count = 0
    try ParticipationCode.forEachRow(of: kept.rows, events, staff) { row in
      if !row.isRejected { count += 1 }
    }
    return count
  }

  func acceptedRows(of rows: [UInt8]) -> [UInt32] {
    var numbers: [UInt32] = []
    forEachRow(rows) { row in
      if !row.isRejected { numbers.append(row.number) }
    }
    return numbers
  }

  func repeatsEarlier(_ kept: KeptPart) -> Bool {
    var repeats = false
    forEachRow(kept.rows) { row in
      if self.watch.watch.knows(row.participation.pair) { repeats = true }
    }
    return repeats
  }

  /// Some rows at a time.
  func restore(_ kept: KeptPart, as part: TablePart) {
    let batch = BatchBuffer<Participation>()
    let most = 16 << 10
    batch.begin(reserving: most)
    var moved: [Participation] = []
    forEachRow(kept.rows) { row in
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

  /// Only what is asked of participations: who took part in what.
  func trace(_ kept: KeptPart, as part: TablePart) -> TraceBuffer {
    let names = kept.digests ?? []
    var traced: [TracedRow] = []
    var (ofEvents, ofPeople): ([Int64], [Int64]) = ([], [])
    forEachRow(kept.rows) { row in
      guard !row.isRejected, traced.count < names.count else { return }
      let name = names[traced.count]
      traced.append(
        TracedRow(
          row: part.rowBase &+ row.number, isRejected: false, key: name.key,
          content: name.content))
      ofEvents.append(Int64(row.participation.event))
      ofPeople.append(Int64(row.participation.person))
    }
    return TraceBuffer(rows: traced, columns: [.event: ofEvents, .person: ofPeople])
  }

  func see(_ kept: KeptPart, as part: TablePart) {
    forEachRow(kept.rows) { row in
      self.watch.watch.see(row.participation.pair, in: part.rowBase &+ row.number)
    }
  }

  /// The rows of a sheet that has been looked through before.
  private func forEachRow(_ rows: [UInt8], _ body: (ParticipationCode.Row) -> Void) {
    do throws(DamagedBytes) {
      try ParticipationCode.forEachRow(of: rows, events, staff, body)
    } catch {
      preconditionFailure("rows that could be read before")
    }
  }

  /// The rows of a sheet that were suspected of repeating another one, and did not.
  static func bytes(
    of suspects: [ParticipationCheck.Suspect], _ part: TablePart, _ pass: TablePass,
    _ events: Events
  ) -> [UInt8] {
    var code = ParticipationCode(events)
    for suspect in suspects where pass.places.part(of: suspect.row) == part.number {
      code.append(suspect.participation, row: suspect.row &- part.rowBase, isRejected: false)
    }
    return code.bytes
  }
}

extension Participation {
  /// Who took part in what.
  var pair: PairKey { PairKey(Int64(event), Int64(person)) }
}
