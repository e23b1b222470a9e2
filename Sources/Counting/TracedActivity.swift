internal import Checking
internal import Records

/// An activity, row by row.
struct TracedActivity {
  private let events: TracedTable
  private let lists: TracedTable?
  private let staff: TracedStaff
  private let query: ExplanationQuery
  /// The rows of the events by their index, and how many accepted participations each has.
  private let eventRows: [Int]
  private let listed: [Int]

  init(
    _ events: TracedTable, _ lists: TracedTable?, _ staff: TracedStaff, _ query: ExplanationQuery
  ) {
    self.events = events
    self.lists = lists
    self.staff = staff
    self.query = query
    eventRows = events.accepted
    var listed = [Int](repeating: 0, count: eventRows.count)
    for row in lists?.accepted ?? [] {
      if let event = lists?.value(.event, row) { listed[Int(event)] += 1 }
    }
    self.listed = listed
  }

  var explanation: Explanation {
    var explanation = Explanation()
    switch query.measure {
    case .events: explanation.numerator = eventsHere.map { events.row(eventRows[$0]) }
    case .participations, .perHead: explanation.numerator = participations
    case .people: explanation.numerator = rows(firstOfEachPerson { _ in true })
    case .coverage: explanation.numerator = rows(firstOfEachCovered)
    case .hours: explanation.numerator = rows(attendance, adds: hours)
    case .meanScore:
      let scored = attendance.filter { lists?.value(.score, $0) != nil }
      explanation.numerator = rows(scored) { lists?.value(.score, $0) ?? 0 }
      explanation.denominator = rows(scored)
    case .passRate:
      let stated = attendance.filter { lists?.value(.passed, $0) != nil }
      explanation.numerator = rows(stated.filter { lists?.value(.passed, $0) == 1 })
      explanation.denominator = rows(stated)
    default: break
    }
    if query.measure == .coverage || query.measure == .perHead {
      explanation.denominator = staff.headcount
      explanation.rejected = staff.rejectedHeads
    }
    explanation.rejected += rejected
    return explanation
  }

  /// The accepted participations of the department's people at events in the window.
  private var attendance: [Int] {
    guard let lists else { return [] }
    return lists.accepted.filter { all(isHere(list: $0), isIn(list: $0)) == true }
  }

  /// The events in the window that the department held, by their index.
  private var eventsHere: [Int] {
    eventRows.indices.filter {
      all(isHere(event: eventRows[$0]), isIn(event: eventRows[$0])) == true
    }
  }

  /// An event without a list stands for as many as it says took part.
  private var participations: [Explanation.Row] {
    rows(attendance)
      + eventsHere.compactMap { event in
        guard listed[event] == 0, let count = events.value(.participants, eventRows[event]),
          count > 0
        else { return nil }
        return events.row(eventRows[event], adds: count)
      }
  }

  /// Of each person of the head count the first row, whatever department it counts for.
  private var firstOfEachCovered: [Int] {
    let end = Int64(query.end.number)
    return firstOfEachPerson(
      of: lists?.accepted.filter { isIn(list: $0) == true } ?? []
    ) { person in
      staff.isEmployed(person)
        && (query.department.map { staff.department(of: person, on: end) == Int64($0) } ?? true)
    }
  }

  private func firstOfEachPerson(
    of rows: [Int]? = nil, _ counts: (Int) -> Bool
  ) -> [Int] {
    var seen: Set<Int64> = []
    return (rows ?? attendance).filter { row in
      guard let person = lists?.value(.person, row), counts(Int(person)) else { return false }
      return seen.insert(person).inserted
    }
  }

  /// The row's own hours, or else the event's, in millionths.
  private func hours(_ row: Int) -> Int64 {
    if let hours = lists?.value(.hours, row) { return hours }
    guard let event = lists?.value(.event, row) else { return 0 }
    return events.value(.hours, eventRows[Int(event)]) ?? 0
  }

  private func rows(
    _ indices: [Int], adds: (Int) -> Int64 = { _ in 1 }
  ) -> [Explanation.Row] {
    indices.compactMap { lists?.row($0, adds: adds($0)) }
  }

  private var rejected: [Explanation.Rejected] {
    let own =
      query.measure == .events || query.measure == .participations || query.measure == .perHead
      ? events.rejected { all(isHere(event: $0), isIn(event: $0)) } : []
    guard query.measure != .events, let lists else { return own }
    return own + lists.rejected { all(isHere(list: $0), isIn(list: $0)) }
  }

  private func isHere(event row: Int) -> Verdict {
    guard let department = query.department else { return true }
    return events.value(.department, row).map { $0 == department }
  }

  private func isIn(event row: Int) -> Verdict {
    events.value(.date, row).map { !query.isEmpty && query.span.contains($0) }
  }

  private func isHere(list row: Int) -> Verdict {
    guard let department = query.department else { return true }
    guard let person = lists?.value(.person, row) else { return nil }
    // Where the event is not known, the day is not either: the last one stands for it.
    let day = day(list: row) ?? Int64(query.end.number)
    return staff.department(of: Int(person), on: day).map { $0 == Int64(department) }
  }

  private func day(list row: Int) -> Int64? {
    guard let event = lists?.value(.event, row), eventRows.indices.contains(Int(event)) else {
      return nil
    }
    return events.value(.date, eventRows[Int(event)])
  }

  private func isIn(list row: Int) -> Verdict {
    guard let event = lists?.value(.event, row), eventRows.indices.contains(Int(event)) else {
      return nil
    }
    return isIn(event: eventRows[Int(event)])
  }
}
