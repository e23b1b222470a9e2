internal import Reading
internal import Records

/// One accepted person, in 16 bytes: a province has a million of them.
public struct Person: Sendable {
  /// Index of the department: that of the staff list, or where figures are told of the departments of today
  /// the one that stands for it now.
  public internal(set) var department: Int32
  /// First day; the smallest number where it is not stated.
  public let joined: Int32
  /// Last day of work; the largest number where it is not stated.
  public let left: Int32
  public let isEmployee: Bool
  public let isVolunteer: Bool
  public let isPartyMember: Bool
  /// On some days of a dated assignment the person belongs to another department.
  public internal(set) var hasMoved = false

  /// Employed on a day, whatever the employment.
  @inlinable
  public func isEmployed(on day: Int32) -> Bool { joined <= day && left >= day }
}

/// The accepted staff, in the order of their file.
public final class Staff: @unchecked Sendable {
  public private(set) var people = ContiguousArray<Person>()
  /// The persons' departments alone, for those who ask for nothing else of people in any order: a
  /// quarter of the memory, of which a quarter as much falls out of the cache.
  public private(set) var departments = ContiguousArray<Int32>()
  /// The file has the column that tells volunteers.
  public internal(set) var hasVolunteers = false
  let ids: IdentifierIndex
  private let names = NameIndex()
  private let near = NearNames(.people)
  /// What only plans and assessments ask for.
  public private(set) var kept = StaffKept()
  /// Where people worked from when until when.
  public private(set) var assignments = StaffAssignments()

  /// - Parameter expected: about how many there will be.
  init(expecting expected: Int = 0) {
    ids = IdentifierIndex(expecting: expected)
    people.reserveInLargePages(expected)
    departments.reserveInLargePages(expected)
  }

  public var count: Int { people.count }

  /// The persons of a column's cells, by id or by name, where exactly one person is meant;
  /// `Decoded.absent` for empty cells.
  func find(_ cells: CellColumn, rows: Int, into out: UnsafeMutablePointer<Int64>) {
    ids.find(cells, rows: rows, into: out)
    for row in 0..<rows
    where out[row] == Int64(IdentifierIndex.absent) || out[row] == Int64(IdentifierIndex.rejected) {
      out[row] = Int64(find(cells[row].trimmed))
    }
  }

  /// The index of a person by id or by name, where exactly one person is meant.
  func find(_ text: CellBytes) -> Int32 {
    let byId = ids.find(text)
    if byId >= 0 || byId == IdentifierIndex.ambiguous { return byId }
    let byName = names.find(text)
    guard byName == IdentifierIndex.absent else { return byName }
    guard byId == IdentifierIndex.absent, count <= NearNames.limit else { return byId }
    return near.find(text.text, among: entries)
  }

  /// The people whose names come nearest to a text that names nobody.
  func nearest(to text: String) -> [String] {
    guard count <= NearNames.limit else { return [] }
    return near.nearest(to: text, among: entries).map { name(Int($0)) }
  }

  /// Names only: an id is a text of its own, and one that looks like it is another one's.
  private func entries() -> [NearNames.Entry] {
    var entries: [NearNames.Entry] = []
    entries.reserveCapacity(count)
    names.visit { name, person in
      entries.append(NearNames.Entry(index: person, ids: [], names: [name.text]))
    }
    return entries
  }

  func append(_ person: Person, id: CellBytes, name: CellBytes) {
    ids.set(id, to: append(person, name: name))
  }

  /// - Returns: what `ids` is to say of the person.
  func append(_ person: Person, name: CellBytes) -> Int32 {
    people.append(person)
    departments.append(person.department)
    names.append(name)
    return Int32(people.count - 1)
  }

  func keep(_ kept: StaffKept) { self.kept = kept }

  /// Lets people belong to the departments of their assignments.
  ///
  /// - Parameter now: where figures are told of the departments of today: the day that counts as today; nil
  ///   where they are told of the departments of their days.
  func settle(_ assignments: StaffAssignments, now: Day?) {
    self.assignments = assignments
    for person in assignments.people {
      let own = people[Int(person)].department
      if let now {
        guard let found = assignments.department(of: person, on: now.number), found != own else {
          continue
        }
        people[Int(person)].department = found
        departments[Int(person)] = found
        movedPeople += 1
      } else if assignments.departments(of: person).contains(where: { $0 != own }) {
        people[Int(person)].hasMoved = true
        movedPeople += 1
      }
    }
  }

  /// - Parameter groups: the group of each person, that takes the place of the department.
  func regroup(_ groups: [Int32]) {
    for (person, group) in groups.enumerated() {
      people[person].department = group
      departments[person] = group
    }
  }

  /// The people whose department is not always that of the staff list.
  public private(set) var movedPeople = 0

