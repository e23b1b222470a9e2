import ArgumentParser
import Checking
import Reading
import Records

/// `halfyear convert`: how the program reads a file.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Show how a file is read, as CSV.",
    discussion: """
      Writes one sheet of a workbook, or a text file of any encoding and separator, to standard output: \
      RFC 4180 in UTF-8, every row with the same number of cells.
      """)

  @Argument(help: "An .xlsx, .xls, .csv, .tsv or .txt file.")
  var file: String

  @Option(help: "The sheet's name, or its number from 1; without it the first one that is shown.")
  var sheet: String?

  @Flag(
    help: """
      From the first cell on, values as they are stored; otherwise from the heading down, without \
      titles, totals, notes and blank rows.
      """)
  var raw = false

  func run() throws {
    try refusing(Log(isQuiet: true)) { () throws(Refusal) in
      let choice = try reading { () throws(ReadingError) in try SheetChoice(tables()) }
      let index = try choice.index(sheet)
      try reading { () throws(ReadingError) in
        if raw { try writeAll(index) } else { try writeRecords(index) }
      }
    }
  }

  /// A cell far out makes every row of a long sheet as wide; beyond so many cells rows are written as they
  /// are.
  private static let mostCells = 50_000_000

  /// Reads the sheet twice: how wide it is shows at its end only.
  private func writeAll(_ index: Int) throws(ReadingError) {
    var width = 0
    var rows = 0
    try walk(index) { row in
      width = max(width, row.width)
      rows = row.number
    }
    let isEven = width * rows <= ConvertCommand.mostCells
    var output = CSVOutput(width: width)
    try tables()[index].walk { row in
      output.write(columns: isEven ? width : row.width) { row[$0] }
    }
    output.flush()
  }

  private func writeRecords(_ index: Int) throws(ReadingError) {
    let schemas = Source.standard.flatMap { [$0.records, $0.participation].compactMap { $0 } }
    let layout = try SheetLayout.find(
      in: tables()[index], schemas: [.departments, .staff] + schemas)
    guard let layout else { return }
    var rows = RecordRows(layout)
    var width = layout.cells.count
    try walk(index) { row in
      if row.width > width, rows.contains(row) { width = row.width }
    }
    var output = CSVOutput(width: width)
    _ = output.write(layout.cells)
    try tables()[index].walk { row in
      rows.contains(row) ? output.write(columns: width) { row[$0].trimmed } : output.isOpen
    }
    output.flush()
  }

  /// Goes through all rows before any is written.
  ///
  /// - Throws: `ReadingError.recordTooLong`, too, where a row cannot be shown as it is.
  private func walk(_ index: Int, _ body: (RowCells) -> Void) throws(ReadingError) {
    var cut: Int?
    let table = try tables()[index]
    try table.walk { row in
      if row.isCut { cut = row.number }
      body(row)
      return cut == nil
    }
    if let cut { throw .recordTooLong(row: cut) }
    for case .longText(let row, let column, _) in table.remarks {
      Log(isQuiet: true).message(
        "\(file): row \(row), cell \(column + 1): the text has more than 32,767 characters; the first "
          + "32,767 are written", level: .warning)
    }
  }

  private func tables() throws(ReadingError) -> [any RowReader] {
    try Reading.InputFile.tables(in: file, fillsMerged: !raw)
  }

  private func reading<Value>(
    _ body: () throws(ReadingError) -> Value
  ) throws(Refusal) -> Value {
    do throws(ReadingError) {
      return try body()
    } catch {
      throw .input(file: file, reason: error.description, isFault: error.isFault)
    }
  }
}
