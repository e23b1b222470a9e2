import Records
import Testing

@Suite("Phrases of the text")
struct PhraseTests {
  @Test("The standard wordings are wordings", arguments: Phrase.allCases)
  func standard(phrase: Phrase) {
    #expect(phrase.objection(to: phrase.standard.chinese) == nil)
    #expect(phrase.objection(to: phrase.standard.english) == nil)
  }

  @Test("A wording without its figure, with an unknown or an open brace is refused")
  func refused() {
    #expect(Phrase.ledgerRaised.objection(to: "{title}：提出若干") != nil)
    #expect(Phrase.ledgerRaised.objection(to: "{title}：提出 {3}") != nil)
    #expect(Phrase.ledgerRaised.objection(to: "提出 {1") != nil)
    #expect(Phrase.activityNone.objection(to: "无 {1}") != nil)
    #expect(Phrase.activityNone.objection(to: "无记录") == nil)
    #expect(Phrase.ledgerRaised.objection(to: "查摆 {2} 个") == nil)
  }
}
