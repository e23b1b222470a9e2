import Comparing
import Foundation
import Records
import Rendering
import ReportModel
import Testing

@testable import Composing

@Suite("What is said first, last, and where its figures stand")
struct TextsTests {
  @Test(
    "A change of counts is told only where both are at least 5 and chance is below 5 %",
    arguments: [
      (4, 50, false), (50, 4, false), (20, 20, false), (60, 45, false), (60, 30, true),
      (30, 60, true), (5, 20, true), (313, 81, true),
    ] as [(Int64, Int64, Bool)])
  func counts(now: Int64, earlier: Int64, isTold: Bool) {
    let strength = Composer.strength(now, earlier, days: 181, earlierDays: 181)
    #expect((strength != nil) == isTold)
    if let strength { #expect(strength > 1.9) }
  }

  @Test("The length of the periods counts: twice as many in twice the days is no change")
  func lengths() {
    #expect(Composer.strength(60, 30, days: 60, earlierDays: 30) == nil)
    #expect(Composer.strength(60, 30, days: 30, earlierDays: 60) != nil)
  }

  @Test("A change of rates is told only where the interval of the difference leaves 0 out")
  func rates() {
    #expect(Composer.strength(Figure(9, over: 10), Figure(8, over: 10)) == nil)
    #expect(Composer.strength(Figure(900, over: 1000), Figure(800, over: 1000)) != nil)
    #expect(Composer.strength(Figure(4, over: 4), Figure(0, over: 1000)) == nil)
    #expect(Composer.strength(.undefined, Figure(1, over: 10)) == nil)
  }

  @Test("Findings stand first, decisions last, in both languages", arguments: Language.allCases)
  func order(language: Language) throws {
    let report = Composer(facts: try SampleWorkspace.facts(), language: language).report()
    let headings = report.summary.indices.filter {
      if case .heading = report.summary[$0] { true } else { false }
    }
    let first = try #require(headings.first)
    guard case .findings(let findings) = report.summary[first + 1] else {
      Issue.record("no findings first")
      return
    }
    #expect(findings == report.highlights)
    // Three events in a half against one or two say nothing: so it says that nothing is to be said.
    #expect(findings.count == 1)
    #expect(findings[0].text.contains(language == .chinese ? "未见超出偶然波动" : "more than chance"))
    guard case .findings(let decisions)? = report.summary.last else {
      Issue.record("no decisions last")
      return
    }
    #expect(decisions == report.decisions && decisions.count >= 3)
  }

  @Test("The hospital's wording takes the place of the standard one, title and figure in it")
  func wording() throws {
    var facts = try SampleWorkspace.facts()
    facts.wording[.activityEvents] = Bilingual(zh: "共办{title}{2}场", en: "{title}, {2} times")
    let chinese = Composer(facts: facts, language: .chinese).report().prose
    #expect(chinese.contains("共办集中学习培训3场，同比增长") || chinese.contains("共办集中学习培训3场，"))
    #expect(!chinese.contains("开展集中学习培训"))
    #expect(Composer(facts: facts, language: .english).report().prose.contains("Training, 3 times"))
  }

  @Test(
    "Comments are printed where they belong, those of no part at the beginning, and none is lost")
  func comments() throws {
    var facts = try SampleWorkspace.facts()
    facts.comments = [
      OfficeComment(area: "", author: "院办", text: "总的说明"),
      OfficeComment(area: "Training", author: "", text: "培训说明"),
      OfficeComment(area: "issues", author: "", text: "问题说明"),
      OfficeComment(area: "别的", author: "", text: "不知归处"),
    ]
    let report = Composer(facts: facts, language: .chinese).report()
    let text = String(decoding: TextRenderer().render(report), as: UTF8.self)
    for said in ["院办说明：总的说明", "说明：培训说明", "说明：问题说明", "说明：别的：不知归处"] {
      #expect(text.contains(said), "\(said)")
    }
    #expect(report.sections[0].comments.count == 2)
    #expect(report.sections.first { $0.name == "集中学习培训" }?.comments.map(\.text) == ["培训说明"])
    let page = String(decoding: WebPageRenderer().render([report]), as: UTF8.self)
    #expect(page.contains("<blockquote>说明：培训说明</blockquote>"))
  }

  @Test("Each figure of a sentence has its cell or its name", arguments: Language.allCases)
  func sources(language: Language) throws {
    let report = Composer(facts: try SampleWorkspace.facts(), language: language).report()
    let sentences = report.summary.flatMap(\.sentences)
    #expect(sentences.count > 10)
    let cited = sentences.filter { !$0.sources.isEmpty }
    #expect(cited.count > 8)
    // What has a figure and no source is about records that are missing.
    let tables = Dictionary(uniqueKeysWithValues: report.tables.map { ($0.id, $0) })
    for sentence in cited {
      for source in sentence.sources {
        let cell = try #require(tables[source.table]?.cell(source))
        if case .text = cell { Issue.record("\(sentence.text) cites the text \(cell)") }
      }
    }
  }
}
