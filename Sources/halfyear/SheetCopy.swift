import Checking
import Composing
import Reading
import Records
import Rendering

/// All cells of a sheet as they were read, in their places.
struct SheetCopy {
  let sheet: CheckedSheet
  private let rows: [PreviewRow]

  /// - Throws: `ReadingError` where the file is not what it was when it was checked.
  init(_ sheet: CheckedSheet, path: String) throws(ReadingError) {
    self.sheet = sheet
    rows = try SheetTexts.rows(of: path, sheet: sheet.index, fillsMerged: false)
  }

  /// What a sheet of a workbook holds.
  private static let mostColumns = 16_384

  /// The column that a finding is about; where it is about the row, the first that is filled in.
  func column(of finding: Finding) -> Int {
    if let column = sheet.heading.firstIndex(of: finding.location.column) { return column }
    let row = rows.first { $0.number == finding.location.row }
    return row?.cells.firstIndex { !$0.isEmpty } ?? 0
  }

  func form(
    named name: String, _ findings: [Finding], _ language: Language
  ) -> FormWorkbook.Sheet {
    var form = FormWorkbook.Sheet(name: name)
    form.headingRow = sheet.headingRow
    var marks: [Int: [Int: [Finding]]] = [:]
    for finding in findings where finding.location.row > 0 {
      marks[finding.location.row, default: [:]][column(of: finding), default: []].append(finding)
    }
    for row in rows {
      let marked = marks[row.number] ?? [:]
      // What is missing is often at the end of its row, where a workbook holds no cell at all.
      let width = max(row.cells.count, (marked.keys.max() ?? -1) + 1)
      for column in 0..<min(width, SheetCopy.mostColumns) {
        let text = column < row.cells.count ? row.cells[column] : ""
        guard !text.isEmpty || marked[column] != nil else { continue }
        form.cells.append(cell(row.number, column, text, marked[column] ?? []))
      }
      marks[row.number] = nil
      for (column, findings) in marked.sorted(by: { $0.key < $1.key }) {
        form.comments.append(comment(row.number, column, findings, language))
      }
    }
    return form
  }

  private func cell(
    _ row: Int, _ column: Int, _ text: String, _ findings: [Finding]
  ) -> FormWorkbook.Cell {
    var look: FormWorkbook.Look = row == sheet.headingRow ? .heading : .plain
    if !findings.isEmpty {
      look = findings.contains { $0.severity == .error } ? .error : .warning
    }
    return FormWorkbook.Cell(row, column, SheetCopy.value(text), look)
  }

  private func comment(
    _ row: Int, _ column: Int, _ findings: [Finding], _ language: Language
  ) -> FormWorkbook.Comment {
    let texts = findings.map { FindingText.message(for: $0, in: language) }
    return FormWorkbook.Comment(row, column, texts.joined(separator: "\n"))
  }

  /// A number that a workbook gives back digit by digit is one; all else, as the id 007, stays a text.
  private static func value(_ text: String) -> FormWorkbook.Value {
    // Longer than a cell of a workbook holds, and than anybody reads in one.
    if text.utf16.count > 30_000 { return .text(String(text.prefix(15_000)) + "…") }
    let digits = text.utf8.filter { $0 != 0x2E }
    guard (1...15).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
      text.utf8.count - digits.count <= 1, let number = Double(text),
      text == "\(number)" || text == "\(Int(number))"
    else { return .text(text) }
    return .number(number)
  }
}
