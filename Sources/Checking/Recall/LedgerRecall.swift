internal import Records

extension Checker {
  /// Nil where nothing is remembered.
  func recall(
    _ pass: TablePass, _ ids: IdentifierIndex, _ departments: Departments, _ staff: Staff,
    _ consumer: any LedgerConsumer, _ keeper: LedgerKeeper?, _ keeping: LedgerKeeping
  ) -> FileRecall? {
    guard let memory, let dependencies = dependencies(on: [], staff) else { return nil }
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

  private func limits(_ labels: [[String]]) -> LedgerCode.Limits {
    LedgerCode.Limits(departments: departments, people: people, labels: labels.map(\.count))
  }

  func acceptedCount(of kept: KeptPart) throws(DamagedBytes) -> Int {
    guard kept.labels.count == KeptPart.labelled.count else { throw DamagedBytes() }
    var count = 0
    try LedgerCode.forEachRow(of: kept.rows, limits(kept.labels)) { row in
      if !row.isRejected { count += 1 }
    }
    return count
  }

  func acceptedRows(of rows: [UInt8]) -> [UInt32] {
    var numbers: [UInt32] = []
    forEachRow(rows, KeptPart.labelled.map { pass.texts($0) ?? [] }) { row in
      if !row.isRejected { numbers.append(row.number) }
    }
    return numbers
  }

  func repeatsEarlier(_ kept: KeptPart) -> Bool {
    var repeats = false
    forEachRow(kept.rows, kept.labels) { row in
      if let id = row.id, self.ids.find(id) != IdentifierIndex.absent { repeats = true }
    }
    return repeats
  }

  /// Some rows at a time. Labels get the codes that they have in this run.
  func restore(_ kept: KeptPart, as part: TablePart) {
    let codes = codes(of: kept)
    let batch = BatchBuffer<LedgerItem>()
    let most = 16 << 10
    batch.begin(reserving: most)
    forEachRow(kept.rows, kept.labels) { row in
      guard !row.isRejected else { return }
      let entry = row.entry.renumbered(labels: codes, row: part.rowBase &+ row.number)
      batch.append(entry.item)
      self.keeper?.keep(entry, row.texts)
      guard batch.count == most else { return }
      self.consumer.add(batch.batch)
      batch.begin(reserving: most)
    }
    consumer.add(batch.batch)
  }

  /// The codes of the labels that rows have; a text that none has is not made known.
  private func codes(of kept: KeptPart) -> [[Int16]] {
    var used = kept.labels.map { $0.map { _ in false } }
    forEachRow(kept.rows, kept.labels) { row in
      row.entry.forEachLabel { column, code in
        if code >= 0 { used[column][Int(code)] = true }
      }
    }
    return kept.labels.indices.map { column in
      zip(kept.labels[column], used[column]).map { text, isUsed in
        isUsed ? self.pass.code(of: text, KeptPart.labelled[column]) : -1
      }
    }
  }

  /// Only what is asked of items: whose they are and when they are due.
  func trace(_ kept: KeptPart, as part: TablePart) -> TraceBuffer {
    let names = kept.digests ?? []
    var traced: [TracedRow] = []
    var accepted = 0
    var (ofDepartments, raised, due, closed): ([Int64], [Int64], [Int64], [Int64]) = (
      [], [], [], []
    )
    forEachRow(kept.rows, kept.labels) { row in
      let name = row.isRejected || accepted >= names.count ? nil : names[accepted]
      if !row.isRejected { accepted += 1 }
      traced.append(
        TracedRow(
          row: part.rowBase &+ row.number, isRejected: row.isRejected, key: name?.key ?? 0,
          content: name?.content ?? 0))
      let item = row.entry.item
      ofDepartments.append(item.department < 0 ? TracedTable.absent : Int64(item.department))
      raised.append(RecalledItems.day(row.isRejected ? LedgerItem.noDay : item.raised))
      due.append(RecalledItems.day(item.due))
      closed.append(RecalledItems.day(item.closed))
    }
    return TraceBuffer(
      rows: traced,
      columns: [.department: ofDepartments, .raisedOn: raised, .dueOn: due, .closedOn: closed])
  }

  private static func day(_ day: Int32) -> Int64 {
    day == LedgerItem.noDay ? TracedTable.absent : Int64(day)
  }

  func see(_ kept: KeptPart, as part: TablePart) {
    forEachRow(kept.rows, kept.labels) { row in
      guard let id = row.id, self.ids.find(id) == IdentifierIndex.absent else { return }
      self.ids.set(
        id,
        to: row.isRejected
          ? IdentifierIndex.rejected : Int32(truncatingIfNeeded: part.number))
    }
  }

  /// The rows of a sheet that has been looked through before.
  private func forEachRow(
    _ rows: [UInt8], _ labels: [[String]], _ body: (LedgerCode.Row) -> Void
  ) {
    do throws(DamagedBytes) {
      try LedgerCode.forEachRow(of: rows, limits(labels), body)
    } catch {
      preconditionFailure("rows that could be read before")
    }
  }
}
