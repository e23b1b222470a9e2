internal import Records

/// Opens whatever kind of table a file holds.
public enum InputFile {
  /// The tables of a file in their order: one of a text file, one for each sheet of a workbook. What the
  /// file is its first bytes tell, not its name.
  ///
  /// - Throws: `ReadingError` where the file cannot be opened or holds no table.
  /// - Parameter fillsMerged: cells merged across rows have their value in each of these rows that has
  ///   something else; otherwise in the first alone, where it is stored.
  public static func tables(
    in path: String, fillsMerged: Bool = true
  ) throws(ReadingError) -> [any RowReader] {
    let file = try FileBytes(path: path)
    let head = try file.beginning(512)
    if let sheets = try Workbook.sheets(of: file, head: head) {
      return sheets.map { $0.reader(of: file, fillsMerged: fillsMerged) }
    }
    return [try RecordReader(path: path)]
  }

  /// The SHA-256 of a file in hexadecimal.
  ///
  /// - Throws: `ReadingError` where the file cannot be opened or read.
  public static func sha256(of path: String) throws(ReadingError) -> String {
    try FileBytes(path: path).sha256()
  }
}

/// One sheet of a workbook, not yet opened.
struct WorkbookSheet {
  typealias Open = (_ fillsMerged: Bool) throws(ReadingError) -> (any SheetRows, SheetText)

  let name: String
  let isHidden: Bool
  let open: Open

  func reader(of file: FileBytes, fillsMerged: Bool) -> RecordReader {
    let source = SheetTextSource(
      open: { () throws(ReadingError) in try open(fillsMerged) },
      digest: { () throws(ReadingError) in try file.sha256() })
    return RecordReader(
      source, byteCount: file.count * 4, dialect: .standard, sheet: name, isHidden: isHidden)
  }
}

/// The kinds of workbooks.
enum Workbook {
  /// The largest file that is opened as a workbook, in bytes.
  static let largest = 2 << 30

  /// The sheets of a workbook; nil where the first bytes are none of a workbook's.
  static func sheets(
    of file: any ByteStore, head: [UInt8]
  ) throws(ReadingError) -> [WorkbookSheet]? {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      guard file.count <= largest else { throw .fault(.tooLarge) }
      return try OOXMLWorkbook(file).sheets
    }
    return nil
  }
}
