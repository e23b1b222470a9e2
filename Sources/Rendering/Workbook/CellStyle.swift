import CXLSXWriter

/// How a cell looks; equal styles share one format of the workbook.
struct CellStyle: Hashable {
  enum Alignment: Hashable { case left, centre, right }
  enum Edge: Hashable { case none, hair, thin, medium }

  var size = 10.0
  var isBold = false
  var isUnderlined = false
  var colour = Palette.text
  var fill: UInt32?
  var numberFormat = ""
  var alignment: Alignment?
  var isTopAligned = false
  var wraps = false
  var indent: UInt8 = 0
  var top = Edge.none
  var bottom = Edge.none
  var edgeColour = Palette.hairline
}

/// The formats of one workbook, each made once.
///
/// Must not be used after the workbook is finished.
final class StyleBook {
  typealias Format = UnsafeMutablePointer<lxw_format>

  private let book: UnsafeMutablePointer<lxw_workbook>
  private let theme: Theme
  private var made: [CellStyle: Format] = [:]

  /// - Throws: `formatTooLong` for a font's name that libxlsxwriter would cut.
  init(book: UnsafeMutablePointer<lxw_workbook>, theme: Theme) throws(WorkbookError) {
    try StyleBook.check(theme.text)
    try StyleBook.check(theme.heading)
    self.book = book
    self.theme = theme
  }

  /// - Throws: `formatTooLong` for a number format that libxlsxwriter would cut.
  func format(_ style: CellStyle) throws(WorkbookError) -> Format {
    if let format = made[style] { return format }
    try StyleBook.check(style.numberFormat)
    guard let format = workbook_add_format(book) else {
      throw .refused(what: "a format was", place: "workbook", reason: "out of memory")
    }
    apply(style, to: format)
    made[style] = format
    return format
  }

  private func apply(_ style: CellStyle, to format: Format) {
    format_set_font_name(format, style.isBold ? theme.heading : theme.text)
    format_set_font_size(format, style.size)
    format_set_font_color(format, style.colour)
    if style.isBold { format_set_bold(format) }
    if style.isUnderlined { format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue)) }
    if !style.numberFormat.isEmpty { format_set_num_format(format, style.numberFormat) }
    if let fill = style.fill { format_set_bg_color(format, fill) }
    align(format, style)
    if style.top != .none { format_set_top(format, style.top.code) }
    if style.bottom != .none { format_set_bottom(format, style.bottom.code) }
    format_set_top_color(format, style.edgeColour)
    format_set_bottom_color(format, style.edgeColour)
  }

  private func align(_ format: Format, _ style: CellStyle) {
    let vertical = style.isTopAligned ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER
    format_set_align(format, UInt8(vertical.rawValue))
    switch style.alignment {
    case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
    case .centre: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
    case nil: break
    }
    if style.wraps { format_set_text_wrap(format) }
    if style.indent > 0 { format_set_indent(format, style.indent) }
  }

  private static func check(_ text: String) throws(WorkbookError) {
    guard text.utf8.count <= SheetLimits.formatBytes else { throw .formatTooLong(text) }
  }
}

extension CellStyle.Edge {
  fileprivate var code: UInt8 {
    switch self {
    case .none: UInt8(LXW_BORDER_NONE.rawValue)
    case .hair: UInt8(LXW_BORDER_HAIR.rawValue)
    case .thin: UInt8(LXW_BORDER_THIN.rawValue)
    case .medium: UInt8(LXW_BORDER_MEDIUM.rawValue)
    }
  }
}
