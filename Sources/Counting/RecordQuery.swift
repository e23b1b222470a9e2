internal import Checking
public import Records

/// Some of a source's records: those of a span of days, perhaps of a group of people, perhaps with
/// values in columns.
public struct RecordQuery: Sendable {
  public var source: String
  public var first: Day
  /// The last day that counts and is known.
  public var end: Day
  public var group: PeopleGroup?
  public var conditions: [Target.Condition]

  public init(
    source: String, first: Day, end: Day, group: PeopleGroup? = nil,
    conditions: [Target.Condition] = []
  ) {
    self.source = source
    self.first = first
    self.end = end
    self.group = group
    self.conditions = conditions
  }
}

/// What one person did.
public struct PersonSum: Sendable {
  /// Index into the staff list.
  public let person: Int
  public let department: Int
  /// Participations, or items that name the person.
  public var count: Int64 = 0
  /// Millionths of hours.
  public var hours: Int64 = 0
}

extension RecordStore {
  /// What the records that a query means add up to, by member.
  ///
  /// - Parameters:
  ///   - member: for each department the member that it belongs to; -1 for none.
  ///   - count: the number of members.
  /// - Returns: for each member its sums and its head count on the query's last day, of the group where
  ///   one is meant; nil where the source's rows are not kept.
  /// - Complexity: O(rows of the source).
  public func activityUnits(
    _ query: RecordQuery, by member: [Int], count: Int
  ) -> [(unit: ActivityUnit, headcount: Int64)]? {
    guard let kept = activities[query.source] else { return nil }
    var units = [ActivityUnit](repeating: ActivityUnit(), count: count)
    let events = matchingEvents(kept, query)
    for (number, event) in kept.events.all.enumerated() where events[number] {
      let at = member[Int(event.department)]
      guard at >= 0 else { continue }
      units[at].events += 1
      if query.group == nil, kept.listed[number] == 0, event.participants > 0 {
        units[at].participations += Int64(event.participants)
      }
    }
    let counts = groupMarks(query.group)
    var people = PeopleOnce(staff, end: query.end.number, member: member)
    for row in kept.attendance where events[Int(row.event)] && counts[Int(row.person)] {
      let day = kept.events.all[Int(row.event)].day
      let at = member[Int(staff.department(of: Int(row.person), on: day))]
      if at >= 0 {
        units[at].participations += 1
        units[at].hours += row.hours
      }
      people.add(Int(row.person), at, to: &units)
    }
    let heads = headcounts(query, by: member, count: count)
    return zip(units, heads).map { (unit: $0, headcount: $1) }
  }

  /// The same for the items of a ledger; of a group those that name one of its people.
  public func ledgerUnits(
    _ query: RecordQuery, by member: [Int], count: Int
  ) -> [LedgerUnit]? {
    guard let register = registers[query.source] else { return nil }
    var units = [LedgerUnit](repeating: LedgerUnit(), count: count)
    let counts = groupMarks(query.group)
    let matches = LedgerMatch(query.conditions, register)
    var people: Set<[Int32]> = []
    let span = query.first.number...max(query.first.number, query.end.number)
    for entry in register.entries where matches(entry) {
      let item = entry.item
      let at = member[Int(item.department)]
      guard at >= 0, query.group == nil || item.person >= 0 && counts[Int(item.person)] else {
        continue
      }
      if span.contains(item.closed) { units[at].closed += 1 }
      guard span.contains(item.raised), query.first <= query.end else { continue }
      units[at].raised += 1
      if item.hasMeasure { units[at].withMeasure += 1 }
      if item.closed <= query.end.number { units[at].closedOfRaised += 1 }
      if item.person >= 0, people.insert([Int32(at), item.person]).inserted {
        units[at].people += 1
      }
    }
    return units
  }

  /// Everybody of the group who is employed on the query's last day, with what they did, in the order of
  /// the staff list; nil where the source's rows are not kept.
  ///
  /// - Parameter closed: of a ledger the items closed in the span count, not those raised.
  public func persons(_ query: RecordQuery, closed: Bool = false) -> [PersonSum]? {
    let counts = groupMarks(query.group)
    var sums = staff.people.enumerated().map {
      PersonSum(
        person: $0,
        department: Int(
          $1.hasMoved ? staff.department(of: $0, on: query.end.number) : $1.department))
    }
    if let kept = activities[query.source] {
      let events = matchingEvents(kept, query)
      for row in kept.attendance where events[Int(row.event)] {
        sums[Int(row.person)].count += 1
        sums[Int(row.person)].hours += row.hours
      }
    } else if let register = registers[query.source] {
      let matches = LedgerMatch(query.conditions, register)
      for entry in register.entries where matches(entry) && entry.item.person >= 0 {
        let day = closed ? entry.item.closed : entry.item.raised
        let counts = query.first.number <= day && day <= query.end.number
        if counts { sums[Int(entry.item.person)].count += 1 }
      }
    } else {
      return nil
    }
    return sums.filter {
      counts[$0.person] && staff.people[$0.person].isEmployed(on: query.end.number)
    }
  }

