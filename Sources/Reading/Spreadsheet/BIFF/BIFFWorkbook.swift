internal import Records
internal import Synchronization

/// A binary workbook of Excel 5 to 2003 (BIFF5, BIFF8), opened as far as its list of sheets.
///
/// Everything that the cells need, formats and texts, stands in the records before the first sheet.
final class BIFFWorkbook: Sendable {
  private static let mostSheets = 4096
  private static let mostFormats = 65_536

  private struct Part {
    let name: String
    let isHidden: Bool
    let offset: Int
  }

  /// What the workbook's own records say.
  private struct Globals {
    var isBIFF8 = true
    var system = SerialDay.System.from1900
    var codePage = CodePage(1252)
    var parts: [Part] = []
    var formats: [Int: SerialDay.Kind] = [:]
    var cellFormats: [Int] = []
    let texts = SharedTexts()
    var filePass: [UInt8]?
  }

  private let store: any ByteStore
  private let globals: Globals

  /// - Throws: `ReadingError.fault` where the stream is no such workbook, is encrypted or is not sound.
  init(_ store: any ByteStore) throws(ReadingError) {
    self.store = store
    globals = try BIFFWorkbook.readGlobals(store)
    guard !globals.parts.isEmpty else { throw .fault(.noSheet) }
  }

  var sheets: [WorkbookSheet] {
    globals.parts.map { part in
      WorkbookSheet(name: part.name, isHidden: part.isHidden) {
        (fillsMerged: Bool) throws(ReadingError) in
        try self.open(part, fillsMerged: fillsMerged)
      }
    }
  }

  private func open(
    _ part: Part, fillsMerged: Bool
  ) throws(ReadingError) -> (any SheetRows, SheetText) {
    let facts = try BIFFSheetFacts(records(at: part.offset))
    let kinds = globals.cellFormats.map { globals.formats[$0] ?? NumberFormat.builtIn($0) }
    let values = BIFFValues(
      texts: globals.texts, kinds: kinds, system: globals.system,
      codePage: globals.isBIFF8 ? nil : globals.codePage)
    let rows = BIFFSheet(records(at: part.offset), values, facts)
    return (rows, SheetText(merges: fillsMerged ? facts.merges : Merges()))
  }

  private func records(at offset: Int) -> BIFFRecords {
    BIFFRecords(store, at: offset, cipher: globals.filePass.flatMap(DefaultPassword.cipher))
  }

  private static func readGlobals(_ store: any ByteStore) throws(ReadingError) -> Globals {
    var globals = Globals()
    let records = BIFFRecords(store)
    guard try records.next() else { throw .fault(.cutShort) }
    guard records.id == BIFF.begin else {
      throw .fault(BIFF.oldBeginnings.contains(records.id) ? .oldWorkbook : .badRecord)
    }
    globals.isBIFF8 = try records.number16(0) >= 0x600
    // A stream that is one sheet and nothing else.
    if try records.number16(2) == 0x10 {
      globals.parts = [Part(name: "", isHidden: false, offset: 0)]
      return globals
    }
    var reader = records
    while try reader.next(), reader.id != BIFF.end {
      if reader.id == BIFF.filePass, globals.filePass == nil {
        reader = try decrypted(store, &globals, reader)
      } else {
        try read(reader, into: &globals)
      }
    }
    return globals
  }

  /// From the record on that says so, everything is encrypted; what stood before is read again, and is
  /// not.
  private static func decrypted(
    _ store: any ByteStore, _ globals: inout Globals, _ records: BIFFRecords
  ) throws(ReadingError) -> BIFFRecords {
    let filePass = Array(records.data)
    guard let cipher = DefaultPassword.cipher(filePass) else { throw .fault(.encrypted) }
    globals.filePass = filePass
    globals.parts = []
    let reader = BIFFRecords(store, cipher: cipher)
    _ = try reader.next()
    return reader
  }

  private static func read(
    _ records: BIFFRecords, into globals: inout Globals
  ) throws(ReadingError) {
    switch records.id {
    case BIFF.dateMode: if try records.number16(0) == 1 { globals.system = .from1904 }
    case BIFF.codePage: globals.codePage = CodePage(try records.number16(0))
    case BIFF.cellFormat:
      guard globals.cellFormats.count < mostFormats else { throw .fault(.tooManyParts) }
      globals.cellFormats.append(try records.number16(2))
    case BIFF.format:
      guard globals.formats.count < mostFormats else { throw .fault(.tooManyParts) }
      let id = try records.number16(0)
      var code: [UInt8] = []
      try appendText(records, at: 2, globals, lengthBytes: globals.isBIFF8 ? 2 : 1, to: &code)
      globals.formats[id] = NumberFormat.kind(String(decoding: code, as: UTF8.self))
    case BIFF.boundSheet: try addSheet(records, &globals)
    case BIFF.sharedStrings: try readTexts(records, &globals)
    default: break
    }
  }

  private static func addSheet(
    _ records: BIFFRecords, _ globals: inout Globals
  ) throws(ReadingError) {
    let offset = try records.number32(0)
    // Charts, macros and modules are no tables.
    guard try records.number8(5) == 0 else { return }
    guard globals.parts.count < mostSheets else { throw .fault(.tooManyParts) }
    var name: [UInt8] = []
    let isHidden = try records.number8(4) & 3 != 0
    try appendText(records, at: 6, globals, lengthBytes: 1, to: &name)
    globals.parts.append(
      Part(name: String(decoding: name, as: UTF8.self), isHidden: isHidden, offset: offset))
  }

  private static func appendText(
    _ records: BIFFRecords, at: Int, _ globals: Globals, lengthBytes: Int, to text: inout [UInt8]
  ) throws(ReadingError) {
    let codePage = globals.isBIFF8 ? nil : globals.codePage
    try BIFFValues.appendText(records, at: at, codePage, lengthBytes: lengthBytes, to: &text)
  }

  private static func readTexts(
    _ records: BIFFRecords, _ globals: inout Globals
  ) throws(ReadingError) {
    let count = try records.number32(4)
    var reader = ContinuedRecord(records, at: 8)
    var text: [UInt8] = []
    for _ in 0..<count {
      text.removeAll(keepingCapacity: true)
      do throws(ReadingError) {
        try reader.appendText(lengthBytes: 2, to: &text)
      } catch .fault(.badRecord) {
        // The stated number is too high: cells refer to what is there.
        return
      }
      try globals.texts.append(text)
    }
  }
}
