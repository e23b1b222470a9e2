import Foundation
import Reading
import Records
import Testing
import Threading

@Suite("Reading records")
struct RecordReaderTests {
  @Test("Line breaks of every kind end records", arguments: ["\n", "\r\n", "\r"])
  func lineBreaks(lineBreak: String) throws {
    let lines = ["a,b", "1,2", "", "3,4"]
    let file = try TextFile(lines.joined(separator: lineBreak) + lineBreak)
    let expected = [Record(row: 2, cells: ["1", "2"]), Record(row: 4, cells: ["3", "4"])]
    #expect(try file.records() == expected)
    let unended = try TextFile(lines.joined(separator: lineBreak))
    #expect(try unended.records() == expected)
  }

  @Test("Quoted cells keep separators, quotes and line breaks, and rows count records")
  func quotes() throws {
    let file = try TextFile("a,b\n\"x\ny\",\"1,\"\"2\"\"\"\nz,w\n")
    #expect(
      try file.records() == [
        Record(row: 2, cells: ["x\ny", "1,\"2\""]), Record(row: 3, cells: ["z", "w"]),
      ])
  }

  @Test("A quote inside an unquoted cell, and text behind a closing quote, stand for themselves")
  func strayQuotes() throws {
    let file = try TextFile("a,b\n5\" tube,\"x\"y\n")
    #expect(try file.records() == [Record(row: 2, cells: ["5\" tube", "xy"])])
  }

  @Test(
    "A quote that is not doubled stands for itself where a later one of the line closes the cell")
  func undoubledQuotes() throws {
    let lines = [
      "a,b,c,d", "1,\"bed 10\" sign, 2nd\",x,y", "2,\"\"three basics\" course, again\",x,y",
      "3,\"use\"safely\" now\",x,y", "4,\"a\" b,\"c\",y", "5,\"a\"\"b\" \"\"c\"\"\",\"x\" ,\"y\"",
      "6,\"a\"b,c,d", "7,\"\",\"x\"y\",z",
    ]
    let cells = [
      ["1", "bed 10\" sign, 2nd", "x", "y"], ["2", "\"three basics\" course, again", "x", "y"],
      ["3", "use\"safely\" now", "x", "y"], ["4", "a b", "c", "y"],
      ["5", "a\"b\" \"c\"", "x ", "y"], ["6", "ab", "c", "d"], ["7", "", "x\"y", "z"],
    ]
    for lineBreak in ["\n", "\r\n"] {
      // Often enough that lines lie across the ends of blocks.
      let text =
        lines[0] + lineBreak
        + String(repeating: lines.dropFirst().joined(separator: lineBreak) + lineBreak, count: 8000)
      let records = try TextFile(text).records()
      #expect(records.count == 8000 * 7)
      #expect(records.indices.allSatisfy { records[$0].cells == cells[$0 % 7] })
    }
  }

  @Test("Quotes without number in one line are read in no time")
  func manyQuotes() throws {
    let text =
      "a,b\n1,\"" + String(repeating: "x\"y", count: 60_000) + "\"\n2,\""
      + String(repeating: "x\"y", count: 60_000) + "z\n3,4\n"
    let records = try TextFile(text).records()
    #expect(records.map { $0.cells[0] } == ["1", "2", "3"])
    #expect(records[0].cells[1].utf8.count == 180_000)
  }

  @Test("A file that grows, shrinks or is written over while it is read is refused")
  func changing() throws {
    let file = try TextFile("a,b\n" + String(repeating: "1,2\n", count: 200_000))
    let change: [(FileHandle) throws -> Void] = [
      {
        try $0.seekToEnd()
        try $0.write(contentsOf: Data("3,4\n".utf8))
      },
      { try $0.truncate(atOffset: 400_000) },
      {
        try $0.seek(toOffset: 0)
        try $0.write(contentsOf: Data("b".utf8))
      },
    ]
    for change in change {
      let reader = try RecordReader(path: file.path)
      let handle = try #require(FileHandle(forUpdatingAtPath: file.path))
      try change(handle)
      try handle.close()
      #expect(throws: ReadingError.changedWhileRead) {
        try reader.run([Collector()], slots: [0, 1])
      }
    }
    // Nothing has changed since it was opened this time.
    #expect(try file.records().count == 100_000 - 1)
  }

  @Test("A quote that never closes costs its own row only")
  func brokenQuote() throws {
    let file = try TextFile("a,b\n1,\"open\n2,x\n3,y\n")
    let records = try file.records()
    #expect(records.map(\.row) == [2, 3, 4])
    #expect(records.map(\.isBroken) == [true, false, false])
    #expect(records[1].cells == ["2", "x"])
  }

  @Test("Short rows are filled, long ones are told, empty ones are passed over but counted")
  func raggedRows() throws {
    let file = try TextFile("a,b\n1\n,\n2,3,4\n5,6,\n")
    #expect(
      try file.records() == [
        Record(row: 2, cells: ["1", ""]), Record(row: 4, cells: ["2", "3"], isOverfull: true),
        Record(row: 5, cells: ["5", "6"]),
      ])
  }

  @Test("A byte order mark and empty lines before the heading do no harm")
  func heading() throws {
    let file = try TextFile("\u{FEFF}\n\n 编号 ,b\n1,2\n")
    let reader = try RecordReader(path: file.path)
    #expect(
      try reader.preview(rows: 5) == [
        PreviewRow(number: 3, cells: ["编号", "b"]), PreviewRow(number: 4, cells: ["1", "2"]),
      ])
    #expect(try file.records() == [Record(row: 4, cells: ["1", "2"])])
  }

  @Test(
    "Other encodings are found from the content", arguments: ["GB18030", "UTF-16LE", "UTF-16BE"])
  func encodings(name: String) throws {
    let text = "编号,名称\n1,心病科𠮷\n" + (2...30_000).map { "\($0),骨伤科\n" }.joined()
    let file = try TextFile(try #require(encoded(text, name)))
    let records = try file.records()
    #expect(records.count == 30_000)
    #expect(records[0] == Record(row: 2, cells: ["1", "心病科𠮷"]))
    #expect(records[29_999] == Record(row: 30_001, cells: ["30000", "骨伤科"]))
  }

  private func encoded(_ text: String, _ name: String) -> [UInt8]? {
    switch name {
    case "UTF-16LE": return text.data(using: .utf16LittleEndian).map { [0xFF, 0xFE] + $0 }
    case "UTF-16BE": return text.data(using: .utf16BigEndian).map { [0xFE, 0xFF] + $0 }
    default:
      // Core Foundation's number of GB 18030, with the bit that marks such numbers.
      let gb18030: UInt = 0x8000_0632
      return text.data(using: String.Encoding(rawValue: gb18030)).map { Array($0) }
    }
  }

  @Test("A file that stops being UTF-8 is not guessed at")
  func mixedEncoding() throws {
    let lines = (0..<40_000).map { "\($0),abc\n" }.joined()
    let file = try TextFile(Array("a,b\n\(lines)".utf8) + [0x31, 0x2C, 0xC4, 0xDA, 0x0A])
    #expect(throws: ReadingError.self) { try file.records(jobs: 3) }
  }

  @Test("Reading begins behind any row of the preview, and the last row is known at the end")
  func beginning() throws {
    let file = try TextFile("标题\n\n\"a\n1\",b\n1,2\n\n3,4\n\n")
    for (row, rest) in [(0, [1, 3, 4, 6]), (1, [3, 4, 6]), (3, [4, 6]), (4, [6]), (6, [])] {
      #expect(try file.records(behind: row).map(\.row) == rest)
    }
    let reader = try RecordReader(path: file.path)
    #expect(try reader.preview(rows: 2).map(\.cells) == [["标题"], ["a\n1", "b"]])
    try reader.begin(behind: 3)
    try reader.run([Nothing()], slots: [0])
    #expect(reader.lastRow == 7)
  }

  @Test("The preview ends where the first bytes do, wherever a record is cut")
  func longPreview() throws {
    let lines = (1...40_000).map { "\($0),值\n" }.joined()
    let file = try TextFile("a,b\n" + lines)
    let rows = try RecordReader(path: file.path).preview(rows: 100_000)
    #expect(rows.count > 1000 && rows.count < 40_000)
    #expect(rows.last?.cells == ["\(rows.count - 1)", "值"])
  }

  @Test("A row of 16,384 cells is read like any other")
  func wideRow() throws {
    let cells = (0..<16_384).map { "第\($0)格，\($0 % 7 == 0 ? "\"\"引\"\"" : "值")" }
    let row = cells.map { "\"\($0)\"" }.joined(separator: ",")
    let file = try TextFile("a,b\n1,2\n\(row)\n3,4\n")
    let expected = cells.map { $0.replacing("\"\"", with: "\"") }
    #expect(try file.rows() == [["a", "b"], ["1", "2"], expected, ["3", "4"]])
  }

  @Test(
    "Of a record that is too long the beginning is kept, marked as cut, and all others are read",
    arguments: ["\n", "\r\n", "\r"], [1_400_000, 2_100_000])
  func longRecord(lineBreak: String, length: Int) throws {
    let long = "9,\"甲\"" + String(repeating: "长", count: length / 3)
    let lines = ["a,b", "1,2", "\(long),3", "4,\"5\"", long, long, "6,7"]
    let file = try TextFile(lines.joined(separator: lineBreak) + lineBreak)
    for jobs in [1, 3] {
      let records = try file.records(jobs: jobs)
      #expect(records.map(\.row) == [2, 3, 4, 5, 6, 7])
      #expect(records.map(\.isCut) == [false, true, false, true, true, false])
      #expect(records.filter { !$0.isCut }.map(\.cells) == [["1", "2"], ["4", "5"], ["6", "7"]])
      #expect(records[1].cells == ["9", "…"])
    }
  }

  @Test("Nothing but separators, and no end: the row is told all the same")
  func endlessRow() throws {
    let file = try TextFile("a,b\n1,2\n" + String(repeating: ",", count: 2_000_000))
    let records = try file.records()
    #expect(records.map(\.row) == [2, 3])
    #expect(records.last?.isCut == true)
  }

  @Test("An open quote does not take the rows up to the next quoted cell with it")
  func openQuote() throws {
    let file = try TextFile("a,b\n1,\"open\n2,x\n3,\"well\nclosed\"\n4,\"z\"\n")
    let records = try file.records()
    #expect(records.map(\.row) == [2, 3, 4, 5])
    #expect(records.map(\.isBroken) == [true, false, false, false])
    #expect(records.map { $0.cells[1] } == ["\"open", "x", "well\nclosed", "z"])
  }

  @Test("An open quote far from the end costs its own row only")
  func farQuote() throws {
    let rows = (0..<100_000).map { "\($0),值\n" }.joined()
    let records = try TextFile("a,b\n1,\"open\n" + rows).records(jobs: 2)
    #expect(records.count == 100_001)
    #expect(records.first?.isBroken == true)
    #expect(records.count { $0.isBroken || $0.isCut } == 1)
  }

  @Test("What is no text is refused by its first bytes")
  func foreignContent() throws {
    let file = try TextFile([0x50, 0x4B, 0x03, 0x04, 0, 0])
    #expect(throws: ReadingError.fault(.cutShort)) { try file.records() }
    #expect(try TextFile("\n\n").records() == [])
    #expect(throws: ReadingError.self) { try RecordReader(path: "/no/such/file") }
  }

  /// Files of many blocks, with and without quotes: the fast scan, the automaton and every number of
  /// threads find the same cells.
  @Test("Blocks, threads and both scans agree", arguments: [1, 2, 3, 5])
  func blocks(jobs: Int) throws {
    var expected: [Record] = []
    var text = "a,b,c\n"
    var quoted = "a,b,c\n"
    var state: UInt64 = 7
    for row in 0..<60_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let cells = ["r\(row)", "值\(state >> 60)", String(repeating: "y", count: Int(state >> 59))]
      text += cells.joined(separator: ",") + "\n"
      quoted += cells.map { state >> 63 == 1 ? "\"\($0)\"" : $0 }.joined(separator: ",") + "\n"
      expected.append(Record(row: row + 2, cells: cells))
    }
    #expect(try TextFile(text).records(jobs: jobs) == expected)
    #expect(try TextFile(quoted).records(jobs: jobs) == expected)
  }

  @Test(
    "Threads that are hired while a file is read change nothing, and are given back",
    arguments: [0, 1, 3])
  func crew(free: Int) throws {
    let rows = (0..<100_000).map { "\($0),第\($0 % 13)行,\(String(repeating: "x", count: $0 % 40))" }
    let file = try TextFile("a,b,c\n" + rows.joined(separator: "\n") + "\n")
    let expected = try file.records()
    try #require(expected.count == rows.count)
    let crew = Crew(free: free)
    let isSame = try file.records(jobs: 4, crew: crew) == expected
    #expect(isSame)
    for _ in 0..<free { #expect(crew.hire()) }
    #expect(!crew.hire())
    let many = Array(String(repeating: "1,x\n", count: 800_000).utf8)
    let broken = try TextFile(Array("a,b\n".utf8) + many + [0x80, 0x0A])
    #expect(throws: ReadingError.self) { try broken.records(jobs: 4, crew: Crew(free: free)) }
  }

  @Test("The digest is that of the file's bytes")
  func digest() throws {
    let file = try TextFile("abc")
    let reader = try RecordReader(path: file.path)
    try reader.begin(behind: 1)
    try reader.run([Nothing()], slots: [0])
    // FIPS 180-2, appendix B.1: the digest of "abc".
    #expect(
      reader.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}

private final class Nothing: BlockWorker {
  func decode(_ block: RecordBlock) {}
  func commit(_ block: RecordBlock) {}
  func finish(_ block: RecordBlock) {}
}
