import Records

private let unreadableDay = Array("2023-02-30".utf8)

extension VolumeGenerator {
  func writeDepartments(to path: String) throws(GenerateError) {
    var file = try OutputFile(path)
    try file.put(Array("id,name,category,branch\n".utf8))
    let categories = ["临床", "临床", "临床", "医技", "护理", "药学", "职能"]
    for number in 0..<departments {
      let category = categories[number % categories.count]
      let id = identifier("D", number, of: departments, width: widths.department)
      try file.put(Array("\(id),科室\(number),\(category),第\(number % 26 + 1)支部\n".utf8))
    }
    try file.finish()
  }

  func writeStaff(to path: String) throws(GenerateError) {
    var file = try OutputFile(path)
    try file.put(Array("id,department_id,employment,party_member,volunteer,joined_on\n".utf8))
    var random = RandomSource(seed: seed, stream: "staff")
    // Everybody joined before the first session.
    let first = specification.span.first.adding(days: -9000)
    let days = DayTable(
      Period(from: first, through: first.adding(days: 8999)) ?? specification.span)
    for number in 0..<staff {
      let day = days[random.below(days.count)]
      try file.put { start in
        var row = RowCursor(start)
        row.id(UInt8(ascii: "P"), number, width: widths.person)
        row.comma()
        row.id(UInt8(ascii: "D"), department(ofPerson: number), width: widths.department)
        row.comma()
        row.put(number % 24 == 23 ? trainee : [])
        row.comma()
        row.put(number % 3 == 0 ? UInt8(ascii: "1") : UInt8(ascii: "0"))
        row.comma()
        row.put(number % 33 == 0 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
        row.comma()
        row.put(day)
        row.endLine()
        return row.count
      }
    }
    try file.finish()
  }

  func writeSessions(to path: String) throws(GenerateError) {
    var file = try OutputFile(path)
    try file.put(Array("id,date,department_id,topic,form,hours\n".utf8))
    var random = RandomSource(seed: seed, stream: "sessions")
    let days = DayTable(specification.span)
    let topics = texts(Wording.subjects["training"] ?? [])
    let forms = texts(Wording.forms["training"] ?? [])
    for number in 0..<sessions {
      let day = isFaulty(&random) ? unreadableDay : days[random.below(days.count)]
      let (topic, form) = (random.pick(topics), random.pick(forms))
      let halves = 1 + random.below(6)
      try file.put { start in
        var row = RowCursor(start)
        row.id(UInt8(ascii: "S"), number, width: widths.session)
        row.comma()
        row.put(day)
        row.comma()
        row.id(UInt8(ascii: "D"), department(ofSession: number), width: widths.department)
        row.comma()
        row.put(topic)
        row.comma()
        row.put(form)
        row.comma()
        row.halves(halves)
        row.endLine()
        return row.count
      }
    }
    try file.finish()
  }

  func texts(_ strings: [String]) -> [[UInt8]] { strings.map { Array($0.utf8) } }
}

private let trainee = Array("trainee".utf8)