  /// The id and the name of a person; the id is empty where ids are not kept.
  public func identity(_ person: Int) -> (id: String, name: String) {
    let ids = staff.kept.ids
    return (ids.indices.contains(person) ? ids[person] : "", staff.name(person))
  }

  /// The heads of departments: who, of which department, and their role as written.
  public var heads: [(person: Int, department: Int, role: String)] {
    zip(staff.kept.heads, staff.kept.headRoles).map {
      (Int($0), Int(staff.people[Int($0)].department), $1)
    }
  }

  /// Whether a person is employed on a day.
  public func isEmployed(_ person: Int, on day: Day) -> Bool {
    staff.people[person].isEmployed(on: day.number)
  }

  /// The number of people whom a query is about.
  public func headcount(_ query: RecordQuery) -> Int64 {
    headcounts(query, by: [Int](repeating: 0, count: departmentCount), count: 1)[0]
  }

  private func matchingEvents(_ kept: KeptActivity, _ query: RecordQuery) -> [Bool] {
    let wanted = query.conditions.map { condition in
      let column = kept.events.label(condition.column)
      return (code: column?.code ?? \.form, codes: condition.codes(in: column?.texts))
    }
    return kept.events.all.map { event in
      query.first.number <= event.day && event.day <= query.end.number
        && wanted.allSatisfy { $0.codes.contains(event[keyPath: $0.code]) }
    }
  }

  /// For each person whether they belong to a group; everybody belongs where none is meant.
  func groupMarks(_ group: PeopleGroup?) -> [Bool] {
    guard let group else { return [Bool](repeating: true, count: staff.count) }
    let isMember = staff.kept.groupTexts.map(group.values.contains)
    return (0..<staff.count).map { person in
      guard staff.kept.groups.indices.contains(person) else { return false }
      let code = Int(staff.kept.groups[person])
      return code >= 0 && isMember[code]
    }
  }

  private func headcounts(_ query: RecordQuery, by member: [Int], count: Int) -> [Int64] {
    let counts = groupMarks(query.group)
    var heads = [Int64](repeating: 0, count: count)
    for (number, person) in staff.people.enumerated()
    where counts[number] && person.isEmployed(on: query.end.number) {
      let at = member[Int(staff.department(of: number, on: query.end.number))]
      if at >= 0 { heads[at] += 1 }
    }
    return heads
  }
}

/// Counts people once for each member that they took part for, and as covered for the member that they
/// belong to on the last day.
private struct PeopleOnce {
  private let staff: Staff
  private let end: Int32
  private let member: [Int]
  private var seen: [Bool]
  /// The same of those who have moved, by person and member.
  private var seenThere: Set<[Int]> = []

  init(_ staff: Staff, end: Int32, member: [Int]) {
    self.staff = staff
    self.end = end
    self.member = member
    seen = [Bool](repeating: false, count: staff.count)
  }

  mutating func add(_ person: Int, _ at: Int, to units: inout [ActivityUnit]) {
    let isFirst = !seen[person]
    seen[person] = true
    let hasMoved = staff.people[person].hasMoved
    if at >= 0, hasMoved ? seenThere.insert([person, at]).inserted : isFirst {
      units[at].people += 1
    }
    guard isFirst, staff.people[person].isEmployed(on: end) else { return }
    let last = hasMoved ? member[Int(staff.department(of: person, on: end))] : at
    if last >= 0 { units[last].covered += 1 }
  }
}

extension Target.Condition {
  /// The codes that a column has given to the spellings.
  func codes(in texts: [String]?) -> [Int16] {
    spellings.compactMap { texts?.firstIndex(of: $0) }.map { Int16(truncatingIfNeeded: $0) }
  }
}

extension Events {
  /// A column of labels by its canonical heading; its texts are nil where the file lacks it.
  func label(_ column: String) -> (texts: [String]?, code: KeyPath<Event, Int16>)? {
    switch column {
    case "form": (forms, \.form)
    case "kind": (kinds, \.kind)
    case "shift": (shifts, \.shift)
    default: nil
    }
  }
}

/// Whether an entry has the values that conditions ask for.
struct LedgerMatch {
  private let wanted: [(column: String, codes: [Int16])]
  private let origins: [LedgerEntry.Origin]

  init(_ conditions: [Target.Condition], _ register: LedgerRegister) {
    wanted = conditions.filter { $0.column != "origin" }.map { condition in
      let texts: [String]? =
        switch condition.column {
        case "level": register.levels
        case "category": register.categories
        case "source": register.sources
        case "aspect": register.aspects
        default: nil
        }
      return (condition.column, condition.codes(in: texts))
    }
    origins = conditions.filter { $0.column == "origin" }.map {
      $0.spellings.contains("old") ? .old : .new
    }
  }

  func callAsFunction(_ entry: LedgerEntry) -> Bool {
    wanted.allSatisfy { $0.codes.contains(code(of: entry, $0.column)) }
      && origins.allSatisfy { $0 == entry.origin }
  }

  private func code(of entry: LedgerEntry, _ column: String) -> Int16 {
    switch column {
    case "level": entry.item.level
    case "category": entry.item.category
    case "source": entry.item.source
    default: entry.aspect
    }
  }
}
