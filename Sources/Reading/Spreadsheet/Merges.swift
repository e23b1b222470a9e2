/// Cells merged across rows: where each begins, and how far down it reaches.
///
/// - Complexity: eight bytes each.
struct Merges: Sendable {
  /// As many as a sheet has rows; further ones are not looked at.
  private static let most = SheetText.mostRows

  /// First row from 0, rows further down, column: 20, 20 and 14 bits.
  private var packed: [UInt64] = []

  var count: Int { packed.count }

  /// - Parameter rows: counted from 1; what no sheet has is passed over, and so is a single row.
  mutating func add(rows: ClosedRange<Int>, column: Int) {
    guard rows.count > 1, rows.lowerBound >= 1, rows.upperBound <= SheetText.mostRows,
      (0..<SheetText.mostColumns).contains(column), packed.count < Merges.most
    else { return }
    packed.append(
      UInt64(rows.lowerBound - 1) << 34 | UInt64(rows.count - 1) << 14 | UInt64(column))
  }

  /// Puts them in the order of their first rows.
  ///
  /// - Complexity: O(n) where they are in order already, else O(n log n).
  mutating func sort() {
    for index in packed.indices.dropFirst() where packed[index - 1] > packed[index] {
      return packed.sort()
    }
  }

  subscript(_ index: Int) -> (rows: ClosedRange<Int>, column: Int) {
    let merge = packed[index]
    let first = Int(merge >> 34) + 1
    return (first...(first + Int(merge >> 14 & 0xF_FFFF)), Int(merge & 0x3FFF))
  }
}
