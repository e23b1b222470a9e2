import Records

/// Something raised once, that stays open until it is closed.
struct Item {
  var id = ""
  let level: Level
  var department: Int
  /// Whom it concerns, for individual items.
  var person: Int?
  var category: String
  var source: String
  let raised: Day
  var measure: String
  var owner: String
  var due: Day
  var closed: Day?
  var rechecked: Day?
  var isReopened: Bool
  var title = ""
  var aspect = ""
  var origin = ""
  var leader = ""
  var acceptance = ""
  var postponedTo: Day?
  var postponedOn: Day?

  enum Level: String {
    case hospital, department, individual
  }
}

/// Draws the items that were raised in one ledger in one half.
struct LedgerDraw {
  private let roster: Roster
  private let source: String
  private let target: LedgerTarget
  private let scale: Int
  private let period: Period
  private let lastDay: Day
  private var random: RandomSource
  private let calendar: WorkCalendar
  private var pool: [Int]
  private let heads: [String]
  private let offices: [Int]

  init(
    _ source: String, _ target: LedgerTarget, in period: Period, until lastDay: Day,
    roster: Roster, options: HospitalGenerator.Scaling
  ) throws(GenerateError) {
    self.roster = roster
    self.source = source
    self.target = target
    self.period = period
    self.lastDay = lastDay
    scale = options.scale
    random = RandomSource(seed: options.seed, stream: "\(source)/\(period)")
    calendar = WorkCalendar(period)
    heads = roster.members.map { members in
      members.first { roster.staff[$0].isHead }.map { roster.staff[$0].name } ?? ""
    }
    let administrative = roster.departments.indices.filter {
      roster.departments[$0].category == "职能"
    }
    offices = administrative.isEmpty ? Array(roster.departments.indices) : administrative
    let only = target.partyMembersOnly
    let people = only ? nil : target.people.map { $0 * options.scale }
    pool = try roster.pool(period, people: people, random: &random)
      .filter { !only || roster.staff[$0].isPartyMember }
    guard !pool.isEmpty || target.individual == 0 else {
      throw .impossible("\(source) \(period): nobody is there for individual items")
    }
    random.shuffle(&pool)
    if only, let people = target.people { try limitPool(to: people * scale) }
  }

  private mutating func limitPool(to people: Int) throws(GenerateError) {
    guard people <= pool.count else {
      throw .impossible("\(source) \(period): \(people) party members are wanted of \(pool.count)")
    }
    pool.removeLast(pool.count - people)
  }

  mutating func items() -> [Item] {
    var items: [Item] = []
    for _ in 0..<target.hospital * scale {
      items.append(item(.hospital, department: random.pick(offices), person: nil))
    }
    for _ in 0..<target.department * scale {
      let department = random.below(roster.departments.count)
      items.append(item(.department, department: department, person: nil))
    }
    for number in 0..<target.individual * scale {
      // Where everybody of the pool must be among them, everybody comes first once.
      let isFirst = target.people != nil && number < pool.count
      let person = isFirst ? pool[number] : willing()
      let department = roster.staff[person].department
      items.append(item(.individual, department: department, person: person))
    }
    return items
  }

  private mutating func willing() -> Int {
    while true {
      let person = random.pick(pool)
      if random.below(8) < roster.staff[person].eagerness { return person }
    }
  }

  private mutating func item(_ level: Item.Level, department: Int, person: Int?) -> Item {
    let raised = raisedOn(person)
    let due = raised.adding(days: [7, 15, 15, 30, 30, 30, 45, 60, 90][random.below(9)])
    let closed = closedOn(raised: raised, due: due)
    let rechecked = recheckedOn(closed)
    let words = random.pick(Wording.categories[source] ?? [("", [""])])
    let isStated = random.chance(percent: target.measuresPercent)
    return Item(
      level: level, department: department, person: person, category: words.name,
      source: source == "issues" ? random.pick(Wording.issueSources) : "", raised: raised,
      measure: isStated ? random.pick(words.measures) : "",
      owner: person.map { roster.staff[$0].name } ?? heads[department], due: due, closed: closed,
      rechecked: rechecked, isReopened: rechecked != nil && random.chance(percent: 20))
  }

  /// A day of the half on which the person, where there is one, was employed.
  private mutating func raisedOn(_ person: Int?) -> Day {
    guard let person = person.map({ roster.staff[$0] }) else { return calendar.day(&random) }
    for _ in 0..<50 {
      let day = calendar.day(&random)
      if person.works(on: day) { return day }
    }
    return max(person.joined ?? .earliest, period.first)
  }

  /// Before, on or after the deadline, or not at all; nil also where that lies beyond the last day.
  private mutating func closedOn(raised: Day, due: Day) -> Day? {
    let span = Int(due.number - raised.number)
    let days: Int? =
      switch random.below(100) {
      case ..<58: random.number(in: span / 3...max(span / 3, span - 1))
      case ..<76: span
      case ..<78: 0
      case ..<92: span + 1 + random.below(40)
      default: nil
      }
    guard let days else { return nil }
    let closed = raised.adding(days: days)
    return closed <= lastDay ? closed : nil
  }

  private mutating func recheckedOn(_ closed: Day?) -> Day? {
    guard let closed, random.chance(percent: 6) else { return nil }
    let rechecked = closed.adding(days: random.number(in: 7...30))
    return rechecked <= lastDay ? rechecked : nil
  }
}
