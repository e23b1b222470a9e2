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
      let dependencies = dependencies(
        on: [.departments, .staff, .staffAssignments, source.records], staff)
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
  let labelled: [Role] = []
  let traced: [Role] = [.event, .person]
  let tracesRejected = false
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

  func forEachRow(
    of rows: [UInt8], _ labels: [[String]], _ body: (ParticipationCode.Row) -> Void
  ) throws(DamagedBytes) {
    try ParticipationCode.forEachRow(of: rows, events, staff, body)
  }

  func repeatsEarlier(_ row: ParticipationCode.Row) -> Bool {
    watch.watch.knows(row.participation.pair)
  }

  func restore(_ kept: KeptPart, as part: TablePart) {
    let feed = BatchFeed<Participation> { self.consumer.add($0) }
    var moved: [Participation] = []
    forEachSoundRow(kept.rows, kept.labels) { row in
      guard !row.isRejected else { return }
      if self.staff.people[Int(row.participation.person)].hasMoved {
        moved.append(row.participation)
      } else {
        feed.append(row.participation)
      }
    }
    feed.flush()
    if !moved.isEmpty { moved.withUnsafeBufferPointer(consumer.addMoved) }
  }

  /// Only what is asked of participations: who took part in what.
  func values(_ row: ParticipationCode.Row) -> [Int64] {
    [Int64(row.participation.event), Int64(row.participation.person)]
  }

  func see(_ row: ParticipationCode.Row, as part: TablePart) {
    watch.watch.see(row.participation.pair, in: part.rowBase &+ row.number)
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
