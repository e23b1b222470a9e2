internal import CScan
internal import Reading
internal import Records

/// Checks a participation file: references, numbers, repeated pairs, dates of employment.
final class ParticipationCheck: TableWorker {
  /// A row, numbered as `RowPlaces` says, that may be a repetition: counted only once that is settled.
  struct Suspect {
    let row: UInt32
    let participation: Participation
    var pair: PairKey { participation.pair }
  }

  let decoder: TableDecoder
  private(set) var suspects: [Suspect] = []
  private let events: Events
  private let staff: Staff
  private let throughout: EmployedThroughout
  private let watch: DuplicateWatch
  /// Looks for events that are reported twice, where somebody asks for them.
  private let meetings: MeetingWatch?
  private let places: RowPlaces
  private let consumer: any ParticipationConsumer
  private let batch = BatchBuffer<Participation>()
  /// The rows of people who have moved.
  private var moved: [Participation] = []
  private let verdicts = BatchBuffer<DuplicateWatch.Verdict>()
  private let firstRows = BatchBuffer<UInt32>()
  private let deferred = BatchBuffer<Bool>()
  /// The department of each row's person, noted while the person is at hand; of one who has moved that of
  /// the event's day, as its complement.
  private let departments = BatchBuffer<Int32>()
  /// Keeps the rows for later runs, where one of them may ask for them.
  private let capture: RowCapture?

  init(
    decoder: TableDecoder, events: Events, staff: Staff, throughout: EmployedThroughout,
    watch: DuplicateWatch,
    meetings: MeetingWatch? = nil, places: RowPlaces, consumer: any ParticipationConsumer,
    capture: RowCapture? = nil
  ) {
    self.capture = capture
    self.decoder = decoder
    self.events = events
    self.staff = staff
    self.throughout = throughout
    self.watch = watch
    self.meetings = meetings
    self.places = places
    self.consumer = consumer
  }

  func decode(_ block: RecordBlock) {
    decoder.decode(block)
    guard let eventColumn = decoder.column(.event), let personColumn = decoder.column(.person),
      let personSlot = decoder.heading.slot(.person)
    else { return }
    departments.begin(reserving: block.rowCount)
    let departments = departments.storage
    throughout.departments.withUnsafeBufferPointer { throughout in
      for row in 0..<block.rowCount {
        let later = personColumn[min(row &+ Prefetch.rows, block.rowCount &- 1)]
        if later >= 0, let base = throughout.baseAddress { scan_prefetch(base + Int(later)) }
        guard eventColumn[row] >= 0, personColumn[row] >= 0 else { continue }
        let department = throughout[Int(personColumn[row])]
        departments[row] =
          department >= 0
          ? department
          : checkDays(Int(eventColumn[row]), Int(personColumn[row]), row, personSlot, block)
      }
    }
  }

  /// Warns where a person was not employed on an event's day.
  ///
  /// - Returns: the department as `departments` has it.
  private func checkDays(
    _ event: Int, _ index: Int, _ row: Int, _ slot: Int, _ block: RecordBlock
  ) -> Int32 {
    let day = events.all[event].day
    let person = staff.people[index]
    if day < person.joined || day > person.left {
      let isEarly = day < person.joined
      decoder.report(
        isEarly ? .beforeJoining : .afterLeaving, row: row, slot: slot, in: block,
        detail: "\(Day(number: day)); \(Day(number: isEarly ? person.joined : person.left))")
    }
    return person.hasMoved ? ~staff.department(of: index, on: day) : person.department
  }

  func commit(_ block: RecordBlock) {
    verdicts.begin(reserving: block.rowCount)
    firstRows.begin(reserving: block.rowCount)
    guard let eventColumn = decoder.column(.event), let personColumn = decoder.column(.person)
    else { return }
    watch.judge(
      events: eventColumn, people: personColumn, rows: block.rowNumbers,
      rowBase: decoder.part.rowBase, count: block.rowCount,
      verdicts: verdicts.storage, firstRows: firstRows.storage)
    guard let meetings else { return }
    let (isRejected, verdicts) = (decoder.isRejected, verdicts.storage)
    meetings.see(events: eventColumn, people: personColumn, count: block.rowCount) {
      !isRejected[$0] && verdicts[$0] != .duplicate
    }
  }

