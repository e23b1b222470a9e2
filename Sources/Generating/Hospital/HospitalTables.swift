import Records

extension HospitalData {
  /// The input files, in the order of the contract.
  func tables(of sources: [Source], chinese: [String], seed: UInt64) -> [Table] {
    var tables = [departmentTable(chinese), staffTable(chinese)]
    for source in sources {
      var rows = RowWriter(
        roster: roster, source: source, chinese: chinese,
        random: RandomSource(seed: seed, stream: "rows/\(source.name)"))
      if let events = activities[source.name] { tables += rows.tables(of: events) }
      if let items = ledgers[source.name] { tables.append(rows.table(of: items)) }
    }
    return tables
  }

  private func departmentTable(_ chinese: [String]) -> Table {
    var table = Table(
      .departments, roles: [.id, .name, .aliases, .category, .branch, .pairedWith],
      isChinese: chinese.contains("departments"))
    for department in roster.departments {
      table.add([
        .id: department.id, .name: department.name,
        .aliases: department.aliases.joined(separator: ";"), .category: department.category,
        .branch: department.branch, .pairedWith: department.pairedWith,
      ])
    }
    return table
  }

  private func staffTable(_ chinese: [String]) -> Table {
    var table = Table(
      .staff,
      roles: [
        .id, .name, .department, .role, .employment, .group, .partyMember, .volunteer, .joinedOn,
        .leftOn,
      ], isChinese: chinese.contains("staff"))
    let yes = table.isChinese ? "是" : "1"
    let trainee = table.isChinese ? "规培" : "trainee"
    for person in roster.staff {
      table.add([
        .id: person.id, .name: person.name, .department: roster.departments[person.department].id,
        .role: person.role, .employment: person.isTrainee ? trainee : "", .group: person.group,
        .partyMember: person.isPartyMember ? yes : "", .volunteer: person.isVolunteer ? yes : "",
        .joinedOn: person.joined?.description ?? "", .leftOn: person.left?.description ?? "",
      ])
    }
    return table
  }
}

/// Turns the records of one source into rows.
struct RowWriter {
  private let roster: Roster
  private let source: Source
  private let chinese: [String]
  private var random: RandomSource

  init(roster: Roster, source: Source, chinese: [String], random: RandomSource) {
    self.roster = roster
    self.source = source
    self.chinese = chinese
    self.random = random
  }

  /// The table of the events and that of the participations.
  mutating func tables(of events: [Event]) -> [Table] {
    guard let participation = source.participation else { return [] }
    var records = Table(
      source.records,
      roles: [
        .id, .date, .department, .subject, .kind, .form, .place, .hours, .participants,
      ].filter { $0 != .kind || hasScores }, isChinese: chinese.contains(source.records.file))
    var people = Table(
      participation,
      roles: hasScores ? [.event, .person, .score, .passed] : [.event, .person, .hours],
      isChinese: chinese.contains(participation.file))
    for event in events {
      records.add(cells(of: event, isChinese: records.isChinese))
      for person in event.people {
        people.add(cells(of: person, at: event, isChinese: people.isChinese))
      }
    }
    return [records, people]
  }

  /// Tests and competitions, which have a kind and no place, have results; every activity may have, but
  /// these do.
  private var hasScores: Bool {
    source.records.field(.kind) != nil && source.records.field(.place) == nil
  }

  private mutating func cells(of event: Event, isChinese: Bool) -> [Role: String] {
    let isTest = random.chance(percent: 70)
    let kind = isChinese ? (isTest ? "测试" : "比武") : isTest ? "test" : "competition"
    return [
      .id: event.id, .date: event.date.description,
      .department: department(event.department, isChinese: isChinese), .subject: event.subject,
      .form: event.form, .kind: kind, .place: place(event.form),
      .hours: halves(event.halfHours), .participants: event.headCount.map { "\($0)" } ?? "",
    ]
  }

  private mutating func place(_ form: String) -> String {
    switch form {
    case "院内服务": "门诊大厅"
    case "名医下基层": random.pick(Wording.clinics)
    default: random.pick(Wording.places)
    }
  }

