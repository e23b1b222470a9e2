internal import Checking
internal import Records

extension LedgerAccount {
  /// Goes through a ledger's rows once for each thing that is asked.
  ///
  /// - Complexity: O(rows × months).
  init(
    _ source: String, _ register: LedgerRegister, _ rules: LedgerRules, _ vocabulary: Vocabulary?,
    departments count: Int, timeline: Timeline
  ) {
    let window = timeline.windows[0]
    let view = LedgerView(
      register: register, lives: register.entries.map(ItemLife.init),
      first: window.period.first.number, end: window.end.number, rules: rules,
      departmentCount: count)
    self.source = source
    total = view.balance(window.period, known: window.end)
    months = (timeline.periodCount..<timeline.reportedCount).map { timeline.windows[$0].period }
      .filter { $0.first <= window.end }.map { view.balance($0, known: window.end) }
    open = view.openItems
    (closedAfter, openSince) = view.durations
    recurrences = view.recurrences
    origins = view.origins
    rechecks = view.rechecks
    people = view.recheckedPeople
    breakdowns = view.breakdowns(vocabulary)
    movements = view.movements
    items = view.listedItems
  }
}

/// A ledger's rows looked at over a span of days.
struct LedgerView {
  let register: LedgerRegister
  let lives: [ItemLife]
  /// The first day of the period and the last that is known.
  let first: Int32
  let end: Int32
  let rules: LedgerRules
  let departmentCount: Int

  private func isIn(_ day: Int32) -> Bool { first <= day && day <= end }

  func balance(_ span: Period, known: Day) -> LedgerAccount.Balance {
    let (first, end) = (span.first.number, min(span.last, known).number)
    var balance = LedgerAccount.Balance(span: span)
    for life in lives {
      if life.isOpen(on: first - 1) { balance.openAtStart += 1 }
      if life.isOpen(on: end) { balance.openAtEnd += 1 }
      let item = life.entry.item
      if first <= item.raised, item.raised <= end { balance.raised += 1 }
      if first <= item.closed, item.closed <= end { balance.closed += 1 }
      if first <= life.reopened, life.reopened <= end { balance.reopened += 1 }
    }
    return balance
  }

  var openItems: [LedgerAccount.OpenItems] {
    let empty = LedgerAccount.OpenItems(bands: rules.ageBands.count + 1)
    var open = [LedgerAccount.OpenItems](repeating: empty, count: departmentCount)
    for life in lives where life.isOpen(on: end) {
      let at = Int(life.entry.item.department)
      let age = life.age(on: end)
      open[at].count += 1
      open[at].notices[life.notice(on: end, soon: rules.dueSoonDays).rawValue] += 1
      open[at].ages[rules.ageBands.count { $0 < age }] += 1
      open[at].oldest = max(open[at].oldest ?? 0, age)
      if life.due(on: end) == LedgerItem.noDay { open[at].withoutDeadline += 1 }
      if life.postponed <= end { open[at].postponed += 1 }
      if life.reopened <= end { open[at].reopened += 1 }
      if life.entry.isIndividual { open[at].individual += 1 }
    }
    return open
  }

  var durations: (closed: [Int: Int], open: [Int: Int]) {
    var closed: [Int: Int] = [:]
    var open: [Int: Int] = [:]
    for life in lives where isIn(life.entry.item.raised) {
      if life.isOpen(on: end) {
        open[life.age(on: end), default: 0] += 1
      } else {
        closed[life.age(on: life.entry.item.closed), default: 0] += 1
      }
    }
    return (closed, open)
  }

  /// What makes two items the same problem: the department and the category, and for what concerns
  /// somebody that it is the same person.
  private struct Problem: Hashable {
    let department: Int32
    let category: Int16
    let person: Int32
  }

  var recurrences: [Int] {
    var closings: [Problem: [Int32]] = [:]
    for life in lives where life.entry.item.closed <= end {
      closings[problem(life), default: []].append(life.entry.item.closed)
    }
    for problem in closings.keys { closings[problem]?.sort() }
    var counts = [Int](repeating: 0, count: departmentCount)
    for life in lives where isIn(life.entry.item.raised) {
      let raised = life.entry.item.raised
      let earlier = closings[problem(life)] ?? []
      // The last closing by that day that is not the item's own.
      var at = earlier.partitioningIndex { $0 > raised } - 1
      if at >= 0, earlier[at] == raised, life.entry.item.closed == raised { at -= 1 }
      if at >= 0, Int(raised) - Int(earlier[at]) <= rules.recurrenceDays {
        counts[Int(life.entry.item.department)] += 1
      }
    }
    return counts
  }

  private func problem(_ life: ItemLife) -> Problem {
    let item = life.entry.item
    return Problem(department: item.department, category: item.category, person: item.person)
  }

  private func add(_ life: ItemLife, to flow: inout LedgerAccount.Flow) {
    let item = life.entry.item
    if life.isOpen(on: first - 1) { flow.openAtStart += 1 }
    if isIn(item.raised) { flow.raised += 1 }
    if isIn(item.closed) { flow.closed += 1 }
    guard life.isOpen(on: end) else { return }
    flow.openAtEnd += 1
    if life.notice(on: end, soon: 0) == .overdue { flow.overdue += 1 }
  }

  var origins: [(origin: LedgerAccount.Origin, flow: LedgerAccount.Flow)] {
    guard lives.contains(where: { $0.entry.origin != .unstated }) else { return [] }
    let all: [(LedgerAccount.Origin, LedgerEntry.Origin)] = [
      (.old, .old), (.new, .new), (.unstated, .unstated),
    ]
    return all.compactMap { origin, wanted in
      var flow = LedgerAccount.Flow()
      let own = lives.filter { $0.entry.origin == wanted }
      for life in own { add(life, to: &flow) }
      return own.isEmpty ? nil : (origin, flow)
    }
  }

