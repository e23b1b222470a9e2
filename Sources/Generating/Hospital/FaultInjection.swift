import Records

/// Puts the declared faults into a data set, so that the rows that remain still give the totals.
struct FaultInjection {
  private let counts: [Fault: Int]
  private let scale: Int
  private var random: RandomSource

  init(_ counts: [Fault: Int], scaling: HospitalGenerator.Scaling) {
    self.counts = counts
    scale = scaling.scale
    random = RandomSource(seed: scaling.seed, stream: "faults")
  }

  private func count(_ fault: Fault) -> Int { (counts[fault] ?? 0) * scale }

  /// Does `act` as often as the fault is declared; it says whether it found an occasion.
  mutating func inflict(
    _ fault: Fault, _ act: (inout RandomSource) -> Bool
  ) throws(GenerateError) {
    var left = count(fault)
    for _ in 0..<left * 2000 where left > 0 {
      if act(&random) { left -= 1 }
    }
    guard left == 0 else {
      throw .impossible("there are not enough rows for the fault '\(fault.rawValue)'")
    }
  }

  mutating func number(below bound: Int) -> Int { random.below(bound) }

  // MARK: Oddities of rows that count

  /// Changes records without changing any total.
  mutating func alter(_ data: inout HospitalData) throws(GenerateError) {
    try exchange(in: "training", .beforeJoining, &data) { person, event in
      person.joined.map { $0 > event.date } ?? false
    }
    try exchange(in: "drills", .afterLeaving, &data) { person, event in
      person.left.map { $0 < event.date } ?? false
    }
    try inflict(.headCountDiffers) { random in
      guard let events = data.activities["training"], !events.isEmpty else { return false }
      let index = random.below(events.count)
      let event = events[index]
      guard event.hasList, event.headCount == nil else { return false }
      data.activities["training"]?[index].headCount = event.size + 1 + random.below(3)
      return true
    }
    try inflict(.dueBeforeRaised) { random in
      guard let items = data.ledgers["issues"], !items.isEmpty else { return false }
      let index = random.below(items.count)
      guard items[index].closed == nil, items[index].due >= items[index].raised else {
        return false
      }
      data.ledgers["issues"]?[index].due = items[index].raised.adding(days: -10)
      return true
    }
  }

  /// Replaces somebody who took part more than once in the half by somebody of the same half who
  /// could not have been there; the number of rows and of people stays.
  private mutating func exchange(
    in source: String, _ fault: Fault, _ data: inout HospitalData,
    where isOdd: (Roster.Person, Event) -> Bool
  ) throws(GenerateError) {
    let events = data.activities[source] ?? []
    guard let last = events.map(\.date).max(), count(fault) > 0 else { return }
    let half = Period(halfOf: last)
    let recent = events.indices.filter { half.contains(events[$0].date) && events[$0].hasList }
    var times: [Int: Int] = [:]
    for index in recent { for person in events[index].people { times[person, default: 0] += 1 } }
    let staff = data.roster.staff
    try inflict(fault) { random in
      let index = random.pick(recent)
      let event = data.activities[source]![index]
      let place = random.below(event.people.count)
      let stranger = random.below(staff.count)
      // Nobody new may come into the training lists: their number of people is exact.
      let takesPart = times[stranger] != nil || fault == .afterLeaving
      guard times[event.people[place]]! > 1, takesPart, isOdd(staff[stranger], event),
        !event.people.contains(stranger)
      else { return false }
      times[event.people[place]]! -= 1
      times[stranger, default: 0] += 1
      data.activities[source]![index].people[place] = stranger
      return true
    }
  }
}
