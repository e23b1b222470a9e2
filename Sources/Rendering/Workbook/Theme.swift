import Records
import ReportModel

/// For whom a workbook is laid out.
public enum WorkbookProfile: String, Sendable, CaseIterable {
  /// As a Chinese office circulates and prints it: tables of a section on one sheet, charts beside them,
  /// headings in 黑体 and texts in 仿宋, headings of long tables in sight.
  case office
  /// For screen readers, by the guidance of the UK's Government Analysis Function on releasing statistics
  /// in spreadsheets: one marked-up table a sheet, nothing joined or frozen, larger type.
  case accessible
}

/// The fonts of a workbook, by names that Excel has on Windows; elsewhere the nearest take their place.
struct Theme {
  let profile: WorkbookProfile
  let text: String
  let heading: String

  init(_ profile: WorkbookProfile, _ language: Language) {
    self.profile = profile
    switch (profile, language) {
    case (.office, .chinese): (text, heading) = ("仿宋", "黑体")
    case (.office, .english): (text, heading) = ("Calibri", "Calibri")
    case (.accessible, .chinese): (text, heading) = ("Microsoft YaHei", "Microsoft YaHei")
    case (.accessible, .english): (text, heading) = ("Arial", "Arial")
    }
  }
}

/// The colours of a workbook, as 0xRRGGBB: one accent of a blue that all kinds of colour blindness see,
/// and greys; all of them differ in lightness, so that a black-and-white print keeps them apart.
enum Palette {
  static let text: UInt32 = 0x262626
  static let quiet: UInt32 = 0x595959
  static let accent: UInt32 = 0x1F4E79
  static let headingFill: UInt32 = 0xE4ECF4
  static let totalFill: UInt32 = 0xF3F6FA
  static let errorFill: UInt32 = 0xF8CBCB
  static let warningFill: UInt32 = 0xFFF0B8
  static let hairline: UInt32 = 0xBFC7D1
  static let gridline: UInt32 = 0xE1E5EA
  static let bar: UInt32 = 0x9DB8D3
  /// From the least to the most of a shaded table; black text is read on both.
  static let shades: (least: UInt32, most: UInt32) = (0xFFFFFF, 0x8FB1D3)
  /// Of a chart's series, alternately dark and light.
  static let series: [UInt32] = [0x1F4E79, 0xA9C3DC, 0x595959, 0xD0CECE, 0x5B8DB8, 0x8C8C8C]

  /// Of the tabs; their order tells the same.
  static func tab(_ group: Section.Group) -> UInt32 {
    switch group {
    case .overview: return 0x1F4E79
    case .area: return 0x5B8DB8
    case .departments: return 0xA9C3DC
    case .basis: return 0xA6A6A6
    }
  }
}
