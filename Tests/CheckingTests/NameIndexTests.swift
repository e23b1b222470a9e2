import Testing

@testable import Checking

@Suite("Finding people by name")
struct NameIndexTests {
  @Test(
    "One who has a name is meant, of two nobody, and those who have it are named in their order")
  func names() {
    let index = NameIndex()
    for name in ["王伟", "李芳", "", "王伟", "张敏", "王伟"] { with(name) { index.append($0) } }
    #expect(with("李芳") { index.find($0) } == 1)
    #expect(with("张敏") { index.find($0) } == 4)
    #expect(with("王伟") { index.find($0) } == IdentifierIndex.ambiguous)
    #expect(with("王") { index.find($0) } == IdentifierIndex.absent)
    #expect(with("") { index.find($0) } == IdentifierIndex.absent)
    #expect(with("王伟") { index.all($0, atMost: 5) } == [0, 3, 5])
    #expect(with("王伟") { index.all($0, atMost: 2) } == [0, 3])
    #expect(index.name(of: 3) == "王伟" && index.name(of: 2).isEmpty)
  }

  @Test("An ambiguous name of a long list is told in no time, however often it comes")
  func manyOfTheSameName() {
    let index = NameIndex()
    for number in 0..<50_000 { with("王\(number % 2)") { index.append($0) } }
    let clock = ContinuousClock()
    let spent = clock.measure {
      for _ in 0..<10_000 {
        #expect(with("王1") { index.find($0) } == IdentifierIndex.ambiguous)
      }
    }
    // Going through the list each time takes minutes.
    #expect(spent < .seconds(10))
  }

  private func with<Result>(_ text: String, _ body: (CellBytes) -> Result) -> Result {
    var text = text
    return text.withUTF8(body)
  }
}
