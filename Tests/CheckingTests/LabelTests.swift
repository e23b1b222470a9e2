import Reading
import Records
import Testing

@testable import Checking

@Suite("Labels of a column")
struct LabelTests {
  /// The texts that the codes of a column's cells stand for; nil where there is none.
  private func decode(_ cells: [String], _ labels: Labels) -> [String?] {
    let cache = LabelCache(labels, choices: nil, isOpen: true)
    let codes = TextColumn(cells).decoded(cache.decode)
    let texts = labels.texts
    return codes.map { $0 >= 0 ? texts[Int($0)] : nil }
  }

  @Test("Texts of every length keep apart, also where they begin and end alike")
  func lengths() {
    let texts = (1...40).flatMap { length in
      ["a", "b"].map { String(repeating: "x", count: length) + $0 }
    }
    let cells = texts + texts.reversed() + ["", " ", "\u{3000}xa "]
    #expect(
      decode(cells, Labels()) == texts + texts.reversed() + [nil, nil, "xa"])
  }

  @Test("More texts than a cache has places for")
  func many() {
    let texts = (0..<1000).map { "类别\($0)" }
    #expect(decode(texts + texts, Labels()) == texts + texts)
  }

  @Test("A column of more texts than a classification has is given up, and known ones stay known")
  func crowded() {
    let labels = Labels(known: ["employee"])
    let texts = (0..<Labels.limit).map { "类别\($0)" }
    #expect(decode(Array(texts.dropLast()), labels) == texts.dropLast())
    #expect(!labels.isCrowded)
    #expect(decode(texts + ["employee", "再一个"], labels).suffix(3) == [nil, "employee", nil])
    #expect(labels.isCrowded)
  }
}

/// Cells one below the other, as a block has them.
struct TextColumn {
  private var bytes: [UInt8] = []
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []

  init(_ cells: [String]) {
    for cell in cells {
      starts.append(UInt32(bytes.count))
      bytes += Array(cell.utf8)
      ends.append(UInt32(bytes.count))
      bytes.append(UInt8(ascii: ","))
    }
    // Behind a block's cells may be read.
    bytes += [UInt8](repeating: 0, count: 64)
  }

  func decoded(_ body: (CellColumn, Int, UnsafeMutablePointer<Int64>) -> Void) -> [Int64] {
    [Int64](unsafeUninitializedCapacity: starts.count) { values, count in
      count = starts.count
      guard let out = values.baseAddress else { return }
      bytes.withUnsafeBufferPointer { bytes in
        starts.withUnsafeBufferPointer { starts in
          ends.withUnsafeBufferPointer { ends in
            guard let bytes = bytes.baseAddress, let starts = starts.baseAddress,
              let ends = ends.baseAddress
            else { return }
            body(CellColumn(bytes: bytes, starts: starts, ends: ends), count, out)
          }
        }
      }
    }
  }
}
