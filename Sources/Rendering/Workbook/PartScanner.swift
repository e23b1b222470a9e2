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
  /// For parts whose counts are checked.
  var counts: CountScanner?

  private static let row = Array("<row ".utf8)
  private static let headLength = 512
  private static let tailLength = 64

  mutating func take(_ piece: UnsafeBufferPointer<UInt8>) {
    guard !piece.isEmpty else { return }
    counts?.take(piece)
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
    let ends: Set<UInt8> = [0x20, 0x2F, 0x3E, 0x0A, 0x0D]
    guard
      let root = head.split(separator: UInt8(ascii: "<"))
        .first(where: { $0.first != UInt8(ascii: "?") })?.prefix(while: { !ends.contains($0) })
    else { return false }
    let end = tail.reversed().drop { $0 <= 0x20 }.reversed()
    return end.suffix(root.count + 3).elementsEqual(Array("</".utf8) + root + Array(">".utf8))
  }
}
