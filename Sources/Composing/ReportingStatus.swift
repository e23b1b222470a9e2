public import Checking
public import Comparing
public import Records
internal import ReportModel

/// Who has reported for a period, who has not, and who was late: by source and by department.
///
/// A department has reported a source when it has a record of it in the period, or when the register of
/// submissions says that it sent one. Whether it was on time only the register tells: times on a disk
/// change with every copy. Who has not reported is not on time.
public struct ReportingStatus: Sendable {
  /// One source's state: departments by index.
  struct Line: Sendable {
    let source: Source
    let missing: [Int]
    /// The day on which each department's submission came, where the register tells.
    let received: [Int: Day]
  }

  let lines: [Line]
  let due: Day?
  private let departments: [Department]
  private let period: Period
  private let hasRegister: Bool

  /// - Parameters:
  ///   - received: the register; rows of other periods are passed over.
  ///   - dueDays: how many days behind the period's last day are still on time; nil where it is not said.
  public init(_ figures: Figures, received: [Submission], dueDays: Int?, period: Period) {
    let register = received.filter { $0.period == "\(period)" }
    self.period = period
    departments = figures.departments
    due = dueDays.map { period.last.adding(days: $0) }
    hasRegister = !register.isEmpty
    lines = ReportingGaps(figures).gaps.map { gap in
      var days: [Int: Day] = [:]
      for row in register where row.source == nil || row.source == gap.source.name {
        let department = Int(row.department)
        days[department] = min(days[department] ?? row.receivedOn, row.receivedOn)
      }
      return Line(
        source: gap.source, missing: gap.departments.filter { days[$0] == nil }, received: days)
    }
  }

  private func onTime(_ line: Line) -> Int {
    guard let due else { return 0 }
    return line.received.values.count { $0 <= due }
  }

  private func late(_ line: Line) -> [Int] {
    guard let due else { return [] }
    return line.received.filter { $0.value > due }.keys.sorted()
  }

  /// The whole state as lines of text; every department that is missing or late is named.
  public func lines(in language: Language) -> [String] {
    let words = Wording(language, rounding: .halfUp)
    var text = [heading(words)]
    for line in lines { text += sentences(line, words) }
    return text + departmentLines(words)
  }

  private func heading(_ words: Wording) -> String {
    let rule: String
    if !hasRegister {
      rule = words(
        "没有本期的报送登记（submissions.csv），及时率无从计算",
        "no register of this period (submissions.csv), hence no timeliness")
    } else if let due {
      rule = words("截止日 {1}", "due {1}", "\(due)")
    } else {
      rule = words(
        "hospital.yaml 未设 submission 的 due_days，及时率无从计算",
        "'submission: {due_days: …}' of hospital.yaml is not set, hence no timeliness")
    }
    return words("## 报送情况 {1}（{2}）", "## Reporting {1} ({2})", "\(period)", rule)
  }

  private var tellsTime: Bool { hasRegister && due != nil }

  private func sentences(_ line: Line, _ words: Wording) -> [String] {
    let all = departments.count
    let there = all - line.missing.count
    var parts = [
      words(
        "{1}：报送 {2}/{3}（{4}）", "{1}: reported {2}/{3} ({4})", line.source.title[words.language],
        words.number(there), words.number(all), words.share(there, of: all))
    ]
    if tellsTime {
      let timely = onTime(line)
      parts.append(
        words(
          "及时 {1}/{2}（{3}）", "on time {1}/{2} ({3})", words.number(timely), words.number(all),
          words.share(timely, of: all)))
    }
    var text = [words.joined(parts)]
    if !line.missing.isEmpty {
      let isLedger = line.source.family == .ledger
      text.append(
        (isLedger
          ? words("  无记录（不一定漏报）：", "  without records, which need not be a failure: ")
          : words("  未报送：", "  not reported: ")) + names(line.missing, words))
    }
    let late = late(line)
    if !late.isEmpty {
      let named = late.map { "\(departments[$0].name) \(line.received[$0].map { "\($0)" } ?? "")" }
      text.append(words("  逾期：", "  late: ") + words.list(named, limit: named.count))
    }
    return text
  }

  private func names(_ indices: [Int], _ words: Wording) -> String {
    words.list(indices.map { departments[$0].name }, limit: indices.count)
  }

  /// The departments that lack an activity or were late with anything, worst first.
  private func departmentLines(_ words: Wording) -> [String] {
    let activities = lines.filter { $0.source.family == .activity }
    guard !activities.isEmpty else { return [] }
    var rows: [(missing: Int, late: Int, index: Int)] = []
    for index in departments.indices {
      let missing = activities.count { $0.missing.contains(index) }
      let late = lines.count { line in
        due.map { day in line.received[index].map { $0 > day } ?? false } ?? false
      }
      if missing + late > 0 { rows.append((missing, late, index)) }
    }
    rows.sort { (-$0.missing, -$0.late, $0.index) < (-$1.missing, -$1.late, $1.index) }
    guard !rows.isEmpty else { return [words("各科室均已报送。", "All departments have reported.")] }
    let count = activities.count
    return [words("## 按科室", "## By department")]
      + rows.map { row in
        let done = words(
          "{1}：活动报送 {2}/{3}（{4}）", "{1}: activities reported {2}/{3} ({4})",
          departments[row.index].name, words.number(count - row.missing), words.number(count),
          words.share(count - row.missing, of: count))
        let late =
          row.late == 0 ? [] : [words("逾期 {1} 项", "late with {1}", words.number(row.late))]
        return words.joined([done] + late)
      }
  }
}
