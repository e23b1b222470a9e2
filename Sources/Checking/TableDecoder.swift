internal import Reading
internal import Records

/// Decodes the blocks of one file on one thread: cells to values, rows to accepted or rejected.
///
/// A column is decoded in one loop. What a row is worth is known when all its columns and the rules
/// of its table have been looked at; warnings of rows that turn out rejected are dropped, because a
/// warning says that the row was kept.
final class TableDecoder {
  let part: TablePart
  /// That of the part.
  let heading: Heading
  private let caches: [LabelCache?]
  let references: References

  /// Values by slot: `[slot × capacity + row]`, as `Decoded` describes them.
  private var values = UnsafeMutablePointer<Int64>.allocate(capacity: 0)
  private(set) var capacity = 0
  /// Whether each row of the block is rejected.
  private(set) var isRejected = UnsafeMutablePointer<Bool>.allocate(capacity: 0)

  private var pending: [(row: Int, finding: Finding)] = []
  private var done: [Finding] = []
  private(set) var deferredWarnings: [Finding] = []
  private(set) var rowsRead = 0
  private(set) var rowsRejected = 0
  /// Rows that turned out to be no records, and the number of blank ones.
  private(set) var others: [(row: UInt32, kind: SheetLayout.RowKind)] = []
  private(set) var blankRows = 0
  /// Of the totals, those that begin anew behind the one before.
  private(set) var subtotals: [UInt32] = []
  /// How many ids of this part stand in earlier parts of the table, by the number of these.
  private(set) var repeatedFrom: [Int: Int] = [:]
  /// Holds the rows, where somebody asks for them.
  var trace: TraceBuffer?
  /// The cells of a row in the order of the file: column and slot.
  private let visible: [(column: Int, slot: Int)]
  private let signs: RecordSigns
  private let amounts = AmountCache()

  /// The files of the table's parts, by their numbers.
  private let files: [String]

  init(part: TablePart, files: [String], labels: [Role: Labels], references: References) {
    self.part = part
    heading = part.heading
    self.files = files
    self.references = references
    signs = RecordSigns(headings: part.layout.cells)
    visible = part.heading.slots.enumerated().filter { $0.element >= 0 }.map { ($0, $1) }
    caches = part.heading.fields.map { field in
      guard let labels = labels[field.role] else { return nil }
      if case .choice(let choices, let isOpen) = field.kind {
        return LabelCache(labels, choices: choices, isOpen: isOpen)
      }
      return LabelCache(labels, choices: nil, isOpen: true)
    }
  }

  deinit {
    values.deallocate()
    isRejected.deallocate()
  }

  /// The decoded column of a slot.
  func column(_ slot: Int) -> UnsafeMutablePointer<Int64> { values + slot * capacity }

  /// The values of a role's column themselves; nil where the file lacks it.
  func column(_ role: Role) -> UnsafeMutablePointer<Int64>? {
    if let slot = heading.slot(role) { return column(slot) }
    // Behind the columns that the file has lies the one whose value is known without.
    return role == .department && part.department != nil ? column(heading.fields.count) : nil
  }

  /// The values of a role's column, each of which may be absent, as all are where the file lacks it.
  func decoded(_ role: Role) -> DecodedColumn { DecodedColumn(values: column(role)) }

  /// Decodes all columns of a block.
  func decode(_ block: RecordBlock) {
    reserve(block.rowCount)
    isRejected.update(repeating: false, count: block.rowCount)
    decodeColumns(block)
    passOverExample(block)
    if let department = part.department {
      column(heading.fields.count).update(repeating: Int64(department), count: block.rowCount)
    }
    for field in heading.missing {
      for row in 0..<block.rowCount {
        report(.missingValue, row: row, column: field.name, in: block)
      }
    }
    for row in block.brokenRows { report(.brokenQuote, row: row, column: "", in: block) }
    if let row = block.cutRow { reportCut(row, block) }
    for row in block.overfullRows { report(.extraCells, row: row, column: "", in: block) }
  }

  /// A form's example row stands first; it is no record, however sound it is.
  private func passOverExample(_ block: RecordBlock) {
    guard block.sequence == 0, block.rowCount > 0 else { return }
    if SheetLayout.isMarkedExample(cells(0, block)) { isRejected[0] = true }
  }

