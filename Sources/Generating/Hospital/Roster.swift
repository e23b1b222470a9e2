import Records

/// The departments and the staff, and who works where on which day.
struct Roster: Sendable {
  let departments: [Department]
  let staff: [Person]
  /// The staff of each department, as indices.
  let members: [[Int]]
  /// Names that only one person bears, so that they can stand for the person.
  let uniqueNames: Set<String>

  struct Department: Sendable {
    let id: String
    let name: String
    let aliases: [String]
    let category: String
    let branch: String
    let pairedWith: String
    let quiet: [Period]
    /// How often it is the one that holds something.
    let eagerness: Int
  }

  struct Person: Sendable {
    var id = ""
    var name: String
    var department: Int
    var role: String
    var isTrainee: Bool
    var isHead: Bool
    var group: String
    var isPartyMember = false
    var isVolunteer = false
    var joined: Day?
    var left: Day?
    /// From 1 to 8: how readily the person takes part.
    var eagerness: Int

    func works(on day: Day) -> Bool { joined ?? .earliest <= day && day <= left ?? .latest }

    /// The number of days of the period on which the person is employed.
    func days(in period: Period) -> Int {
      let from = max(joined ?? .earliest, period.first)
      let through = min(left ?? .latest, period.last)
      return max(0, Int(through.number - from.number) + 1)
    }
  }

  init(departments: [Department], staff: [Person]) {
    self.departments = departments
    self.staff = staff
    var members = [[Int]](repeating: [], count: departments.count)
    var bearers: [String: Int] = [:]
    for (index, person) in staff.enumerated() {
      members[person.department].append(index)
      bearers[person.name, default: 0] += 1
    }
    self.members = members
    self.uniqueNames = Set(bearers.filter { $0.value == 1 }.keys)
  }

  /// Those of some groups who are employed on the last day, or so many of them.
  func pool(
    _ period: Period, groups: [String], people: Int?, random: inout RandomSource
  ) throws(GenerateError) -> [Int] {
    var all = staff.indices.filter {
      groups.contains(staff[$0].group) && staff[$0].works(on: period.last)
    }
    guard let people, people != all.count else { return all }
    guard people <= all.count else {
      throw .impossible("\(period): \(people) people are wanted of \(all.count) of the groups")
    }
    random.shuffle(&all)
    return all.prefix(people).sorted()
  }

  /// Those who may take part in a half: all who are employed on its last day where exactly so many
  /// are wanted, else a draw from all who were employed in it.
  func pool(_ period: Period, people: Int?, random: inout RandomSource) throws(GenerateError)
    -> [Int]
  {
    let employed = staff.indices.filter { staff[$0].works(on: period.last) }
    guard let people else { return staff.indices.filter { staff[$0].days(in: period) > 0 } }
    if people == employed.count { return employed }
    // Who was there for a few days only may have had nothing to take part in.
    let enough = min(30, (period.length + 1) / 2)
    var all = staff.indices.filter { staff[$0].days(in: period) >= enough }
    guard people <= all.count else {
      throw .impossible(
        "\(period): \(people) people are wanted, but only \(all.count) were there long enough")
    }
    random.shuffle(&all)
    return all.prefix(people).sorted()
  }
}
