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
    try tables(of: FileBytes(path: path), fillsMerged: fillsMerged) { () throws(ReadingError) in
      try TextFile(path: path)
    }
  }

  /// The tables of a file that is in memory.
  ///
  /// - Throws: `ReadingError` where the content is no table.
  public static func tables(
    ofContent content: [UInt8], fillsMerged: Bool = true
  ) throws(ReadingError) -> [any RowReader] {
    let bytes = MemoryBytes(content)
    return try tables(of: bytes, fillsMerged: fillsMerged) { StoredText(bytes) }
  }

  /// - Parameter openText: opens the file as a text; called where it is no workbook.
  private static func tables(
    of file: any HashedBytes, fillsMerged: Bool,
    _ openText: () throws(ReadingError) -> any TextSource
  ) throws(ReadingError) -> [any RowReader] {
    if let sheets = try Workbook.sheets(of: file, head: file.beginning(512)) {
      return sheets.map { $0.reader(of: file, fillsMerged: fillsMerged) }
    }
    let source = try InputText.open(openText())
    let beginning = try source.some(4096)
    if let sheets = try Workbook.sheets(of: source, beginning: beginning) {
      return sheets.map { $0.reader(of: file, fillsMerged: fillsMerged) }
    }
    let reader = RecordReader(ResumedText(beginning, source), byteCount: file.count)
    _ = try reader.beginning
    return [reader]
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

  func reader(of file: any HashedBytes, fillsMerged: Bool) -> RecordReader {
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
  ///
  /// - Throws: `ReadingError` where the workbook cannot be opened.
  static func sheets(
    of file: any ByteStore, head: [UInt8]
  ) throws(ReadingError) -> [WorkbookSheet]? {
    let isZip = head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6])
    let isCompound = head.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    let isBIFF = head.first == 0x09 && [0, 2, 4, 8].contains(head.dropFirst().first ?? 1)
    guard isZip || isCompound || isBIFF && head.number16(2) ?? 0 < 64 else { return nil }
    guard file.count <= largest else { throw .fault(.tooLarge) }
    if isZip { return try OOXMLWorkbook(file).sheets }
    return isCompound ? try sheets(of: CompoundFile(file)) : try BIFFWorkbook(file).sheets
  }

  private static func sheets(of compound: CompoundFile) throws(ReadingError) -> [WorkbookSheet] {
    if compound.contains("EncryptedPackage") {
      return try OOXMLWorkbook(EncryptedPackage(compound)).sheets
    }
    // Books of Excel 5 and of Excel 97 may lie side by side: the later one is the better one.
    for name in ["Workbook", "Book"] {
      if let stream = try compound.stream(name) { return try BIFFWorkbook(stream).sheets }
    }
    throw .fault(.otherDocument)
  }

  /// The tables of a text that is a web page or a workbook in XML; nil where it is neither.
  ///
  /// - Parameter beginning: as much of the text as has been read.
  static func sheets(
    of text: any TextSource, beginning: [UInt8]
  ) throws(ReadingError) -> [WorkbookSheet]? {
    // Both begin with a tag; what has none, as most files, need not be taken apart.
    guard beginning.prefix(4096).contains(UInt8(ascii: "<")) else { return nil }
    if SpreadsheetML.isWorkbook(beginning) {
      return try SpreadsheetML(beginning + text.all(limit: SpreadsheetML.largest)).sheets
    }
    if HTMLTables.isPage(beginning) {
      return try HTMLTables(beginning + text.all(limit: HTMLTables.largest)).sheets
    }
    return nil
  }
}
