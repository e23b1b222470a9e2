internal import Checking
public import Records

/// The sources whose rows are held in memory, because something asks for what no sum tells.
public struct RecordKeeping: Sendable {
  public var activities: Set<String> = []
  public var ledgers: Set<String> = []
  /// Activities of which it is counted how often each person took part.
  public var tallied: Set<String> = []
  /// Of the ledgers those whose items are listed by themselves.
  public var listed: Set<String> = []

  public init() {}

  func ledger(_ name: String) -> LedgerKeeping {
    if listed.contains(name) { return .daysAndTexts }
    return ledgers.contains(name) ? .days : .nothing
  }
}

/// The rows of a workspace as far as they are kept, and the staff they are about.
public struct RecordStore: Sendable {
  let staff: Staff
  let departmentCount: Int
  private(set) var activities: [String: KeptActivity] = [:]
  private(set) var registers: [String: LedgerRegister] = [:]
  /// How often each person of the head count took part in the period, by activity.
  private(set) var tallies: [String: [Int]] = [:]

  init(staff: Staff, departments: Int) {
    self.staff = staff
    departmentCount = departments
  }

  mutating func keep(_ source: Source, _ events: Events, _ keepers: [AttendanceKeeper]) {
    guard !keepers.isEmpty else { return }
    activities[source.name] = KeptActivity(events, keepers.flatMap(\.kept))
  }

  /// - Parameter end: the last day of the period, whose head count is meant.
  mutating func keep(_ source: Source, _ tallies: [PersonTally], end: Day) {
    guard !tallies.isEmpty else { return }
    self.tallies[source.name] = staff.people.enumerated().compactMap { number, person in
      guard person.isEmployed(on: end.number) else { return nil }
      return tallies.reduce(0) { $0 + Int($1.counts[number]) }
    }
  }

  /// How often each person of the head count took part in an activity in the period, in the order of the staff
  /// list; nil where that was not counted.
  public func participationCounts(of source: String) -> [Int]? { tallies[source] }

  mutating func keep(_ source: Source, _ register: LedgerRegister) {
    registers[source.name] = register
  }

  /// Takes over the rows of other sources.
  mutating func take(_ other: RecordStore) {
    activities.merge(other.activities) { $1 }
    registers.merge(other.registers) { $1 }
    tallies.merge(other.tallies) { $1 }
  }

  /// The life of a ledger's items over a timeline's first period; nil where its rows are not kept.
  public func account(
    of source: String, _ rules: LedgerRules, _ vocabulary: Vocabulary?, timeline: Timeline
  ) -> LedgerAccount? {
    registers[source].map {
      LedgerAccount(
        source, $0, rules, vocabulary, departments: departmentCount, timeline: timeline)
    }
  }
}

/// The events of an activity with their participations.
struct KeptActivity: Sendable {
  let events: Events
  let attendance: [Attendance]
  /// The accepted participations of each event.
  let listed: [Int32]

  init(_ events: Events, _ attendance: [Attendance]) {
    self.events = events
    self.attendance = attendance
    var listed = [Int32](repeating: 0, count: events.count)
    for row in attendance { listed[Int(row.event)] += 1 }
    self.listed = listed
  }
}

/// One participation in 16 bytes.
struct Attendance: Sendable {
  let event: Int32
  let person: Int32
  /// Millionths of hours.
  let hours: Int64
}

/// Keeps every participation.
final class AttendanceKeeper: ParticipationTap {
  private(set) var kept: [Attendance] = []
  let next: any ParticipationConsumer

  init(_ next: any ParticipationConsumer) { self.next = next }

  func note(_ batch: UnsafeBufferPointer<Participation>) {
    kept.reserveCapacity(kept.count + batch.count)
    for row in batch {
      kept.append(Attendance(event: row.event, person: row.person, hours: row.hours))
    }
  }
}
