import Foundation
import Records
import Testing

@testable import Workspace

@Suite("The hospital's own words")
struct WordingTests {
  private func settings(_ yaml: String) throws(YAMLError) -> Settings {
    try Settings(yaml: Array("name: 院\n\(yaml)\n".utf8))
  }

  @Test("A phrase is worded in one language or both")
  func wording() throws {
    let wording = try settings(
      "wording:\n  ledger.raised: {zh: '{title}查摆 {1}'}\n  activity.none: {en: 'nothing'}"
    ).wording
    #expect(wording[.ledgerRaised]?.chinese == "{title}查摆 {1}")
    #expect(wording[.ledgerRaised]?.english == Phrase.ledgerRaised.standard.english)
    #expect(wording[.activityNone]?.english == "nothing")
  }

  @Test(
    "What is no wording ends the run at its line",
    arguments: [
      "wording:\n  ledger.rised: {zh: '{1}'}", "wording:\n  ledger.raised: '{1}'",
      "wording:\n  ledger.raised: {zh: '提出若干'}", "wording:\n  ledger.raised: {zh: ''}",
    ])
  func refused(yaml: String) {
    let error = #expect(throws: YAMLError.self) { try settings(yaml) }
    #expect(error.map { "\($0)" }?.hasPrefix("3:") == true)
  }

  @Test("Comments stand under the part that their heading names, with who signs for them")
  func comments() {
    let text = """
      \u{FEFF}全院情况良好，
      特此说明。

      第二段。
      ## 集中学习培训
      署名：医务科
      Training went
      online in May.
      # issues
      author: Office

      """
    let comments = CommentText.comments(text + "done")
    #expect(
      comments == [
        OfficeComment(area: "", author: "", text: "全院情况良好，特此说明。\n第二段。"),
        OfficeComment(
          area: "集中学习培训", author: "医务科", text: "Training went online in May."),
        OfficeComment(area: "issues", author: "Office", text: "done"),
      ])
    #expect(CommentText.comments("## 空\n\n") == [])
  }

  @Test("A language's own comments come first, those of the period else; none are none")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "comments-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "comments"), withIntermediateDirectories: true)
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    try write("name: 院", "hospital.yaml")
    let workspace = try Workspace(path: folder.path)
    let period = try #require(Period("2023H1"))
    #expect(workspace.commentFile(on: period, in: .chinese) == nil)
    try write("中文", "comments/2023H1.md")
    try write("English", "comments/2023H1.en.md")
    let files = [Language.chinese, .english].compactMap {
      workspace.commentFile(on: period, in: $0)
    }
    let texts = try files.map { try workspace.comments(in: $0).comments.map(\.text) }
    #expect(texts == [["中文"], ["English"]])
    try write(String(repeating: "x", count: 1 << 20 + 1), "comments/2023H1.md")
    #expect(throws: WorkspaceError.self) { try workspace.comments(in: "comments/2023H1.md") }
  }
}
