internal import Synchronization

/// A workbook of Office Open XML, opened as far as its list of sheets.
final class OOXMLWorkbook: Sendable {
  private let package: OOXMLPackage
  private let texts = Mutex<SharedTexts?>(nil)

  /// - Throws: `ReadingError.fault` where the file is no such workbook or is not sound.
  init(_ store: any ByteStore) throws(ReadingError) {
    package = try OOXMLPackage(ZipArchive(store))
  }

  var sheets: [WorkbookSheet] {
    package.sheets.map { part in
      WorkbookSheet(name: part.name, isHidden: part.isHidden) {
        (fillsMerged: Bool) throws(ReadingError) in
        try self.open(part, fillsMerged: fillsMerged)
      }
    }
  }

  private func open(
    _ part: OOXMLPackage.SheetPart, fillsMerged: Bool
  ) throws(ReadingError) -> (any SheetRows, SheetText) {
    let facts = try OOXMLSheetFacts(scanner(part.part))
    let values = OOXMLValues(
      texts: try sharedTexts(), styles: package.styles, system: package.system)
    let rows = OOXMLSheet(try scanner(part.part), values, isSorted: facts.isSorted)
    return (rows, SheetText(merges: fillsMerged ? facts.merges : Merges()))
  }

  private func scanner(_ part: String) throws(ReadingError) -> XMLScanner {
    try XMLScanner(package.archive.stream(part))
  }

  /// The shared texts are read when the first sheet is, and kept for the others.
  private func sharedTexts() throws(ReadingError) -> SharedTexts {
    try texts.withLock { known throws(ReadingError) in
      if let known { return known }
      let texts =
        try package.sharedStringsPart.map { part throws(ReadingError) in
          try SharedTexts(scanner(part))
        } ?? SharedTexts()
      known = texts
      return texts
    }
  }
}
