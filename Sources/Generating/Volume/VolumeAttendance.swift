/// An attendance row in 64 bits: session, person, and hours in halves (0 where not stated).
private struct AttendanceRow {
  let bits: UInt64

  init(session: Int, person: Int, halves: Int) {
    bits = UInt64(session) << 32 | UInt64(person) << 4 | UInt64(halves)
  }

  var session: Int { Int(bits >> 32) }
  var person: Int { Int(bits >> 4 & 0xFFF_FFFF) }
  var halves: Int { Int(bits & 0xF) }
}

extension VolumeGenerator {
  func writeAttendance(to path: String) throws(GenerateError) {
    var file = try OutputFile(path)
    try file.put(Array("session_id,staff_id,hours\n".utf8))
    if options.shuffled {
      for row in shuffledRows() { try write(row, to: &file) }
    } else {
      var random = RandomSource(seed: seed, stream: "attendance")
      var list: [AttendanceRow] = []
      for session in 0..<sessions {
        fill(&list, session, &random)
        for row in list { try write(row, to: &file) }
      }
    }
    try file.finish()
  }

  private func write(_ row: AttendanceRow, to file: inout OutputFile) throws(GenerateError) {
    try file.put { start in
      var cursor = RowCursor(start)
      cursor.id(UInt8(ascii: "S"), row.session, width: widths.session)
      cursor.comma()
      cursor.id(UInt8(ascii: "P"), row.person, width: widths.person)
      cursor.comma()
      cursor.halves(row.halves)
      cursor.endLine()
      return cursor.count
    }
  }

  private func shuffledRows() -> [AttendanceRow] {
    var random = RandomSource(seed: seed, stream: "attendance")
    var rows: [AttendanceRow] = []
    rows.reserveCapacity(attendance)
    var list: [AttendanceRow] = []
    for session in 0..<sessions {
      fill(&list, session, &random)
      rows += list
    }
    random.shuffle(&rows)
    return rows
  }

  /// The list of one session: mostly people of the department that holds it, in the order of their
  /// numbers, and some of other departments; nobody twice, except for the faults.
  private func fill(
    _ list: inout [AttendanceRow], _ session: Int, _ random: inout RandomSource
  ) {
    list.removeAll(keepingCapacity: true)
    let count = firstRow(ofSession: session + 1) - firstRow(ofSession: session)
    var next = firstPerson(of: department(ofSession: session)) + random.below(4)
    while list.count < count {
      let draw = random.next()
      let halves = Int(draw & 7) < 3 ? 0 : Int(draw >> 3 & 3) + 1
      if isFaulty(&random) {
        list.append(faultyRow(session, after: list.last, halves, &random))
        continue
      }
      var person = next
      if draw >> 5 & 7 == 0 {
        person = random.below(staff)
      } else {
        next += 1 + Int(draw >> 8 & 1)
      }
      if person >= staff { person -= staff }
      if next >= staff { next -= staff }
      if list.contains(where: { $0.person == person }) { continue }
      list.append(AttendanceRow(session: session, person: person, halves: halves))
    }
  }

  /// The row before once more, or a person whom the staff table does not know.
  private func faultyRow(
    _ session: Int, after last: AttendanceRow?, _ halves: Int, _ random: inout RandomSource
  ) -> AttendanceRow {
    if let last, random.chance(percent: 50) { return last }
    return AttendanceRow(session: session, person: staff + random.below(staff), halves: halves)
  }
}