  /// Decodes the references of a block and nothing else, without any finding.
  func decodeReferences(_ block: RecordBlock) {
    reserve(block.rowCount)
    for (slot, field) in heading.fields.enumerated() where field.kind == .reference {
      references.resolve(
        field.role, block.column(slot), rows: block.rowCount, into: column(slot))
    }
  }

  /// Decodes all columns of a block whose findings have been told before.
  func decodeOnly(_ block: RecordBlock) {
    decode(block)
    pending.removeAll(keepingCapacity: true)
  }

  /// Counts the rows of a block and keeps its findings; to be called when all rules have been applied.
  ///
  /// - Parameter isDeferred: rows of which it is not known yet whether they are duplicates; their
  ///   warnings are kept apart.
  func settle(_ block: RecordBlock, isDeferred: UnsafePointer<Bool>? = nil) {
    rowsRead += block.rowCount
    blankRows += block.blankCount
    var passedOver: Set<Int> = []
    for row in 0..<block.rowCount where isRejected[row] {
      if let kind = kind(row, block) {
        others.append((block.rowNumbers[row], kind))
        passedOver.insert(row)
        rowsRead -= 1
      } else {
        rowsRejected += 1
      }
    }
    for (row, var finding) in pending
    where finding.severity == .error ? !passedOver.contains(row) : !isRejected[row] {
      finding.submitter = submitter(of: row)
      if let isDeferred, isDeferred[row], !isRejected[row] {
        deferredWarnings.append(finding)
      } else {
        done.append(finding)
      }
    }
    pending.removeAll(keepingCapacity: true)
    trace?.add(block, self, passedOver: passedOver)
  }

  /// What a rejected row is that is no record; nil for a record.
  private func kind(_ row: Int, _ block: RecordBlock) -> SheetLayout.RowKind? {
    guard !isRecord(row, block) else { return nil }
    let cells = cells(row, block)
    guard let kind = part.layout.kind(of: cells), !isRecord(kind, cells, row) else { return nil }
    if kind == .total, SheetLayout.isSubtotal(cells) { subtotals.append(block.rowNumbers[row]) }
    return kind
  }

  /// Whether a row's first two cells show that it is a record.
  private func isRecord(_ row: Int, _ block: RecordBlock) -> Bool {
    var first = CellBytes(start: nil, count: 0)
    for (_, slot) in visible {
      let cell = block.cell(slot, row).trimmed
      guard !cell.isEmpty else { continue }
      if !first.isEmpty { return signs.areRecord(first, cell) }
      first = cell
    }
    return false
  }

  /// Hands over the findings of all settled blocks.
  func takeFindings() -> [Finding] {
    defer { done = [] }
    return done
  }

  /// Goes through the rows of a block in their order and settles which of them have an id of their own:
  /// the first row of an id is accepted, unless something else is wrong with it; later ones are reported.
  ///
  /// - Parameters:
  ///   - ids: the ids of all earlier rows of the table; a rejected row's is kept, too, as rejected.
  ///   - earlierPart: the number of the part in which the row of a value of `ids` stands.
  ///   - accept: takes an accepted row and its id, and returns its value in `ids`.
  func acceptFirstOfEachId(
    of block: RecordBlock, ids: IdentifierIndex, earlierPart: (Int32) -> Int = { _ in -1 },
    accept: (Int, CellBytes) -> Int32
  ) {
    guard let slot = heading.slot(.id) else { return }
    let cells = block.column(slot)
    for row in 0..<block.rowCount {
      let cell = cells[row]
      // Nearly always an id is looked up once, and is new.
      if let place = ids.place(ofPadded: cell), ids.value(at: place) == IdentifierIndex.absent {
        ids.setFirst(isRejected[row] ? IdentifierIndex.rejected : accept(row, cell), at: place)
        continue
      }
      let id = cell.trimmed
      guard !id.isEmpty else { continue }
      let known = ids.find(id)
      if known != IdentifierIndex.absent {
        let earlier = known >= 0 ? earlierPart(known) : part.number
        if earlier >= 0 { repeatedFrom[earlier, default: 0] += 1 }
        let file = files.indices.contains(earlier) ? files[earlier] : part.file
        let detail =
          known == IdentifierIndex.rejected
          ? Finding.rejectedBefore : file == part.file ? "" : file
        report(.duplicateId, row: row, slot: slot, in: block, detail: detail)
      } else if isRejected[row] {
        ids.set(id, to: IdentifierIndex.rejected)
      } else {
        ids.set(id, to: accept(row, id))
      }
    }
  }

