import Testing

@testable import Checking

@Suite("Finding ids")
struct IdentifierIndexTests {
  @Test(
    "Ids of every shape are found, and no others",
    arguments: [
      ["S001", "S002", "S010", "S999", "S1000", "S01", "S1", "S0001"],
      ["1", "2", "10", "01", "001", "999999999", "9999999999", "A1"],
      ["D-01-1", "D-02-1", "D-01-2", "", "D-01-10"], ["甲科", "乙科", "甲科1", "甲科01"],
      ["x", "xx", "xxxxxxxx", "xxxxxxxxx", "xxxxxxxxxxxxxxxx1"],
    ])
  func shapes(ids: [String]) {
    let index = IdentifierIndex()
    for (number, id) in ids.enumerated() { index.set(id, to: Int32(number)) }
    for (number, id) in ids.enumerated() { #expect(index.find(id) == Int32(number), "\(id)") }
    #expect(index.count == ids.count)
    for stranger in ["S0", "S00", "S1001", "0", "D-01-01", "甲", "xxx", "T001"]
    where !ids.contains(stranger) {
      #expect(index.find(stranger) == IdentifierIndex.absent, "\(stranger)")
    }
  }

  @Test("A text keeps its last value, wherever it is kept")
  func overwriting() {
    let index = IdentifierIndex()
    // The first id gives the shape; far numbers go to the table at first.
    index.set("P5", to: 0)
    index.set("P500000", to: 1)
    for number in 6..<70_000 { index.set("P\(number)", to: Int32(number)) }
    index.set("P500000", to: 7)
    #expect(index.find("P500000") == 7)
    #expect(index.find("P69999") == 69_999)
    index.set("P6", to: IdentifierIndex.rejected)
    #expect(index.find("P6") == IdentifierIndex.rejected)
  }

  @Test(
    "A column's cells are found as each of them is, white space and all",
    arguments: ["P1", "P000001", "甲0001", "00000001", "AB0000001", "AB00001"])
  func columns(first: String) {
    let index = IdentifierIndex(expecting: 100)
    let (prefix, width) = (first.prefix { !("0"..."9").contains($0) }, first.utf8.count)
    let digits = width - prefix.utf8.count
    let ids =
      (1..<2000).map { number in
        let text = "\(number * 3 - 2)"
        return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text
      } + ["甲", "P007", "P1x", "P123456789", "1234567", "Q000001", "P00000:", "甲00/1"]
    for (number, id) in ids.enumerated() { index.set(id, to: Int32(number)) }
    let cells = ids + ids.map { "\u{3000}\($0) " } + ["Z1", "P1234567890", "", "  ", "P", "p3"]
    let found = TextColumn(cells).decoded(index.find)
    #expect(Array(found.prefix(ids.count)) == ids.indices.map(Int64.init))
    #expect(Array(found.dropFirst(ids.count).prefix(ids.count)) == ids.indices.map(Int64.init))
    let absent = Int64(IdentifierIndex.absent)
    #expect(
      Array(found.suffix(6)) == [absent, absent, Decoded.absent, Decoded.absent, absent, absent])
  }
}
