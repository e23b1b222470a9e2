internal import Reading
internal import Records
internal import Workspace

/// Dated assignments of people to departments (任职、调动), by person and in the order of their days.
public struct StaffAssignments: Sendable {
  private var stretches: [AssignmentSweep.Stretch] = []
  private var ranges: [Int32: Range<Int>] = [:]
  /// Those who have any, in the order of the staff list.
  private(set) var people: [Int32] = []

  init() {}

  public var isEmpty: Bool { people.isEmpty }

  /// Adds what is stated of a person; people come in the order of the staff list.
  mutating func append(_ found: [AssignmentSweep.Stretch], of person: Int32) {
    ranges[person] = stretches.count..<stretches.count + found.count
    stretches += found
    people.append(person)
  }

  /// The department of the assignment that has a day; nil where none has.
  func department(of person: Int32, on day: Int32) -> Int32? {
    guard var range = ranges[person] else { return nil }
    while range.count > 1 {
      let middle = (range.lowerBound + range.upperBound) / 2
      range =
        stretches[middle].first <= day
        ? middle..<range.upperBound : range.lowerBound..<middle
    }
    let found = stretches[range.lowerBound]
    return found.first <= day && day <= found.last ? found.department : nil
  }

  func departments(of person: Int32) -> [Int32] {
    ranges[person].map { stretches[$0].map(\.department) } ?? []
  }
}

/// Goes through the assignments of a person by their days: a day of several counts for the one that began
/// last, and one without a last day ends where the next begins.
struct AssignmentSweep {
  /// Days of one assignment that no other has.
  struct Stretch: Sendable {
    let first: Int32
    let last: Int32
    let department: Int32
  }

  private(set) var stretches: [Stretch] = []
  /// Of those that share days: the one that began later, and the other one.
  private(set) var overlaps: [(later: StatedAssignment, earlier: StatedAssignment)] = []
  /// Days between assignments that none has, with the one behind them.
  private(set) var gaps: [(first: Int32, last: Int32, next: StatedAssignment)] = []
  /// What has begun and may go on, the latest at the end.
  private var begun: [StatedAssignment] = []
  private var day: Int32 = 0

  /// - Parameter rows: in the order of their first days, which differ.
  /// - Complexity: O(rows).
  init(_ rows: [StatedAssignment]) {
    for row in rows {
      advance(to: row.first)
      if !stretches.isEmpty, day < row.first { gaps.append((day, row.first - 1, row)) }
      day = row.first
      if let top = begun.last, top.last == .max { begun.removeLast() }
      if let top = begun.last { overlaps.append((row, top)) }
      begun.append(row)
    }
    advance(to: .max)
  }

  /// Hands out the days before another one; afterwards what has begun goes on at least to it.
  private mutating func advance(to next: Int32) {
    while let top = begun.last {
      if top.last >= day, day < next {
        let last = min(top.last, next == .max ? .max : next - 1)
        stretches.append(Stretch(first: day, last: last, department: top.department))
        day = last == .max ? .max : last + 1
      }
      guard top.last < next else { return }
      begun.removeLast()
    }
  }
}

/// A row of the table of assignments.
struct StatedAssignment: Sendable {
  let person: Int32
  let department: Int32
  let first: Int32
  /// The largest number where it is not stated.
  let last: Int32
  /// The row in its table, see `RowPlaces`.
  let row: UInt32
}

extension Checker {
  /// Reads the assignments of people, where there are any, and lets the staff have them.
  func readAssignments(_ staff: Staff, _ departments: Departments) {
    let table = TableSchema.staffAssignments
    guard !workspace.files(of: table).isEmpty else { return }
    let pass = TablePass(table, files: workspace.files(of: table), implying: departments)
    let references = References(departments: departments, staff: staff)
    let list = AssignmentList(departments, staff)
    let recall = recall(pass, list.form, list, on: [.departments, .staff], staff)
    _ = read(pass, recall: recall) { part in
      [
        AssignmentLoader(
          decoder: pass.decoder(part, references), list: list, places: pass.places,
          capture: recall?.captures(part, 1)[0])
      ]
    }
    recall?.keep()
    var assignments = StaffAssignments()
    for (person, rows) in list.byPerson {
      let sweep = AssignmentSweep(rows)
      assignments.append(sweep.stretches, of: person)
      tell(sweep, rows, pass, own: departments.all[Int(staff.people[Int(person)].department)])
    }
    staff.settle(assignments, now: departmentView == .asNow ? now : nil)
  }

  /// Tells of days that two assignments of a person have in common, of days between them that none has, and
  /// of a last one that the staff list does not know.
  private func tell(
    _ sweep: AssignmentSweep, _ rows: [StatedAssignment], _ pass: TablePass, own: Department
  ) {
    func finding(
      _ code: FindingCode, _ row: StatedAssignment, _ role: Role, _ detail: String
    ) -> Finding {
      let place = pass.places.place(of: row.row) { pass.parts[$0].heading.title(role) }
      var finding = Finding(code, at: place, detail: detail)
      finding.submitter = departmentId(row.department)
      return finding
    }
    findings.add(
      sweep.overlaps.map { later, earlier in
        let place = pass.places.place(of: later.row)
        return finding(
          .overlappingAssignments, later, .beginsOn,
          pass.places.name(of: earlier.row, seenFrom: place))
      })
    findings.add(
      sweep.gaps.map { first, last, next in
        finding(
          .assignmentGap, next, .beginsOn, "\(Day(number: first))/\(Day(number: last))")
      })
    guard let last = rows.last, last.last == .max else { return }
    // An assignment without a last day goes on; a department that has closed does not.
    if let closed = loaded?.all[Int(last.department)].closed {
      findings.add([finding(.departmentNotOpen, last, .endsOn, ">\(closed)")])
    }
    if departmentId(last.department) != own.id {
      findings.add([finding(.assignmentDiffers, last, .department, own.name)])
    }
  }
}

