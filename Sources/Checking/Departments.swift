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
  private let departments = Departments()
  private var seen: Set<String> = []
  private var rejectedIds: [String] = []
  /// The successors of each department as written, and where they stand.
  private var successors: [(texts: [String], place: SourceLocation)] = []
  private let extraAliases: [String: [String]]

  /// - Parameter extraAliases: further names of departments by id, from the workspace's settings.
  init(extraAliases: [String: [String]]) { self.extraAliases = extraAliases }

  /// Whether a row has the id of an earlier one; an id that is not empty is taken from now on.
  func isRepeated(_ id: String) -> Bool { !id.isEmpty && !seen.insert(id).inserted }

  func reject(_ id: String) { rejectedIds.append(id) }

  /// - Parameters:
  ///   - text: the cell of a column.
  ///   - heading: that of the row's sheet.
  func accept(
    _ text: (Role) -> String, opened: Int32?, closed: Int32?, _ heading: Heading, row: UInt32
  ) {
    let id = text(.id)
    departments.append(
      Department(
        id: id, name: text(.name), aliases: DepartmentList.parts(text(.aliases)),
        settingsAliases: extraAliases[id] ?? [], category: text(.category),
        branch: text(.branch), pairedWith: text(.pairedWith),
        opened: opened.map(Day.init(number:)), closed: closed.map(Day.init(number:))))
    let place = heading.place.row(Int(row), column: heading.title(.successor))
    successors.append((DepartmentList.parts(text(.successor)), place))
  }

  /// The parts of a cell with semicolons between them.
  private static func parts(_ text: String) -> [String] {
    text.split { $0 == ";" || $0 == "；" }.map { $0.trimmingSpaces }.filter { !$0.isEmpty }
  }

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

extension DepartmentList: RecordList {
  static let form = RecordForm(
    name: "departments", columns: [.day(.openedOn), .day(.closedOn)],
    texts: [.id, .name, .aliases, .category, .branch, .pairedWith, .successor])

  var isJudgedByFile: Bool { true }

  func begin(_ part: TablePart, _ pass: TablePass) {}

  func repeatsEarlier(_ row: RecordCode.Row) -> Bool { seen.contains(row.text(0).text) }

  func restore(_ row: RecordCode.Row, as part: TablePart) {
    let text = { (role: Role) in
      Self.form.texts.firstIndex(of: role).map { row.text($0).text } ?? ""
    }
    let id = text(.id)
    let isRepeated = isRepeated(id)
    if row.isRejected {
      if !isRepeated { reject(id) }
    } else {
      accept(
        text, opened: row.decoded(0).number(0), closed: row.decoded(1).number(0), part.heading,
        row: row.number)
    }
  }
}

/// Loads a sheet of departments on one thread; there are few of them.
final class DepartmentLoader: TableWorker {
  let decoder: TableDecoder
  private let list: DepartmentList
  private let capture: RecordCapture?

  init(decoder: TableDecoder, list: DepartmentList, capture: RowCapture? = nil) {
    self.decoder = decoder
    self.list = list
    self.capture = RecordCapture(DepartmentList.form, decoder, capture)
  }

  func decode(_ block: RecordBlock) { decoder.decode(block) }

  func commit(_ block: RecordBlock) {
    var totals: Set<Int> = []
    for row in 0..<block.rowCount {
      let id = text(.id, row, block)
      // 合计, 61: both required cells are filled in, and still it is no department.
      if Int(text(.name, row, block)) != nil, SheetLayout.isTotalWord(id, subtotal: false) {
        decoder.isRejected[row] = true
        totals.insert(row)
        continue
      }
      if list.isRepeated(id), let slot = decoder.heading.slot(.id) {
        decoder.report(.duplicateId, row: row, slot: slot, in: block)
      } else if decoder.isRejected[row] {
        list.reject(id)
      } else {
        dropEarlyClosing(row, block)
        list.accept(
          { text($0, row, block) }, opened: decoder.decoded(.openedOn).number(row),
          closed: decoder.decoded(.closedOn).number(row), decoder.heading,
          row: block.rowNumbers[row])
      }
    }
    capture?.keep(block, passedOver: totals)
    decoder.settle(block)
  }

  func finish(_ block: RecordBlock) {}

  /// A last day before the first counts as empty.
  private func dropEarlyClosing(_ row: Int, _ block: RecordBlock) {
    guard let slot = decoder.heading.slot(.closedOn),
      let opened: Int32 = decoder.decoded(.openedOn).number(row),
      let closed: Int32 = decoder.decoded(.closedOn).number(row), closed < opened
    else { return }
    decoder.report(
      .closedBeforeOpened, row: row, slot: slot, in: block, detail: "\(Day(number: opened))")
    decoder.column(slot)[row] = Decoded.absent
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
