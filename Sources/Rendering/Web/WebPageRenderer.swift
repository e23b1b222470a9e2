public import ReportModel

/// Writes a report as one page for a browser that needs nothing else: no script, font or picture from
/// elsewhere, so that it opens from a disk, on a phone, and prints.
///
/// The same report in two languages makes one page, in which the reader switches between them; numbers
/// stand there once. Names of persons are in no report, and so not here. The size is bounded: a table is
/// shown up to a number of rows, and what is left out is said.
public struct WebPageRenderer: Sendable {
  /// Tables of more rows are shown in the part on departments only, and else left to the workbook.
  static let shortTable = 40
  /// Of longer tables in the part on departments, the first so many rows are shown.
  static let mostRows = 1_000

  public init() {}

  /// The page in UTF-8.
  ///
  /// - Parameter reports: one, or the same in two languages; the first one's language is shown first.
  /// - Complexity: O(n) in the number of cells shown.
  public func render(_ reports: [Report]) -> [UInt8] {
    guard !reports.isEmpty else { return [] }
    var page = WebPage(Array(reports.prefix(2)))
    page.write()
    return page.html.bytes
  }

  /// Writes the page into a file, of which only a piece is in memory at a time.
  ///
  /// - Parameter reports: as for ``render(_:)``; at least one.
  /// - Throws: `OutputError`; nothing stands at the path then.
  /// - Complexity: O(n) in the number of cells shown.
  public func write(_ reports: [Report], to path: String) throws(OutputError) {
    let file = try OutputFile(path: path)
    if !reports.isEmpty {
      var page = WebPage(Array(reports.prefix(2)), to: file.shared)
      page.write()
      try page.html.finish()
    }
    try file.finish()
  }
}

/// The page being written, from top to bottom.
struct WebPage: ~Copyable {
  let reports: [Report]
  let words: WebWords
  let numbers: NumberText
  /// The titles of the tables that the page shows, by id.
  private let shownTables: [String: [String]]
  var html: HTMLBuffer

  init(_ reports: [Report], to file: OutputFile.Shared? = nil) {
    self.reports = reports
    html = HTMLBuffer(to: file)
    words = WebWords(languages: reports.map(\.language))
    numbers = NumberText(rule: reports[0].rounding)
    var titles: [String: [String]] = [:]
    for section in sideBySide(reports.map(\.sections)) where section[0].isOnPage {
      for tables in sideBySide(section.map(\.tables)) where tables[0].isOnPage(of: section[0]) {
        titles[tables[0].id] = tables.map(\.title)
      }
    }
    shownTables = titles
  }

  mutating func write() {
    writeHead()
    writeTitle()
    html.raw("<main>\n")
    writeSentences(words.highlights, sideBySide(reports.map(\.highlights)), id: "highlights")
    writeHeadlines()
    let sections = sideBySide(reports.map(\.sections))
    for (number, section) in sections.enumerated() where section[0].isOnPage {
      writeSection(section, number)
    }
    writeSentences(words.decisions, sideBySide(reports.map(\.decisions)), id: "decisions")
    writeEnd()
    html.raw("</main>\n<script>")
    html.raw(WebScript.text)
    html.raw("</script>\n</body>\n</html>\n")
  }

  private mutating func writeHead() {
    html.raw("<!DOCTYPE html>\n<html lang=\"")
    html.text(reports[0].language.tag)
    html.raw("\">\n<head>\n<meta charset=\"utf-8\">\n")
    // Whatever a text might smuggle in, the page loads nothing and sends nothing.
    html.raw(
      """
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
      form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>
      """)
    html.text(reports[0].organisation + " · " + reports[0].title)
    html.raw("</title>\n<style>")
    html.raw(WebStyle.text)
    html.raw("</style>\n</head>\n<body>\n")
  }

