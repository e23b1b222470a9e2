internal import Reading
internal import Records

/// What the accepted rows of a table are put into that others refer to.
protocol RecordList: AnyObject {
  /// Whether each file is judged for itself.
  var isJudgedByFile: Bool { get }

  /// A further sheet begins.
  func begin(_ part: TablePart, _ pass: TablePass)

  /// Whether a row repeats one of the files before.
  func repeatsEarlier(_ row: RecordCode.Row) -> Bool

  /// Takes a row as it was decided about when it was read, a rejected one, too.
  func restore(_ row: RecordCode.Row, as part: TablePart)
}

/// The rows of a table that others refer to.
final class RecalledRecords: RecalledRows {
  typealias Row = RecordCode.Row

  let shape: RecordForm
  let looksAtFuture: Bool
  let labelled: [Role]
  let traced: [Role]
  let tracesRejected = true
  private let list: any RecordList
  private let pass: TablePass
  /// The columns that have the codes of `labelled`.
  private let labelColumns: [Int]

  init(_ shape: RecordForm, _ list: any RecordList, _ pass: TablePass, looksAtFuture: Bool) {
    self.shape = shape
    self.list = list
    self.pass = pass
    self.looksAtFuture = looksAtFuture
    traced = shape.columns.map(\.role)
    labelColumns = shape.columns.indices.filter { pass.isLabelled(shape.columns[$0].role) }
    labelled = labelColumns.map { shape.columns[$0].role }
  }

  var form: String { shape.name }
  var isJudgedByFile: Bool { list.isJudgedByFile }

  func forEachRow(
    of rows: [UInt8], _ labels: [[String]], _ body: (Row) -> Void
  ) throws(DamagedBytes) {
    try RecordCode.forEachRow(
      of: rows, shape,
      labels: Dictionary(zip(labelled, labels.map(\.count))) { first, _ in first }, body)
  }

  func repeatsEarlier(_ row: Row) -> Bool { list.repeatsEarlier(row) }

  /// Rows have to be there at once: what others refer to is looked up in them.
  func see(_ row: Row, as part: TablePart) {}

  func restore(_ kept: KeptPart, as part: TablePart) {
    list.begin(part, pass)
    let codes = codes(of: kept)
    forEachSoundRow(kept.rows, kept.labels) { row in
      self.list.restore(row.renumbered(self.labelColumns, codes), as: part)
    }
  }

  private func codes(of kept: KeptPart) -> [[Int16]] {
    var used = kept.labels.map { $0.map { _ in false } }
    forEachSoundRow(kept.rows, kept.labels) { row in
      for (label, column) in self.labelColumns.enumerated() where row.value(column) >= 0 {
        used[label][Int(row.value(column))] = true
      }
    }
    return pass.codes(of: kept.labels, labelled, where: used)
  }

  func values(_ row: Row) -> [Int64] { shape.columns.indices.map(row.value) }
}

/// Keeps the rows of a sheet of a table that others refer to, on one thread.
struct RecordCapture {
  private let form: RecordForm
  private let decoder: TableDecoder
  private let capture: RowCapture

  /// Nil where nothing is kept.
  init?(_ form: RecordForm, _ decoder: TableDecoder, _ capture: RowCapture?) {
    guard let capture else { return nil }
    self.form = form
    self.decoder = decoder
    self.capture = capture
  }

  /// Keeps the rows of a block; to be called when it is known which of them are accepted.
  ///
  /// - Parameter passedOver: rows that are as if they were not there.
  func keep(_ block: RecordBlock, passedOver: Set<Int> = []) {
    let columns = form.columns.map { decoder.decoded($0.role) }
    let slots = form.texts.map { decoder.heading.slot($0) }
    var code = RecordCode(form)
    var values = columns.map { _ in Decoded.absent }
    var texts = slots.map { _ in CellBytes(start: nil, count: 0) }
    for row in 0..<block.rowCount where !passedOver.contains(row) {
      for (index, column) in columns.enumerated() {
        let value = column[row] ?? Decoded.absent
        values[index] = form.columns[index].limits.contains(value) ? value : Decoded.absent
      }
      for (index, slot) in slots.enumerated() {
        if let slot { texts[index] = block.cell(slot, row).trimmed }
      }
      code.append(
        number: block.rowNumbers[row], isRejected: decoder.isRejected[row], values: values,
        texts: texts)
    }
    capture.add(code.bytes, sequence: block.sequence)
  }

  func noteFutures(_ roles: [Role], after last: Day, in block: RecordBlock) {
    decoder.noteFutures(roles, after: last, in: block, capture)
  }

  func noteRepetition(of row: UInt32) { capture.noteRepetition(of: row) }
}

extension Checker {
  /// Knows of the files of a table that others refer to; nil where nothing is remembered.
  ///
  /// - Parameters:
  ///   - tables: those that the rows refer to.
  ///   - looksAtFuture: whether some days are told to lie in the future.
  func recall(
    _ pass: TablePass, _ form: RecordForm, _ list: any RecordList, on tables: [TableSchema],
    _ staff: Staff? = nil, looksAtFuture: Bool = false
  ) -> FileRecall? {
    guard let memory, grouping == nil, let dependencies = dependencies(on: tables, staff) else {
      return nil
    }
    return FileRecall(
      self, memory, pass, RecalledRecords(form, list, pass, looksAtFuture: looksAtFuture),
      dependencies: dependencies, lastKnownDay: lastKnownDay)
  }
}
