import ArgumentParser
import Glibc
import Reading
import Records

/// `halfyear convert`: how the program reads a file.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Show how a file is read, as CSV.",
    discussion: """
      Writes one sheet of a workbook, or a text file of any encoding and separator, to standard output: \
      RFC 4180 in UTF-8, every row with the same number of cells.
      """)

  @Argument(help: "An .xlsx, .xls, .csv or .txt file.")
  var file: String

  @Option(help: "The sheet's number from 1, or its name; without it the first one that is shown.")
  var sheet: String?

  @Flag(help: "From the first cell on, values as they are stored; otherwise from the heading down.")
  var raw = false

  func run() throws {
    try refusing(Log(isQuiet: true)) { () throws(Refusal) in
      let index = try reading { () throws(ReadingError) in SheetChoice(try tables()) }.index(sheet)
      try reading { () throws(ReadingError) in try write(index) }
    }
  }

  /// Reads the sheet twice: how wide it is shows at its end only.
  private func write(_ index: Int) throws(ReadingError) {
    var width = 0
    try tables()[index].walk { row in
      width = max(width, row.width)
      return true
    }
    var output = CSVOutput(width: width)
    try tables()[index].walk { row in output.write(row) }
    output.flush()
  }

  private func reading<Value>(
    _ body: () throws(ReadingError) -> Value
  ) throws(Refusal) -> Value {
    do throws(ReadingError) {
      return try body()
    } catch {
      throw .input(file: file, reason: error.description, isFault: error.isFault)
    }
  }

  private func tables() throws(ReadingError) -> [any RowReader] {
    try Reading.InputFile.tables(in: file, fillsMerged: !raw)
  }
}

/// Rows as RFC 4180 on standard output: commas, quotes where needed, CR and LF.
struct CSVOutput {
  private static let pieceSize = 64 << 10
  private let width: Int
  private var bytes: [UInt8] = []
  private var isOpen = true

  /// - Parameter width: the number of cells that every row has.
  init(width: Int) {
    self.width = width
    bytes.reserveCapacity(CSVOutput.pieceSize * 2)
  }

  /// Writes a row; false when nobody reads any more.
  mutating func write(_ row: RowCells) -> Bool {
    for column in 0..<width {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      append(row[column])
    }
    bytes.append(UInt8(ascii: "\r"))
    bytes.append(UInt8(ascii: "\n"))
    if bytes.count >= CSVOutput.pieceSize { flush() }
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
