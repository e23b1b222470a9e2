import Glibc
import Reading

/// One input of the fuzzer: whatever kind of file its bytes make it, it is read as `convert` and `check` would
/// read it. Every error is fine; what is looked for are traps, endless loops and memory without bounds.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let content = Array(UnsafeBufferPointer(start: bytes, count: count))
  do throws(ReadingError) {
    for table in try InputFile.tables(ofContent: content) {
      // One reader shows its beginning and is then read by blocks, another one row by row.
      let rows = try table.preview(rows: 8)
      try table.begin(behind: rows.first?.number ?? 0)
      try table.run([Sink()], slots: Array(0..<min(rows.first?.cells.count ?? 0, 64)))
    }
    for table in try InputFile.tables(ofContent: content) {
      var last = 0
      try table.walk { row in
        precondition(row.number > last, "rows come in order")
        last = row.number
        return row.count < 1 << 20
      }
    }
  } catch {}
  return 0
}

/// Takes every cell, so that each is looked at.
private final class Sink: BlockWorker {
  private var sum: UInt8 = 0

  func decode(_ block: RecordBlock) {
    for column in 0..<block.columnCount {
      for row in 0..<block.rowCount {
        for byte in block.cell(column, row) { sum &+= byte }
      }
    }
  }

  func commit(_ block: RecordBlock) {}
  func finish(_ block: RecordBlock) {}
}
