import Foundation
import Reading

/// A file of any kind, read as the program reads it.
extension TextFile {
  /// All rows of a sheet as text.
  func rows(sheet: Int = 0, fillsMerged: Bool = true) throws -> [[String]] {
    let tables = try InputFile.tables(in: path, fillsMerged: fillsMerged)
    var rows: [[String]] = []
    try tables[sheet].walk { row in
      rows.append((0..<row.count).map { String(decoding: row[$0], as: UTF8.self) })
      return true
    }
    return rows
  }

  /// What is remarked of a sheet when it has been read.
  func remarks(sheet: Int = 0) throws -> [SheetRemark] {
    let table = try InputFile.tables(in: path)[sheet]
    try table.walk { _ in true }
    return table.remarks
  }
}
