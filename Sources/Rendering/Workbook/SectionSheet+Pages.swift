/// How much of a sheet a printed page holds, in pixels of a 96th of an inch.
///
/// All sheets are printed at one scale, so that texts are equally large and pages end at the same rows
/// everywhere; and Excel heeds page breaks for certain only where a sheet is not fitted to pages. What is
/// wider than others becomes smaller.
struct PageArea {
  /// The printable part of A4 across at full size.
  private static let size = (width: 1016.0, height: 645.0)
  /// In per cent; texts of 10 points become 8.5.
  private static let usualScale = 85
  /// What programs differ in the heights of rows.
  private static let slack = 0.97

  /// The width that the usual scale has room for, even where the workbook's fonts are missing: columns
  /// are then up to a quarter wider, and must not spill onto further pages.
  static let width = 960

  /// In per cent.
  let scale: Int
  let height: Double

  /// The area of a page that is to hold so wide a sheet.
  init(rightEdge: Int) {
    scale = max(
      10, min(PageArea.usualScale, PageArea.usualScale * PageArea.width / max(rightEdge, 1)))
    height = PageArea.size.height * PageArea.slack * 100 / Double(scale)
  }
}

extension SectionSheet {
  /// Begins a page before what would otherwise be cut in two.
  mutating func keepTogether(pixels: Double) {
    guard row > pageStart, usedOfPage + pixels > page.height else { return }
    beginPage()
  }

  mutating func beginPage() {
    sheet.breakPage(before: row)
    pageStart = row
    repeatedHeight = 0
  }

  /// How far down its page the next row is, as reckoned from the heights of the rows and of the heading
  /// that a long table has on each of its pages.
  var usedOfPage: Double {
    let used = pixelsBetween(pageStart, row)
    guard holdsLongTable, used > page.height, repeatedHeight < page.height else { return used }
    let further = (used - page.height).truncatingRemainder(
      dividingBy: page.height - repeatedHeight)
    return repeatedHeight + further
  }

  func pixelsBetween(_ first: Int, _ end: Int) -> Double {
    (first..<max(first, end)).reduce(0) { $0 + sheet.height(ofRow: $1) * 4 / 3 }
  }
}
