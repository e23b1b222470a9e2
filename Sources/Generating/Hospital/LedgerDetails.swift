import Records

/// Gives the drawn items of a ledger what chance does not decide: exact numbers of each label, texts one
/// after the other, deadlines and closings. It draws from a stream of its own, so that a specification
/// that says nothing of these gives the same items as ever.
struct LedgerDetails {
  private let target: LedgerTarget
  private let roster: Roster
  private let lastDay: Day
  private var random: RandomSource

  init(
    _ source: String, _ target: LedgerTarget, in period: Period, until lastDay: Day,
    roster: Roster, seed: UInt64
  ) {
    self.target = target
    self.roster = roster
    self.lastDay = lastDay
    random = RandomSource(seed: seed, stream: "\(source)/\(period)/details")
  }

  mutating func complete(_ items: inout [Item]) throws(GenerateError) {
    for (number, index) in items.indices.enumerated() {
      items[index].title = cycled(target.titles, number)
      items[index].leader = cycled(target.leaders, number)
      items[index].acceptance = cycled(target.acceptance, number)
      if !target.owners.isEmpty { items[index].owner = cycled(target.owners, number) }
      if let host = try host(number), items[index].person == nil { items[index].department = host }
    }
    lead(&items)
    label(&items)
    settle(&items)
    recheck(&items)
    for named in target.items { items.append(try item(named)) }
  }

  private func cycled(_ texts: [String], _ number: Int) -> String {
    texts.isEmpty ? "" : texts[number % texts.count]
  }

  private func host(_ number: Int) throws(GenerateError) -> Int? {
    if target.hosts == ["*"] { return number % roster.departments.count }
    return target.hosts.isEmpty ? nil : try roster.department(named: cycled(target.hosts, number))
  }

  /// Every leader in turn leads an item and is named by it.
  private func lead(_ items: inout [Item]) {
    let leaders = roster.staff.indices.filter {
      roster.staff[$0].group == target.leadersOf && roster.staff[$0].works(on: lastDay)
    }
    guard !leaders.isEmpty else { return }
    for (number, index) in items.indices.enumerated() {
      let leader = leaders[number % leaders.count]
      items[index].person = leader
      items[index].leader = roster.staff[leader].name
    }
  }

  private mutating func label(_ items: inout [Item]) {
    for label in LedgerTarget.Label.allCases {
      guard let values = target.labels[label] else { continue }
      var drawn = values.flatMap { [String](repeating: $0.name, count: $0.count) }
      // Items with titles of their own have the labels in the order in which these stand.
      if target.titles.count < items.count { random.shuffle(&drawn) }
      for (index, value) in zip(items.indices, drawn) {
        switch label {
        case .category:
          items[index].category = value
          if !items[index].measure.isEmpty {
            items[index].measure = random.pick(Wording.plainMeasures)
          }
        case .source: items[index].source = value
        case .aspect: items[index].aspect = value
        case .origin: items[index].origin = value
        }
      }
    }
  }

  /// Deadlines as given, and closings by them for as many as there are to be.
  private mutating func settle(_ items: inout [Item]) {
    if let due = target.due {
      for index in items.indices { items[index].due = max(due, items[index].raised) }
    }
    guard let percent = target.closedPercent else { return }
    var order = Array(items.indices)
    random.shuffle(&order)
    let count = items.count * percent / 100
    for (number, index) in order.enumerated() {
      let last = min(items[index].due, lastDay)
      let span = Int(last.number - items[index].raised.number)
      let isClosed = number < count && span >= 0
      items[index].closed =
        isClosed
        ? items[index].raised.adding(days: random.number(in: span / 2...max(span, 0))) : nil
      let isPostponed = !isClosed && random.chance(percent: target.postponedPercent)
      if isPostponed {
        items[index].postponedOn = min(items[index].due.adding(days: -3), lastDay)
        items[index].postponedTo = items[index].due.adding(days: 30)
      }
    }
  }

  private mutating func recheck(_ items: inout [Item]) {
    guard let percent = target.recheckedPercent else { return }
    for index in items.indices {
      let day = items[index].closed?.adding(days: random.number(in: 7...30))
      let isChecked = random.chance(percent: percent) && day.map { $0 <= lastDay } ?? false
      items[index].rechecked = isChecked ? day : nil
      items[index].isReopened = isChecked && random.chance(percent: target.reopenedPercent)
    }
  }

  private func item(_ named: NamedItem) throws(GenerateError) -> Item {
    Item(
      level: .hospital, department: try roster.department(named: named.department), person: nil,
      category: named.category, source: named.source, raised: named.raised,
      measure: named.measure, owner: named.owner, due: named.due, closed: named.closed,
      rechecked: named.rechecked, isReopened: named.isReopened, title: named.title, aspect: "",
      origin: "", leader: named.leader, acceptance: named.acceptance,
      postponedTo: named.postponedTo, postponedOn: named.postponedOn)
  }
}

extension Roster {
  /// - Throws: `GenerateError.impossible` where no department has the name.
  func department(named name: String) throws(GenerateError) -> Int {
    guard let index = departments.firstIndex(where: { $0.name == name }) else {
      throw .impossible("there is no department named '\(name)'")
    }
    return index
  }
}
