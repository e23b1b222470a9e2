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
