internal import Reading
public import Records

/// The accepted departments, in the order of their file.
public final class Departments: @unchecked Sendable {
  public private(set) var all: [Department] = []
  /// For each department the one that has its figures; empty where each has its own.
  public private(set) var present: [Int32] = []
  /// First and last day of each; empty where no department states any.
  private(set) var spans: [(opened: Int32, closed: Int32)] = []
  private let index = IdentifierIndex()
  private let near = NearNames(.departments)

  init() {}

  /// Those that figures are counted for: the departments, or the groups of people in their place.
  public var counted: [Department] { groups.isEmpty ? all : groups }
  /// Groups of people are compared, the last of them being all others.
  public var isGrouped: Bool { !groups.isEmpty }
  private var groups: [Department] = []

  func append(_ department: Department) { all.append(department) }

  /// Counts for groups of people from now on; what belongs to departments goes to the last one.
  func regroup(_ groups: [Department]) {
    self.groups = groups
    present = [Int32](repeating: Int32(groups.count - 1), count: all.count)
  }

  /// - Parameter successors: of each department those that took over from it.
  func settle(successors: [[Int]], _ view: DepartmentView, now: Day) {
    for (number, found) in successors.enumerated() { all[number].successors = found }
    if all.contains(where: { $0.opened != nil || $0.closed != nil }) {
      spans = all.map { ($0.opened?.number ?? .min, $0.closed?.number ?? .max) }
    }
    let present = Succession(all).present(on: now)
    if view == .asNow, present != Array(all.indices) { self.present = present.map(Int32.init) }
  }

  /// Makes ids, names and aliases findable; a text of two departments is ambiguous.
  func buildIndex() {
    for (number, department) in all.enumerated() {
      for text in [department.id, department.name] + department.aliases where !text.isEmpty {
        let known = index.find(text)
        if known == IdentifierIndex.absent {
          index.set(text, to: Int32(number))
        } else if known != Int32(number) {
          index.set(text, to: IdentifierIndex.ambiguous)
        }
      }
    }
  }

  func markRejected(_ id: String) {
    if !id.isEmpty, index.find(id) == IdentifierIndex.absent {
      index.set(id, to: IdentifierIndex.rejected)
    }
  }

  /// The index of the department that is meant, or a negative value as in `IdentifierIndex`.
  func find(_ text: CellBytes) -> Int32 {
    let exact = index.find(text)
    guard exact == IdentifierIndex.absent, isSearchable else { return exact }
    return near.find(text.text, among: entries)
  }

  /// The departments of a column's cells; `Decoded.absent` for empty ones.
  func find(_ cells: CellColumn, rows: Int, into out: UnsafeMutablePointer<Int64>) {
    index.find(cells, rows: rows, into: out)
    for row in 0..<rows where out[row] == Int64(IdentifierIndex.absent) {
      out[row] = Int64(find(cells[row].trimmed))
    }
  }

  /// The ids of the departments that an ambiguous text may mean.
  func candidates(_ text: String) -> [String] {
    let exact = all.filter { $0.id == text || $0.name == text || $0.aliases.contains(text) }
    if !exact.isEmpty { return exact.map(\.id) }
    let folded = TextFolding.folded(text)
    return all.filter { department in
      ([department.id, department.name] + department.aliases).contains {
        TextFolding.folded($0) == folded
      }
    }.map(\.id)
  }

  /// The departments whose names come nearest to a text that names none.
  func nearest(to text: String) -> [Department] {
    guard isSearchable else { return [] }
    return near.nearest(to: text, among: entries).map { all[Int($0)] }
  }

  private var isSearchable: Bool { all.count <= NearNames.limit }

  private func entries() -> [NearNames.Entry] {
    all.enumerated().map { number, department in
      NearNames.Entry(
        index: Int32(number), ids: [department.id], names: [department.name] + department.aliases)
    }
  }
}

