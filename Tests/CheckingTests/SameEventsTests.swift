import Testing

@testable import Checking

/// Events that two departments have reported each; the reference compares the lists of all pairs.
@Suite("Finding events that are reported twice")
struct SameEventsTests {
  private struct Case {
    let events: Events
    var rows: [(event: Int64, person: Int64)] = []

    /// Few days, subjects and people, so that much is alike.
    init(seed: Int) {
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
      func random(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
      }
      events = Events()
      for index in 0..<60 {
        let event = Event(
          day: Int32(random(4)), department: Int32(random(3)), participants: -1,
          row: UInt32(index + 2),
          hours: 0, form: -1, kind: -1, shift: -1)
        "E\(index)".withUTF8Copy { events.append(event, id: $0) }
        events.subjectCodes.append(Int32(random(4)) - 1)
      }
      for event in 0..<60 {
        let crowd = Set((0..<random(7)).map { _ in Int64(random(12)) })
        rows += crowd.sorted().map { (Int64(event), $0) }
      }
    }

    var reference: Set<[Int]> {
      var lists: [Int: Set<Int64>] = [:]
      for row in rows { lists[Int(row.event), default: []].insert(row.person) }
      var found: Set<[Int]> = []
      for later in 0..<events.count where events.subjectCodes[later] >= 0 {
        let earlier = (0..<later).first { earlier in
          let (a, b) = (events.all[earlier], events.all[later])
          guard a.day == b.day, a.department != b.department,
            events.subjectCodes[earlier] == events.subjectCodes[later]
          else { return false }
          let (first, second) = (lists[earlier] ?? [], lists[later] ?? [])
          let shared = first.intersection(second).count
          return shared > 0 && shared * 2 >= min(first.count, second.count)
        }
        if let earlier {
          let shared = (lists[earlier] ?? []).intersection(lists[later] ?? []).count
          found.insert([earlier, later, shared])
        }
      }
      return found
    }

    /// - Parameter mostSuspects: where there are more, everybody is looked up, some groups at a time.
    func found(mostSuspects: Int) -> Set<[Int]> {
      guard
        let watch = MeetingWatch(events, expectedRows: rows.count, mostSuspects: mostSuspects)
      else { return [] }
      for start in stride(from: 0, to: rows.count, by: 17) {
        let block = rows[start..<min(start + 17, rows.count)]
        watch.see(
          events: block.map(\.event), people: block.map(\.person), count: block.count,
          isAccepted: { _ in true })
      }
      var found: Set<[Int]> = []
      for question in watch.questions {
        var search = question
        for row in rows { search.see(row.event, row.person) }
        let pairs = search.pairs(
          listed: { Int(watch.listed[$0]) }, department: { events.all[$0].department })
        for pair in pairs { found.insert([pair.earlier, pair.later, pair.shared]) }
      }
      return found
    }
  }

  @Test("What is found is what comparing all lists finds", arguments: 0..<40)
  func agreement(seed: Int) {
    let one = Case(seed: seed)
    #expect(!one.reference.isEmpty)
    #expect(one.found(mostSuspects: 1000) == one.reference)
    #expect(one.found(mostSuspects: 20) == one.reference)
    #expect(one.found(mostSuspects: 0) == one.reference)
  }

  @Test("Width, case and blanks of a subject do not matter, and an empty one is like no other")
  func subjects() {
    var subjects = Subjects()
    let codes = ["急救 CPR", "急救ＣＰＲ", "急救cpr", "", "　", "消毒", "急救 CPR"].map { text in
      text.withUTF8Copy { subjects.code(of: $0) }
    }
    #expect(codes == [0, 0, 0, -1, -1, 1, 0])
    #expect(subjects.texts == ["急救cpr", "消毒"])
  }

  @Test("Only rows that are accepted make a list; nothing is looked up where nobody meets")
  func acceptedRows() throws {
    let sessions = "id,date,department_id,topic\nT1,2023-03-01,D1,消毒\nT2,2023-03-01,D2,消毒\n"
    let folder = try CheckedFolder(
      [
        "training_sessions.csv": sessions,
        "training_attendance.csv":
          "session_id,staff_id,hours\nT1,S1,1\nT1,S2,1\nT2,S2,1\nT2,S3,1\n",
      ], looksForSameEvents: true)
    #expect(folder.found("training_sessions.csv") == ["3 same_event"])
    let rejected = try CheckedFolder(
      [
        "training_sessions.csv": sessions,
        "training_attendance.csv":
          "session_id,staff_id,hours\nT1,S1,1\nT1,S2,-1\nT2,S2,1\nT2,S3,1\n",
      ], looksForSameEvents: true)
    #expect(rejected.found("training_sessions.csv").isEmpty)
  }
}

extension String {
  fileprivate func withUTF8Copy<Result>(_ body: (CellBytes) -> Result) -> Result {
    var text = self
    return text.withUTF8 { body($0) }
  }
}
