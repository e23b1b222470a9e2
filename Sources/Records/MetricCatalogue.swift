// The measures of the two families and of the staff list, each with its definition. Every source of a
// family has all metrics of the family; what a definition calls "the period" is the row's own period
// or month, and E its last day (or the as-of day, where that is earlier).

extension Metric {
  /// The metrics of a family in the order of reports.
  public static func metrics(of family: Family) -> [Metric] {
    family == .activity ? activity : ledger
  }

  /// The metrics of every activity. Mean score and pass rate need a column each.
  public static let activity: [Metric] = [
    Metric(
      name: "events", measure: .events, unit: .events, kind: .count,
      title: Bilingual(zh: "场次", en: "Events"),
      definition: Bilingual(
        zh: "日期在本期内的活动数，计入主办科室。",
        en: "Events dated in the period, by the department that held them.")),
    Metric(
      name: "participations", measure: .participations, unit: .participations, kind: .count,
      title: Bilingual(zh: "人次", en: "Participations"),
      definition: Bilingual(
        zh: "本期活动的签到记录数，计入参加者所在科室；没有名单的活动按填报人数计入主办科室。一人参加两场计两次。",
        en:
          "Rows of the participation file whose event is in the period, by the person's department; "
          + "an event without a list counts its stated head count for the department that held it. "
          + "One person at two events counts twice.")),
    Metric(
      name: "people", measure: .people, unit: .people, kind: .count,
      title: Bilingual(zh: "人数", en: "People"),
      definition: Bilingual(
        zh: "本期签到记录中不重复的人数，计入参加者所在科室。",
        en: "Distinct persons among the participation rows of the period, by their department.")),
    Metric(
      name: "hours", measure: .hours, unit: .hours, kind: .quantity,
      title: Bilingual(zh: "学时", en: "Hours"),
      definition: Bilingual(
        zh: "签到记录学时之和；记录未填学时的取活动学时。",
        en: "Sum of the hours of the participation rows; the event's hours where a row has none.")),
    Metric(
      name: "coverage", measure: .coverage, unit: .ratio, kind: .share,
      title: Bilingual(zh: "覆盖率", en: "Coverage"),
      definition: Bilingual(
        zh: "期末在岗且本期参加过的人数 ÷ 期末在岗人数（含规培、进修等全部用工性质）。",
        en: "Distinct participants who are in the head count on E ÷ head count on E "
          + "(every employment).")),
    Metric(
      name: "per_head", measure: .perHead, unit: .perHead, kind: .mean,
      title: Bilingual(zh: "人均次数", en: "Participations per head"),
      definition: Bilingual(
        zh: "人次 ÷ 期末在岗人数。", en: "Participations ÷ head count on E.")),
    Metric(
      name: "mean_score", measure: .meanScore, unit: .points, kind: .mean,
      title: Bilingual(zh: "平均成绩", en: "Mean score"),
      definition: Bilingual(
        zh: "有成绩的记录的成绩之和 ÷ 有成绩的记录数。",
        en: "Sum of the scores ÷ rows with a score.")),
    Metric(
      name: "pass_rate", measure: .passRate, unit: .ratio, kind: .share,
      title: Bilingual(zh: "合格率", en: "Pass rate"),
      definition: Bilingual(
        zh: "合格的记录数 ÷ 注明是否合格的记录数。",
        en: "Rows passed ÷ rows that state whether they are passed.")),
  ]

