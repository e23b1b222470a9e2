internal import Reading

/// Tells from the first bytes of a row that it cannot be a heading, a total, a note or an example.
///
/// `SheetLayout.kind` folds every cell of a row, and a file may have a million rejected rows of which none is
/// anything but a record. Nearly all records begin with an id, or a number, which none of the words does
/// that those rows begin with; where it does not, the row is looked at in full.
struct RecordSigns {
  /// No heading begins as an id does.
  private let headingsAreWords: Bool

  init(headings: [String]) {
    headingsAreWords = headings.allSatisfy { heading in
      let folded = Array(Heading.folded(heading).utf8)
      return !folded.withUnsafeBufferPointer(RecordSigns.isLikeId)
    }
  }

  /// Whether a row is a record for certain.
  ///
  /// - Parameter cells: the first two of the row's cells that are not empty, without white space at their ends.
  func areRecord(_ first: CellBytes, _ second: CellBytes) -> Bool {
    headingsAreWords && RecordSigns.isLikeId(first) && !second.isEmpty
      && !RecordSigns.mayBeSubtotal(second)
  }

  /// A digit, or a letter and a digit.
  private static func isLikeId(_ text: CellBytes) -> Bool {
    guard let first = text.first else { return false }
    if isDigit(first) { return true }
    return isLetter(first) && text.count > 1 && isDigit(text[1])
  }

  /// Of the words for a subtotal (小计, 本页小计, 本页合计, subtotal) each begins with one of three characters;
  /// full width and signs that nobody sees are looked at in full.
  private static func mayBeSubtotal(_ text: CellBytes) -> Bool {
    let first = text[0]
    if isDigit(first) { return false }
    if isLetter(first) { return first | 0x20 == UInt8(ascii: "s") }
    guard (0xE4...0xE9).contains(first), text.count >= 3 else { return true }
    return [[0xE5, 0xB0, 0x8F], [0xE6, 0x9C, 0xAC]].contains { text.starts(with: $0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 <= 9 }
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }
}
