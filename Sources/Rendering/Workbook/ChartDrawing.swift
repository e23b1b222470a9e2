import CXLSXWriter
import Records
import ReportModel

/// The size of a chart, in pixels.
struct ChartSize {
  var width: Int
  var height: Int
}

/// A native chart whose series refer to the cells of a table.
struct ChartDrawing {
  static let narrowest = 230
  static let widest = 600

  private let size: ChartSize
  private let chart: Chart
  private let table: Table
  private let data: ClosedRange<Int>
  private let headingRow: Int
  private let pointer: ChartPointer
  private let font: String
  private let language: Language

  /// - Throws: `chart` where it names a column that the table has not, or none.
  init(
    _ chart: Chart, _ table: Table, _ data: ClosedRange<Int>, headingRow: Int, _ size: ChartSize,
    _ sheets: WorkbookSheets
  ) throws(WorkbookError) {
    guard !chart.series.isEmpty,
      (chart.series + [chart.category]).allSatisfy(table.columns.indices.contains)
    else {
      throw .chart(title: chart.title, reason: "names a column that its table has not, or none")
    }
    self.chart = chart
    self.table = table
    self.data = data
    self.headingRow = headingRow
    pointer = try sheets.makeChart(chart.kind.type, title: chart.title)
    font = sheets.theme.text
    language = sheets.report.language
    self.size = size
  }

  /// Below this, a chart is too low to read.
  static func leastHeight(_ chart: Chart, _ table: Table) -> Int {
    guard chart.kind == .bar else { return chart.series.count > 1 ? 205 : 180 }
    // A name of every bar: below so much room each, programs leave out every second one.
    return 116 + table.rows.count * 26
  }

  /// Room for each bar, and below columns for labels that are too long to stand level.
  static func height(_ chart: Chart, _ table: Table) -> Int {
    let standard = 232
    if chart.kind == .bar { return min(max(standard, leastHeight(chart, table)), 560) }
    let labels = table.rows.map { row -> Int in
      if case .text(let label) = row[chart.category] { displayWidth(label) } else { 0 }
    }
    let longest = labels.max() ?? 0
    return longest * labels.count * 6 > 520 ? standard + min(longest * 5, 200) : standard
  }

  func insert(into sheet: Sheet, row: Int, column: Int, indent: Int32) throws(WorkbookError) {
    for (order, series) in chart.series.enumerated() { addSeries(series, order, sheet) }
    setTitle()
    setAxes()
    setSurroundings()
    let result = chart.title.withCString { title in
      var options = lxw_chart_options()
      options.x_offset = indent
      options.y_offset = 4
      options.x_scale = Double(size.width) / 480
      options.y_scale = Double(size.height) / 288
      options.description = UnsafeMutablePointer(mutating: title)
      options.object_position = UInt8(LXW_OBJECT_MOVE_DONT_SIZE.rawValue)
      return worksheet_insert_chart_opt(
        sheet.pointer, UInt32(row), UInt16(column), pointer, &options)
    }
    try sheet.require(result, "the chart '\(chart.title)'", row, column)
    sheet.note { $0.hasDrawing = true }
  }

  private func addSeries(_ index: Int, _ order: Int, _ sheet: Sheet) {
    guard let series = chart_add_series(pointer, nil, nil) else { return }
    let (first, last) = (UInt32(data.lowerBound), UInt32(data.upperBound))
    let (category, value) = (UInt16(chart.category), UInt16(index))
    chart_series_set_categories(series, sheet.name, first, category, last, category)
    chart_series_set_values(series, sheet.name, first, value, last, value)
    chart_series_set_name(series, SheetText.cleaned(table.columns[index].heading))
    if chart.kind == .line { drawLine(series, order) } else { fill(series, order) }
    if chart.series.count == 1, data.count <= 16 { label(series, table.columns[index].kind) }
  }