  /// The metrics of every ledger.
  public static let ledger: [Metric] = [
    Metric(
      name: "raised", measure: .raised, unit: .items, kind: .count,
      title: Bilingual(zh: "提出", en: "Raised"),
      definition: Bilingual(zh: "提出日期在本期内的事项数。", en: "Items raised in the period.")),
    Metric(
      name: "with_measure", measure: .withMeasure, unit: .items, kind: .count,
      title: Bilingual(zh: "制定措施", en: "With a measure"),
      definition: Bilingual(
        zh: "本期提出且写明措施的事项数。", en: "Raised in the period with a measure stated.")),
    Metric(
      name: "people", measure: .peopleRaised, unit: .people, kind: .count,
      title: Bilingual(zh: "涉及人数", en: "People"),
      definition: Bilingual(
        zh: "本期提出的事项涉及的不重复人数。",
        en: "Distinct persons named by the items raised in the period.")),
    Metric(
      name: "closed", measure: .closed, unit: .items, kind: .count,
      title: Bilingual(zh: "销号", en: "Closed"),
      definition: Bilingual(zh: "销号日期在本期内的事项数。", en: "Items closed in the period.")),
    Metric(
      name: "closed_on_time", measure: .closedOnTime, unit: .items, kind: .count,
      title: Bilingual(zh: "按期销号", en: "Closed on time"),
      definition: Bilingual(
        zh: "本期销号且不晚于时限的事项数。",
        en: "Closed in the period, not later than the due day.")),
    Metric(
      name: "closed_in_time_rate", measure: .closedInTimeRate, unit: .ratio, kind: .share,
      title: Bilingual(zh: "销号及时率", en: "Closed-in-time rate"),
      definition: Bilingual(
        zh: "按期销号数 ÷ 本期销号且有时限的事项数。",
        en: "Closed on time ÷ items closed in the period that have a due day.")),
    Metric(
      name: "closure_rate", measure: .closureRate, unit: .ratio, kind: .share,
      title: Bilingual(zh: "销号率", en: "Closure rate"),
      definition: Bilingual(
        zh: "本期提出且期末已销号的事项数 ÷ 本期提出的事项数。",
        en: "Raised in the period and closed by E ÷ raised in the period.")),
    Metric(
      name: "due", measure: .due, unit: .items, kind: .count,
      title: Bilingual(zh: "到期", en: "Due"),
      definition: Bilingual(zh: "时限在本期内的事项数。", en: "Items with a due day in the period.")),
    Metric(
      name: "due_met_rate", measure: .dueMetRate, unit: .ratio, kind: .share,
      title: Bilingual(zh: "到期完成率", en: "Due-met rate"),
      definition: Bilingual(
        zh: "到期事项中不晚于时限销号的 ÷ 到期事项数；逾期未销号的留在分母中。",
        en: "Due items closed not later than their due day ÷ due items; "
          + "what is open and late stays in the base.")),
    Metric(
      name: "open_at_start", measure: .openAtStart, unit: .items, kind: .count,
      title: Bilingual(zh: "期初未销号", en: "Open at start"),
      definition: Bilingual(
        zh: "本期首日之前提出、首日之前未销号的事项数。",
        en: "Raised before the period's first day and not closed before it.")),
    Metric(
      name: "open_at_end", measure: .openAtEnd, unit: .items, kind: .count,
      title: Bilingual(zh: "期末未销号", en: "Open at end"),
      definition: Bilingual(
        zh: "期末及以前提出、期末未销号的事项数。期初未销号＋提出－销号＝期末未销号。",
        en: "Raised by E and not closed by E. Open at start + raised − closed = open at end.")),
    Metric(
      name: "overdue_at_end", measure: .overdueAtEnd, unit: .items, kind: .count,
      title: Bilingual(zh: "期末逾期", en: "Overdue at end"),
      definition: Bilingual(
        zh: "期末未销号且时限早于期末的事项数。",
        en: "Open at the end, with a due day before E.")),
    Metric(
      name: "days_to_close_median", measure: .daysToCloseMedian, unit: .days, kind: .median,
      title: Bilingual(zh: "销号天数中位数", en: "Median days to close"),
      definition: Bilingual(
        zh: "本期销号事项从提出到销号天数的中位数；偶数个取中间两数的平均。",
        en: "Median of the days from raised to closed over items closed in the period; "
          + "with an even number the mean of the middle two.")),
    Metric(
      name: "rechecked", measure: .rechecked, unit: .items, kind: .count,
      title: Bilingual(zh: "回头看", en: "Re-checked"),
      definition: Bilingual(
        zh: "回头看日期在本期内的事项数。", en: "Items re-checked in the period.")),
    Metric(
      name: "reopened", measure: .reopened, unit: .items, kind: .count,
      title: Bilingual(zh: "重新整改", en: "Re-opened"),
      definition: Bilingual(
        zh: "本期回头看后重新打开的事项数。",
        en: "Of the items re-checked in the period, those re-opened.")),
  ]

  public static let staff: [Metric] = [
    Metric(
      name: "headcount", measure: .headcount, unit: .people, kind: .count,
      title: Bilingual(zh: "在岗人数", en: "Head count"),
      definition: Bilingual(
        zh: "期末在岗人数，含规培、进修等全部用工性质；离职当日仍算在岗。",
        en: "Persons employed on E, every employment; the day of leaving is a day of work.")),
    Metric(
      name: "employees", measure: .employees, unit: .people, kind: .count,
      title: Bilingual(zh: "职工人数", en: "Employees"),
      definition: Bilingual(
        zh: "期末在岗人数中的职工。", en: "Of the head count, those who are employees.")),
  ]

  public static let volunteers: [Metric] = [
    Metric(
      name: "registered", measure: .registered, unit: .people, kind: .count,
      title: Bilingual(zh: "注册志愿者", en: "Registered volunteers"),
      definition: Bilingual(
        zh: "期末在岗职工中的注册志愿者。", en: "Employees on E who are registered volunteers.")),
    Metric(
      name: "registration_rate", measure: .registrationRate, unit: .ratio, kind: .share,
      title: Bilingual(zh: "志愿者注册率", en: "Registration rate"),
      definition: Bilingual(
        zh: "注册志愿者 ÷ 职工人数（不含规培、进修人员）。",
        en: "Registered volunteers ÷ employees (trainees are not in the base).")),
  ]
}