  /// Notes a finding about a row of the block; an error rejects the row.
  func report(
    _ code: FindingCode, row: Int, slot: Int, in block: RecordBlock, detail: String = ""
  ) {
    let value = block.cell(slot, row).trimmed.text
    report(code, row: row, column: heading.titles[slot], in: block, value: value, detail: detail)
  }

  func report(
    _ code: FindingCode, row: Int, column: String, in block: RecordBlock, value: String = "",
    detail: String = ""
  ) {
    if code.severity == .error { isRejected[row] = true }
    let place = heading.place.row(Int(block.rowNumbers[row]), column: column)
    pending.append((row, Finding(code, at: place, value: value, detail: detail)))
  }

  /// Tells of a row that is too long, with the cell that makes it so where that is one which is used.
  private func reportCut(_ row: Int, _ block: RecordBlock) {
    let longest = heading.fields.indices.max {
      block.cell($0, row).count < block.cell($1, row).count
    }
    guard let slot = longest, case let cell = block.cell(slot, row), cell.count > 1 << 15 else {
      return report(.rowTooLong, row: row, column: "", in: block)
    }
    let beginning = String(decoding: cell.prefix(120), as: UTF8.self).prefix(30)
    report(
      .rowTooLong, row: row, column: heading.titles[slot], in: block, value: beginning + "…")
  }

  private func submitter(of row: Int) -> String {
    let found = references.submitter(
      department: column(.department)?[row], event: column(.event)?[row])
    return found.isEmpty ? part.submitter : found
  }

  /// Whether a row that looks like a note has the day that a record must have.
  private func isRecord(_ kind: SheetLayout.RowKind, _ cells: [String], _ row: Int) -> Bool {
    guard kind == .note, !SheetLayout.isExample(cells) else { return false }
    return heading.fields.enumerated().contains { slot, field in
      field.isRequired && field.kind == .day && column(slot)[row] != Decoded.absent
    }
  }

  /// The cells of a row by the columns of the file; those that are never looked at are empty.
  private func cells(_ row: Int, _ block: RecordBlock) -> [String] {
    var cells = [String](repeating: "", count: heading.slots.count)
    for (column, slot) in visible { cells[column] = block.cell(slot, row).trimmed.text }
    return cells
  }

  private func reserve(_ rows: Int) {
    guard rows > capacity else { return }
    values.deallocate()
    isRejected.deallocate()
    capacity = max(rows, 1024)
    values = .allocate(capacity: capacity * (heading.fields.count + 1))
    isRejected = .allocate(capacity: capacity)
    isRejected.initialize(repeating: false, count: capacity)
  }

  /// Decodes some rows of all columns, then the next ones, so that their bytes are fetched once: all of a block
  /// do not stay in a near cache from one column to the next.
  private func decodeColumns(_ block: RecordBlock) {
    var hasSerials = [Bool](repeating: false, count: heading.fields.count)
    for first in stride(from: 0, to: block.rowCount, by: TableDecoder.decodedTogether) {
      let rows = min(TableDecoder.decodedTogether, block.rowCount - first)
      for (slot, field) in heading.fields.enumerated() {
        let cells = block.column(slot).dropping(rows: first)
        let latest = decode(field, slot, cells, rows, into: column(slot) + first)
        if latest >= Decoded.serialMark { hasSerials[slot] = true }
      }
    }
    for (slot, field) in heading.fields.enumerated() {
      if hasSerials[slot] { tellSerials(slot, block) }
      judge(field, slot, block)
    }
  }

  private static let decodedTogether = 256

  /// - Returns: of a column of days the last one that is written in another way than most.
  private func decode(
    _ field: Field, _ slot: Int, _ cells: CellColumn, _ rows: Int,
    into out: UnsafeMutablePointer<Int64>
  ) -> Int64 {
    switch field.kind {
    case .text: for row in 0..<rows { out[row] = decodePaddedPresence(cells[row]) }
    case .label, .choice: caches[slot]?.decode(cells, rows: rows, into: out)
    case .day: return decodePaddedDays(cells, rows: rows, into: out)
    case .amount:
      amounts.decode(cells, rows: rows, TableDecoder.unit(of: field.role), into: out)
    case .count: for row in 0..<rows { out[row] = decodeCount(cells[row]) }
    case .flag: for row in 0..<rows { out[row] = decodeFlag(cells[row]) }
    case .reference: references.resolve(field.role, cells, rows: rows, into: out)
    }
    return 0
  }

