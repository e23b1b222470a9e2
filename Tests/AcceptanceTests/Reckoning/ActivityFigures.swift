/// The metrics of an activity, each straight after its definition.
struct ActivityFigures {
  let activities: Activities
  let roster: Roster
  let window: Window
  let slice: Slice

  private var events: [Event] {
    activities.events.filter { window.contains($0.day) && slice.covers($0.labels) }
  }

  private func isInSlice(_ person: Int, on day: CalendarDay) -> Bool {
    slice.departments.contains(roster.department(of: person, on: day))
  }

  private func isInSlice(_ event: Event) -> Bool {
    slice.departments.contains(roster.told(event.department))
  }

  /// Those who belong to the slice on the last day, and are employed.
  private var heads: Set<Int> {
    Set(
      roster.people.indices.filter {
        isInSlice($0, on: window.last) && roster.people[$0].isEmployed(on: window.last)
      })
  }

  func all() -> [String: Figure] {
    let events = self.events
    let listless = events.filter { $0.list.isEmpty && isInSlice($0) }
    let rows = events.flatMap { event in
      event.list.filter { isInSlice($0.person, on: event.day) }.map { (event: event, row: $0) }
    }
    let participations = rows.count + listless.reduce(0) { $0 + ($1.participants ?? 0) }
    let persons = Set(rows.map(\.row.person))
    // Whoever is in the head count is covered, whatever department that was on the day.
    let everybody = Set(events.flatMap { $0.list.map(\.person) })
    let covered = everybody.intersection(heads)
    let hours = rows.reduce(0) { $0 + ($1.row.hours ?? $1.event.hours ?? 0) }
    let heads = self.heads.count
    var figures: [String: Figure] = [
      "events": .count(
        "events", events.filter { isInSlice($0) }.count),
      "participations": .count("participations", participations),
      "people": .count("people", persons.count),
      "hours": Figure(unit: "hours", value: .millionths(hours)),
      "coverage": .ratio(covered.count, of: heads),
      "per_head": .quotient("per_head", .whole(participations), by: heads),
    ]
    let results = rows.map(\.row)
    if activities.hasScores { figures["mean_score"] = meanScore(results) }
    if activities.hasPassed { figures["pass_rate"] = passRate(results) }
    return figures
  }

  private func meanScore(_ rows: [Participation]) -> Figure {
    let scores = rows.compactMap(\.score)
    return .quotient("points", .millionths(scores.reduce(0, +)), by: scores.count)
  }

  private func passRate(_ rows: [Participation]) -> Figure {
    let stated = rows.compactMap(\.passed)
    return .ratio(stated.filter { $0 }.count, of: stated.count)
  }
}
