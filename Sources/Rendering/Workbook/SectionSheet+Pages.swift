/// How much of a sheet a printed page holds, in pixels of a 96th of an inch.
///
/// All sheets are printed at one scale, so that texts are equally large on all pages; only what is wider
/// than a page becomes smaller.
struct PageArea {
  /// The printable part of A4 across at full size.
  private static let size = (width: 1016.0, height: 645.0)
  /// Of texts of 10 points this leaves 8.5.
  private static let largestScale = 85
  /// What programs differ in the widths of columns and the heights of rows.
  private static let slack = 0.955

  /// The width that the largest scale has room for.
  static let width = Int(size.width * slack * 100) / largestScale

  /// In per cent.
  let scale: Int
  let height: Double

  /// The area of a page that is to hold so wide a sheet.
  init(rightEdge: Int) {
    let wanted = Int(PageArea.size.width * PageArea.slack * 100) / max(rightEdge, 1)
    scale = min(max(wanted, 10), PageArea.largestScale)
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
  private var usedOfPage: Double {
    let used = pixelsBetween(pageStart, row)
    guard used > page.height, repeatedHeight < page.height else { return used }
    let further = (used - page.height).truncatingRemainder(
      dividingBy: page.height - repeatedHeight)
    return repeatedHeight + further
  }

  func pixelsBetween(_ first: Int, _ end: Int) -> Double {
    (first..<max(first, end)).reduce(0) { $0 + sheet.height(ofRow: $1) * 4 / 3 }
  }
}
