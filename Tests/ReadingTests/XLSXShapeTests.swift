import Reading
import Records
import Testing

@testable import SheetBuilding

/// Cells of the usual shapes are read straight from the file's bytes, all others by the XML parser; which
/// way a cell goes must not show.
@Suite("Workbooks, .xlsx: the two ways of reading")
struct XLSXShapeTests {
  private func rows(_ workbook: TinyWorkbook) throws -> [[String]] {
    try TextFile(workbook.bytes).rows()
  }

  /// What stands between the beginning of a cell and its end tag, with the attributes that it needs.
  private static let contents = [
    (" t=\"s\"", "<v>0</v>"), (" t=\"s\"", "<v>1</v>"), ("", "<v>17</v>"), ("", "<v>-0.25</v>"),
    (" t=\"b\"", "<v>1</v>"), (" t=\"inlineStr\"", "<is><t>内科，a_b</t></is>"),
    (" t=\"inlineStr\"", "<is><t xml:space=\"preserve\"> a&amp;b </t></is>"),
    (" t=\"inlineStr\"", "<is><r><t>a</t></r><r><t>b\n\"c\"</t></r></is>"),
    (" t=\"str\"", "<f>A1&amp;B1</f><v>x,y</v>"), ("", "<f t=\"shared\" si=\"0\"/><v>3</v>"),
    ("", "<f>1&lt;2</f>"), (" t=\"n\"", "<v></v>"), (" t=\"e\"", "<v>#N/A</v>"), ("", ""),
    (" t=\"str\"", "<v>_x0041_</v>"), (" t=\"str\"", "<v><![CDATA[</row>]]></v>"),
  ]

  private func row(_ number: Int, gap: String) -> String {
    let letters = ["A", "B", "C", "D"]
    let cells = letters.enumerated().map { index, letter in
      // Every content comes behind and before every other one.
      let (attributes, content) = Self.contents[
        (number * (index + 1) + index) % Self.contents.count]
      return "\(gap)<c r=\"\(letter)\(number)\"\(attributes)>\(content)</c>"
    }
    return "\(gap)<row r=\"\(number)\" spans=\"1:4\">\(cells.joined())\(gap)</row>"
  }

  private func prefixed(_ xml: String) -> String {
    ["row", "c", "v", "f", "is", "t", "r"].reduce(xml) { text, name in
      text.replacing("<\(name)>", with: "<x:\(name)>").replacing("<\(name) ", with: "<x:\(name) ")
        .replacing("</\(name)>", with: "</x:\(name)>")
        .replacing("CDATA[</x:row>", with: "CDATA[</row>")
    }
  }

  @Test(
    "Any mixture of shapes reads as the parser alone reads it, whatever stands between the tags")
  func mixtures() throws {
    let texts = "<si><t>甲</t></si><si><t>x\"y</t></si>"
    let plain = (1...400).map { row($0, gap: "") }.joined()
    let parsed = TinyWorkbook(prefixed(plain), texts: texts)
    let expected = try TextFile(parsed.bytes)
    let table = try expected.rows()
    #expect(table.count == 400 && table[6].contains("a&b") == false)
    #expect(Set(table.joined()).isSuperset(of: ["甲", "x\"y", "</row>", " a&b ", "3", "A", "#N/A"]))
    for gap in ["", "\n  ", "<!-- </row> -->", "<?a </row>?>"] {
      let rows = (1...400).map { row($0, gap: gap) }.joined()
      let file = try TextFile(TinyWorkbook(rows, texts: texts).bytes)
      #expect(try file.rows() == table)
      #expect(try Set(file.remarks()) == Set(expected.remarks()))
    }
  }

  @Test(
    "What is well-formed on neither way is refused",
    arguments: ["<c r=\"B1\"><v>2</c>", "</c>", "&"])
  func malformed(odd: String) throws {
    let workbook = TinyWorkbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c>\(odd)</row>")
    #expect(throws: ReadingError.fault(.badMarkup)) { try rows(workbook) }
  }

