/// References to cells as `AB12`.
enum CellReference {
  /// The column from 0; nil where there is none.
  static func column(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? { cell(bytes).column }

  /// The first and last cell of a range as `A2:B5`, or of a single cell; nil where it is none.
  static func range(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
    let first = cell(UnsafeBufferPointer(rebasing: bytes[..<colon]))
    let last =
      colon == bytes.count ? first : cell(UnsafeBufferPointer(rebasing: bytes[(colon + 1)...]))
    guard let left = first.column, let right = last.column, let top = first.row,
      let bottom = last.row, left <= right, top <= bottom
    else { return nil }
    return (left...right, top...bottom)
  }

  /// Column from 0 and row from 1 of a cell, whatever signs stand between; nil where it has none.
  private static func cell(_ bytes: UnsafeBufferPointer<UInt8>) -> (column: Int?, row: Int?) {
    var (letters, column, row) = (0, 0, 0)
    for byte in bytes {
      if byte &- 48 <= 9 {
        row = min(row * 10 + Int(byte - 48), SheetText.mostRows + 1)
      } else if case let letter = byte & 0xDF &- 65, letter < 26, row == 0 {
        letters += 1
        guard letters <= 4 else { return (nil, nil) }
        column = column * 26 + Int(letter) + 1
      } else if byte != UInt8(ascii: "$") {
        break
      }
    }
    return (column > 0 ? column - 1 : nil, row > 0 ? row : nil)
  }
}
