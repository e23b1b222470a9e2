internal import Reading
internal import Records

/// One accepted event.
public struct Event: Sendable {
  /// Days since 1970-01-01.
  public let day: Int32
  /// Index of the department that held it.
  public let department: Int32
  /// The head count where it is stated, else -1.
  public let participants: Int32
  /// The row in its table, see `RowPlaces`.
  public let row: UInt32
  /// Duration in millionths of an hour; 0 where it is not stated.
  public let hours: Int64
  /// Codes of `form`, `kind` and `shift`; -1 where not stated.
  public let form: Int16
  public let kind: Int16
  public let shift: Int16
}

/// The accepted events of an activity, in the order of their file.
public final class Events: @unchecked Sendable {
  public private(set) var all = ContiguousArray<Event>()
  /// The values of `form`, `kind` and `shift` by code; nil where the file lacks the column.
  public internal(set) var forms: [String]?
  public internal(set) var kinds: [String]?
  public internal(set) var shifts: [String]?
  /// Where the events stand, and of each sheet the column under which it states the head count.
  var places = RowPlaces()
  var participantsTitles: [String] = []
  /// What the events are about, by code; empty unless repeated reports of one event are looked for.
  var subjectCodes: [Int32] = []
  var subjects = Subjects()
  var subjectTitles: [String] = []
  let ids: IdentifierIndex

  /// - Parameter expected: about how many there will be.
  init(expecting expected: Int = 0) {
    ids = IdentifierIndex(expecting: expected)
    all.reserveInLargePages(expected)
  }

  public var count: Int { all.count }

  func find(_ id: CellBytes) -> Int32 { ids.find(id) }

  func append(_ event: Event, id: CellBytes) { ids.set(id, to: append(event)) }

  /// - Returns: what `ids` is to say of the event.
  func append(_ event: Event) -> Int32 {
    all.append(event)
    return Int32(all.count - 1)
  }
}

extension Events: RecordList {
  static func form(_ departments: Departments) -> RecordForm {
    RecordForm(
      name: "events",
      columns: EventColumns.roles.map { role in
        switch role {
        case .date: .day(.date, required: true)
        case .department: .index(.department, departments.all.count)
        case .participants: RecordForm.Column(role, 0..<Int64(Int32.max))
        case .hours: RecordForm.Column(role, 0..<Int64.max)
        default: .label(role)
        }
      }, texts: [.id])
  }

  var isJudgedByFile: Bool { true }

  /// - Parameter pass: that of the table, of which the sheet is the last so far.
  func begin(_ part: TablePart, _ pass: TablePass) {
    places = pass.places
    participantsTitles.append(part.heading.title(.participants))
    subjectTitles.append(part.heading.title(.subject))
  }

  func repeatsEarlier(_ row: RecordCode.Row) -> Bool { ids.knows(row.text(0)) }

  func restore(_ row: RecordCode.Row, as part: TablePart) {
    guard !row.isRejected else { return ids.reject(row.text(0)) }
    let columns = EventColumns { row.decoded(EventColumns.roles.firstIndex(of: $0)) }
    append(columns.event(0, number: row.number &+ part.rowBase), id: row.text(0))
  }
}

/// Loads the events of an activity: decoding on all threads, appending in the order of the file.
final class EventLoader: TableWorker {
  let decoder: TableDecoder
  private let events: Events
  /// Days after this one lie in the future.
  private let lastKnownDay: Day
  private let keepsSubjects: Bool

  private let capture: RecordCapture?

  init(
    decoder: TableDecoder, events: Events, lastKnownDay: Day, keepsSubjects: Bool = false,
    capture: RecordCapture? = nil
  ) {
    self.capture = capture
    self.keepsSubjects = keepsSubjects
    self.decoder = decoder
    self.events = events
    self.lastKnownDay = lastKnownDay
  }

  func decode(_ block: RecordBlock) {
    decoder.decode(block)
    decoder.warnOfFuture([.date], after: lastKnownDay, in: block)
    decoder.warnOfClosedDepartments(.date, in: block)
    decoder.takePresentDepartments(block)
  }

  func commit(_ block: RecordBlock) {
    let columns = EventColumns(decoder.decoded)
    let base = decoder.part.rowBase
    let subject = decoder.heading.slot(.subject)
    decoder.acceptFirstOfEachId(
      of: block, ids: events.ids,
      earlierPart: { events.places.part(of: events.all[Int($0)].row) },
      accept: { row, _ in
        if keepsSubjects {
          events.subjectCodes.append(
            subject.map { events.subjects.code(of: block.cell($0, row)) } ?? -1)
        }
        return events.append(columns.event(row, number: block.rowNumbers[row] &+ base))
      })
    if let capture {
      capture.keep(block)
      capture.noteFutures([.date], after: lastKnownDay, in: block)
    }
    decoder.settle(block)
  }

  func finish(_ block: RecordBlock) {}
}

/// The columns of a block that make an event.
private struct EventColumns {
  let date, department, hours, participants, form, kind, shift: DecodedColumn

  static let roles: [Role] = [.date, .department, .hours, .participants, .form, .kind, .shift]

  init(_ column: (Role) -> DecodedColumn) {
    date = column(.date)
    department = column(.department)
    hours = column(.hours)
    participants = column(.participants)
    form = column(.form)
    kind = column(.kind)
    shift = column(.shift)
  }

  func event(_ row: Int, number: UInt32) -> Event {
    Event(
      day: date.number(row) ?? 0, department: department.number(row) ?? 0,
      participants: participants.number(row) ?? -1, row: number, hours: hours[row] ?? 0,
      form: form.number(row) ?? -1, kind: kind.number(row) ?? -1,
      shift: shift.number(row) ?? -1)
  }
}

extension TableDecoder {
  /// Warns of days that cannot have happened yet.
  func warnOfFuture(_ roles: [Role], after last: Day, in block: RecordBlock) {
    forEachDay(of: roles, after: last, in: block) { row, slot, _ in
      report(.inTheFuture, row: row, slot: slot, in: block, detail: "\(last)")
    }
  }

  /// Goes through the days of some columns that lie behind a day.
  ///
  /// - Parameter body: gets the row, the slot of the column and the day.
  @inline(__always)
  func forEachDay(
    of roles: [Role], after last: Day, in block: RecordBlock, _ body: (Int, Int, Int64) -> Void
  ) {
    for role in roles {
      guard let slot = heading.slot(role) else { continue }
      let days = column(slot)
      for row in 0..<block.rowCount where days[row] > Int64(last.number) {
        body(row, slot, days[row])
      }
    }
  }
}
