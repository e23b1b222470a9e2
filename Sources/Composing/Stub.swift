public import Checking
public import Comparing
public import Records
public import ReportModel

public struct ReportFacts: Sendable {
  public var hospital: Bilingual
  public var period: Period
  public var asOf: Day
  public init(
    hospital: Bilingual, period: Period, asOf: Day, figures: Figures, outcomes: [FileOutcome],
    findings: [Finding], unreadable: [String], absentSources: [Source], rounding: RoundingRule,
    programVersion: String
  ) {
    self.hospital = hospital
    self.period = period
    self.asOf = asOf
    self.rounding = rounding
  }
  public var rounding: RoundingRule
}
public struct Composer {
  let f: ReportFacts
  let l: Language
  public init(facts: ReportFacts, language: Language) {
    f = facts
    l = language
  }
  public func report() -> Report {
    Report(
      language: l, title: "t", organisation: "o", pageNote: "p", asOf: f.asOf, cover: [],
      dataState: [], sections: [], summary: [])
  }
  public func keyFigures() -> Table {
    Table(id: "Key", title: "k", columns: [Column("a", kind: .text)], rows: [])
  }
}
public enum FindingText {
  public static func message(for f: Finding, in: Language) -> String { f.code.rawValue + f.detail }
}
