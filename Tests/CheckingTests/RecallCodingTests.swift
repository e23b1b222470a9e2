import Records
import Testing

@testable import Checking
@testable import SheetBuilding

/// What is kept of rows from night to night comes back as it was, and damaged bytes lead nowhere.
@Suite("Kept rows as bytes")
struct RecallCodingTests {
  private static func events(_ count: Int) -> Events {
    let events = Events()
    for number in 0..<count {
      let event = Event(
        day: Int32(19_000 + number), department: 0, participants: -1, row: UInt32(number + 2),
        hours: Int64(number % 3) * 500_000, form: -1, kind: -1, shift: -1)
      var id = "E\(number)"
      id.withUTF8 { events.append(event, id: $0) }
    }
    return events
  }

  private static func staff(_ count: Int) -> Staff {
    let staff = Staff()
    for number in 0..<count {
      let person = Person(
        department: Int32(number % 7), joined: .min, left: .max, isEmployee: true,
        isVolunteer: false, isPartyMember: false)
      var id = "P\(number)"
      id.withUTF8 { staff.append(person, id: $0, name: CellBytes(start: nil, count: 0)) }
    }
    return staff
  }

  @Test("Numbers of any size come back, and an end in the middle of one is told")
  func numbers() throws {
    let numbers: [Int64] = [0, 1, -1, 63, 64, -64, -65, 1 << 40, .max, .min]
    var writer = ByteWriter()
    for number in numbers { writer.signed(number) }
    for text in ["", "甲", "甲"] { writer.repeated(text) }
    let bytes = writer.bytes
    try bytes.reading { reader throws(DamagedBytes) in
      for number in numbers { #expect(try reader.signed() == number) }
      for text in ["", "甲", "甲"] { #expect(try reader.repeated() == text) }
      #expect(reader.isAtEnd)
    }
    let cut = Array(bytes.prefix(20))
    #expect(throws: DamagedBytes.self) {
      try cut.reading { reader throws(DamagedBytes) in
        while true { _ = try reader.signed() }
      }
    }
    let endless = [UInt8](repeating: 0xFF, count: 20)
    #expect(throws: DamagedBytes.self) {
      try endless.reading { reader throws(DamagedBytes) in _ = try reader.number() }
    }
  }

  @Test("Participations come back, those of a rejected row as the pair alone", arguments: 0..<20)
  func participations(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    let (events, staff) = (Self.events(30), Self.staff(50))
    var expected: [String] = []
    var bytes: [UInt8] = []
    for piece in 0..<3 {
      var code = ParticipationCode(events)
      var row = UInt32(piece * 1000)
      for _ in 0..<dice.roll(200) {
        row += UInt32(1 + dice.roll(10) / 9)
        let (event, person) = (dice.roll(30), dice.roll(50))
        let isRejected = dice.roll(5) == 0
        let hours =
          isRejected || dice.roll(2) == 0 ? events.all[event].hours : Int64(dice.roll(9_000_000))
        let score = isRejected || dice.roll(2) == 0 ? Participation.noScore : Int64(dice.roll(100))
        let participation = Participation(
          event: Int32(event), person: Int32(person), hours: hours, score: score,
          passed: Int8(dice.roll(3) - 1), department: Int32(person % 7))
        code.append(participation, row: row, isRejected: isRejected)
        expected.append("\(row) \(isRejected) \(participation)")
      }
      bytes += code.bytes
    }
    var found: [String] = []
    try ParticipationCode.forEachRow(of: bytes, events, staff) {
      found.append("\($0.number) \($0.isRejected) \($0.participation)")
    }
    #expect(found == expected)
    // Whatever becomes of a byte, no row is of an event or a person that there is not.
    for _ in 0..<200 where !bytes.isEmpty {
      var damaged = bytes
      damaged[dice.roll(bytes.count)] = UInt8(dice.roll(256))
      var isWithin = true
      try? ParticipationCode.forEachRow(of: damaged, events, staff) { row in
        isWithin =
          isWithin && events.all.indices.contains(Int(row.participation.event))
          && staff.people.indices.contains(Int(row.participation.person))
      }
      #expect(isWithin)
    }
  }

  @Test("Items of a ledger come back with their days, labels and texts", arguments: 0..<20)
  func items(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    let limits = LedgerCode.Limits(departments: 9, people: 40, labels: [3, 12, 0, 5])
    var code = LedgerCode()
    var expected: [String] = []
    var row: UInt32 = 1
    for _ in 0..<300 {
      row += UInt32(1 + dice.roll(10) / 9)
      let isRejected = dice.roll(6) == 0
      let item = LedgerItem(
        department: Int32(dice.roll(9)), person: Int32(dice.roll(41) - 1), raised: dice.day(),
        due: dice.dayOrNone(), closed: dice.dayOrNone(), rechecked: dice.dayOrNone(),
        level: Int16(dice.roll(4) - 1), category: Int16(dice.roll(13) - 1), source: -1,
        hasMeasure: dice.roll(2) == 0, isReopened: dice.roll(2) == 0)
      var entry = LedgerEntry.only(department: Int32(dice.roll(10) - 1))
      var texts: LedgerTexts?
      if !isRejected {
        entry = LedgerEntry(
          item: item, postponedTo: dice.dayOrNone(), postponedOn: dice.dayOrNone(),
          aspect: Int16(dice.roll(6) - 1),
          origin: LedgerEntry.Origin(rawValue: UInt8(dice.roll(3))) ?? .old,
          isIndividual: dice.roll(2) == 0, row: row)
        texts =
          dice.roll(2) == 0
          ? nil
          : LedgerTexts(
            id: "I\(row)", title: "题目", owner: "", leader: "甲", measure: "改", acceptance: "")
      }
      let id = dice.roll(3) == 0 ? nil : "编号\(row)"
      let made = LedgerCode.Row(
        number: row, isRejected: isRejected, id: id, entry: entry, texts: texts)
      code.append(made)
      expected.append("\(made)")
    }
    let bytes = code.bytes
    var found: [String] = []
    try LedgerCode.forEachRow(of: bytes, limits) { found.append("\($0)") }
    #expect(found == expected)
    for _ in 0..<200 {
      var damaged = bytes
      damaged[dice.roll(bytes.count)] = UInt8(dice.roll(256))
      var isWithin = true
      try? LedgerCode.forEachRow(of: damaged, limits) { row in
        let item = row.entry.item
        isWithin = isWithin && item.department < 9 && item.person < 40 && item.category < 12
      }
      #expect(isWithin)
    }
  }

