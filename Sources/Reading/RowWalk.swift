/// One row of a table with all of its cells.
public struct RowCells {
  /// As a person counts it, from 1.
  public let number: Int
  /// A quoted cell of the row is never closed.
  public let isBroken: Bool
  /// The row is longer than any may be, and this is only its beginning.
  public let isCut: Bool
  let bytes: UnsafePointer<UInt8>
  var ranges: [Range<Int>]

  public var count: Int { ranges.count }

  /// The bytes of a cell in UTF-8, not trimmed; empty behind the last one.
  public subscript(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard column < ranges.count else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(
      start: bytes + ranges[column].lowerBound, count: ranges[column].count)
  }

  /// The number of cells up to the last one that is not empty.
  public var width: Int { (ranges.lastIndex { !$0.isEmpty } ?? -1) + 1 }
}

extension RowReader {
  /// Goes through all rows from the first one on, blank ones included, on the calling thread. It takes the
  /// place of `preview`, `begin` and `run`.
  ///
  /// - Parameter body: is called with each row, whose bytes are gone afterwards; ends the walk by false.
  /// - Throws: `ReadingError` where the table cannot be read to its end.
  public func walk(_ body: (RowCells) -> Bool) throws(ReadingError) {
    let block = RecordBlock(columnCount: 0)
    while try next(into: block) {
      guard block.isUTF8 else { throw .badEncoding(row: block.firstRow) }
      let scan = CarefulScan(
        bytes: block.bytes, count: block.byteCount, isFinal: true, dialect: block.dialect)
      var position = 0
      var number = block.firstRow
      var list = CellList()
      while position < block.byteCount {
        list.cells.removeAll(keepingCapacity: true)
        list.isBroken = false
        guard let end = scan.record(from: position, into: &list) else { break }
        let row = RowCells(
          number: number, isBroken: list.isBroken, isCut: block.isLastCut && end == block.byteCount,
          bytes: block.bytes, ranges: list.cells)
        guard body(row) else { return }
        position = end
        number += 1
      }
    }
  }
}
