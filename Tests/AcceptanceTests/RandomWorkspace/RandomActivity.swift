/// The events of one source and, mostly, the list of those who took part.
struct RandomActivity {
  private(set) var tables: [MessyTable] = []
  private let files: ActivityFiles
  private var ids: [[String]] = []

  init(_ files: ActivityFiles, _ organisation: RandomOrganisation, _ mess: inout Mess) {
    self.files = files
    makeEvents(organisation, &mess)
    if mess.random.chance(85) { makeList(organisation, &mess) }
  }

  private var subject: String {
    switch files.source {
    case "training", "studies": return "topic"
    case "drills": return "scenario"
    default: return "title"
    }
  }

  /// The optional columns that the contract gives to this source's events.
  private var optionalColumns: [String] {
    switch files.source {
    case "assessments": return [subject, "kind", "participants"]
    case "outreach", "volunteering": return [subject, "form", "place", "participants"]
    default: return [subject, "form", "hours", "participants"]
    }
  }

  private mutating func makeEvents(_ organisation: RandomOrganisation, _ mess: inout Mess) {
    var table = MessyTable(base: files.events, rows: [])
    let prefix = mess.random.pick(["", "E", "场", "x-0", "2023/"])
    for index in 0..<mess.random.pick([0, 1, 8, 20, 30]) {
      let day = mess.day()
      let row = [
        "id": mess.spoiled("\(prefix)\(index)", with: [""]), "date": mess.text(of: day),
        "department_id": mess.reference(to: organisation.departmentNames),
        subject: mess.random.pick(["", "手卫生", "two\nlines", "say \"hi\", all", "a\r\nb"]),
        "form": mess.random.pick(["", "讲座", "online", "现场, 实操"]),
        "kind": mess.random.pick(["", "test", "competition", "quiz"]),
        "place": mess.random.pick(["", "广场"]), "hours": mess.number(upTo: 6, empty: 25),
        "participants": mess.count(upTo: 12, empty: 35),
      ]
      table.rows.append(row.filter { isColumn($0.key) })
      ids.append(["\(prefix)\(index)"])
    }
    table.rows = mess.repeated(table.rows, key: ["id"])
    table.optional = optionalColumns
    tables.append(table)
  }

  private func isColumn(_ name: String) -> Bool {
    ["id", "date", "department_id"].contains(name) || optionalColumns.contains(name)
  }

  private mutating func makeList(_ organisation: RandomOrganisation, _ mess: inout Mess) {
    var table = MessyTable(base: files.participation, rows: [])
    let isAssessment = files.source == "assessments"
    // Some events stay without a list.
    let listed = mess.random.some(ids, dropping: 25)
    // Few pairs would repeat so often that no report were issued.
    let capacity = max(5, listed.count * organisation.personNames.count / 6)
    for _ in 0..<min(capacity, mess.random.pick([0, 5, 40, 49, 90])) {
      var row = [
        files.eventColumn: mess.reference(to: listed),
        "staff_id": mess.reference(to: organisation.personNames),
      ]
      if isAssessment {
        row["score"] = mess.number(upTo: 100, empty: 30)
        row["passed"] = mess.flag(empty: 30)
      } else {
        row["hours"] = mess.number(upTo: 4, empty: 40)
      }
      table.rows.append(row)
    }
    table.rows = mess.repeated(table.rows, key: [files.eventColumn, "staff_id"])
    table.optional = isAssessment ? ["score", "passed"] : ["hours"]
    tables.append(table)
  }
}
