internal import Reading
internal import Records

/// Checks a ledger: references, dates and their order, repeated ids.
final class LedgerCheck: TableWorker {
  let decoder: TableDecoder
  private let ids: IdentifierIndex
  private let consumer: any LedgerConsumer
  private let lastKnownDay: Day
  private let batch = BatchBuffer<LedgerItem>()
  /// Holds the accepted rows, where they are asked for.
  private let keeper: LedgerKeeper?
  /// Keeps the rows for later runs, where one of them may ask for them.
  private let capture: RowCapture?

  init(
    decoder: TableDecoder, ids: IdentifierIndex, lastKnownDay: Day, consumer: any LedgerConsumer,
    keeper: LedgerKeeper? = nil, capture: RowCapture? = nil
  ) {
    self.keeper = keeper
    self.capture = capture
    self.decoder = decoder
    self.ids = ids
    self.lastKnownDay = lastKnownDay
    self.consumer = consumer
  }

  func decode(_ block: RecordBlock) {
    decoder.decode(block)
    decoder.warnOfFuture(LedgerCheck.pastDays, after: lastKnownDay, in: block)
    checkOrder(.closedOn, .closedBeforeRaised, block)
    checkOrder(.dueOn, .dueBeforeRaised, block)
    decoder.warnOfClosedDepartments(.raisedOn, in: block)
    decoder.takePresentDepartments(block)
    decoder.takeGroups(block)
  }

  func commit(_ block: RecordBlock) {
    let part = Int32(truncatingIfNeeded: decoder.part.number)
    decoder.acceptFirstOfEachId(
      of: block, ids: ids, earlierPart: { Int($0) }, accept: { _, _ in part })
  }

  func finish(_ block: RecordBlock) {
    let columns = LedgerColumns(decoder)
    // Those who keep rows want all of a block at once.
    let size = keeper == nil && capture == nil ? LedgerCheck.batchRows : block.rowCount
    batch.begin(reserving: size)
    let isRejected = decoder.isRejected
    for row in 0..<block.rowCount where !isRejected[row] {
      batch.append(columns.item(row))
      if batch.count == size, size < block.rowCount {
        consumer.add(batch.batch)
        batch.begin(reserving: size)
      }
    }
    consumer.add(batch.batch)
    if let keeper { keep(block, keeper) }
    if let capture { keep(block, in: capture) }
    decoder.settle(block)
  }

  /// Rows are handed over while they are in the nearest cache.
  private static let batchRows = 512

  private func keep(_ block: RecordBlock, in capture: RowCapture) {
    let idSlot = capture.keepsIds ? decoder.heading.slot(.id) : nil
    let departments = decoder.column(.department)
    let entries = keeper?.kept.suffix(batch.count)
    var code = LedgerCode()
    var accepted = 0
    for row in 0..<block.rowCount {
      let id = idSlot.map { block.cell($0, row).trimmed }.flatMap { $0.isEmpty ? nil : $0.text }
      let isRejected = decoder.isRejected[row]
      let number = block.rowNumbers[row]
      var entry = LedgerEntry.only(department: Int32(max(departments?[row] ?? -1, -1)))
      var texts: LedgerTexts?
      if !isRejected {
        entry = LedgerEntry(item: batch.batch[accepted], row: number)
        if let entries { (entry, texts) = entries[entries.startIndex + accepted] }
        accepted += 1
      }
      code.append(
        LedgerCode.Row(number: number, isRejected: isRejected, id: id, entry: entry, texts: texts))
    }
    capture.add(code.bytes, sequence: block.sequence)
    decoder.noteFutures(LedgerCheck.pastDays, after: lastKnownDay, in: block, capture)
  }

  /// The days that cannot have come yet where something is known of them.
  private static let pastDays: [Role] = [.raisedOn, .closedOn, .recheckedOn]

  private func keep(_ block: RecordBlock, _ keeper: LedgerKeeper) {
    var accepted = batch.batch.startIndex
    for row in 0..<block.rowCount where !decoder.isRejected[row] {
      keeper.keep(batch.batch[accepted], row, block, decoder)
      accepted += 1
    }
  }

  /// A day that must not lie before the day on which the item was raised.
  private func checkOrder(_ role: Role, _ code: FindingCode, _ block: RecordBlock) {
    guard let slot = decoder.heading.slot(role), let raised = decoder.column(.raisedOn) else {
      return
    }
    let days = decoder.column(slot)
    for row in 0..<block.rowCount
    where days[row] < raised[row] && days[row] != Decoded.absent && raised[row] != Decoded.absent {
      decoder.report(
        code, row: row, slot: slot, in: block,
        detail: "\(Day(number: Int32(truncatingIfNeeded: raised[row])))")
    }
  }
}

/// The columns of a block that make an item.
private struct LedgerColumns {
  let department, person, raised, due, closed, rechecked: DecodedColumn
  let level, category, source, measure, result: DecodedColumn

  init(_ decoder: TableDecoder) {
    department = decoder.decoded(.department)
    person = decoder.decoded(.person)
    raised = decoder.decoded(.raisedOn)
    due = decoder.decoded(.dueOn)
    closed = decoder.decoded(.closedOn)
    rechecked = decoder.decoded(.recheckedOn)
    level = decoder.decoded(.level)
    category = decoder.decoded(.category)
    source = decoder.decoded(.source)
    measure = decoder.decoded(.measure)
    result = decoder.decoded(.recheckResult)
  }

  @inline(__always)
  func item(_ row: Int) -> LedgerItem {
    LedgerItem(
      department: department.number(row, or: 0), person: person.number(row, or: -1),
      raised: day(raised, row), due: day(due, row), closed: day(closed, row),
      rechecked: day(rechecked, row), level: level.number(row, or: -1),
      category: category.number(row, or: -1), source: source.number(row, or: -1),
      hasMeasure: measure.value(row, or: 0) == 1,
      isReopened: result.value(row, or: -1) == Known.reopened)
  }

  @inline(__always)
  private func day(_ column: DecodedColumn, _ row: Int) -> Int32 {
    column.number(row, or: LedgerItem.noDay)
  }
}
