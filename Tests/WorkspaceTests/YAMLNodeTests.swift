import Testing

@testable import Workspace

@Suite struct YAMLNodeTests {
  private func parse(_ text: String) throws -> YAMLNode { try YAMLNode.parse(Array(text.utf8)) }

  @Test func mappingKeepsOrderAndPlaces() throws {
    let node = try parse("name:\n  zh: 示例医院\n  en: Example\nlist: [1, two]\n")
    #expect(node.entries?.map(\.key) == ["name", "list"])
    let name = try #require(node["name"])
    #expect(name["zh"]?.string == "示例医院")
    #expect(name["zh"]?.place == YAMLPlace(line: 2, column: 7))
    #expect(name.entries?[1].keyPlace == YAMLPlace(line: 3, column: 3))
    #expect(node["list"]?.elements?.map(\.string) == ["1", "two"])
  }

  @Test func scalarsKeepTheirText() throws {
    let node = try parse("a: 007\nb: 1.10\nc: \"12\"\nd: 9223372036854775808\n")
    #expect(node["a"]?.string == "007")
    #expect(node["a"]?.int == 7)
    #expect(node["b"]?.decimal == "1.10")
    #expect(node["b"]?.int == nil)
    #expect(node["c"]?.int == nil)
    #expect(node["c"]?.string == "12")
    #expect(node["d"]?.int == nil)
    #expect(node["d"]?.decimal == "9223372036854775808")
  }

  @Test(arguments: ["1e5", "1.", ".5", "1,000", "--1", "0x10", ".inf", "一"])
  func noDecimal(_ text: String) throws {
    #expect(try parse("a: \(text)")["a"]?.decimal == nil)
  }

  @Test(arguments: [("yes", true), ("No", false), ("true", true), ("false", false)])
  func flags(_ text: String, _ meaning: Bool) throws {
    #expect(try parse(text).flag == meaning)
    #expect(try parse("'\(text)'").flag == nil)
  }

  @Test(arguments: ["a:", "a: ~", "a: null"])
  func nulls(_ text: String) throws {
    let value = try #require(try parse(text)["a"])
    #expect(value.isNull)
    #expect(value.string == nil)
  }

  @Test func quotedEmptyTextIsNotNull() throws {
    let value = try #require(try parse("a: ''")["a"])
    #expect(!value.isNull)
    #expect(value.string == "")
  }

  @Test func emptyTextIsNull() throws {
    #expect(try parse("").isNull)
    #expect(try parse("# only a comment\n").isNull)
  }

  @Test func byteOrderMarkIsNoCharacter() throws {
    #expect(try YAMLNode.parse([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8))["a"]?.int == 1)
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3\n", "3:1: error: key 'a' stands in line 1 already"),
    ("a: &x 1\n", "1:4: error: anchors (&name) are not supported"),
    ("a: *x\n", "1:4: error: aliases (*name) are not supported: repeat the value"),
    ("a: !!str 1\n", "1:4: error: tags (!name) are not supported"),
    ("a: 1\n---\nb: 1\n", "2:1: error: a second document begins"),
    ("[a]: 1\n", "1:1: error: a key must be a plain text"),
    ("a: [1, 2\n", "2:1: error: did not find expected ',' or ']' (while parsing a flow sequence)"),
  ])
  func refused(_ text: String, _ message: String) {
    #expect { try parse(text) } throws: { "\($0)" == message }
  }

  @Test func depthIsLimited() throws {
    _ = try parse(String(repeating: "[", count: 31) + "1" + String(repeating: "]", count: 31))
    #expect(throws: YAMLError.self) { try parse(String(repeating: "[", count: 40)) }
  }

  @Test func sizeIsLimited() {
    let bytes = [UInt8](repeating: UInt8(ascii: " "), count: YAMLNode.sizeLimit + 1)
    #expect(throws: YAMLError.self) { try YAMLNode.parse(bytes) }
  }

  @Test func brokenEncodingIsPlaced() {
    let bytes = Array("a: 1\n名: ".utf8) + [0xFF, 0x0A]
    #expect { try YAMLNode.parse(bytes) } throws: { error in
      (error as? YAMLError)?.place == YAMLPlace(line: 2, column: 4)
    }
  }
}
