internal import Reading
public import Records

/// What stands in one row of an input file, for those who must be told of it: more than is counted, so it
/// is read a second time, and only when somebody asks.
public struct RowDetail: Sendable {
  /// File, sheet and row, as a finding tells them; without a column.
  public let place: SourceLocation
  /// Index of the department that the row belongs to; nil where it names none.
  public let department: Int?
  /// Days since 1970-01-01; nil where there is none, or none that can be read.
  public let day: Int32?
  public let due: Int32?
  public let closed: Int32?
  public let id: String
}

extension Checker {
  /// The rows of a table that are wanted, each with the department it belongs to.
  ///
  /// - Parameters:
  ///   - events: of a file of participations, its events; they and the persons tell the department.
  ///   - isWanted: by the row's place, its due day and the day on which it was closed.
  /// - Returns: in the order of the file; empty where it cannot be read.
  /// - Complexity: O(rows), one pass over the file.
  public func details(
    of table: TableSchema, departments: Departments, staff: Staff, events: Events? = nil,
    where isWanted: @escaping (_ place: SourceLocation, _ due: Int32?, _ closed: Int32?) -> Bool
  ) -> [RowDetail] {
    let references = References(departments: departments, staff: staff, events: events)
    let pass = TablePass(table, implying: events == nil ? departments : nil)
    var found: [RowDetail] = []
    _ = read(pass) { part in
      [
        DetailReader(
          part: part, decoder: pass.decoder(part, references), staff: staff, events: events,
          isWanted: isWanted)
      ]
    } finished: { _, readers in
      for reader in readers { found += reader.details }
    }
    return found
  }
}

/// Reads the details of the wanted rows on one thread.
final class DetailReader: TableWorker {
  private(set) var details: [RowDetail] = []
  let decoder: TableDecoder
  private let part: TablePart
  private let staff: Staff
  private let events: Events?
  private let isWanted: (SourceLocation, Int32?, Int32?) -> Bool

  init(
    part: TablePart, decoder: TableDecoder, staff: Staff, events: Events?,
    isWanted: @escaping (SourceLocation, Int32?, Int32?) -> Bool
  ) {
    self.decoder = decoder
    self.part = part
    self.staff = staff
    self.events = events
    self.isWanted = isWanted
  }

  func decode(_ block: RecordBlock) {
    decoder.decodeReferences(block)
    for index in 0..<block.rowCount {
      let place = part.heading.place.row(Int(block.rowNumbers[index]))
      let due = day(.dueOn, index, block)
      let closed = day(.closedOn, index, block)
      guard isWanted(place, due, closed) else { continue }
      details.append(
        RowDetail(
          place: place, department: department(index),
          day: event(index)?.day ?? day(.date, index, block) ?? day(.raisedOn, index, block),
          due: due, closed: closed, id: text(.id, index, block)))
    }
  }

  func commit(_ block: RecordBlock) {}
  func finish(_ block: RecordBlock) {}

  private func event(_ row: Int) -> Event? {
    guard let events, let at = decoder.column(.event)?[row], at >= 0, at < events.all.count else {
      return nil
    }
    return events.all[Int(at)]
  }

  /// The department that is named, else that of the person, else that which held the event.
  private func department(_ row: Int) -> Int? {
    if let at = decoder.column(.department)?[row], at >= 0 { return Int(at) }
    if let at = decoder.column(.person)?[row], at >= 0, at < staff.people.count {
      let own = staff.people[Int(at)].department
      return Int(event(row).map { staff.department(of: Int(at), on: $0.day) } ?? own)
    }
    return part.department.map(Int.init) ?? event(row).map { Int($0.department) }
  }

  private func day(_ role: Role, _ row: Int, _ block: RecordBlock) -> Int32? {
    guard let slot = decoder.heading.slot(role) else { return nil }
    let value = decodeDay(block.cell(slot, row))
    return value == Decoded.absent || value <= Decoded.negative
      ? nil : Int32(exactly: value)
  }

  private func text(_ role: Role, _ row: Int, _ block: RecordBlock) -> String {
    decoder.heading.slot(role).map { block.cell($0, row).trimmed.text } ?? ""
  }
}