  private static let form = RecordForm(
    name: "people",
    columns: [
      .index(.department, 9), .day(.joinedOn), .flag(.volunteer), .label(.group),
      RecordForm.Column(.hours, 0..<Int64.max),
    ], texts: [.id, .name])

  @Test("Records come back with their values and cells, labels under new codes", arguments: 0..<20)
  func records(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    var expected: [String] = []
    var bytes: [UInt8] = []
    for piece in 0..<3 {
      var code = RecordCode(Self.form)
      var row = UInt32(piece * 1000)
      for _ in 0..<dice.roll(200) {
        row += UInt32(1 + dice.roll(10) / 9)
        let isRejected = dice.roll(6) == 0
        let limits: [Int] = [9, 40_000, 2, 5, .max >> 1]
        var values = limits.map { dice.roll(4) == 0 ? Decoded.absent : Int64(dice.roll($0)) }
        if !isRejected { values[0] = Int64(dice.roll(9)) }
        let texts = [Array("编号\(row)".utf8), dice.roll(3) == 0 ? [] : Array("甲".utf8)]
        texts[0].withUnsafeBufferPointer { id in
          texts[1].withUnsafeBufferPointer { name in
            code.append(number: row, isRejected: isRejected, values: values, texts: [id, name])
          }
        }
        // The labels' codes are turned round.
        if values[3] != Decoded.absent { values[3] = 4 - values[3] }
        expected.append("\(row) \(isRejected) \(values) \(texts)")
      }
      bytes += code.bytes
    }
    var found: [String] = []
    try RecordCode.forEachRow(of: bytes, Self.form, labels: [.group: 5]) { row in
      let row = row.renumbered([3], [[4, 3, 2, 1, 0]])
      let values = Self.form.columns.indices.map(row.value)
      let texts = [Array(row.text(0)), Array(row.text(1))]
      found.append("\(row.number) \(row.isRejected) \(values) \(texts)")
    }
    #expect(found == expected)
    for _ in 0..<200 where !bytes.isEmpty {
      var damaged = bytes
      damaged[dice.roll(bytes.count)] = UInt8(dice.roll(256))
      var isWithin = true
      try? RecordCode.forEachRow(of: damaged, Self.form, labels: [.group: 5]) { row in
        let hasDepartment = row.isRejected || row.value(0) != Decoded.absent
        isWithin = isWithin && row.value(0) < 9 && row.value(3) < 5 && hasDepartment
      }
      #expect(isWithin)
    }
  }

  @Test("A kept file comes back whole; cut anywhere it is none")
  func files() throws {
    var finding = Finding(
      .inTheFuture, at: SourceLocation(file: "issues.csv", row: 3, column: "提出日期"),
      value: "2023-07-01", detail: "2023-06-30")
    finding.submitter = "D1"
    let kept = KeptFile(
      outcome: FileOutcome(
        file: "issues.csv", sha256: "ab", rowsRead: 5, rowsRejected: 1, others: [.blank: 2],
        rowsInFile: 8),
      findings: [Finding(.missingValue, at: SourceLocation(file: "issues.csv", row: 2))],
      lastKnownDay: 19_000, futures: [KeptFile.Future(finding: finding, day: 19_100)],
      chain: "c", repeatsOthers: true,
      parts: [
        KeptPart(
          sheet: "表", sheetIndex: 1, headingRow: 2, heading: ["编号", ""], submitter: "D1",
          lastRow: 8, labels: [["个人"], [], [], []], rows: [1, 2, 3],
          digests: [KeptPart.RowNames(key: .max, content: 1)])
      ])
    let again = try KeptFile(kept.bytes)
    #expect(again.bytes == kept.bytes)
    #expect(again.findings == kept.findings && again.futures.map(\.finding) == [finding])
    #expect(again.parts.map(\.heading) == [["编号", ""]])
    // On a later day the same day may still be to come, or not any more; an earlier night is not told.
    let told = again.findings(asOf: Day(number: 19_050))?.last
    #expect(told?.detail == "\(Day(number: 19_050))" && told?.submitter == "D1")
    #expect(again.findings(asOf: Day(number: 19_100)) == kept.findings)
    #expect(again.findings(asOf: Day(number: 18_999)) == nil)
    for count in 0..<kept.bytes.count {
      #expect(throws: DamagedBytes.self) { try KeptFile(Array(kept.bytes.prefix(count))) }
    }
  }
}

extension Dice {
  fileprivate mutating func day() -> Int32 { Int32(roll(40_000)) - 10_000 }
  fileprivate mutating func dayOrNone() -> Int32 { roll(3) == 0 ? LedgerItem.noDay : day() }
}