  private func tellSerials(_ slot: Int, _ block: RecordBlock) {
    let days = column(slot)
    for row in 0..<block.rowCount where days[row] >= Decoded.serialMark {
      tellSerial(row, slot, block)
    }
  }

  private static func unit(of role: Role) -> AmountUnit {
    switch role {
    case .hours: return .hours
    case .score: return .points
    default: return .none
    }
  }

  /// A day written as Excel's number for it is taken, and told: nobody who wrote it saw a day.
  private func tellSerial(_ row: Int, _ slot: Int, _ block: RecordBlock) {
    let days = column(slot)
    days[row] -= Decoded.serialMark
    report(
      .serialDay, row: row, slot: slot, in: block,
      detail: "\(Day(number: Int32(truncatingIfNeeded: days[row])))")
  }

  /// Reports what could not be decoded; afterwards a value is either usable or `absent`.
  private func judge(_ field: Field, _ slot: Int, _ block: RecordBlock) {
    let out = column(slot)
    let isRequired = field.isRequired
    let isReference = field.kind == .reference
    guard TableDecoder.hasNegative(out, block.rowCount, exceptAbsent: !isRequired) else { return }
    // Where some are, they are few: the others are passed over some at a time, too.
    for first in stride(from: 0, to: block.rowCount, by: TableDecoder.judgedTogether) {
      let rows = first..<min(first + TableDecoder.judgedTogether, block.rowCount)
      guard TableDecoder.hasNegative(out + first, rows.count, exceptAbsent: !isRequired) else {
        continue
      }
      for row in rows {
        let value = out[row]
        if value >= 0 || value > Decoded.negative && !isReference { continue }
        if value == Decoded.absent, !isRequired { continue }
        let code =
          isReference && value != Decoded.absent
          ? References.code(for: value) : TableDecoder.code(for: value, isRequired: isRequired)
        report(
          code, row: row, slot: slot, in: block, detail: detail(field, code, block.cell(slot, row)))
        out[row] = Decoded.absent
      }
    }
  }

  private static let judgedTogether = 256

  /// Whether any value is negative: nearly always none is, and the values are looked at some at a time.
  private static func hasNegative(
    _ values: UnsafePointer<Int64>, _ count: Int, exceptAbsent: Bool
  ) -> Bool {
    var all: Int64 = 0
    if exceptAbsent {
      // Of the negative numbers only `Decoded.absent` has no other bit than the first.
      for row in 0..<count { all |= values[row] & ((values[row] & .max) &+ .max) }
    } else {
      for row in 0..<count { all |= values[row] }
    }
    return all < 0
  }

  private static func code(for value: Int64, isRequired: Bool) -> FindingCode {
    switch value {
    case Decoded.absent: return .missingValue
    case Decoded.negative: return .negativeNumber
    default: return isRequired ? .unreadableValue : .unreadableOptional
    }
  }

  private func detail(_ field: Field, _ code: FindingCode, _ cell: CellBytes) -> String {
    switch code {
    case .ambiguousReference: return references.candidates(field.role, cell.trimmed)
    case .unknownReference: return references.suggestions(field.role, cell.trimmed)
    case .unreadableValue, .unreadableOptional:
      if field.kind == .day, case .trouble(let trouble) = DayText(cell.trimmed.text),
        trouble != .unknown
      {
        return trouble.rawValue
      }
      return TableDecoder.expectation(field.kind)
    default: return ""
    }
  }

  /// What a readable value of a kind looks like, as an example that needs no language.
  private static func expectation(_ kind: FieldKind) -> String {
    switch kind {
    case .day: return "2023-06-05"
    case .amount: return "1.5"
    case .count: return "12"
    case .flag: return "1, 0, 是, 否"
    case .choice(let choices, _): return Set(choices.values).sorted().joined(separator: ", ")
    case .text, .label, .reference: return ""
    }
  }
}
