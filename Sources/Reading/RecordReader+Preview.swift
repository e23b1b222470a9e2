extension RecordReader {
  /// As `RowReader` says; records of the first block only are shown, of a long line at least the first.
  public func preview(rows limit: Int) throws(ReadingError) -> [PreviewRow] {
    let beginning = try beginning
    var bytes = beginning.bytes
    let limits = (rows: limit, bytes: 64 << 10)
    return try bytes.withUnsafeMutableBufferPointer { bytes throws(ReadingError) in
      guard let base = bytes.baseAddress else { return [] }
      let scan = CarefulScan(
        bytes: base, count: bytes.count, isFinal: beginning.isFinal, dialect: beginning.dialect)
      var rows: [PreviewRow] = []
      var position = 0
      var number = beginning.firstRow
      while position < bytes.count, rows.count < limits.rows,
        rows.isEmpty || position < limits.bytes
      {
        var list = CellList()
        guard let end = scan.record(from: position, into: &list) else {
          if rows.isEmpty { throw .recordTooLong(row: number) }
          break
        }
        let cells = list.cells.map { trimmed(UnsafeBufferPointer(rebasing: bytes[$0])) }
        if cells.contains(where: { !$0.isEmpty }) {
          rows.append(PreviewRow(number: number, cells: cells))
        }
        position = end
        number += 1
      }
      return rows
    }
  }

  public func begin(behind row: Int) throws(ReadingError) {
    let beginning = try beginning
    var bytes = beginning.bytes
    let wanted = max(0, row - beginning.firstRow + 1)
    var position = 0
    var skipped = 0
    bytes.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      let scan = CarefulScan(
        bytes: base, count: bytes.count, isFinal: beginning.isFinal, dialect: beginning.dialect)
      var sink = NoCells()
      while skipped < wanted, let end = scan.record(from: position, into: &sink) {
        position = end
        skipped += 1
      }
    }
    guard skipped == wanted else {
      throw .recordTooLong(row: beginning.firstRow + skipped)
    }
    skip(bytes: position, rows: wanted)
  }
}

private func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
  let text = String(decoding: bytes, as: UTF8.self)
  guard let first = text.firstIndex(where: { !$0.isWhitespace }),
    let last = text.lastIndex(where: { !$0.isWhitespace })
  else { return "" }
  return String(text[first...last])
}
