import ReportModel

/// The heading of a column as it stands in a workbook: its name, then its unit and the mark of its note.
struct Heading {
  let name: String
  let suffix: String

  init(_ column: Column, _ words: FixedWords) {
    name = column.heading
    let unit = column.unit.map { words.unitMarks.open + $0 + words.unitMarks.close } ?? ""
    suffix = unit + (column.note.map(words.mark) ?? "")
  }

  /// As it stands in the cell: a unit that does not fit beside the name goes to a line of its own.
  ///
  /// The line break is there because programs differ in where they break Chinese text, and some tear
  /// a unit from its parenthesis.
  var text: String { name + (breaksBeforeSuffix ? "\n" : "") + suffix }

  private var breaksBeforeSuffix: Bool {
    suffix.unicodeScalars.count > 1 && displayWidth(name + suffix) > Heading.shortest
  }

  /// Up to this width, a heading stands on one line whatever its column.
  private static let shortest = 7
  /// Room for the filter button beside a single line.
  private static let buttonRoom = 3.4
  private static let padding = 1.6
  private static let bold = 1.1

  /// The width that lets the heading stand on one line where it is short, and break before its unit or
  /// about its middle where it is long; words are not broken.
  var width: Double {
    let whole = displayWidth(name + suffix)
    if whole <= Heading.shortest { return Double(whole) * Heading.bold + Heading.buttonRoom }
    let first = displayWidth(breaksBeforeSuffix ? name : name + suffix)
    let lines = first <= Heading.shortest ? 1 : first <= 16 ? 2 : 3
    // A Chinese character, of two columns, is not halved.
    let part = max(((first + lines - 1) / lines + 1) / 2 * 2, displayWidth(suffix), longestWord)
    return Double(part) * Heading.bold + Heading.padding
  }

  /// The lines that it takes in a column of some width.
  func lines(in width: Double) -> Int {
    let room = width - Heading.padding / 2
    guard longestWord > 0 else { return ColumnWidths.lines(of: text, in: room) }
    return text.split(separator: "\n").reduce(0) { $0 + Heading.lines(ofWords: $1, in: room) }
  }

  /// Words go to a line as long as they fit.
  private static func lines(ofWords text: Substring, in room: Double) -> Int {
    var (lines, used) = (1, 0.0)
    for word in text.split(separator: " ") {
      let width = Double(displayWidth(String(word))) * bold
      if used > 0, used + bold + width > room {
        lines += 1
        used = width
      } else {
        used += (used > 0 ? bold : 0) + width
      }
    }
    return lines
  }

  /// Chinese can be broken anywhere, other words cannot.
  private var longestWord: Int {
    name.split(separator: " ").map { word in
      word.unicodeScalars.allSatisfy(\.isASCII) ? displayWidth(String(word)) : 0
    }.max() ?? 0
  }
}
