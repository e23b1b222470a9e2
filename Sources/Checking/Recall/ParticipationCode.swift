internal import Records

/// Rows of participations as bytes, some five a row: what follows from the events and the staff is left out,
/// and what is as in the row before.
///
/// Rows come in pieces, each of so many rows; a piece stands for itself. Rejected rows whose event and person
/// are known are there, too: a later row of the same pair is a repetition all the same.
struct ParticipationCode {
  private var piece = PieceWriter()
  private var before = Before()
  private let events: Events

  /// What the next row is told from.
  private struct Before {
    var row: Int64 = 0
    var event: Int64 = 0
    var person: Int64 = 0
  }

  private enum Mark {
    static let sameEvent: UInt8 = 1
    static let nextRow: UInt8 = 2
    static let ownHours: UInt8 = 4
    static let score: UInt8 = 8
    static let rejected: UInt8 = 16
    /// Passed, not passed, not stated.
    static let passedShift: UInt8 = 5
  }

  init(_ events: Events) { self.events = events }

  /// The piece with its rows; empty where there are none.
  var bytes: [UInt8] { piece.bytes }

  mutating func append(_ participation: Participation, row: UInt32, isRejected: Bool) {
    let now = Before(
      row: Int64(row), event: Int64(participation.event), person: Int64(participation.person))
    let hasHours =
      !isRejected && participation.hours != events.all[Int(participation.event)].hours
    let hasScore = !isRejected && participation.score != Participation.noScore
    var mark = UInt8(truncatingIfNeeded: participation.passed + 1) << Mark.passedShift
    if now.event == before.event { mark |= Mark.sameEvent }
    if now.row == before.row + 1 { mark |= Mark.nextRow }
    if hasHours { mark |= Mark.ownHours }
    if hasScore { mark |= Mark.score }
    if isRejected { mark |= Mark.rejected }
    piece.rows.number(UInt64(mark))
    if now.row != before.row + 1 { piece.rows.signed(now.row - before.row) }
    if now.event != before.event { piece.rows.signed(now.event - before.event) }
    piece.rows.signed(now.person - before.person)
    if hasHours { piece.rows.signed(participation.hours) }
    if hasScore { piece.rows.signed(participation.score) }
    before = now
    piece.countRow()
  }
}

extension ParticipationCode {
  /// A row that has been read back.
  struct Row: RecalledRow {
    let number: UInt32
    let participation: Participation
    let isRejected: Bool
  }

  /// Reads pieces back, one row after the other.
  ///
  /// - Throws: `DamagedBytes` where a row is none, or is of an event or a person that there is not.
  static func forEachRow(
    of bytes: [UInt8], _ events: Events, _ staff: Staff, _ body: (Row) -> Void
  ) throws(DamagedBytes) {
    try bytes.readingPieces { reader, count throws(DamagedBytes) in
      var before = Before()
      for _ in 0..<count {
        body(try row(&reader, &before, events, staff))
      }
    }
  }

  @inline(__always)
  private static func row(
    _ reader: inout ByteReader, _ before: inout Before, _ events: Events, _ staff: Staff
  ) throws(DamagedBytes) -> Row {
    let mark = UInt8(truncatingIfNeeded: try reader.number())
    before.row &+= mark & Mark.nextRow != 0 ? 1 : try reader.signed()
    if mark & Mark.sameEvent == 0 { before.event &+= try reader.signed() }
    before.person &+= try reader.signed()
    guard let number = UInt32(exactly: before.row), events.all.indices.contains(Int(before.event)),
      staff.people.indices.contains(Int(before.person))
    else { throw DamagedBytes() }
    let event = events.all[Int(before.event)]
    let person = staff.people[Int(before.person)]
    let hours = mark & Mark.ownHours != 0 ? try reader.signed() : event.hours
    let score = mark & Mark.score != 0 ? try reader.signed() : Participation.noScore
    let passed = Int8(mark >> Mark.passedShift) - 1
    guard hours >= 0, passed <= 1, score >= 0 || score == Participation.noScore else {
      throw DamagedBytes()
    }
    return Row(
      number: number,
      participation: Participation(
        event: Int32(before.event), person: Int32(before.person), hours: hours, score: score,
        passed: passed,
        department: person.hasMoved
          ? staff.department(of: Int(before.person), on: event.day) : person.department),
      isRejected: mark & Mark.rejected != 0)
  }
}