  private mutating func cells(of person: Int, at event: Event, isChinese: Bool) -> [Role: String] {
    var cells: [Role: String] = [
      .event: event.id, .person: self.person(person, isChinese: isChinese),
    ]
    if hasScores { return cells.merging(result()) { $1 } }
    // Half of the rows leave the hours to the event; a few people left early.
    switch random.below(20) {
    case ..<10: break
    case ..<18: cells[.hours] = halves(event.halfHours)
    default: cells[.hours] = halves(max(1, event.halfHours - 1))
    }
    return cells
  }

  /// A score from 40 to 100 in half points, and whether it was a pass; a few are not stated.
  private mutating func result() -> [Role: String] {
    let doubled = 200 - random.below(61) - (random.chance(percent: 25) ? random.below(61) : 0)
    switch random.below(50) {
    case 0: return [:]
    case 1: return [.passed: doubled >= 120 ? "1" : "0"]
    default: return [.score: halves(doubled), .passed: doubled >= 120 ? "1" : "0"]
    }
  }

  mutating func table(of items: [Item]) -> Table {
    var table = Table(
      source.records,
      roles: [
        .id, .level, .department, .person, .category, .source, .raisedOn, .measure, .owner, .dueOn,
        .closedOn, .recheckedOn, .recheckResult,
      ] + furtherRoles(items), isChinese: chinese.contains(source.records.file))
    for item in items { table.add(cells(of: item, isChinese: table.isChinese)) }
    return table
  }

  /// The columns that only some ledgers have: those that any item fills.
  private func furtherRoles(_ items: [Item]) -> [Role] {
    let all: [(Role, (Item) -> Bool)] = [
      (.subject, { !$0.title.isEmpty }), (.aspect, { !$0.aspect.isEmpty }),
      (.origin, { !$0.origin.isEmpty }), (.postponedTo, { $0.postponedTo != nil }),
      (.postponedOn, { $0.postponedOn != nil }), (.leader, { !$0.leader.isEmpty }),
      (.acceptance, { !$0.acceptance.isEmpty }),
    ]
    return all.filter { items.contains(where: $0.1) }.map(\.0)
  }

  private mutating func cells(of item: Item, isChinese: Bool) -> [Role: String] {
    let levels = ["hospital": "院级", "department": "科级", "individual": "个人"]
    let level = item.level.rawValue
    let results =
      isChinese ? (passed: "合格", reopened: "反弹") : (passed: "passed", reopened: "reopened")
    let result = item.isReopened ? results.reopened : results.passed
    return [
      .id: item.id, .level: isChinese ? levels[level] ?? level : level,
      .department: department(item.department, isChinese: isChinese),
      .person: item.person.map { person($0, isChinese: isChinese) } ?? "",
      .category: item.category, .source: item.source, .raisedOn: item.raised.description,
      .measure: item.measure, .owner: item.owner, .dueOn: item.due.description,
      .closedOn: item.closed?.description ?? "",
      .recheckedOn: item.rechecked?.description ?? "",
      .recheckResult: item.rechecked == nil ? "" : result, .subject: item.title,
      .aspect: item.aspect, .origin: item.origin,
      .postponedTo: item.postponedTo?.description ?? "",
      .postponedOn: item.postponedOn?.description ?? "", .leader: item.leader,
      .acceptance: item.acceptance,
    ]
  }

  /// Departments that write Chinese write names and short names, too.
  private mutating func department(_ index: Int, isChinese: Bool) -> String {
    let department = roster.departments[index]
    guard isChinese else { return department.id }
    switch random.below(10) {
    case ..<6: return department.name
    case ..<8: return department.aliases.first ?? department.name
    default: return department.id
    }
  }

  /// A name stands for a person only where nobody else bears it.
  private mutating func person(_ index: Int, isChinese: Bool) -> String {
    let person = roster.staff[index]
    let isNamed = isChinese && roster.uniqueNames.contains(person.name)
    return isNamed && random.chance(percent: 40) ? person.name : person.id
  }

  /// A number of halves, written as a decimal.
  private func halves(_ count: Int) -> String { "\(count / 2)" + (count % 2 == 0 ? "" : ".5") }
}
