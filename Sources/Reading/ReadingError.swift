internal import Glibc
public import Records

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
  /// The file is of a kind that is not read, or not sound.
  case fault(FileFault)
}

extension ReadingError {
  /// What is wrong, as findings name it: one of `FileFault`, or the system's own words.
  public var detail: String { known?.rawValue ?? description }

  /// The row where reading ended; 0 where the whole file is meant.
  public var row: Int {
    switch self {
    case .recordTooLong(let row), .badEncoding(let row): return row
    default: return 0
    }
  }

  /// The file is of a kind that is not read at all.
  public var isKind: Bool { known?.isKind ?? false }

  private var known: FileFault? {
    switch self {
    case .fault(let fault): return fault
    case .isEmpty: return .isEmpty
    case .recordTooLong: return .recordTooLong
    case .badEncoding: return .badEncoding
    case .changedWhileRead: return .changedWhileRead
    case .cannotOpen, .cannotRead, .missingColumn: return nil
    }
  }
}

extension ReadingError: CustomStringConvertible {
  /// A lower-case phrase that fits behind “cannot be read:”.
  public var description: String {
    switch self {
    case .cannotOpen(let number), .cannotRead(let number):
      return String(cString: strerror(number))
    case .missingColumn(let name): return "the column '\(name)' is missing"
    default:
      let reason = known?.reason.english ?? ""
      return row > 0 ? "row \(row): \(reason)" : reason
    }
  }
}
