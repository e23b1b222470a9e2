internal import Reading
internal import Records

/// What one thread has seen of a table's rows.
final class TraceBuffer {
  private(set) var rows: [TracedRow] = []
  private(set) var columns: [Role: [Int64]] = [:]

  init() {}

  /// Rows that an earlier run has seen.
  init(rows: [TracedRow], columns: [Role: [Int64]]) {
    self.rows = rows
    self.columns = columns
  }

  /// Takes the rows of a block over; to be called when all rules have been applied.
  ///
  /// - Parameter passedOver: rows that are no records.
  func add(_ block: RecordBlock, _ decoder: TableDecoder, passedOver: Set<Int>) {
    let fields = decoder.heading.fields
    let order = fields.indices.sorted { fields[$0].name < fields[$1].name }
    let hasId = fields.contains { $0.role == .id }
    // What names a row: its id, or of a participation its event and person, of an assignment the person
    // and the first day.
    let keys = order.filter {
      hasId ? fields[$0].role == .id : [.event, .person, .beginsOn].contains(fields[$0].role)
    }
    let kept = (0..<block.rowCount).filter { !passedOver.contains($0) }
    for row in kept {
      rows.append(
        TracedRow(
          row: decoder.part.rowBase &+ block.rowNumbers[row], isRejected: decoder.isRejected[row],
          key: TraceDigest.of(keys, fields, block, row),
          content: TraceDigest.of(order, fields, block, row)))
    }
    for role in Role.allCases {
      guard let column = decoder.column(role) else { continue }
      columns[role, default: []].reserveCapacity(rows.count)
      for row in kept { columns[role, default: []].append(column[row]) }
    }
  }
}

/// A digest of some cells of a row that is the same in every run: FNV-1a over the columns' names and the
/// cells without the blanks around them, mixed once more at the end.
private enum TraceDigest {
  static func of(_ slots: [Int], _ fields: [Field], _ block: RecordBlock, _ row: Int) -> UInt64 {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for slot in slots {
      let cell = block.cell(slot, row).trimmed
      guard !cell.isEmpty else { continue }
      for byte in fields[slot].name.utf8 { step(&state, byte) }
      step(&state, 0)
      for byte in cell { step(&state, byte) }
      step(&state, 0)
    }
    state = (state ^ (state >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return state ^ (state >> 32)
  }

  @inline(__always)
  private static func step(_ state: inout UInt64, _ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
}
