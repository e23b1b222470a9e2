import Foundation
import Reading
import Testing
import Threading

/// A file in a folder of its own, removed with the value.
final class TextFile {
  let path: String
  private let folder: URL

  init(_ bytes: [UInt8]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: "table.csv").path
    try Data(bytes).write(to: URL(filePath: path))
  }

  convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// All records behind a row, that of the heading if not told, as text with their rows, read with so
  /// many threads, which are there from the beginning or hired as far as there are free ones.
  func records(jobs: Int = 1, behind row: Int? = nil, crew: Crew? = nil) throws -> [Record] {
    let tables = try InputFile.tables(in: path)
    let reader = try #require(tables.first)
    let first = try reader.preview(rows: 1).first
    let columns = first?.cells.count ?? 0
    try reader.begin(behind: row ?? first?.number ?? 0)
    let collectors = (0..<jobs).map { _ in Collector() }
    try reader.run(collectors, slots: Array(0..<columns), crew: crew)
    return collectors.flatMap(\.records).sorted { $0.row < $1.row }
  }
}

struct Record: Equatable {
  var row: Int
  var cells: [String]
  var isBroken = false
  var isOverfull = false
  var isCut = false
}

final class Collector: BlockWorker {
  private(set) var records: [Record] = []
  func decode(_ block: RecordBlock) {
    for row in 0..<block.rowCount {
      records.append(
        Record(
          row: Int(block.rowNumbers[row]),
          cells: (0..<block.columnCount).map { block.text($0, row) },
          isBroken: block.brokenRows.contains(row), isOverfull: block.overfullRows.contains(row),
          isCut: block.cutRow == row))
    }
  }
  func commit(_ block: RecordBlock) {}
  func finish(_ block: RecordBlock) {}
}
