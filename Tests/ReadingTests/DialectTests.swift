import Foundation
import Reading
import Records
import Testing

@Suite("Dialects and encodings of text files")
struct DialectTests {
  private static let table = [
    ["编号", "日期", "说明"], ["1", "2023-06-05", "甲"], ["2", "2023/6/6", "乙 丙"],
  ]

  @Test("A column of times is one column")
  func times() throws {
    let lines = (0..<30).map { "2023-06-\(10 + $0 % 20) 0\($0 % 9):\(10 + $0):00" }
    let file = try TextFile((["签到时间"] + lines).joined(separator: "\n") + "\n")
    #expect(try file.rows().map(\.count) == [Int](repeating: 1, count: 31))
  }

  @Test("Blanks separate quoted cells of several lines, too")
  func blanksAndLines() throws {
    let rows = (0..<20).map { "\"\($0)\" \"街道 \($0)\n信箱\" \"市\"" }
    let file = try TextFile("\"编号\" \"地址\" \"城市\"\n" + rows.joined(separator: "\n") + "\n")
    #expect(try file.rows().dropFirst().first == ["0", "街道 0\n信箱", "市"])
    #expect(try file.rows().count == 21)
  }

  @Test("Separators are found from the content", arguments: [",", "\t", ";", "|"])
  func separators(separator: String) throws {
    let text = Self.table.map { $0.joined(separator: separator) + "\r\n" }.joined()
    #expect(try TextFile(text).rows() == Self.table)
  }

  @Test("Separators inside cells do not mislead")
  func mixed() throws {
    #expect(
      try TextFile("编号;学时;说明\n1;1,5;a,b\n2;2,5;c\n3;0,5;d,e,f\n").rows() == [
        ["编号", "学时", "说明"], ["1", "1,5", "a,b"], ["2", "2,5", "c"], ["3", "0,5", "d,e,f"],
      ])
    #expect(
      try TextFile("id,note\n1,完成;待办;其他\n2,a|b;c\n").rows() == [
        ["id", "note"], ["1", "完成;待办;其他"], ["2", "a|b;c"],
      ])
    #expect(
      try TextFile("2023年培训登记表, 上半年\n\na;b;c\n1;2;3\n4;5;6\n7;8;9\n").rows().last == [
        "7", "8", "9",
      ])
  }

  @Test("A first line `sep=` decides, and counts as a row of the file")
  func declared() throws {
    let file = try TextFile("sep=;\na,b;c\n1,2;3\n")
    #expect(try file.rows() == [["a,b", "c"], ["1,2", "3"]])
    #expect(try file.records() == [Record(row: 3, cells: ["1,2", "3"])])
  }

  @Test("Other ways to quote: single quotes, backslashes, blanks before a quote")
  func quoting() throws {
    #expect(
      try TextFile("'a,1','b'\n'c','d,2'\n'e','f'\n").rows() == [
        ["a,1", "b"], ["c", "d,2"], ["e", "f"],
      ])
    #expect(
      try TextFile("\"a \\\"x\\\", b\",1\n\"c\",2\n").rows() == [["a \"x\", b", "1"], ["c", "2"]])
    #expect(
      try TextFile("\"a, b\", \"c\", 1\n\"d\", \"e, f\", 2\n").rows() == [
        ["a, b", "c", " 1"], ["d", "e, f", " 2"],
      ])
  }

  @Test("An apostrophe in a word quotes nothing")
  func apostrophe() throws {
    #expect(
      try TextFile("name,x\nO'Neil,1\n'tis,2\n").rows() == [
        ["name", "x"], ["O'Neil", "1"], ["'tis", "2"],
      ])
  }

  @Test("UTF-16 without a mark, GBK with its euro, Western text")
  func encodings() throws {
    let text = "编号,名称,x\n1,内科,2\n"
    let expected = [["编号", "名称", "x"], ["1", "内科", "2"]]
    for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian] {
      let bytes = try #require(text.data(using: encoding))
      #expect(try TextFile(Array(bytes)).rows() == expected)
    }
    let gbk: [UInt8] = [0xC4, 0xDA, 0xBF, 0xC6, 0x2C, 0x80, 0x35, 0x0A]
    #expect(try TextFile(gbk).rows() == [["内科", "€5"]])
    let western: [UInt8] =
      Array("name,caf".utf8) + [0xE9, 0x0A] + Array("G".utf8) + [0xFC, 0x6E] + [0x0A]
    #expect(try TextFile(western).rows() == [["name", "café"], ["Gün"]])
    // Ødegård in GB 18030, where both letters have four bytes with digits among them.
    let rare: [UInt8] =
      [0x81, 0x30, 0x89, 0x31] + Array("deg".utf8) + [0x81, 0x30, 0x8A, 0x32]
      + Array("rd\n1\n".utf8)
    #expect(try TextFile(rare).rows() == [["Ødegård"], ["1"]])
    // One sign that GB 18030 has no character for.
    let pounds = Array("cost (".utf8) + [0xA3] + Array("k),x\n1,2\n".utf8)
    #expect(try TextFile(pounds).rows() == [["cost (£k)", "x"], ["1", "2"]])
  }

  @Test("A zero for an empty cell makes a file neither UTF-16 nor binary")
  func zeros() throws {
    let rows = (0..<20).map { _ in "\0,2,3\n" }.joined()
    let first = try TextFile("a,b,c\n" + rows).rows()
    #expect(first == [["a", "b", "c"]] + Array(repeating: ["\0", "2", "3"], count: 20))
    let last = try TextFile("id,name,x\n" + String(repeating: "T1,abc,\0\n", count: 20)).rows()
    #expect(last.count == 21 && last[20] == ["T1", "abc", "\0"])
  }

  @Test("What is no text is refused")
  func foreign() throws {
    for (bytes, fault) in [
      (Array("%PDF-1.4\n".utf8), FileFault.noText),
      (Array("MIME-Version: 1.0\n".utf8), .webArchive),
      ([0x1F, 0x8B, 8, 0], .archive), ([1, 2, 3, 4, 5, 6, 0x41], .noText),
    ] {
      #expect(throws: ReadingError.fault(fault)) { try TextFile(bytes).rows() }
    }
  }
}
