import ReportModel

/// The formulas of a table that stands whole on a sheet, each beside the value that it has.
///
/// The totals follow a filter: sums add up the rows in sight, and what is no sum (people who are counted
/// once, medians, rates of figures that the table has not) gives way to a sign, as it would be wrong of
/// a part of the rows. The label says which of both it is.
struct TableFormulas {
  private let table: Table
  /// The sheet's rows of the table's rows, counted from 0.
  private let data: ClosedRange<Int>
  private let words: FixedWords
  private let numbers: NumberText
  /// The column whose cells tell how many rows are in sight: all of them have a text.
  private let isLabelled: Bool

  /// Nil where the table runs over several sheets or has no rows.
  init?(_ table: Table, rows: ClosedRange<Int>?, _ words: FixedWords, _ numbers: NumberText) {
    guard let rows, rows.count == table.rows.count, !table.columns.isEmpty else { return nil }
    self.table = table
    self.data = rows
    self.words = words
    self.numbers = numbers
    isLabelled = table.rows.allSatisfy { cells in
      if case .text(let text) = cells[0] { !text.isEmpty } else { false }
    }
  }

  /// The formula of a cell of a row and what it gives; nil where the cell stands for itself.
  ///
  /// Doubles that are subtracted may differ from the exact difference in the last digits; where that shows,
  /// the cell keeps its exact value instead.
  func row(_ column: Int, _ cells: [Cell], at row: Int) -> (formula: String, value: Double)? {
    guard cells[column].value != nil, let value = table.derived(column, in: cells) else {
      return nil
    }
    let kind = table.columns[column].kind
    guard numbers.text(.number(value), in: kind) == numbers.text(cells[column], in: kind) else {
      return nil
    }
    return formula(column, at: row).map { ($0, value) }
  }

  private func formula(_ column: Int, at row: Int) -> String? {
    func cell(_ column: Int) -> String { CellRange.a1(row, column) }
    switch table.columns[column].derivation {
    case .given, .sum, .distinct: return nil
    case .quotient(let part, let base): return "=\(cell(part))/\(cell(base))"
    case .part(let of):
      return table.columns[of].derivation == .sum ? "=\(cell(of))/SUM(\(fixedRange(of)))" : nil
    case .change(let from, let to): return "=(\(cell(to))-\(cell(from)))/\(cell(from))"
    case .points(let from, let to): return "=(\(cell(to))-\(cell(from)))*100"
    }
  }

  /// The formula of a cell of the total; nil where it stands for itself.
  func total(_ column: Int, _ total: [Cell], at row: Int) -> String? {
    if column == 0, case .text(let label) = total[0] { return labelFormula(label) }
    guard let value = total[column].value else { return nil }
    switch table.columns[column].derivation {
    case .sum: return "=SUBTOTAL(109,\(range(column)))"
    case .part(let of) where table.columns[of].derivation == .sum:
      return "=SUBTOTAL(109,\(range(of)))/SUM(\(range(of)))"
    case .quotient(let part, let base) where isSum(part) && isSum(base):
      let (part, base) = (CellRange.a1(row, part), CellRange.a1(row, base))
      return "=IF(\(base)=0,\"\(NumberText.undefined)\",\(part)/\(base))"
    case .given, .distinct, .part, .quotient, .change, .points:
      let number = Int64(exactly: value).map { "\($0)" } ?? "\(value)"
      return isLabelled ? "=IF(\(isWhole),\(number),\"\(NumberText.undefined)\")" : nil
    }
  }

  private func isSum(_ column: Int) -> Bool { table.columns[column].derivation == .sum }

  private func labelFormula(_ label: String) -> String? {
    guard isLabelled, !label.contains("\""), label.utf16.count < 200 else { return nil }
    return "=IF(\(isWhole),\"\(label)\",\"\(words.filtered)\")"
  }

  /// Whether no row is hidden by a filter.
  private var isWhole: String { "SUBTOTAL(103,\(range(0)))=\(data.count)" }

  private func range(_ column: Int) -> String {
    CellRange(
      firstRow: data.lowerBound, firstColumn: column, lastRow: data.upperBound, lastColumn: column
    ).a1
  }

  private func fixedRange(_ column: Int) -> String {
    let (first, last) = (
      CellRange.a1(data.lowerBound, column), CellRange.a1(data.upperBound, column)
    )
    func fixed(_ name: String) -> String {
      let letters = name.prefix { $0.isLetter }
      return "\(letters)$\(name.dropFirst(letters.count))"
    }
    return "\(fixed(first)):\(fixed(last))"
  }
}