  var rechecks: [LedgerAccount.Recheck] {
    var checks = [LedgerAccount.Recheck](
      repeating: LedgerAccount.Recheck(), count: departmentCount)
    for life in lives {
      let item = life.entry.item
      let at = Int(item.department)
      if isIn(item.rechecked) {
        checks[at].checked += 1
        if item.isReopened { checks[at].reopened += 1 } else { checks[at].passed += 1 }
        if isIn(life.reopened), life.isOpen(on: end) { checks[at].stillOpen += 1 }
      }
      if isIn(item.closed), item.rechecked > end { checks[at].waiting += 1 }
    }
    return checks
  }

  var recheckedPeople: (all: Set<Int32>, rechecked: Set<Int32>) {
    var all: Set<Int32> = []
    var rechecked: Set<Int32> = []
    for life in lives where life.entry.item.raised <= end && life.entry.item.person >= 0 {
      all.insert(life.entry.item.person)
      if life.entry.item.rechecked <= end { rechecked.insert(life.entry.item.person) }
    }
    return (all, rechecked)
  }

  /// The columns whose values the settings list; a column that the file lacks has none.
  func breakdowns(
    _ vocabulary: Vocabulary?
  ) -> [(column: String, values: [(value: Bilingual, flow: LedgerAccount.Flow)])] {
    let columns: [(String, [String]?, (LedgerEntry) -> Int16)] = [
      ("category", register.categories, { $0.item.category }),
      ("source", register.sources, { $0.item.source }), ("aspect", register.aspects, { $0.aspect }),
    ]
    return columns.compactMap { name, texts, code in
      guard let texts, let listed = vocabulary?.values[name] else { return nil }
      return (name, values(listed, texts, code))
    }
  }

  private func values(
    _ listed: [Bilingual], _ texts: [String], _ code: (LedgerEntry) -> Int16
  ) -> [(value: Bilingual, flow: LedgerAccount.Flow)] {
    var flows = [LedgerAccount.Flow](repeating: LedgerAccount.Flow(), count: texts.count + 1)
    for life in lives {
      let at = Int(code(life.entry))
      add(life, to: &flows[at < 0 ? texts.count : at])
    }
    var used = Set<Int>()
    var values = listed.map { value in
      var flow = LedgerAccount.Flow()
      for (at, text) in texts.enumerated() where text == value.chinese || text == value.english {
        flow = flows[at]
        used.insert(at)
      }
      return (value: value, flow: flow)
    }
    let others = texts.indices.filter { !used.contains($0) }
      .sorted { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
    values += others.map { (Bilingual(zh: texts[$0], en: texts[$0]), flows[$0]) }
    values.append((Bilingual(zh: "", en: ""), flows[texts.count]))
    return values.filter { value in
      listed.contains(value.value) || value.flow.openAtStart + value.flow.raised > 0
    }
  }

  var movements: [LedgerAccount.Movement] {
    var moved = [LedgerAccount.Movement](
      repeating: LedgerAccount.Movement(), count: departmentCount)
    for life in lives {
      let item = life.entry.item
      let at = Int(item.department)
      let wasOpen = life.isOpen(on: first - 1)
      let isOpen = life.isOpen(on: end)
      let wasOverdue = wasOpen && life.notice(on: first - 1, soon: 0) == .overdue
      let isOverdue = isOpen && life.notice(on: end, soon: 0) == .overdue
      if wasOpen { moved[at].openBefore += 1 }
      if isOpen { moved[at].openNow += 1 }
      if isIn(item.raised) { moved[at].raised += 1 }
      if isIn(item.closed) { moved[at].closed += 1 }
      if isIn(life.reopened) { moved[at].reopened += 1 }
      if isIn(life.postponed), isOpen { moved[at].postponed += 1 }
      if isOverdue { moved[at].overdue += 1 }
      if isOverdue, !wasOverdue { moved[at].newlyOverdue += 1 }
    }
    return moved
  }

  var listedItems: [LedgerAccount.ListedItem] {
    zip(lives, register.texts).compactMap { life, texts in
      let item = life.entry.item
      guard let texts, item.raised <= end else { return nil }
      let isClosed = !life.isOpen(on: end)
      // What was closed before the period has had its place in an earlier report.
      guard !isClosed || item.closed >= first else { return nil }
      let notice = life.notice(on: end, soon: rules.dueSoonDays)
      let due = life.due(on: end)
      let category = Int(item.category)
      return LedgerAccount.ListedItem(
        department: Int(item.department), id: texts.id, title: texts.title, owner: texts.owner,
        leader: texts.leader, measure: texts.measure, acceptance: texts.acceptance,
        category: category < 0 ? "" : register.categories?[category] ?? "",
        raised: Day(number: item.raised), due: due == LedgerItem.noDay ? nil : Day(number: due),
        closed: isClosed ? Day(number: item.closed) : nil,
        state: isClosed ? .closed : life.reopened <= end ? .reopened(notice) : .open(notice),
        isPostponed: life.postponed <= end,
        hasMoved: [item.raised, item.closed, life.reopened, life.postponed].contains(where: isIn))
    }
  }
}

extension [Int32] {
  /// The first index whose element is as wanted, where all behind it are, too.
  fileprivate func partitioningIndex(_ isWanted: (Int32) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if isWanted(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
