internal import Records

extension Checker {
  /// Nil where nothing is remembered.
  func recall(
    _ pass: TablePass, _ ids: IdentifierIndex, _ departments: Departments, _ staff: Staff,
    _ consumer: any LedgerConsumer, _ keeper: LedgerKeeper?, _ keeping: LedgerKeeping
  ) -> FileRecall? {
    guard let memory,
      let dependencies = dependencies(on: [.departments, .staff, .staffAssignments], staff)
    else { return nil }
    let rows = RecalledItems(
      pass, ids, consumer, keeper, form: "items 1 \(keeping)",
      departments: departments.all.count, people: staff.count)
    return FileRecall(
      self, memory, pass, rows, dependencies: dependencies, lastKnownDay: lastKnownDay)
  }
}

/// The rows of a ledger.
final class RecalledItems: RecalledRows {
  let form: String
  /// An id is looked for among those of all rows before it.
  let isJudgedByFile = true
  let looksAtFuture = true
  let labelled: [Role] = [.level, .category, .source, .aspect]
  let traced: [Role] = [.department, .raisedOn, .dueOn, .closedOn]
  let tracesRejected = true
  private let pass: TablePass
  private let ids: IdentifierIndex
  private let consumer: any LedgerConsumer
  private let keeper: LedgerKeeper?
  private let departments: Int
  private let people: Int

  init(
    _ pass: TablePass, _ ids: IdentifierIndex, _ consumer: any LedgerConsumer,
    _ keeper: LedgerKeeper?, form: String, departments: Int, people: Int
  ) {
    self.pass = pass
    self.ids = ids
    self.consumer = consumer
    self.keeper = keeper
    // Ids are kept where there are other files that may have them, too.
    self.form = form + (pass.files.count > 1 ? " with ids" : "")
    self.departments = departments
    self.people = people
  }

  func forEachRow(
    of rows: [UInt8], _ labels: [[String]], _ body: (LedgerCode.Row) -> Void
  ) throws(DamagedBytes) {
    let limits = LedgerCode.Limits(
      departments: departments, people: people, labels: labels.map(\.count))
    try LedgerCode.forEachRow(of: rows, limits, body)
  }

  func repeatsEarlier(_ row: LedgerCode.Row) -> Bool {
    row.id.map { ids.find($0) != IdentifierIndex.absent } ?? false
  }

  /// Labels get the codes that they have in this run.
  func restore(_ kept: KeptPart, as part: TablePart) {
    let codes = codes(of: kept)
    let feed = BatchFeed<LedgerItem> { self.consumer.add($0) }
    forEachSoundRow(kept.rows, kept.labels) { row in
      guard !row.isRejected else { return }
      let entry = row.entry.renumbered(labels: codes, row: part.rowBase &+ row.number)
      feed.append(entry.item)
      self.keeper?.keep(entry, row.texts)
    }
    feed.flush()
  }

  private func codes(of kept: KeptPart) -> [[Int16]] {
    var used = kept.labels.map { $0.map { _ in false } }
    forEachSoundRow(kept.rows, kept.labels) { row in
      row.entry.forEachLabel { column, code in
        if code >= 0 { used[column][Int(code)] = true }
      }
    }
    return pass.codes(of: kept.labels, labelled, where: used)
  }

  /// Only what is asked of items: whose they are and when they are due.
  func values(_ row: LedgerCode.Row) -> [Int64] {
    let item = row.entry.item
    return [
      item.department < 0 ? TracedTable.absent : Int64(item.department),
      RecalledItems.day(row.isRejected ? LedgerItem.noDay : item.raised),
      RecalledItems.day(item.due), RecalledItems.day(item.closed),
    ]
  }

  private static func day(_ day: Int32) -> Int64 {
    day == LedgerItem.noDay ? TracedTable.absent : Int64(day)
  }

  func see(_ row: LedgerCode.Row, as part: TablePart) {
    guard let id = row.id, ids.find(id) == IdentifierIndex.absent else { return }
    ids.set(
      id,
      to: row.isRejected ? IdentifierIndex.rejected : Int32(truncatingIfNeeded: part.number))
  }
}
