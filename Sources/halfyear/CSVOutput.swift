import Glibc

/// Rows as RFC 4180 on standard output: commas, quotes where needed, CR and LF.
struct CSVOutput {
  private static let pieceSize = 64 << 10
  private let width: Int
  private var bytes: [UInt8] = []
  /// Nobody has stopped reading yet.
  private(set) var isOpen = true

  /// - Parameter width: the number of cells that every row has.
  init(width: Int) {
    self.width = width
    bytes.reserveCapacity(CSVOutput.pieceSize * 2)
  }

  /// Writes a row; false when nobody reads any more.
  ///
  /// - Parameters:
  ///   - columns: how many cells it has.
  ///   - cell: the bytes of the cell in a column; empty behind the row's last one.
  mutating func write(columns: Int, _ cell: (Int) -> UnsafeBufferPointer<UInt8>) -> Bool {
    for column in 0..<columns {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      append(cell(column))
    }
    bytes.append(UInt8(ascii: "\r"))
    bytes.append(UInt8(ascii: "\n"))
    if bytes.count >= CSVOutput.pieceSize { flush() }
    return isOpen
  }

  /// Writes a row of texts.
  mutating func write(_ texts: [String]) -> Bool {
    let row = texts.map { Array($0.utf8) }
    for column in 0..<width {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      if column < row.count { row[column].withUnsafeBufferPointer { append($0) } }
    }
    bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    return isOpen
  }

  private mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
    guard cell.contains(where: { $0 <= 0x2C && "\",\r\n".utf8.contains($0) }) else {
      bytes.append(contentsOf: cell)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in cell {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func flush() {
    var rest = bytes[...]
    while !rest.isEmpty, isOpen {
      let written = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { isOpen = false }
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
