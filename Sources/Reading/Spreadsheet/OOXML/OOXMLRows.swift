internal import Records

/// Goes through the rows of a sheet and what stands around them.
///
/// Nearly every row of nearly every sheet is written in a few shapes, which are read straight from the
/// window (`PlainRow`, `PlainCell`), several times as fast as the parser. Whatever has another shape goes
/// through the parser, from there to the end of its row.
final class OOXMLRows {
  enum Step {
    case row(number: Int?, isHidden: Bool)
    /// The last row is over.
    case end
    /// Something outside of the rows.
    case event(XMLScanner.Event)
  }

  private enum Place { case outside, inWindow, inParser }

  let scanner: XMLScanner
  private var place = Place.outside
  private var isInData = false
  /// How many elements are open around the rows, and around the cells.
  private var outer = 0

  init(_ scanner: XMLScanner) {
    self.scanner = scanner
    scanner.pieceEnd = "sheetData>"
  }

  /// Goes on to the next row, behind the one whose cells have been read.
  func next() throws(ReadingError) -> Step {
    if isInData, scanner.depth == outer, scanner.isBetweenTags, let row = try plainRow() {
      return .row(number: row.number, isHidden: row.isHidden)
    }
    let event = try scanner.next()
    switch event {
    case .start where isInData && scanner.isNamed("row"):
      place = .inParser
      return .row(
        number: scanner.attributeNumber("r"), isHidden: scanner.attributeFlag("hidden"))
    case .start where scanner.isNamed("sheetData"):
      isInData = true
      outer = scanner.depth
      scanner.pieceEnd = "</row>"
    case .end where isInData && scanner.depth < outer:
      isInData = false
      scanner.pieceEnd = nil
      return .end
    default: break
    }
    return .event(event)
  }

  /// The next cell of the row as long as they have the usual shapes. Its value is good until the next one.
  @inline(__always)
  func nextPlainCell() throws(ReadingError) -> PlainCell? {
    guard place == .inWindow else { return nil }
    try look()
    let bytes = scanner.window + scanner.position
    if let cell = PlainCell(bytes, scanner.limit - scanner.position) {
      scanner.position += cell.length
      return cell
    }
    if scanner.starts(with: "</row>") {
      scanner.position += 6
      place = .outside
    } else {
      try scanner.insert("<row>")
      place = .inParser
    }
    return nil
  }

  /// The next event in the row, where its cells are no plain ones any more; nil where the row is over.
  func nextEvent() throws(ReadingError) -> XMLScanner.Event? {
    guard place == .inParser else { return nil }
    let event = try scanner.next()
    if event == .done { throw .fault(.cutShort) }
    guard event == .end, scanner.depth == outer else { return event }
    place = .outside
    return nil
  }

  private func plainRow() throws(ReadingError) -> PlainRow? {
    try look()
    let bytes = scanner.window + scanner.position
    guard let row = PlainRow(bytes, scanner.limit - scanner.position) else { return nil }
    scanner.position += row.length
    place = row.isEmpty ? .outside : .inWindow
    return row
  }

  /// Passes over white space, and sees that any usual tag is in the window.
  @inline(__always)
  private func look() throws(ReadingError) {
    repeat {
      if scanner.limit - scanner.position < 1024, !scanner.hasAll {
        try scanner.refill(keeping: scanner.position)
      }
      while scanner.position < scanner.limit, scanner.window[scanner.position] <= 0x20 {
        scanner.position += 1
      }
    } while scanner.position == scanner.limit && !scanner.hasAll
  }
}
