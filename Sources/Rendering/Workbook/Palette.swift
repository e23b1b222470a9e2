import Records

/// The colours of a workbook, as 0xRRGGBB: one accent, and greys that survive a black-and-white print.
enum Palette {
  static let text: UInt32 = 0x262626
  static let quiet: UInt32 = 0x6B6B6B
  static let accent: UInt32 = 0x1F4E79
  static let headingFill: UInt32 = 0xE4ECF4
  static let totalFill: UInt32 = 0xF3F6FA
  static let errorFill: UInt32 = 0xF8CBCB
  static let warningFill: UInt32 = 0xFFF0B8
  static let hairline: UInt32 = 0xBFC7D1
  static let gridline: UInt32 = 0xE1E5EA
  static let bar: UInt32 = 0x9DB8D3
  /// Of a chart's series, alternately dark and light.
  static let series: [UInt32] = [0x1F4E79, 0xA9C3DC, 0x595959, 0xD0CECE]
}

/// Fonts that Excel has on Windows; elsewhere the nearest sans-serif takes their place.
enum Typeface {
  static func name(for language: Language) -> String {
    language == .chinese ? "Microsoft YaHei" : "Calibri"
  }
}
