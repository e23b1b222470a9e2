extension SectionSheet {
  /// The printable part of A4 across at full size, in pixels of a 96th of an inch.
  private static let pageSize = (width: 1008.0, height: 640.0)

  /// The height of what fits on a page, when the sheet is shrunk to one page's width.
  var pageHeight: Double {
    return SectionSheet.pageSize.height * max(1, Double(rightEdge) / SectionSheet.pageSize.width)
  }

  /// Begins a page before what would otherwise be cut in two and fits on one.
  ///
  /// The place is reckoned from the heights of the rows. Other fonts shift the ends of pages by some
  /// hundredths, so what comes close to one counts as cut.
  mutating func keepTogether(pixels: Double) {
    let used = pixelsBetween(pageStart, row)
    let onPage = used.truncatingRemainder(dividingBy: pageHeight)
    let mayHangOver = used > pageHeight && onPage < pageHeight * 0.1
    guard pixels <= pageHeight, mayHangOver || onPage + pixels > pageHeight else { return }
    sheet.breakPage(before: row)
    pageStart = row
  }

  func pixelsBetween(_ first: Int, _ end: Int) -> Double {
    (first..<max(first, end)).reduce(0) { $0 + sheet.height(ofRow: $1) * 4 / 3 }
  }
}
