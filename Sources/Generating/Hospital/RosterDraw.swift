import Records

/// Draws the departments and the staff of a hospital.
struct RosterDraw {
  private let specification: HospitalSpecification
  private let scale: Int
  private let span: Period
  private var random: RandomSource

  init(_ specification: HospitalSpecification, scale: Int, seed: UInt64) {
    self.specification = specification
    self.scale = scale
    random = RandomSource(seed: seed, stream: "roster")
    let first = specification.halves.map(\.period.first).min() ?? specification.lastDay
    span =
      Period(from: first, through: specification.lastDay)
      ?? Period(monthOf: specification.lastDay)
  }

  /// - Throws: `GenerateError.impossible` where too few people can be what is wanted.
  mutating func roster() throws(GenerateError) -> Roster {
    let departments = drawDepartments()
    var staff = try drawPresent(departments)
    try mark(&staff, \.isPartyMember, specification.staff.partyMembers * scale) { !$0.isTrainee }
    try mark(&staff, \.isVolunteer, specification.staff.volunteers * scale) { !$0.isTrainee }
    // Volunteers among the trainees count nowhere: the rate is one of employees.
    try mark(&staff, \.isVolunteer, specification.staff.trainees * scale / 4) { $0.isTrainee }
    drawJoining(&staff)
    staff += drawLeavers(departments, like: staff)
    random.shuffle(&staff)
    for index in staff.indices { staff[index].id = identifier("Z", index + 1, of: staff.count) }
    return Roster(departments: departments, staff: staff)
  }

  private mutating func drawDepartments() -> [Roster.Department] {
    let count = specification.departments.count * scale
    var ids: [String: String] = [:]
    for (index, target) in specification.departments.enumerated() {
      ids[target.name] = identifier("KS", index + 1, of: count)
    }
    return (0..<count).map { index in
      let target = specification.departments[index % specification.departments.count]
      let copy = index / specification.departments.count
      let suffix = copy == 0 ? "" : "（\(copy + 1)）"
      return Roster.Department(
        id: identifier("KS", index + 1, of: count), name: target.name + suffix,
        aliases: target.aliases.map { $0 + suffix }, category: target.category,
        branch: target.branch, pairedWith: ids[target.pairedWith] ?? "",
        quiet: target.quiet.compactMap { Period($0) },
        eagerness: target.category == "职能" ? 12 + random.below(40) : 2 + random.below(16))
    }
  }

  /// Those who are there on the last day; the first of each department is its head.
  private mutating func drawPresent(
    _ departments: [Roster.Department]
  ) throws(GenerateError) -> [Roster.Person] {
    let targets = specification.departments
    let weights = departments.indices.map { targets[$0 % targets.count].size }
    let headCount = specification.staff.headCount * scale
    let sizes = apportion(headCount, weights: weights)
    var staff: [Roster.Person] = []
    for (department, size) in sizes.enumerated() {
      let target = targets[department % targets.count]
      for number in 0..<size {
        var person = person(in: department, of: departments[department], isHead: number == 0)
        if !target.roles.isEmpty { person.role = target.roles[min(number, target.roles.count - 1)] }
        person.group = target.group ?? person.group
        staff.append(person)
      }
    }
    try train(&staff)
    return staff
  }

  /// Makes some of the clinical staff trainees, as many as there must be.
  private mutating func train(_ staff: inout [Roster.Person]) throws(GenerateError) {
    let clinical = Set(
      specification.departments.indices.filter {
        ["临床", "护理", "医技"].contains(specification.departments[$0].category)
      })
    let count = specification.departments.count
    try mark(&staff, \.isTrainee, specification.staff.trainees * scale) {
      !$0.isHead && clinical.contains($0.department % count)
    }
    for index in staff.indices where staff[index].isTrainee {
      staff[index].role = random.pick(["规培医师", "规培医师", "实习医师", "实习护士"])
      staff[index].group = "学员"
    }
  }

  private mutating func person(
    in index: Int, of department: Roster.Department, isHead: Bool
  ) -> Roster.Person {
    let words = Wording.roles[department.category] ?? (head: "主任", others: ["职员"])
    let role = isHead ? words.head : random.pick(words.others)
    let group = isHead ? "干部" : role.hasPrefix("副主任") || role.hasPrefix("主任") ? "专家" : "职工"
    return Roster.Person(
      name: Wording.personName(&random), department: index, role: role, isTrainee: false,
      isHead: isHead, group: group, eagerness: [1, 2, 3, 4, 5, 8][random.below(6)])
  }

  /// Sets a mark for exactly `count` of those who are eligible.
  private mutating func mark(
    _ staff: inout [Roster.Person], _ key: WritableKeyPath<Roster.Person, Bool>, _ count: Int,
    where isEligible: (Roster.Person) -> Bool
  ) throws(GenerateError) {
    var eligible = staff.indices.filter { isEligible(staff[$0]) && !staff[$0][keyPath: key] }
    guard count <= eligible.count else {
      throw .impossible(
        "of \(staff.count) people \(count) are wanted where \(eligible.count) can be")
    }
    random.shuffle(&eligible)
    for index in eligible.prefix(count) { staff[index][keyPath: key] = true }
  }

  /// Long before the span for most; within it for those who joined, but a month before its end, so
  /// that everybody had something to take part in. A few days are not known.
  private mutating func drawJoining(_ staff: inout [Roster.Person]) {
    var newcomers = staff.indices.filter { !staff[$0].isHead && !staff[$0].isTrainee }
    random.shuffle(&newcomers)
    let recent = Set(newcomers.prefix(specification.staff.joined * scale))
    for index in staff.indices {
      if recent.contains(index) {
        staff[index].joined = span.first.adding(days: random.below(max(1, span.length - 30)))
      } else if staff[index].isTrainee {
        staff[index].joined = autumn(yearsAgo: random.chance(percent: 60) ? 1 : 2)
      } else if !random.chance(percent: 1) {
        staff[index].joined = span.first.adding(days: -1 - random.below(9000))
      }
    }
    // One person's last day of work is the last day of all, on which it still counts.
    let leaver = newcomers.last.map { [$0] } ?? []
    for index in leaver { staff[index].left = specification.lastDay }
  }

  /// The first days of September, when trainees begin.
  private mutating func autumn(yearsAgo: Int) -> Day {
    let year = specification.lastDay.components.year - yearsAgo
    return (Day(year: year, month: 9, day: 1) ?? span.first).adding(days: random.below(5))
  }

  /// Those who left before the last day; they come on top.
  private mutating func drawLeavers(
    _ departments: [Roster.Department], like staff: [Roster.Person]
  ) -> [Roster.Person] {
    (0..<specification.staff.left * scale).map { _ in
      let model = staff[random.below(staff.count)].department
      var leaver = person(in: model, of: departments[model], isHead: false)
      leaver.isVolunteer = random.chance(percent: 80)
      leaver.joined = span.first.adding(days: -1 - random.below(9000))
      leaver.left = span.first.adding(days: random.below(max(1, span.length - 1)))
      return leaver
    }
  }
}

/// An id: a prefix and digits with zeros before them, so wide that all ids sort as numbers do.
func identifier(_ prefix: String, _ number: Int, of count: Int, width: Int = 4) -> String {
  let digits = String(number)
  let zeros = max(width, String(count).count) - digits.count
  return prefix + String(repeating: "0", count: max(0, zeros)) + digits
}
