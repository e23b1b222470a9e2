import ReportModel

/// Bars made of block characters, in proportion to the largest value among them.
enum TextBar {
  /// The length of the largest value's bar, in characters.
  static let fullLength = 16

  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar for each cell; empty where a cell holds no positive number.
  static func bars(of cells: ArraySlice<Cell>) -> [String] {
    let values = cells.map { $0.value ?? 0 }
    guard let largest = values.max(), largest > 0, largest.isFinite else {
      return values.map { _ in "" }
    }
    return values.map { bar($0 / largest) }
  }

  /// What is more than nothing shows at least the thinnest bar.
  private static func bar(_ part: Double) -> String {
    guard part > 0 else { return "" }
    let length = max(1, Int((part * Double(fullLength * 8)).rounded()))
    return String(repeating: "█", count: length / 8) + eighths[length % 8]
  }
}
