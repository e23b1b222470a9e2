public import Records
import ReportModel

extension ReportingStatus {
  /// The whole state as lines of text; every department that is missing or late is named.
  public func lines(in language: Language) -> [String] {
    let words = Wording(language, rounding: .halfUp)
    var text = [heading(words)]
    for line in lines { text += sentences(line, words) }
    return text + departmentLines(words)
  }

  private func heading(_ words: Wording) -> String {
    let rule = timeRule(words) ?? due.map { words("截止日 {1}", "due {1}", "\($0)") } ?? ""
    return words("## 报送情况 {1}（{2}）", "## Reporting {1} ({2})", "\(period)", rule)
  }

  /// Why nothing can be said of who was on time; nil where it can.
  func timeRule(_ words: Wording) -> String? {
    guard hasRegister else {
      return words(
        "没有本期的报送登记（submissions.csv），及时率无从计算",
        "no register of this period (submissions.csv), hence no timeliness")
    }
    guard due == nil else { return nil }
    return words(
      "hospital.yaml 未设 submission 的 due_days，及时率无从计算",
      "'submission: {due_days: …}' of hospital.yaml is not set, hence no timeliness")
  }

  private func sentences(_ line: Line, _ words: Wording) -> [String] {
    let all = asked
    let there = all - line.missing.count
    var parts = [
      words(
        "{1}：报送 {2}/{3}（{4}）", "{1}: reported {2}/{3} ({4})", line.source.title[words.language],
        words.number(there), words.number(all), words.share(there, of: all))
    ]
    if tellsTime(line) { parts.append(timeliness(timely(line), of: all, words)) }
    var text = [words.joined(parts)]
    if !line.missing.isEmpty {
      let isLedger = line.source.family == .ledger
      text.append(
        (isLedger
          ? words("  无记录（不一定漏报）：", "  without records, which need not be a failure: ")
          : words("  未报送：", "  not reported: "))
          + words.list(line.missing.map { departments[$0].name }, limit: line.missing.count))
    }
    let late = late(line)
    if !late.isEmpty {
      let named = late.map { "\(departments[$0].name) \(line.received[$0].map { "\($0)" } ?? "")" }
      text.append(words("  逾期：", "  late: ") + words.list(named, limit: named.count))
    }
    return text
  }

  private func timeliness(_ timely: Int, of all: Int, _ words: Wording) -> String {
    words(
      "及时 {1}/{2}（{3}）", "on time {1}/{2} ({3})", words.number(timely), words.number(all),
      words.share(timely, of: all))
  }

  private func departmentLines(_ words: Wording) -> [String] {
    let count = activities.count
    guard count > 0 else { return [] }
    let rows = defaulters.filter { !$0.missing.isEmpty || !$0.late.isEmpty }
    guard !rows.isEmpty else { return [words("各科室均已报送。", "All departments have reported.")] }
    return [words("## 按科室", "## By department")]
      + rows.map { row in
        let done = count - row.missing.count
        var parts = [
          words(
            "{1}：活动报送 {2}/{3}（{4}）", "{1}: activities reported {2}/{3} ({4})",
            departments[row.department].name, words.number(done), words.number(count),
            words.share(done, of: count))
        ]
        if !timed.isEmpty { parts.append(timeliness(row.timely, of: timed.count, words)) }
        if !row.late.isEmpty {
          parts.append(words("逾期 {1} 项", "late with {1}", words.number(row.late.count)))
        }
        return words.joined(parts)
      }
  }
}
