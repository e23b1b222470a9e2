/// A delimited text as of RFC 4180, in UTF-8, with a line feed at the end of every record.
public struct DelimitedText: ~Copyable {
  private var buffer = LineBuffer(capacity: 64 << 10)

  public init(header: [String]) { append(header) }

  public mutating func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { buffer.append(0x2C) }
      buffer.appendCell(cell)
    }
    buffer.append(0x0A)
  }

  public var bytes: [UInt8] { Array(buffer.bytes) }

  /// The whole text, for standard output.
  public var text: String { String(decoding: buffer.bytes, as: UTF8.self) }

  /// - Throws: `OutputError`; nothing stands at the path then.
  public func write(to path: String) throws(OutputError) {
    let file = try OutputFile(path: path)
    try file.write(buffer.bytes)
    try file.finish()
  }
}
