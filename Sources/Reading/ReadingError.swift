internal import Glibc

/// Why a file cannot be read, or not any further.
public enum ReadingError: Error, Equatable, Sendable {
  /// The file cannot be opened; the system's error number says why.
  case cannotOpen(errno: Int32)
  /// Reading stopped with an error of the system.
  case cannotRead(errno: Int32)
  /// The file has no heading row.
  case isEmpty
  /// A column is missing without which the file says nothing.
  case missingColumn(String)
  /// A record is longer than `RecordReader.longestRecord`; the row is the one that begins it.
  case recordTooLong(row: Int)
  /// The file was not the same when it was looked at again.
  case changedWhileRead
  /// The text is not in the encoding that its beginning has; the row is in or behind this one.
  case badEncoding(row: Int)
  /// The content is of a kind that is not read, as a workbook under the name of a text file.
  case unsupported(String)
}

extension ReadingError: CustomStringConvertible {
  /// A lower-case phrase that fits behind “cannot be read:”.
  public var description: String {
    switch self {
    case .cannotOpen(let number), .cannotRead(let number):
      return String(cString: strerror(number))
    case .missingColumn(let name): return "the column '\(name)' is missing"
    case .isEmpty: return "the file has no heading row"
    case .recordTooLong(let row): return "row \(row) is longer than 65536 bytes"
    case .badEncoding(let row):
      return "the text is not in one encoding from row \(row) on; save it as CSV in UTF-8"
    case .changedWhileRead:
      return "the file changed while it was read; try again when nobody writes to it"
    case .unsupported(let kind): return "the content is \(kind); save it as CSV in UTF-8"
    }
  }
}