  /// Lines differ by shade, dashes and markers, so that they can be told apart without colour.
  private func drawLine(_ series: UnsafeMutablePointer<lxw_chart_series>, _ order: Int) {
    let colour = Palette.series[order % Palette.series.count]
    let dashes = [
      LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_DASH, LXW_CHART_LINE_DASH_ROUND_DOT,
    ]
    let isDots = !chart.isCourse && order == 0
    var line = lxw_chart_line()
    line.color = colour
    line.width = 2.25
    line.dash_type = UInt8(dashes[order % dashes.count].rawValue)
    line.none = isDots ? 1 : 0
    chart_series_set_line(series, &line)
    // Limits stand level or nearly so: markers would run into a band.
    guard isDots || chart.isCourse && !isLevel(chart.series[order]) else {
      return chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_NONE.rawValue))
    }
    let markers = [
      LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE, LXW_CHART_MARKER_TRIANGLE,
      LXW_CHART_MARKER_DIAMOND,
    ]
    chart_series_set_marker_type(series, UInt8(markers[order % markers.count].rawValue))
    chart_series_set_marker_size(series, 7)
    var fill = lxw_chart_fill()
    fill.color = colour
    chart_series_set_marker_fill(series, &fill)
    var edge = lxw_chart_line()
    edge.color = Palette.accent
    chart_series_set_marker_line(series, &edge)
  }

  private func isLevel(_ column: Int) -> Bool {
    Set(table.rows.map { $0[column].value }).count == 1
  }

  private func fill(_ series: UnsafeMutablePointer<lxw_chart_series>, _ order: Int) {
    var fill = lxw_chart_fill()
    fill.color = Palette.series[order % Palette.series.count]
    chart_series_set_fill(series, &fill)
    var edge = lxw_chart_line()
    edge.color = Palette.accent
    edge.width = 0.75
    chart_series_set_line(series, &edge)
  }

  private func label(_ series: UnsafeMutablePointer<lxw_chart_series>, _ kind: Column.Kind) {
    chart_series_set_labels(series)
    let format = kind.numberFormat(language)
    if !format.isEmpty { chart_series_set_labels_num_format(series, format) }
    withFont(size: 9, colour: Palette.text) { chart_series_set_labels_font(series, $0) }
    if chart.kind == .line {
      chart_series_set_labels_position(series, UInt8(LXW_CHART_LABEL_POSITION_ABOVE.rawValue))
    }
  }

  private func setTitle() {
    chart_title_set_name(pointer, SheetText.cleaned(chart.title))
    withFont(size: 11, isBold: true, colour: Palette.accent) {
      chart_title_set_name_font(pointer, $0)
    }
  }

  /// Columns and bars are compared by their lengths, which say the truth from zero on.
  private var startsAtZero: Bool {
    chart.kind != .line
      && table.rows.allSatisfy { cells in
        chart.series.allSatisfy { (cells[$0].value ?? 0) >= 0 }
      }
  }

  private func setAxes() {
    // A bar chart's first axis is the one across, which carries its values.
    let isBar = chart.kind == .bar
    let categories = chart_axis_get(pointer, isBar ? LXW_CHART_AXIS_TYPE_Y : LXW_CHART_AXIS_TYPE_X)
    let values = chart_axis_get(pointer, isBar ? LXW_CHART_AXIS_TYPE_X : LXW_CHART_AXIS_TYPE_Y)
    withFont(size: 9, colour: Palette.text) { font in
      chart_axis_set_num_font(categories, font)
      chart_axis_set_num_font(values, font)
      chart_axis_set_name_font(values, font)
    }
    let columns = chart.series.map { table.columns[$0] }
    if let unit = columns[0].unit, columns.allSatisfy({ $0.unit == unit }) {
      chart_axis_set_name(values, SheetText.cleaned(unit))
    }
    chart_axis_set_num_format(values, columns[0].kind.axisFormat)
    if startsAtZero { chart_axis_set_min(values, 0) }
    limitShares(values)
    if isBar {
      chart_axis_set_reverse(categories)
      chart_axis_set_crossing_max(categories)
      chart_axis_set_interval_unit(categories, 1)
    }
    chart_axis_major_gridlines_set_visible(categories, 0)
    var line = lxw_chart_line()
    line.color = Palette.hairline
    line.width = 0.5
    chart_axis_set_line(categories, &line)
    chart_axis_major_gridlines_set_visible(values, 1)
    line.color = Palette.gridline
    chart_axis_major_gridlines_set_line(values, &line)
  }

  /// An axis of shares ends at the whole. Lines that are all near it need none of the lower half.
  private func limitShares(_ axis: UnsafeMutablePointer<lxw_chart_axis>?) {
    let areShares = chart.series.allSatisfy {
      if case .share = table.columns[$0].kind { true } else { false }
    }
    guard areShares else { return }
    let shares = table.rows.flatMap { cells in chart.series.compactMap { cells[$0].value } }
    guard let lowest = shares.min(), let highest = shares.max(), highest <= 1 else { return }
    if highest > 0.8 { chart_axis_set_max(axis, 1) }
    if chart.kind == .line, lowest > 0.5 {
      chart_axis_set_min(axis, (lowest * 10).rounded(.down) / 10)
    }
  }

  private func setSurroundings() {
    if chart.series.count == 1 {
      chart_legend_set_position(pointer, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    } else {
      chart_legend_set_position(pointer, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
      withFont(size: 9, colour: Palette.text) { chart_legend_set_font(pointer, $0) }
    }
    chart_show_blanks_as(pointer, UInt8(LXW_CHART_BLANKS_AS_GAP.rawValue))
    var edge = lxw_chart_line()
    edge.color = Palette.hairline
    edge.width = 0.5
    chart_chartarea_set_line(pointer, &edge)
    if chart.kind != .line { chart_set_series_gap(pointer, chart.series.count == 1 ? 60 : 80) }
  }

  private func withFont(
    size: Double, isBold: Bool = false, colour: UInt32,
    _ body: (UnsafeMutablePointer<lxw_chart_font>) -> Void
  ) {
    font.withCString { name in
      var font = lxw_chart_font()
      font.name = UnsafeMutablePointer(mutating: name)
      font.size = size
      font.bold = UInt8(isBold ? LXW_TRUE.rawValue : LXW_EXPLICIT_FALSE.rawValue)
      font.color = colour
      body(&font)
    }
  }
}

extension Chart.Kind {
  var type: lxw_chart_type {
    switch self {
    case .line: LXW_CHART_LINE
    case .column: LXW_CHART_COLUMN
    case .bar: LXW_CHART_BAR
    }
  }
}

extension Column.Kind {
  /// The number format of an axis: without decimals where the scale is a percentage.
  fileprivate var axisFormat: String {
    switch self {
    case .share, .change: "0%"
    case .text, .count, .decimal, .difference, .points: "#,##0.##"
    }
  }
}
