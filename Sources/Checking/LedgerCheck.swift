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

  init(
    decoder: TableDecoder, ids: IdentifierIndex, lastKnownDay: Day, consumer: any LedgerConsumer,
    keeper: LedgerKeeper? = nil
  ) {
    self.keeper = keeper
    self.decoder = decoder
    self.ids = ids
    self.lastKnownDay = lastKnownDay
    self.consumer = consumer
  }

  func decode(_ block: RecordBlock) {
    decoder.decode(block)
    decoder.warnOfFuture([.raisedOn, .closedOn, .recheckedOn], after: lastKnownDay, in: block)
    checkOrder(.closedOn, .closedBeforeRaised, block)
    checkOrder(.dueOn, .dueBeforeRaised, block)
  }

  func commit(_ block: RecordBlock) {
    let part = Int32(truncatingIfNeeded: decoder.part.number)
    decoder.acceptFirstOfEachId(
      of: block, ids: ids, earlierPart: { Int($0) }, accept: { _, id in ids.set(id, to: part) })
  }

  func finish(_ block: RecordBlock) {
    let columns = LedgerColumns(decoder)
    batch.begin(reserving: block.rowCount)
    for row in 0..<block.rowCount where !decoder.isRejected[row] {
      batch.append(columns.item(row))
    }
    consumer.add(batch.batch)
    if let keeper { keep(block, keeper) }
    decoder.settle(block)
  }

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
  let department, person, raised, due, closed, rechecked: UnsafeMutablePointer<Int64>?
  let level, category, source, measure, result: UnsafeMutablePointer<Int64>?

  init(_ decoder: TableDecoder) {
    department = decoder.column(.department)
    person = decoder.column(.person)
    raised = decoder.column(.raisedOn)
    due = decoder.column(.dueOn)
    closed = decoder.column(.closedOn)
    rechecked = decoder.column(.recheckedOn)
    level = decoder.column(.level)
    category = decoder.column(.category)
    source = decoder.column(.source)
    measure = decoder.column(.measure)
    result = decoder.column(.recheckResult)
  }

  func item(_ row: Int) -> LedgerItem {
    LedgerItem(
      department: Int32(truncatingIfNeeded: department?[row] ?? 0), person: index(person, row),
      raised: day(raised, row), due: day(due, row), closed: day(closed, row),
      rechecked: day(rechecked, row), level: code(level, row), category: code(category, row),
      source: code(source, row), hasMeasure: measure?[row] == 1,
      isReopened: result?[row] == Known.reopened)
  }

  private func day(_ column: UnsafeMutablePointer<Int64>?, _ row: Int) -> Int32 {
    guard let value = column?[row], value != Decoded.absent else { return LedgerItem.noDay }
    return Int32(truncatingIfNeeded: value)
  }

  private func index(_ column: UnsafeMutablePointer<Int64>?, _ row: Int) -> Int32 {
    guard let value = column?[row], value >= 0 else { return -1 }
    return Int32(truncatingIfNeeded: value)
  }

  private func code(_ column: UnsafeMutablePointer<Int64>?, _ row: Int) -> Int16 {
    guard let value = column?[row], value >= 0 else { return -1 }
    return Int16(truncatingIfNeeded: value)
  }
}
