internal import Records

/// Rows of a ledger as bytes, some fifteen a row; rows come in pieces, each of so many rows, and a piece
/// stands for itself. Of rejected rows there is what a reader of the whole ledger must know: where they
/// stand, whose they are, and which id they take.
struct LedgerCode {
  private var piece = PieceWriter()
  private var before = Before()

  /// What the next row is told from.
  private struct Before {
    var row: Int64 = 0
    var department: Int64 = 0
    var raised: Int64 = 0
    var person: Int64 = 0
  }

  private enum Mark {
    static let nextRow: UInt64 = 1
    static let rejected: UInt64 = 2
    static let measure: UInt64 = 4
    static let reopened: UInt64 = 8
    static let individual: UInt64 = 16
    static let due: UInt64 = 32
    static let closed: UInt64 = 64
    static let rechecked: UInt64 = 128
    static let person: UInt64 = 256
    static let postponedTo: UInt64 = 512
    static let postponedOn: UInt64 = 1024
    static let texts: UInt64 = 2048
    static let id: UInt64 = 4096
    static let department: UInt64 = 8192
    /// Unstated, old, new.
    static let originShift: UInt64 = 14
  }

  /// A row; of a rejected one the entry says only whose it is, with -1 where that is not known.
  struct Row: RecalledRow {
    let number: UInt32
    let isRejected: Bool
    /// Nil where ids are not kept, or the row has none.
    let id: String?
    /// Numbered as the row, within its sheet.
    let entry: LedgerEntry
    let texts: LedgerTexts?
  }

  /// The piece with its rows; empty where there are none.
  var bytes: [UInt8] { piece.bytes }

  mutating func append(_ row: Row) {
    let item = row.entry.item
    let now = Before(
      row: Int64(row.number), department: Int64(item.department), raised: Int64(item.raised),
      person: Int64(item.person))
    let mark = mark(row)
    piece.rows.number(mark)
    if mark & Mark.nextRow == 0 { piece.rows.signed(now.row - before.row) }
    if mark & Mark.department != 0 {
      piece.rows.signed(now.department - before.department)
      before.department = now.department
    }
    if let id = row.id { piece.rows.text(id) }
    before.row = now.row
    piece.countRow()
    if row.isRejected { return }
    piece.rows.signed(now.raised - before.raised)
    before.raised = now.raised
    let days: [(UInt64, Int32)] = [
      (Mark.due, item.due), (Mark.closed, item.closed), (Mark.rechecked, item.rechecked),
      (Mark.postponedTo, row.entry.postponedTo), (Mark.postponedOn, row.entry.postponedOn),
    ]
    for (bit, day) in days where mark & bit != 0 { piece.rows.signed(Int64(day) - now.raised) }
    if mark & Mark.person != 0 {
      piece.rows.signed(now.person - before.person)
      before.person = now.person
    }
    row.entry.forEachLabel { _, code in piece.rows.number(UInt64(Int(code) + 1)) }
    if let texts = row.texts { write(texts) }
  }

  private func mark(_ row: Row) -> UInt64 {
    let (entry, item) = (row.entry, row.entry.item)
    let bits: [(UInt64, Bool)] = [
      (Mark.nextRow, Int64(row.number) == before.row + 1), (Mark.rejected, row.isRejected),
      (Mark.measure, item.hasMeasure), (Mark.reopened, item.isReopened),
      (Mark.individual, entry.isIndividual), (Mark.due, item.due != LedgerItem.noDay),
      (Mark.closed, item.closed != LedgerItem.noDay),
      (Mark.rechecked, item.rechecked != LedgerItem.noDay), (Mark.person, item.person >= 0),
      (Mark.postponedTo, entry.postponedTo != LedgerItem.noDay),
      (Mark.postponedOn, entry.postponedOn != LedgerItem.noDay), (Mark.texts, row.texts != nil),
      (Mark.id, row.id != nil), (Mark.department, item.department >= 0),
    ]
    return bits.reduce(UInt64(entry.origin.rawValue) << Mark.originShift) {
      $1.1 ? $0 | $1.0 : $0
    }
  }

  private mutating func write(_ texts: LedgerTexts) {
    for text in [
      texts.id, texts.title, texts.owner, texts.leader, texts.measure, texts.acceptance,
    ] { piece.rows.text(text) }
  }
}

extension LedgerCode {
  /// What the numbers in a row may be.
  struct Limits {
    let departments: Int
    let people: Int
    /// By the order of `RecalledItems.labelled`.
    let labels: [Int]
  }

  /// Reads pieces back, one row after the other.
  ///
  /// - Throws: `DamagedBytes` where a row is none, or has to do with what there is not.
  static func forEachRow(
    of bytes: [UInt8], _ limits: Limits, _ body: (Row) -> Void
  ) throws(DamagedBytes) {
    try bytes.readingPieces { reader, count throws(DamagedBytes) in
      var before = Before()
      for _ in 0..<count {
        body(try row(&reader, &before, limits))
      }
    }
  }

