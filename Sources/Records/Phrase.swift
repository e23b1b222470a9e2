/// The phrases that the sentences of a report are made of. Each has its standard wording, which a
/// hospital can replace by its own (`wording` in hospital.yaml).
///
/// In a wording, `{title}` stands for the name of the source, `{1}` for the figure with its unit, `{2}`
/// for the figure alone.
public enum Phrase: String, Sendable, CaseIterable {
  case activityNone = "activity.none"
  case activityEvents = "activity.events"
  case activityParticipations = "activity.participations"
  case activityPeople = "activity.people"
  case activityCoverage = "activity.coverage"
  case activityPerHead = "activity.per_head"
  case activityHours = "activity.hours"
  case activityMeanScore = "activity.mean_score"
  case activityPassRate = "activity.pass_rate"
  case ledgerNone = "ledger.none"
  case ledgerRaised = "ledger.raised"
  case ledgerWithMeasure = "ledger.with_measure"
  case ledgerPeople = "ledger.people"
  case ledgerClosed = "ledger.closed"
  case ledgerClosedOnTime = "ledger.closed_on_time"
  case ledgerClosureRate = "ledger.closure_rate"
  case ledgerDueMetRate = "ledger.due_met_rate"
  case ledgerOpenAtStart = "ledger.open_at_start"
  case ledgerOpenAtEnd = "ledger.open_at_end"
  case ledgerOverdueAtEnd = "ledger.overdue_at_end"
  case ledgerDaysToClose = "ledger.days_to_close_median"
  case ledgerRechecked = "ledger.rechecked"
  case ledgerReopened = "ledger.reopened"
  case staffHeadcount = "staff.headcount"
  case staffEmployees = "staff.employees"
  case volunteersRegistered = "volunteers.registered"
  case volunteersRate = "volunteers.registration_rate"
}

extension Phrase {
  public var standard: Bilingual {
    switch self {
    case .activityNone: Bilingual(zh: "{title}：本期没有记录", en: "{title}: no records in the period")
    case .activityEvents: Bilingual(zh: "开展{title} {1}", en: "{title}: {1}")
    case .activityParticipations: Bilingual(zh: "参加 {1}", en: "{1}")
    case .activityPeople: Bilingual(zh: "参加人数 {1}", en: "{1} took part")
    case .activityCoverage: Bilingual(zh: "覆盖率 {1}", en: "coverage {1}")
    case .activityPerHead: Bilingual(zh: "人均参加 {2} 次", en: "{2} per head")
    case .activityHours: Bilingual(zh: "累计 {1}", en: "{1} in all")
    case .activityMeanScore: Bilingual(zh: "平均成绩 {1}", en: "mean score {1}")
    case .activityPassRate: Bilingual(zh: "合格率 {1}", en: "pass rate {1}")
    case .ledgerNone: Bilingual(zh: "{title}：本期没有记录", en: "{title}: no records in the period")
    case .ledgerRaised: Bilingual(zh: "{title}：本期提出 {1}", en: "{title}: {1} raised")
    case .ledgerWithMeasure: Bilingual(zh: "其中制定措施 {1}", en: "{2} with a measure")
    case .ledgerPeople: Bilingual(zh: "涉及 {1}", en: "{1} concerned")
    case .ledgerClosed: Bilingual(zh: "本期销号 {1}", en: "{2} closed")
    case .ledgerClosedOnTime: Bilingual(zh: "其中按期销号 {1}", en: "{2} of them on time")
    case .ledgerClosureRate: Bilingual(zh: "销号率 {1}", en: "closure rate {1}")
    case .ledgerDueMetRate: Bilingual(zh: "到期完成率 {1}", en: "due-met rate {1}")
    case .ledgerOpenAtStart: Bilingual(zh: "期初未销号 {1}", en: "{2} open at the start")
    case .ledgerOpenAtEnd: Bilingual(zh: "期末未销号 {1}", en: "{2} open at the end")
    case .ledgerOverdueAtEnd: Bilingual(zh: "其中逾期 {1}", en: "{2} of them overdue")
    case .ledgerDaysToClose: Bilingual(zh: "销号天数中位数 {1}", en: "median time to close {1}")
    case .ledgerRechecked: Bilingual(zh: "回头看 {1}", en: "{2} re-checked")
    case .ledgerReopened: Bilingual(zh: "其中重新整改 {1}", en: "{2} of them re-opened")
    case .staffHeadcount: Bilingual(zh: "期末在岗 {1}", en: "head count {1}")
    case .staffEmployees: Bilingual(zh: "其中职工 {1}", en: "employees {1}")
    case .volunteersRegistered: Bilingual(zh: "注册志愿者 {1}", en: "Registered volunteers: {1}")
    case .volunteersRate: Bilingual(zh: "注册率 {1}", en: "registration rate {1}")
    }
  }

  /// What a wording may have in braces; one of the figures must be there where the standard has one.
  public var placeholders: Set<String> {
    self == .activityNone || self == .ledgerNone ? ["title"] : ["title", "1", "2"]
  }

  /// Why a text cannot take the place of the standard wording; nil where it can.
  public func objection(to text: String) -> String? {
    var found: Set<String> = []
    for piece in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
      guard let close = piece.firstIndex(of: "}") else { return "a '{' is not closed" }
      found.insert(String(piece[..<close]))
    }
    let known = placeholders
    if let other = found.subtracting(known).min() {
      return "'{\(other)}' stands for nothing here; known are "
        + known.sorted().map { "'{\($0)}'" }.joined(separator: ", ")
    }
    guard !known.contains("1") || found.contains("1") || found.contains("2") else {
      return "the figure is missing: '{1}' with its unit, or '{2}' without"
    }
    return nil
  }
}
