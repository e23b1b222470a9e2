import CZlib

/// Takes the bytes of one XML part in pieces and notes its length, its checksum, its rows and whether
/// it ends with its root element.
struct PartScanner {
  private(set) var size = 0
  private(set) var checksum: UInt32 = 0
  /// How often `<row ` occurs.
  private(set) var rowCount = 0
  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  private var matched = 0

  private static let row = Array("<row ".utf8)
  private static let headLength = 512
  private static let tailLength = 64

  mutating func take(_ piece: UnsafeBufferPointer<UInt8>) {
    guard !piece.isEmpty else { return }
    size += piece.count
    checksum = UInt32(crc32(UInt(checksum), piece.baseAddress, UInt32(piece.count)))
    if head.count < PartScanner.headLength {
      head.append(contentsOf: piece.prefix(PartScanner.headLength - head.count))
    }
    tail = Array((tail + piece.suffix(PartScanner.tailLength)).suffix(PartScanner.tailLength))
    countRows(piece)
  }

  private mutating func countRows(_ piece: UnsafeBufferPointer<UInt8>) {
    let row = PartScanner.row
    var matched = matched
    for byte in piece {
      if byte == UInt8(ascii: "<") {
        matched = 1
      } else if matched > 0 {
        matched = byte == row[matched] ? matched + 1 : 0
        if matched == row.count {
          rowCount += 1
          matched = 0
        }
      }
    }
    self.matched = matched
  }

  /// Whether the last tag closes the first element.
  var isClosed: Bool {
    let text = String(decoding: head, as: UTF8.self)
    let tags = text.split(separator: "<", omittingEmptySubsequences: true)
    guard
      let root = tags.first(where: { !$0.hasPrefix("?") })?.prefix(while: {
        !" />\n\r".contains($0)
      })
    else { return false }
    let end = String(decoding: tail, as: UTF8.self).reversed().drop(while: \.isWhitespace)
    return String(end.reversed()).hasSuffix("</\(root)>")
  }
}