  /// The switch of languages works without a script: what is not chosen is hidden by the style.
  private mutating func writeTitle() {
    if reports.count > 1 {
      for (index, report) in reports.enumerated() {
        html.raw(
          index == 0
            ? "<input type=radio name=l id=la checked data-lang=\""
            : "<input type=radio name=l id=lb data-lang=\"")
        html.text(report.language.tag)
        html.raw("\"><label for=")
        html.raw(index == 0 ? "la>" : "lb>")
        html.text(report.language.endonym)
        html.raw("</label>\n")
      }
    }
    html.raw("<header>\n<p class=o>")
    html.text(reports.map(\.organisation))
    html.raw("</p>\n<h1>")
    html.text(reports.map(\.title))
    html.raw("</h1>\n<p class=q>")
    html.text(reports.map(\.pageNote))
    html.raw("</p>\n</header>\n")
    writeContents()
  }

  private mutating func writeContents() {
    html.raw("<nav><h2>")
    html.text(words.contents)
    html.raw("</h2><ul>\n")
    for (number, section) in sideBySide(reports.map(\.sections)).enumerated()
    where section[0].isOnPage {
      html.raw("<li><a href=\"#s")
      html.raw(number)
      html.raw("\">")
      html.text(section.map(\.name))
      html.raw("</a>\n")
    }
    html.raw("</ul></nav>\n")
  }

  private mutating func writeSentences(
    _ title: [String], _ sentences: [[Sentence]], id: StaticString
  ) {
    guard !sentences.isEmpty else { return }
    html.raw("<section id=")
    html.raw(id)
    html.raw("><h2>")
    html.text(title)
    html.raw("</h2><ol>\n")
    for sentence in sentences {
      html.raw("<li>")
      html.text(sentence.map(\.text))
      writeSources(sentence[0])
      html.raw("\n")
    }
    html.raw("</ol></section>\n")
  }

  /// A link to the tables that a sentence's figures stand in, where the page shows them.
  private mutating func writeSources(_ sentence: Sentence) {
    var seen: Set<String> = []
    for source in sentence.sources where seen.insert(source.table).inserted {
      guard let table = shownTables[source.table] else { continue }
      html.raw(" <a class=s href=\"#t-")
      html.text(source.table)
      html.raw("\">")
      html.text(table)
      html.raw("</a>")
    }
  }

  private mutating func writeHeadlines() {
    let headlines = sideBySide(reports.map(\.headlines))
    guard !headlines.isEmpty else { return }
    html.raw("<section id=figures><h2>")
    html.text(words.keyFigures)
    html.raw("</h2><dl class=k>\n")
    for headline in headlines {
      html.raw("<div><dt>")
      html.text(headline.map(\.label))
      html.raw("</dt><dd><b>")
      html.text(headline.map(\.value))
      html.raw("</b> ")
      html.text(headline.map(\.unit))
      for change in sideBySide(headline.map(\.changes)) {
        html.raw("<br><small>")
        html.text(change)
        html.raw("</small>")
      }
      html.raw("</dd></div>\n")
    }
    html.raw("</dl></section>\n")
  }

  private mutating func writeEnd() {
    html.raw("<section id=data><h2>")
    html.text(words.dataState)
    html.raw("</h2>")
    for sentence in sideBySide(reports.map(\.dataState)) {
      html.raw("<p>")
      html.text(sentence)
      html.raw("</p>\n")
    }
    html.raw("<p class=q>")
    html.text(words.files)
    html.raw(
      """
      : <a href="half-year.xlsx">half-year.xlsx</a>, <a href="statistics.csv">statistics.csv</a>, \
      <a href="summary.zh.txt">summary.zh.txt</a>, <a href="summary.en.txt">summary.en.txt</a>
      """)
    html.raw("</p></section>\n")
  }
}

extension Section {
  /// Whether the page has the section: lists of findings in the data are long and stand in the workbook, and
  /// so does what is looked up there.
  var isOnPage: Bool {
    (group != .basis || !lead.isEmpty) && isPrinted && lookup == nil
  }
}

extension Table {
  /// Whether the page shows the table; departments side by side are shown whatever their number, other
  /// long tables stand in the workbook.
  func isOnPage(of section: Section) -> Bool {
    section.group == .departments || rows.count <= WebPageRenderer.shortTable
  }
}