  @Test("A row that the file's end cuts is no row")
  func cut() throws {
    var zip = TinyWorkbook("").archive
    let sheet = try #require(zip.parts.firstIndex { $0.name.hasSuffix("sheet1.xml") })
    for end in ["<row r=\"1\"><c r=\"A1\"><v>1</v></c>", "<row r=\"1\"><c r=\"A1\"><v>1", "<row"] {
      zip.parts[sheet].content = Array("<worksheet><sheetData>\(end)".utf8)
      #expect(throws: ReadingError.fault(.cutShort)) { try TextFile(zip.bytes).rows() }
    }
  }

  @Test("Shared texts of both shapes keep their numbers, over many blocks of memory")
  func sharedTexts() throws {
    let shapes = ["<si><t>", "<si><t xml:space=\"preserve\">", "<si ><t>", "<si><r><t>"]
    let texts = (0..<20_000).map { index -> String in
      let shape = shapes[index / 3 % 4]
      return
        "\(shape)\(String(repeating: "整改", count: index % 50))\(index)</t>\(index / 3 % 4 == 3 ? "</r>" : "")</si>"
    }
    let cells = stride(from: 0, to: 20_000, by: 7).map {
      "<row><c t=\"s\"><v>\($0)</v></c></row>"
    }
    let table = try rows(TinyWorkbook(cells.joined(), texts: texts.joined()))
    let expected = stride(from: 0, to: 20_000, by: 7).map {
      [String(repeating: "整改", count: $0 % 50) + "\($0)"]
    }
    #expect(table == expected)
  }

  @Test("More merged cells than any form has, in any order, side by side")
  func merges() throws {
    let last = 70_000 * 3
    let rows = (1...last).map { number in
      number % 3 == 1
        ? "<row r=\"\(number)\"><c r=\"A\(number)\"><v>\(number)</v></c><c r=\"C\(number)\"><v>3</v></c></row>"
        : "<row r=\"\(number)\"><c r=\"B\(number)\"><v>2</v></c></row>"
    }
    let merged = stride(from: 1, through: last, by: 3).reversed().map {
      "<mergeCell ref=\"A\($0):A\($0 + 2)\"/><mergeCell ref=\"$C$\($0):$D$\($0 + 1)\"/>"
    }
    let workbook = TinyWorkbook(
      rows.joined(), tail: "<mergeCells>\(merged.joined())</mergeCells>")
    let table = try self.rows(workbook)
    #expect(table.count == last)
    for first in [1, 3001, last - 2] {
      #expect(table[first - 1] == ["\(first)", "", "3"])
      #expect(table[first] == ["\(first)", "2", "3"])
      #expect(table[first + 1] == ["\(first)", "2"])
    }
  }

  @Test("Of a text longer than Excel holds the beginning is taken, with a remark; the rest is read")
  func longText() throws {
    // A sign of two units that stands across the limit is left out.
    let long = String(repeating: "长", count: 32_766) + "😀" + String(repeating: "x", count: 2 << 20)
    let kept = String(repeating: "长", count: 32_766)
    let longest = String(repeating: "b", count: 32_767)
    for cell in ["t=\"inlineStr\"><is><t>\(long)</t></is>", "t=\"s\"><v>0</v>"] {
      let workbook = TinyWorkbook(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
          + "<row r=\"2\"><c r=\"A2\"><v>2</v></c><c r=\"B2\" \(cell)</c><c r=\"C2\" t=\"s\"><v>1</v></c></row>",
        texts: "<si><t>\(long)</t></si><si><t>\(longest)</t></si>")
      let file = try TextFile(workbook.bytes)
      #expect(try file.rows() == [["1"], ["2", kept, longest]])
      let beginning = String(repeating: "长", count: 30) + "…"
      #expect(try file.remarks() == [.longText(row: 2, column: 1, beginning: beginning)])
    }
  }
}
