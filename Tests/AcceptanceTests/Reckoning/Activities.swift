import Foundation

/// The files of an activity source.
struct ActivityFiles {
  let source: String
  let events: String
  let participation: String
  let eventColumn: String
  let breakdowns: [String]
}

/// An event whose row is kept, with the kept rows of its list.
struct Event {
  let row: Int
  let day: CalendarDay
  let department: Int
  let hours: Int?
  let participants: Int?
  let labels: [String: String]
  var list: [Participation] = []
}

/// A kept row of a participation file; numbers are millionths.
struct Participation {
  let person: Int
  let hours: Int?
  let score: Int?
  let passed: Bool?
}

/// An activity source as its files tell it.
struct Activities {
  static let files = [
    ActivityFiles(
      source: "training", events: "training_sessions", participation: "training_attendance",
      eventColumn: "session_id", breakdowns: ["form"]),
    ActivityFiles(
      source: "drills", events: "drills", participation: "drill_participation",
      eventColumn: "drill_id", breakdowns: ["form"]),
    ActivityFiles(
      source: "assessments", events: "assessments", participation: "assessment_results",
      eventColumn: "assessment_id", breakdowns: ["kind"]),
    ActivityFiles(
      source: "studies", events: "studies", participation: "study_attendance",
      eventColumn: "study_id", breakdowns: ["form"]),
    ActivityFiles(
      source: "outreach", events: "outreach", participation: "outreach_participation",
      eventColumn: "outreach_id", breakdowns: ["form"]),
    ActivityFiles(
      source: "volunteering", events: "volunteer_activities",
      participation: "volunteer_participation", eventColumn: "activity_id", breakdowns: ["form"]),
  ]

  let files: ActivityFiles
  /// The breakdown columns that the events' file has.
  let breakdowns: [String]
  private(set) var events: [Event] = []
  private(set) var hasScores = false
  private(set) var hasPassed = false
  private var indexOfId: [String: Int] = [:]

  /// Nil where the source has no file of events.
  init?(
    _ files: ActivityFiles, in folder: URL, roster: Roster, horizon: CalendarDay,
    noting judgements: inout Judgements
  ) {
    guard let table = Table(files.events, in: folder) else { return nil }
    self.files = files
    breakdowns = files.breakdowns.filter(table.columns.contains)
    readEvents(table, roster, horizon, &judgements)
    guard let list = Table(files.participation, in: folder) else { return }
    hasScores = list.columns.contains("score")
    hasPassed = list.columns.contains("passed")
    readParticipations(list, roster, &judgements)
    compareHeadCounts(in: table.file, &judgements)
  }

  private mutating func readEvents(
    _ table: Table, _ roster: Roster, _ horizon: CalendarDay, _ judgements: inout Judgements
  ) {
    var seen: Set<String> = []
    for row in table.rows {
      var reading = RowReading(row)
      let id = reading.required("id")
      reading.rejectRepeated(id, among: &seen)
      let day = reading.requiredDay("date")
      let department = reading.reference("department_id", roster.department(named:))
      let hours = reading.millionths("hours")
      let participants = reading.count("participants")
      if let day, day > horizon { reading.warnings.insert("in_the_future") }
      if let day, let department, !roster.departments[department].isOpen(on: day) {
        reading.warnings.insert("department_not_open")
      }
      judgements.note(reading, in: table.file)
      guard !reading.isRejected, let day, let department else { continue }
      indexOfId[id] = events.count
      events.append(
        Event(
          row: row.number, day: day, department: department, hours: hours,
          participants: participants, labels: row.cells))
    }
  }

  private mutating func readParticipations(
    _ table: Table, _ roster: Roster, _ judgements: inout Judgements
  ) {
    var seen: Set<[Int]> = []
    for row in table.rows {
      var reading = RowReading(row)
      let event = reading.reference(files.eventColumn) { indexOfId[$0] }
      let person = reading.reference("staff_id", roster.person(named:))
      let hours = reading.millionths("hours")
      let score = reading.millionths("score")
      let passed = reading.flag("passed")
      if let event, let person {
        if !seen.insert([event, person]).inserted { reading.isRejected = true }
        reading.warnIfNotEmployed(roster.people[person], on: events[event].day)
      }
      judgements.note(reading, in: table.file)
      guard !reading.isRejected, let event, let person else { continue }
      events[event].list.append(
        Participation(person: person, hours: hours, score: score, passed: passed))
    }
  }

  private func compareHeadCounts(in file: String, _ judgements: inout Judgements) {
    for event in events where !event.list.isEmpty {
      guard let stated = event.participants, stated != event.list.count else { continue }
      judgements.warnings.insert(
        Warning(file: file, row: event.row, code: "head_count_differs"))
    }
  }
}

extension RowReading {
  mutating func warnIfNotEmployed(_ person: Person, on day: CalendarDay) {
    if let joined = person.joinedOn, day < joined { warnings.insert("before_joining") }
    if let left = person.leftOn, day > left { warnings.insert("after_leaving") }
  }
}
