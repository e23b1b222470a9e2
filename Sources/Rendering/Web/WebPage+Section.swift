import ReportModel

extension WebPage {
  mutating func writeSection(_ sections: [Section], _ number: Int) {
    html.raw("<section id=s")
    html.raw(number)
    html.raw(">\n<h2>")
    html.text(sections.map(\.title))
    html.raw("</h2>\n")
    for sentences in sideBySide(sections.map(\.lead)) { paragraph(sentences) }
    for comments in sideBySide(sections.map(\.comments)) {
      html.raw("<blockquote>")
      html.text(zip(comments, reports).map { $0.signed($1.language) })
      html.raw("</blockquote>\n")
    }
    if sections[0].group == .departments { writeSearch(number) }
    writeBlocks(sections)
    writeNotes(sections)
    html.raw("</section>\n")
    html.passOn()
  }

  private mutating func paragraph(_ texts: [String]) {
    html.raw("<p>")
    html.text(texts)
    html.raw("</p>\n")
  }

  private mutating func writeSearch(_ number: Int) {
    html.raw("<p class=f><label for=q")
    html.raw(number)
    html.raw(">")
    html.text(words.search)
    html.raw("</label> <input type=search id=q")
    html.raw(number)
    html.raw("> <output for=q")
    html.raw(number)
    html.raw("></output> <span class=q>")
    html.text(words.sortHint)
    html.raw("</span></p>\n")
  }

  private mutating func writeBlocks(_ sections: [Section]) {
    var left: [[String]] = []
    for blocks in sideBySide(sections.map(\.blocks)) {
      switch blocks[0] {
      case .table:
        let tables = blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
        if tables[0].isOnPage(of: sections[0]) {
          write(tables, sheets: sections.map(\.name), sorts: sections[0].group == .departments)
        } else {
          left.append(tables.map(\.title))
        }
      case .chart:
        let charts = blocks.compactMap { if case .chart(let chart) = $0 { chart } else { nil } }
        write(charts, sections)
      }
    }
    if !left.isEmpty { paragraph(words.elsewhere(left, sheets: sections.map(\.name))) }
  }

  private mutating func write(_ charts: [Chart], _ sections: [Section]) {
    let tables = zip(charts, sections).compactMap { chart, section in
      section.tables.first { $0.id == chart.table }
    }
    guard tables.count == charts.count, !tables.isEmpty, tables[0].isOnPage(of: sections[0]) else {
      return
    }
    html.raw("<figure>\n<figcaption>")
    html.text(charts.map(\.title))
    html.raw("</figcaption>\n")
    WebChart(charts, tables, numbers).write(to: &html)
    html.raw("</figure>\n")
  }

  private mutating func writeNotes(_ sections: [Section]) {
    let notes = sideBySide(sections.map(\.notes))
    if !notes.isEmpty {
      html.raw("<ol class=n>\n")
      for note in notes {
        html.raw("<li>")
        html.text(note)
        html.raw("\n")
      }
      html.raw("</ol>\n")
    }
    for remark in sideBySide(sections.map(\.remarks)) {
      html.raw("<p class=q>")
      html.text(remark)
      html.raw("</p>\n")
    }
  }
}
