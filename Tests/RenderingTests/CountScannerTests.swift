import Testing

@testable import Rendering

@Suite("Counts within a part")
struct CountScannerTests {
  private static let part = """
    <?xml version="1.0"?>
    <sst xmlns="x" count="9" uniqueCount="3"><si><t>a</t></si><si><t xml:space="preserve"> b</t></si><si><t/></si></sst>
    """

  private func isWhole(_ text: String, pieces: Int = 1) -> Bool {
    let bytes = Array(text.utf8)
    var scanner = CountScanner()
    for start in stride(from: 0, to: bytes.count, by: max(1, bytes.count / pieces)) {
      let end = min(start + max(1, bytes.count / pieces), bytes.count)
      bytes[start..<end].withUnsafeBufferPointer { scanner.take($0) }
    }
    return scanner.isWhole
  }

  @Test(
    "A whole part agrees with its counts, however it is cut into pieces", arguments: [1, 2, 7, 150])
  func whole(pieces: Int) {
    #expect(isWhole(Self.part, pieces: pieces))
    #expect(isWhole("<a count=\"0\"/>") && isWhole("<a><b count=\"1\"><c/></b></a>"))
  }

  @Test("A part that lost some elements does not, although it is well-formed")
  func lost() {
    #expect(!isWhole(Self.part.replacing("<si><t>a</t></si>", with: "")))
    #expect(!isWhole(Self.part.replacing("a</t></si><si><t xml:space=\"preserve\">", with: "")))
    #expect(!isWhole("<x><f count=\"2\"><g a=\"1\"/></f></x>"))
  }

  @Test("Nor does one whose tags do not match or are cut")
  func torn() {
    for text in ["<a><b></a></b>", "<a>", "<a><b", "</a>", "<a <b/></a>"] {
      #expect(!isWhole(text), "\(text)")
    }
  }
}
