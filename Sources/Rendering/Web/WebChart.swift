import ReportModel

/// A chart of a table's columns as SVG, in whole coordinates, so that its bytes are the same everywhere.
///
/// Series differ by dashes, markers and outlines as well as by shade. Every number of the chart stands in
/// its table.
struct WebChart {
  private let charts: [Chart]
  private let tables: [Table]
  private let numbers: NumberText
  private let series: [[Double?]]
  private let scale: AxisScale

  private var chart: Chart { charts[0] }
  private var table: Table { tables[0] }

  /// So many series are told apart, see `WebStyle`.
  private static let looks = 6
  private static let width = 600
  private static let height = 250
  private static let (left, right, top, bottom) = (58, 592, 16, 206)

  init(_ charts: [Chart], _ tables: [Table], _ numbers: NumberText) {
    self.charts = charts
    self.tables = tables
    self.numbers = numbers
    let table = tables[0]
    let columns = charts[0].series.filter(table.columns.indices.contains)
    series = columns.map { column in table.rows.map { $0[column].value } }
    scale = AxisScale(series.flatMap { $0 }.compactMap { $0 })
  }

  func write(to html: inout HTMLBuffer) {
    guard !series.isEmpty, !table.rows.isEmpty, table.columns.indices.contains(chart.category)
    else { return }
    let height = chart.kind == .bar ? table.rows.count * 26 + 12 : WebChart.height
    html.raw("<svg viewBox=\"0 0 ")
    html.raw(WebChart.width)
    html.raw(" ")
    html.raw(height)
    html.raw("\" role=img aria-label=\"")
    html.text(chart.title)
    html.raw("\">\n")
    switch chart.kind {
    case .bar: writeBars(&html)
    case .column:
      writeAxes(&html)
      writeColumns(&html)
    case .line:
      writeAxes(&html)
      writeLines(&html)
    }
    html.raw("</svg>\n")
    if series.count > 1 { writeLegend(&html) }
  }

  private func label(_ row: Int) -> [String] {
    tables.map { numbers.text($0.rows[row][chart.category], in: .text) }
  }

  private func value(_ row: Int, _ index: Int) -> String {
    let column = chart.series[index]
    return numbers.text(table.rows[row][column], in: table.columns[column].kind)
  }

  /// A text in each language of the page, at one place.
  private func write(
    _ texts: [String], _ x: Int, _ y: Int, _ anchor: StaticString, to html: inout HTMLBuffer
  ) {
    let same = texts.count > 1 && texts[0] == texts[1]
    for (index, text) in texts.prefix(same ? 1 : 2).enumerated() {
      html.raw("<text x=")
      html.raw(x)
      html.raw(" y=")
      html.raw(y)
      html.raw(" class=\"")
      html.raw(anchor)
      html.raw(texts.count == 1 || same ? "\">" : index == 0 ? " a\">" : " b\">")
      html.text(text)
      html.raw("</text>\n")
    }
  }

  private func y(_ value: Double) -> Int {
    WebChart.bottom - scale.position(value, over: WebChart.bottom - WebChart.top)
  }

  /// The middle of a row's place on the axis across.
  private func x(_ row: Int) -> Int {
    let width = WebChart.right - WebChart.left
    return WebChart.left + (2 * row + 1) * width / (2 * table.rows.count)
  }

  private func writeAxes(_ html: inout HTMLBuffer) {
    let kind = table.columns[chart.series[0]].kind
    for tick in scale.ticks {
      line(WebChart.left, y(tick), WebChart.right, y(tick), "g", to: &html)
      let text =
        kind == .count ? numbers.decimal(tick, places: 0) : numbers.text(.number(tick), in: kind)
      write([text], WebChart.left - 6, y(tick) + 4, "e", to: &html)
    }
    // Labels that would run into each other are left out evenly; the table has them all.
    let longest = (0..<table.rows.count).map { displayWidth(label($0)[0]) }.max() ?? 0
    let step = max(1, (longest * 7 + 8) * table.rows.count / (WebChart.right - WebChart.left) + 1)
    for row in stride(from: 0, to: table.rows.count, by: step) {
      write(label(row), x(row), WebChart.bottom + 18, "m", to: &html)
    }
  }

  private func line(
    _ x: Int, _ y: Int, _ endX: Int, _ endY: Int, _ look: StaticString, to html: inout HTMLBuffer
  ) {
    html.raw("<path class=")
    html.raw(look)
    html.raw(" d=\"M")
    html.raw(x)
    html.raw(" ")
    html.raw(y)
    html.raw("L")
    html.raw(endX)
    html.raw(" ")
    html.raw(endY)
    html.raw("\"/>\n")
  }

  private func rectangle(
    _ x: Int, _ y: Int, _ width: Int, _ height: Int, series: Int, to html: inout HTMLBuffer
  ) {
    html.raw("<rect class=c")
    html.raw(series % WebChart.looks)
    html.raw(" x=")
    html.raw(x)
    html.raw(" y=")
    html.raw(y)
    html.raw(" width=")
    html.raw(max(width, 1))
    html.raw(" height=")
    html.raw(max(height, 0))
    html.raw(" />\n")
  }

