import Records

/// Something that took place, with the people who were there.
struct Event {
  var id = ""
  let date: Day
  let department: Int
  let subject: String
  let form: String
  /// The length in half hours.
  let halfHours: Int
  /// The number of people who were there.
  let size: Int
  /// Whether there is a list of those people, or only their number.
  let hasList: Bool
  var people: [Int] = []
  /// The number that the department states; nil where it leaves that to the list.
  var headCount: Int?
}

/// Draws the events of one activity in one half, so that their totals are exact.
struct ActivityDraw {
  private let roster: Roster
  private let source: String
  private let target: ActivityTarget
  private let scale: Int
  private let period: Period
  private var random: RandomSource
  /// Those who may take part, and the same as a mark on each person.
  private let pool: [Int]
  private let isInPool: [Bool]

  init(
    _ source: String, _ target: ActivityTarget, in period: Period, roster: Roster,
    options: HospitalGenerator.Scaling
  ) throws(GenerateError) {
    self.roster = roster
    self.source = source
    self.target = target
    self.period = period
    scale = options.scale
    random = RandomSource(seed: options.seed, stream: "\(source)/\(period)")
    let people = target.people.map { $0 * options.scale }
    let eligible =
      target.groups.isEmpty
      ? try roster.pool(period, people: people, random: &random)
      : try roster.pool(period, groups: target.groups, people: people, random: &random)
    pool = source == "volunteering" ? eligible.filter { roster.staff[$0].isVolunteer } : eligible
    guard !pool.isEmpty, roster.departments.contains(where: { !$0.quiet.contains(period) }) else {
      throw .impossible("\(source) \(period): nobody is there to hold or attend events")
    }
    var marks = [Bool](repeating: false, count: roster.staff.count)
    for person in pool { marks[person] = true }
    isInPool = marks
  }

  mutating func events() throws(GenerateError) -> [Event] {
    var events = try drawEvents()
    if target.people != nil { try cover(&events) }
    for index in events.indices where events[index].hasList { try fill(&events[index]) }
    for index in events.indices where !events[index].hasList || random.chance(percent: 50) {
      events[index].headCount = events[index].size
    }
    return events
  }

  private mutating func drawEvents() throws(GenerateError) -> [Event] {
    let count = target.events * scale
    let calendar = WorkCalendar(period)
    let eagerness = roster.departments.map { $0.quiet.contains(period) ? 0 : $0.eagerness }
    var hosts = apportion(count, weights: eagerness).enumerated()
      .flatMap { [Int](repeating: $0.offset, count: $0.element) }
    for index in hosts.indices where !target.hosts.isEmpty {
      hosts[index] = try roster.department(named: target.hosts[index % target.hosts.count])
    }
    let sizes = apportion(
      target.participations * scale, weights: hosts.map { target.isEven ? 1 : sizeWeight($0) },
      minimum: 1)
    var withoutList = hosts.indices.map { $0 < target.withoutList * scale }
    random.shuffle(&withoutList)
    var forms = target.forms.flatMap { [String](repeating: $0.name, count: $0.events * scale) }
    random.shuffle(&forms)
    return hosts.indices.map { index in
      let drawn = Event(
        date: calendar.day(&random), department: hosts[index],
        subject: random.pick(Wording.subjects[source] ?? [source]),
        form: forms.isEmpty ? random.pick(Wording.forms[source] ?? [""]) : forms[index],
        halfHours: [1, 2, 2, 3, 3, 4, 4, 5, 6][random.below(9)], size: sizes[index],
        hasList: !withoutList[index])
      return asStated(drawn, index)
    }
  }

  /// The event with what the specification states of it.
  private func asStated(_ event: Event, _ index: Int) -> Event {
    Event(
      date: target.days.isEmpty ? event.date : target.days[index % target.days.count],
      department: event.department,
      subject: target.subjects.isEmpty
        ? event.subject : target.subjects[index % target.subjects.count], form: event.form,
      halfHours: target.halfHours ?? event.halfHours, size: event.size, hasList: event.hasList)
  }

  /// Administrative departments gather people of all departments, the others their own.
  private mutating func sizeWeight(_ department: Int) -> Int {
    if roster.departments[department].category == "职能" { return 14 + random.below(40) }
    return 3 + random.below(2 * min(24, roster.members[department].count) + 2)
  }

  /// Gives everybody of the pool one event, those who joined last first: they have least choice.
  private mutating func cover(_ events: inout [Event]) throws(GenerateError) {
    let room = events.reduce(0) { $0 + ($1.hasList ? $1.size : 0) }
    guard room >= pool.count else {
      throw .impossible("\(source) \(period): \(pool.count) people, but lists of \(room)")
    }
    var held = [[Int]](repeating: [], count: roster.departments.count)
    for (index, event) in events.enumerated() { held[event.department].append(index) }
    var order = pool
    random.shuffle(&order)
    let staff = roster.staff
    order.sort { staff[$0].joined ?? .earliest > staff[$1].joined ?? .earliest }
    for person in order {
      let own = held[roster.staff[person].department].filter { isOpen(events[$0], to: person) }
      guard let choice = own.isEmpty ? anyOpen(events, to: person) : random.pick(own) else {
        throw .impossible("\(source) \(period): no event is left for every person")
      }
      events[choice].people.append(person)
    }
  }

  private func isOpen(_ event: Event, to person: Int) -> Bool {
    event.hasList && event.people.count < event.size
      && roster.staff[person].works(on: event.date)
  }

  private mutating func anyOpen(_ events: [Event], to person: Int) -> Int? {
    for _ in 0..<200 {
      let index = random.below(events.count)
      if isOpen(events[index], to: person) { return index }
    }
    return events.indices.first { isOpen(events[$0], to: person) }
  }

  /// Adds people until the event has its size: mostly of the department that holds it, and some
  /// people more readily than others.
  private mutating func fill(_ event: inout Event) throws(GenerateError) {
    let own = roster.members[event.department]
    var attempts = 0
    while event.people.count < event.size {
      attempts += 1
      guard attempts < 100 * event.size else { return try fillInOrder(&event) }
      let isOwn = !own.isEmpty && attempts < 6 * event.size && random.chance(percent: 80)
      let person = isOwn ? random.pick(own) : random.pick(pool)
      let isWilling = random.below(8) < roster.staff[person].eagerness
      if isWilling && mayAttend(person, event) { event.people.append(person) }
    }
  }

  private func fillInOrder(_ event: inout Event) throws(GenerateError) {
    for person in pool where event.people.count < event.size && mayAttend(person, event) {
      event.people.append(person)
    }
    guard event.people.count == event.size else {
      throw .impossible("\(source) \(period): an event of \(event.size) finds too few people")
    }
  }

  private func mayAttend(_ person: Int, _ event: Event) -> Bool {
    isInPool[person] && roster.staff[person].works(on: event.date)
      && !event.people.contains(person)
  }
}