/// The accepted assignments, in the order of their file.
private final class AssignmentList {
  private var rows: [StatedAssignment] = []
  private var places: [UInt64: Int] = [:]
  let form: RecordForm

  init(_ departments: Departments, _ staff: Staff) {
    form = RecordForm(
      name: "assignments",
      columns: AssignmentColumns.roles.map { role in
        switch role {
        case .person: .index(role, staff.count)
        case .department: .index(role, departments.all.count)
        default: .day(role)
        }
      }, texts: [])
  }

  /// An assignment of the person from the same day that is there already.
  func twin(person: Int32, first: Int32) -> StatedAssignment? {
    places[AssignmentList.key(person, first)].map { rows[$0] }
  }

  func append(_ row: StatedAssignment) {
    places[AssignmentList.key(row.person, row.first)] = rows.count
    rows.append(row)
  }

  var byPerson: [(person: Int32, rows: [StatedAssignment])] {
    let sorted = rows.sorted { ($0.person, $0.first) < ($1.person, $1.first) }
    var result: [(person: Int32, rows: [StatedAssignment])] = []
    for row in sorted {
      if result.last?.person == row.person {
        result[result.count - 1].rows.append(row)
      } else {
        result.append((row.person, [row]))
      }
    }
    return result
  }

  private static func key(_ person: Int32, _ first: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: person)) << 32 | UInt64(UInt32(bitPattern: first))
  }
}

extension AssignmentList: RecordList {
  var isJudgedByFile: Bool { true }

  func begin(_ part: TablePart, _ pass: TablePass) {}

  func repeatsEarlier(_ row: RecordCode.Row) -> Bool {
    let stated = stated(row, rowBase: 0)
    return !row.isRejected && twin(person: stated.person, first: stated.first) != nil
  }

  func restore(_ row: RecordCode.Row, as part: TablePart) {
    if !row.isRejected { append(stated(row, rowBase: part.rowBase)) }
  }

  private func stated(_ row: RecordCode.Row, rowBase: UInt32) -> StatedAssignment {
    let columns = AssignmentColumns { row.decoded(AssignmentColumns.roles.firstIndex(of: $0)) }
    return columns.assignment(0, number: row.number &+ rowBase)
  }
}

/// The columns of a block that make an assignment.
private struct AssignmentColumns {
  let person, department, first, last: DecodedColumn
  static let roles: [Role] = [.person, .department, .beginsOn, .endsOn]

  init(_ column: (Role) -> DecodedColumn) {
    person = column(.person)
    department = column(.department)
    first = column(.beginsOn)
    last = column(.endsOn)
  }

  func assignment(_ row: Int, number: UInt32) -> StatedAssignment {
    StatedAssignment(
      person: person.number(row) ?? 0, department: department.number(row) ?? 0,
      first: first.number(row) ?? 0, last: last.number(row) ?? .max, row: number)
  }
}

/// Loads a sheet of assignments on one thread.
private final class AssignmentLoader: TableWorker {
  let decoder: TableDecoder
  private let list: AssignmentList
  private let places: RowPlaces
  private let capture: RecordCapture?

  init(
    decoder: TableDecoder, list: AssignmentList, places: RowPlaces, capture: RowCapture? = nil
  ) {
    self.capture = RecordCapture(list.form, decoder, capture)
    self.decoder = decoder
    self.list = list
    self.places = places
  }

  func decode(_ block: RecordBlock) {
    decoder.decode(block)
    checkOrder(block)
    decoder.warnOfClosedDepartments(.beginsOn, in: block)
    decoder.warnOfClosedDepartments(.endsOn, in: block)
    decoder.takePresentDepartments(block)
  }

  func commit(_ block: RecordBlock) {
    let columns = AssignmentColumns(decoder.decoded)
    for row in 0..<block.rowCount where !decoder.isRejected[row] {
      let stated = columns.assignment(
        row, number: block.rowNumbers[row] &+ decoder.part.rowBase)
      if let twin = list.twin(person: stated.person, first: stated.first) {
        decoder.report(
          .duplicateAssignment, row: row, column: decoder.heading.title(.beginsOn), in: block,
          value: "\(Day(number: stated.first))",
          detail: places.name(of: twin.row, seenFrom: decoder.heading.place))
        capture?.noteRepetition(of: twin.row)
      } else {
        list.append(stated)
      }
    }
    capture?.keep(block)
    decoder.settle(block)
  }

  func finish(_ block: RecordBlock) {}

  private func checkOrder(_ block: RecordBlock) {
    guard let slot = decoder.heading.slot(.endsOn), let first = decoder.column(.beginsOn) else {
      return
    }
    let last = decoder.column(slot)
    for row in 0..<block.rowCount
    where last[row] < first[row] && last[row] != Decoded.absent && first[row] != Decoded.absent {
      decoder.report(
        .endsBeforeBeginning, row: row, slot: slot, in: block,
        detail: "\(Day(number: Int32(truncatingIfNeeded: first[row])))")
    }
  }
}