  func finish(_ block: RecordBlock) {
    guard let eventColumn = decoder.column(.event), let personColumn = decoder.column(.person),
      let personSlot = decoder.heading.slot(.person)
    else { return decoder.settle(block) }
    let columns = ParticipationColumns(decoder, events: events)
    let (departments, verdicts) = (departments.storage, verdicts.storage)
    let isRejected = decoder.isRejected
    batch.begin(reserving: ParticipationCheck.batchRows)
    deferred.begin(reserving: block.rowCount)
    deferred.storage.update(repeating: false, count: block.rowCount)
    for row in 0..<block.rowCount {
      if verdicts[row] == .duplicate { tellDuplicate(row, personSlot, block) }
      guard !isRejected[row], eventColumn[row] >= 0, personColumn[row] >= 0 else { continue }
      let department = departments[row]
      let participation = columns.participation(
        eventColumn[row], personColumn[row], department: max(department, ~department), row)
      if verdicts[row] == .first, department >= 0 {
        batch.append(participation)
        if batch.count == ParticipationCheck.batchRows { handOver() }
      } else {
        setAside(participation, row, isSuspect: verdicts[row] == .suspect, block)
      }
    }
    handOver()
    if !moved.isEmpty {
      moved.withUnsafeBufferPointer(consumer.addMoved)
      moved.removeAll(keepingCapacity: true)
    }
    if let capture { keep(block, columns, in: capture) }
    decoder.settle(block, isDeferred: deferred.storage)
  }

  /// Rows are handed over while they are in the nearest cache: all of a block's would be larger than what they
  /// were made from.
  private static let batchRows = 1024

  private func handOver() {
    consumer.add(batch.batch)
    batch.begin(reserving: ParticipationCheck.batchRows)
  }

  private func tellDuplicate(_ row: Int, _ slot: Int, _ block: RecordBlock) {
    decoder.report(
      .duplicateParticipation, row: row, slot: slot, in: block,
      detail: places.name(of: firstRows.storage[row], seenFrom: decoder.heading.place))
  }

  /// Takes a row that is not counted with the others.
  private func setAside(
    _ participation: Participation, _ row: Int, isSuspect: Bool, _ block: RecordBlock
  ) {
    guard isSuspect else { return moved.append(participation) }
    deferred.storage[row] = true
    suspects.append(
      Suspect(row: block.rowNumbers[row] &+ decoder.part.rowBase, participation: participation))
  }

  private func keep(
    _ block: RecordBlock, _ columns: ParticipationColumns, in capture: RowCapture
  ) {
    guard let eventColumn = decoder.column(.event), let personColumn = decoder.column(.person)
    else { return }
    var code = ParticipationCode(events)
    for row in 0..<block.rowCount
    where eventColumn[row] >= 0 && personColumn[row] >= 0 && !deferred.storage[row] {
      code.append(
        columns.participation(
          eventColumn[row], personColumn[row], department: departments.storage[row], row),
        row: block.rowNumbers[row], isRejected: decoder.isRejected[row])
      if verdicts.storage[row] == .duplicate { capture.noteRepetition(of: firstRows.storage[row]) }
    }
    capture.add(code.bytes, sequence: block.sequence)
  }
}

/// The columns of a block that make a participation.
private struct ParticipationColumns {
  let hours, score, passed: DecodedColumn
  let events: ContiguousArray<Event>

  init(_ decoder: TableDecoder, events: Events) {
    hours = decoder.decoded(.hours)
    score = decoder.decoded(.score)
    passed = decoder.decoded(.passed)
    self.events = events.all
  }

  @inline(__always)
  func participation(
    _ event: Int64, _ person: Int64, department: Int32, _ row: Int
  ) -> Participation {
    Participation(
      event: Int32(truncatingIfNeeded: event), person: Int32(truncatingIfNeeded: person),
      hours: hours.value(row, or: events[Int(event)].hours),
      score: score.value(row, or: Participation.noScore), passed: passed.number(row) ?? -1,
      department: department)
  }
}