  /// Index of the department of a person on a day: that of the assignment which has the day, else the
  /// person's own.
  ///
  /// - Complexity: O(1) for those who have not moved, else O(log n) in the person's assignments.
  public func department(of person: Int, on day: Int32) -> Int32 {
    let own = people[person]
    guard own.hasMoved else { return own.department }
    return assignments.department(of: Int32(truncatingIfNeeded: person), on: day) ?? own.department
  }

  /// The name of a person, empty where the list states none.
  public func name(_ person: Int) -> String { names.name(of: person) }

  /// A name that is somebody else's id names two people.
  func settleNames() {
    names.visit { name, person in
      let byId = ids.find(name)
      if byId >= 0, byId != person { ids.set(name, to: IdentifierIndex.ambiguous) }
    }
  }

  /// The first of those who have a name, by their place in the list.
  func candidates(_ text: String) -> [String] {
    var text = text
    return text.withUTF8 { names.all($0, atMost: 5) }.map { "№ \($0 + 1)" }
  }
}

/// What the sheets of the staff list have in common.
final class StaffList: RecordList {
  let staff: Staff
  let keeper: StaffKeeper?
  let form: RecordForm

  init(_ departments: Departments, _ keeper: StaffKeeper?, _ staff: Staff) {
    self.staff = staff
    self.keeper = keeper
    let group: [RecordForm.Column] = keeper == nil ? [] : [.label(.group)]
    form = RecordForm(
      name: keeper == nil ? "staff" : "staff with roles",
      columns: PersonColumns.roles.map { role in
        switch role {
        case .department: .index(role, departments.all.count)
        case .joinedOn, .leftOn: .day(role)
        case .employment: .label(role)
        default: .flag(role)
        }
      } + group, texts: [.id, .name] + (keeper == nil ? [] : [.role]))
  }

  var isJudgedByFile: Bool { true }

  func begin(_ part: TablePart, _ pass: TablePass) {
    if part.heading.slot(.volunteer) != nil { staff.hasVolunteers = true }
  }

  func repeatsEarlier(_ row: RecordCode.Row) -> Bool { staff.ids.knows(row.text(0)) }

  func restore(_ row: RecordCode.Row, as part: TablePart) {
    guard !row.isRejected else { return staff.ids.reject(row.text(0)) }
    let columns = PersonColumns { row.decoded(PersonColumns.roles.firstIndex(of: $0)) }
    staff.append(columns.person(0), id: row.text(0), name: row.text(1))
    keeper?.keep(
      group: row.decoded(PersonColumns.roles.count).number(0), id: row.text(0), role: row.text(2))
  }
}

/// Loads the staff list: decoding runs on all threads, appending in the order of the file.
final class StaffLoader: TableWorker {
  let decoder: TableDecoder
  private let list: StaffList
  private let capture: RecordCapture?

  init(decoder: TableDecoder, list: StaffList, capture: RowCapture? = nil) {
    self.decoder = decoder
    self.list = list
    self.capture = RecordCapture(list.form, decoder, capture)
  }

  func decode(_ block: RecordBlock) {
    decoder.decode(block)
    decoder.takePresentDepartments(block)
  }

  func commit(_ block: RecordBlock) {
    let none = CellBytes(start: nil, count: 0)
    let nameSlot = decoder.heading.slot(.name)
    let roleSlot = decoder.heading.slot(.role)
    let group = decoder.decoded(.group)
    let columns = PersonColumns(decoder.decoded)
    let staff = list.staff
    decoder.acceptFirstOfEachId(of: block, ids: staff.ids) { row, id in
      let name = nameSlot.map { block.cell($0, row).trimmed } ?? none
      list.keeper?.keep(
        group: group.number(row), id: id,
        role: roleSlot.map { block.cell($0, row).trimmed } ?? none)
      return staff.append(columns.person(row), name: name)
    }
    capture?.keep(block)
    decoder.settle(block)
  }

  func finish(_ block: RecordBlock) {}
}

/// The columns of a block that make a person.
private struct PersonColumns {
  let department, joined, left, employment, volunteer, member: DecodedColumn
  static let roles: [Role] = [
    .department, .joinedOn, .leftOn, .employment, .volunteer, .partyMember,
  ]

  init(_ column: (Role) -> DecodedColumn) {
    department = column(.department)
    joined = column(.joinedOn)
    left = column(.leftOn)
    employment = column(.employment)
    volunteer = column(.volunteer)
    member = column(.partyMember)
  }

  func person(_ row: Int) -> Person {
    Person(
      department: department.number(row) ?? 0, joined: joined.number(row) ?? Int32.min,
      left: left.number(row) ?? Int32.max,
      isEmployee: (employment[row] ?? Known.employee) == Known.employee,
      isVolunteer: volunteer[row] == 1, isPartyMember: member[row] == 1)
  }
}