/// What the sheets of the table of departments have in common.
final class DepartmentList {
  let departments = Departments()
  var seen: Set<String> = []
  var rejectedIds: [String] = []
  /// The successors of each department as written, and where they stand.
  var successors: [(texts: [String], place: SourceLocation)] = []

  /// Makes everything findable; when all sheets have been read.
  ///
  /// - Returns: the departments, and what is wrong with their successors.
  func complete(
    _ view: DepartmentView, now: Day
  ) -> (departments: Departments, findings: [Finding]) {
    departments.buildIndex()
    rejectedIds.forEach(departments.markRejected)
    let resolved = SuccessorNames(departments, successors).resolved()
    departments.settle(successors: resolved.successors, view, now: now)
    return (departments, resolved.findings)
  }
}

/// Loads a sheet of departments on one thread; there are few of them.
final class DepartmentLoader: TableWorker {
  let decoder: TableDecoder
  private let list: DepartmentList
  private let extraAliases: [String: [String]]

  /// - Parameter extraAliases: further names of departments by id, from the workspace's settings.
  init(decoder: TableDecoder, list: DepartmentList, extraAliases: [String: [String]]) {
    self.decoder = decoder
    self.list = list
    self.extraAliases = extraAliases
  }

  func decode(_ block: RecordBlock) { decoder.decode(block) }

  func commit(_ block: RecordBlock) {
    for row in 0..<block.rowCount {
      let id = text(.id, row, block)
      // 合计, 61: both required cells are filled in, and still it is no department.
      if Int(text(.name, row, block)) != nil, SheetLayout.isTotalWord(id, subtotal: false) {
        decoder.isRejected[row] = true
        continue
      }
      if !id.isEmpty, !list.seen.insert(id).inserted, let slot = decoder.heading.slot(.id) {
        decoder.report(.duplicateId, row: row, slot: slot, in: block)
      } else if decoder.isRejected[row] {
        list.rejectedIds.append(id)
      } else {
        list.departments.append(department(id, row, block))
        list.successors.append(successors(row, block))
      }
    }
    decoder.settle(block)
  }

  func finish(_ block: RecordBlock) {}

  private func department(_ id: String, _ row: Int, _ block: RecordBlock) -> Department {
    let (opened, closed) = days(row, block)
    return Department(
      id: id, name: text(.name, row, block), aliases: texts(.aliases, row, block),
      settingsAliases: extraAliases[id] ?? [],
      category: text(.category, row, block), branch: text(.branch, row, block),
      pairedWith: text(.pairedWith, row, block), opened: opened, closed: closed)
  }

  /// First and last day; a last one before the first counts as empty.
  private func days(_ row: Int, _ block: RecordBlock) -> (opened: Day?, closed: Day?) {
    let day = { (role: Role) in self.decoder.decoded(role).number(row).map(Day.init(number:)) }
    let (opened, closed) = (day(.openedOn), day(.closedOn))
    guard let opened, let closed, closed < opened, let slot = decoder.heading.slot(.closedOn) else {
      return (opened, closed)
    }
    decoder.report(.closedBeforeOpened, row: row, slot: slot, in: block, detail: "\(opened)")
    return (opened, nil)
  }

  private func successors(_ row: Int, _ block: RecordBlock) -> ([String], SourceLocation) {
    let title = decoder.heading.title(.successor)
    let place = decoder.heading.place.row(Int(block.rowNumbers[row]), column: title)
    return (texts(.successor, row, block), place)
  }

  /// The parts of a cell with semicolons between them.
  private func texts(_ role: Role, _ row: Int, _ block: RecordBlock) -> [String] {
    text(role, row, block).split { $0 == ";" || $0 == "；" }
      .map { $0.trimmingSpaces }.filter { !$0.isEmpty }
  }

  private func text(_ role: Role, _ row: Int, _ block: RecordBlock) -> String {
    decoder.heading.slot(role).map { block.cell($0, row).trimmed.text } ?? ""
  }
}

extension Substring {
  /// Without white space at both ends.
  var trimmingSpaces: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