  private static func row(
    _ reader: inout ByteReader, _ before: inout Before, _ limits: Limits
  ) throws(DamagedBytes) -> Row {
    let mark = try reader.number()
    before.row &+= mark & Mark.nextRow != 0 ? 1 : try reader.signed()
    if mark & Mark.department != 0 { before.department &+= try reader.signed() }
    let id = mark & Mark.id != 0 ? try reader.text() : nil
    guard let number = UInt32(exactly: before.row), before.department >= 0,
      before.department < max(1, limits.departments)
    else { throw DamagedBytes() }
    let department = mark & Mark.department != 0 ? Int32(before.department) : -1
    guard mark & Mark.rejected == 0 else {
      return Row(
        number: number, isRejected: true, id: id, entry: .only(department: department), texts: nil)
    }
    guard department >= 0 else { throw DamagedBytes() }
    let entry = try entry(&reader, &before, mark, department, number, limits)
    return Row(
      number: number, isRejected: false, id: id, entry: entry,
      texts: mark & Mark.texts != 0 ? try texts(&reader) : nil)
  }

  private static func entry(
    _ reader: inout ByteReader, _ before: inout Before, _ mark: UInt64, _ department: Int32,
    _ number: UInt32, _ limits: Limits
  ) throws(DamagedBytes) -> LedgerEntry {
    before.raised &+= try reader.signed()
    guard let raised = Int32(exactly: before.raised),
      let origin = LedgerEntry.Origin(rawValue: UInt8(truncatingIfNeeded: mark >> Mark.originShift))
    else { throw DamagedBytes() }
    let due = try day(&reader, raised, mark & Mark.due)
    let closed = try day(&reader, raised, mark & Mark.closed)
    let rechecked = try day(&reader, raised, mark & Mark.rechecked)
    let postponedTo = try day(&reader, raised, mark & Mark.postponedTo)
    let postponedOn = try day(&reader, raised, mark & Mark.postponedOn)
    if mark & Mark.person != 0 { before.person &+= try reader.signed() }
    guard mark & Mark.person == 0 || (0..<Int64(limits.people)).contains(before.person) else {
      throw DamagedBytes()
    }
    let level = try code(&reader, limits.labels[0])
    let category = try code(&reader, limits.labels[1])
    let source = try code(&reader, limits.labels[2])
    return LedgerEntry(
      item: LedgerItem(
        department: department, person: mark & Mark.person != 0 ? Int32(before.person) : -1,
        raised: raised, due: due, closed: closed, rechecked: rechecked, level: level,
        category: category, source: source, hasMeasure: mark & Mark.measure != 0,
        isReopened: mark & Mark.reopened != 0),
      postponedTo: postponedTo, postponedOn: postponedOn,
      aspect: try code(&reader, limits.labels[3]), origin: origin,
      isIndividual: mark & Mark.individual != 0, row: number)
  }

  @inline(__always)
  private static func day(
    _ reader: inout ByteReader, _ raised: Int32, _ bit: UInt64
  ) throws(DamagedBytes) -> Int32 {
    guard bit != 0 else { return LedgerItem.noDay }
    guard let day = Int32(exactly: Int64(raised) &+ (try reader.signed())) else {
      throw DamagedBytes()
    }
    return day
  }

  @inline(__always)
  private static func code(
    _ reader: inout ByteReader, _ limit: Int
  ) throws(DamagedBytes) -> Int16 {
    let number = try reader.number()
    guard number <= UInt64(limit), number <= UInt64(LedgerItem.mostLabels) else {
      throw DamagedBytes()
    }
    return Int16(number) - 1
  }

  private static func texts(_ reader: inout ByteReader) throws(DamagedBytes) -> LedgerTexts {
    LedgerTexts(
      id: try reader.text(), title: try reader.text(), owner: try reader.text(),
      leader: try reader.text(), measure: try reader.text(), acceptance: try reader.text())
  }
}

extension LedgerEntry {
  /// What is kept of a rejected row.
  static func only(department: Int32) -> LedgerEntry {
    LedgerEntry(
      item: LedgerItem(
        department: department, person: -1, raised: 0, due: LedgerItem.noDay,
        closed: LedgerItem.noDay, rechecked: LedgerItem.noDay, level: -1, category: -1, source: -1,
        hasMeasure: false, isReopened: false), row: 0)
  }

  /// An item of which nothing but what is counted is kept.
  init(item: LedgerItem, row: UInt32) {
    self.init(
      item: item, postponedTo: LedgerItem.noDay, postponedOn: LedgerItem.noDay, aspect: -1,
      origin: .unstated, isIndividual: false, row: row)
  }

  /// The codes of its labels with the columns of `RecalledItems.labelled`.
  @inline(__always)
  func forEachLabel(_ body: (_ column: Int, _ code: Int16) -> Void) {
    body(0, item.level)
    body(1, item.category)
    body(2, item.source)
    body(3, aspect)
  }

  /// The same item with its labels' codes and its row's number in another run.
  func renumbered(labels: [[Int16]], row: UInt32) -> LedgerEntry {
    func code(_ code: Int16, _ column: Int) -> Int16 { code < 0 ? -1 : labels[column][Int(code)] }
    let old = item
    return LedgerEntry(
      item: LedgerItem(
        department: old.department, person: old.person, raised: old.raised, due: old.due,
        closed: old.closed, rechecked: old.rechecked, level: code(old.level, 0),
        category: code(old.category, 1), source: code(old.source, 2), hasMeasure: old.hasMeasure,
        isReopened: old.isReopened), postponedTo: postponedTo, postponedOn: postponedOn,
      aspect: code(aspect, 3), origin: origin, isIndividual: isIndividual, row: row)
  }
}
