/// Departments and staff, with the texts by which other files may name them.
struct RandomOrganisation {
  private(set) var departments = MessyTable(base: "departments", rows: [])
  private(set) var staff = MessyTable(base: "staff", rows: [])
  /// Where people worked from when until when; nil in a hospital that does not say.
  private(set) var assignments: MessyTable?
  /// For each row the id, then the names and aliases; the rows need not be sound.
  private(set) var departmentNames: [[String]] = []
  private(set) var personNames: [[String]] = []

  init(_ mess: inout Mess) {
    makeDepartments(&mess)
    makeStaff(&mess)
    if mess.random.chance(40) { closeDepartments(&mess) }
    if mess.random.chance(40) { makeAssignments(&mess) }
  }

  /// Gives some departments days and successors, good and bad ones.
  private mutating func closeDepartments(_ mess: inout Mess) {
    for number in departments.rows.indices where mess.random.chance(50) {
      let opened = mess.day()
      let closed = mess.random.chance(75) ? mess.days.after(opened, &mess.random) : mess.day()
      departments.rows[number]["opened_on"] =
        mess.random.chance(60) ? "" : mess.text(of: opened)
      guard mess.random.chance(70) else { continue }
      departments.rows[number]["closed_on"] = mess.random.chance(8) ? "" : mess.text(of: closed)
      let count = mess.random.pick([0, 1, 1, 1, 2])
      departments.rows[number]["successor"] = (0..<count).map { _ in
        mess.reference(to: departmentNames)
      }.joined(separator: ";")
    }
    departments.optional += ["opened_on", "closed_on", "successor"]
  }

  private mutating func makeAssignments(_ mess: inout Mess) {
    var rows: [[String: String]] = []
    for _ in 0..<mess.random.pick([0, 5, 20, 60]) {
      let first = mess.day()
      rows.append([
        "staff_id": mess.reference(to: personNames),
        "department_id": mess.reference(to: departmentNames),
        "from": mess.text(of: first),
        "to": mess.random.chance(40)
          ? ""
          : mess.text(
            of: mess.random.chance(95) ? mess.days.after(first, &mess.random) : mess.day()),
      ])
    }
    assignments = MessyTable(
      base: "staff_assignments", rows: mess.random.shuffled(rows), optional: ["to"])
  }

  private static let ids: [@Sendable (Int) -> String] = [
    { "D\($0)" }, { "\($0)" }, { $0 % 2 == 0 ? "0\($0)" : "\($0 + 1)" },
    { "科-\($0 * 7)" }, { "a b/\($0)" }, { ($0 % 2 == 0 ? "k" : "K") + "\($0 / 2)" },
    { "D00000000000000000000\($0)" },
  ]

  private mutating func makeDepartments(_ mess: inout Mess) {
    let names = [
      "心内科", "骨科", "药剂科", "检验科", "院办", "护理部", "𠮷田门诊", "急诊,抢救", "“医务”科", "Radiology",
      "Café \"Nord\"", "康复科", "儿科",
    ]
    let id = mess.random.pick(RandomOrganisation.ids)
    for index in 0..<mess.random.number(in: 2...12) {
      let name = mess.random.chance(4) ? names[0] : names[index]
      let aliases =
        mess.random.chance(6)
        ? ["共用"] : mess.random.pick([[], ["简\(index)"], ["别名\(index)", "Dept \(index)"]])
      departments.rows.append([
        "id": mess.spoiled(id(index), with: [""]), "name": mess.spoiled(name, with: [""]),
        "aliases": aliases.joined(separator: ";"),
        "category": mess.random.pick(["临床", "医技", "职能", "", "nursing, day"]),
        "branch": mess.random.pick(["第一支部", "第二支部", "\"三\"支部", ""]),
      ])
      departmentNames.append([id(index), name] + aliases)
    }
    departments.rows = mess.repeated(departments.rows, key: ["id"])
    departments.optional = ["aliases", "category", "branch", "paired_with"]
  }

  private mutating func makeStaff(_ mess: inout Mess) {
    let surnames = ["王", "李", "张", "𠮷", "Ødegård ", "O'Neil ", "欧阳"]
    let given = ["伟", "芳", "娜", "敏", "静", "Ann", "🙂"]
    let id = mess.random.pick(RandomOrganisation.ids)
    for index in 0..<mess.random.pick([0, 1, 5, 12, 25, 40, 49, 60]) {
      let name = mess.random.pick(surnames) + mess.random.pick(given)
      // A name that is somebody else's id makes both ambiguous.
      let unique =
        mess.random.chance(3)
        ? id(index + 99) : mess.random.chance(85) ? "\(name)\(index)" : name
      let joined = mess.day()
      let left = mess.days.after(joined, &mess.random)
      staff.rows.append([
        "id": mess.spoiled(id(index + 100), with: [""]),
        "name": mess.random.chance(5) ? "" : unique,
        "department_id": mess.reference(to: departmentNames),
        "role": mess.random.pick(["", "护士", "doctor"]),
        "employment": mess.random.pick([
          "", "employee", "employee", "职工", "在编", "trainee", "规培", "实习", "进修", "返聘",
        ]),
        "group": mess.random.pick(["", "干部"]), "party_member": mess.flag(empty: 40),
        "volunteer": mess.flag(empty: 20),
        "joined_on": mess.random.chance(50) ? "" : mess.text(of: joined),
        "left_on": mess.random.chance(70) ? "" : mess.text(of: left),
      ])
      personNames.append([id(index + 100), unique])
    }
    staff.rows = mess.repeated(staff.rows, key: ["id"])
    staff.optional = [
      "name", "role", "employment", "group", "party_member", "volunteer", "joined_on", "left_on",
    ]
  }
}