  private func writeColumns(_ html: inout HTMLBuffer) {
    let place = (WebChart.right - WebChart.left) / table.rows.count
    let width = max(2, min(56, place * 2 / 3 / series.count))
    for row in table.rows.indices {
      for (index, values) in series.enumerated() {
        guard let value = values[row] else { continue }
        let left = x(row) - width * series.count / 2 + index * width
        let (high, low) = (min(y(value), y(0)), max(y(value), y(0)))
        rectangle(left, high, width - 1, low - high, series: index, to: &html)
        if series.count == 1, place > 34 {
          write([self.value(row, index)], x(row), high - 4, "m", to: &html)
        }
      }
    }
  }

  private func writeLines(_ html: inout HTMLBuffer) {
    for (index, values) in series.enumerated() {
      let isDots = !chart.isCourse && index == 0
      if !isDots { line(values, index, to: &html) }
      if isDots || chart.isCourse {
        for (row, value) in values.enumerated() {
          if let value { marker(x(row), y(value), index, to: &html) }
        }
      }
      if !isDots, let last = values.lastIndex(where: { $0 != nil }), let value = values[last] {
        write([self.value(last, index)], x(last), y(value) - 8, "m", to: &html)
      }
    }
  }

  /// A line through the values; it stops where one is missing.
  private func line(_ values: [Double?], _ index: Int, to html: inout HTMLBuffer) {
    html.raw("<path class=l")
    html.raw(index % WebChart.looks)
    html.raw(" d=\"")
    var isOpen = false
    for (row, value) in values.enumerated() {
      guard let value else {
        isOpen = false
        continue
      }
      html.raw(isOpen ? "L" : "M")
      html.raw(x(row))
      html.raw(" ")
      html.raw(y(value))
      isOpen = true
    }
    html.raw("\"/>\n")
  }

  /// A dot, a square, a diamond or a triangle.
  private func marker(_ x: Int, _ y: Int, _ index: Int, to html: inout HTMLBuffer) {
    html.raw("<path class=p")
    html.raw(index % WebChart.looks)
    html.raw(" d=\"M")
    switch index % 4 {
    case 0:
      html.raw(x - 4)
      html.raw(" ")
      html.raw(y)
      html.raw("a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z")
    case 1:
      html.raw(x - 4)
      html.raw(" ")
      html.raw(y - 4)
      html.raw("h8v8h-8z")
    case 2:
      html.raw(x)
      html.raw(" ")
      html.raw(y - 5)
      html.raw("l5 5l-5 5l-5 -5z")
    default:
      html.raw(x)
      html.raw(" ")
      html.raw(y - 5)
      html.raw("l5 9h-10z")
    }
    html.raw("\"/>\n")
  }

  private func writeBars(_ html: inout HTMLBuffer) {
    let left = 190
    let room = WebChart.width - left - 60
    for row in table.rows.indices {
      write(label(row).map(WebChart.shortened), left - 8, row * 26 + 22, "e", to: &html)
      guard let value = series[0][row] else { continue }
      let length = scale.position(value, over: room)
      rectangle(left, row * 26 + 8, length, 18, series: 0, to: &html)
      write([self.value(row, 0)], left + length + 6, row * 26 + 22, "s", to: &html)
    }
  }

  /// Names that are longer than the room beside the bars; the table has them whole.
  private static func shortened(_ text: String) -> String {
    guard displayWidth(text) > 26 else { return text }
    var short = ""
    for character in text {
      if displayWidth(short + String(character)) > 24 { break }
      short.append(character)
    }
    return short + "…"
  }

  private func writeLegend(_ html: inout HTMLBuffer) {
    html.raw("<p class=g>")
    for (index, column) in chart.series.prefix(series.count).enumerated() {
      html.raw("<svg viewBox=\"0 0 36 12\" width=36 height=12 aria-hidden=true>")
      if chart.kind == .line {
        let isDots = !chart.isCourse && index == 0
        if !isDots {
          html.raw("<path class=l")
          html.raw(index % WebChart.looks)
          html.raw(" d=\"M0 6L36 6\"/>")
        }
        if isDots || chart.isCourse { marker(18, 6, index, to: &html) }
      } else {
        rectangle(6, 0, 24, 12, series: index, to: &html)
      }
      html.raw("</svg> ")
      html.text(tables.map { $0.columns[column].heading })
      html.raw("&#8195;")
    }
    html.raw("</p>\n")
  }
}

/// An axis from 0, or from below it where there are negative numbers, with a few round ticks.
struct AxisScale {
  let ticks: [Double]
  private let low: Double
  private let high: Double

  init(_ values: [Double]) {
    let largest = max(values.max() ?? 0, 0)
    let smallest = min(values.min() ?? 0, 0)
    let span = largest - smallest
    guard span > 0, span.isFinite else {
      (low, high, ticks) = (0, 1, [0])
      return
    }
    let step = AxisScale.roundStep(span / 4)
    let first = (smallest / step).rounded(.down)
    let last = (largest / step).rounded(.up)
    low = first * step
    high = last * step
    ticks = (Int(first)...Int(last)).map { Double($0) * step }
  }

  /// The least of 1, 2, 2.5, 5 and 10 times a power of ten that is not below a size.
  private static func roundStep(_ size: Double) -> Double {
    var power = 1.0
    while power * 10 <= size { power *= 10 }
    while power > size { power /= 10 }
    return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= size } ?? 10 * power
  }

  /// How far a value lies from the axis's low end, of a length in whole units.
  func position(_ value: Double, over length: Int) -> Int {
    Int(((value - low) / (high - low) * Double(length)).rounded())
  }
}
