import Comparing
import Records
import ReportModel

extension Composer {
  /// The departments that the workbook lists of those that have not reported, or late.
  private static let listedDefaulters = 500

  var reportingStatus: ReportingStatus {
    ReportingStatus(
      figures, received: facts.received, dueDays: facts.submissionDueDays, period: facts.period)
  }

  /// Who has not reported, and who was late, in sentences.
  func reportingSentences(_ status: ReportingStatus) -> [String] {
    let all = status.asked
    let gaps = status.activities.filter { !$0.missing.isEmpty }
    var sentences: [String] = gaps.map { line in
      words(
        status.hasRegister
          ? "{1}：应报 {2} 个科室，已报 {3} 个；未报送 {4} 个：{5}。"
          : "{1}：应报 {2} 个科室，有记录 {3} 个；未报送 {4} 个：{5}。",
        status.hasRegister
          ? "{1}: {3} of {2} departments have reported; {4} have not: {5}."
          : "{1}: {3} of {2} departments have records; {4} have not reported: {5}.",
        line.source.title[words.language], words.number(all),
        words.number(all - line.missing.count), words.number(line.missing.count),
        names(line.missing))
    }
    if !status.silent.isEmpty {
      sentences.append(
        words(
          "本期没有任何记录的科室 {1} 个：{2}。", "Departments without any record: {1} ({2}).",
          words.number(status.silent.count), names(status.silent)))
    }
    if sentences.isEmpty, !figures.sources.isEmpty {
      sentences.append(words("各科室均已报送。", "All departments have reported."))
    }
    return sentences + timelinessSentences(status)
  }

  /// How much came by the due day, and who was late; nothing where the register does not tell.
  private func timelinessSentences(_ status: ReportingStatus) -> [String] {
    guard status.tellsTime, let due = status.due else { return [] }
    let all = status.asked
    let rates = status.timed.map { line in
      words(
        "{1} {2}", "{1} {2}", line.source.title[words.language],
        words.share(status.timely(line), of: all))
    }
    let late = Set(status.lines.flatMap(status.late)).sorted()
    let named =
      late.isEmpty
      ? words("没有逾期", "none was late")
      : words("逾期科室 {1} 个：{2}", "late: {1} ({2})", words.number(late.count), names(late))
    let clause = words(
      "报送及时率（不晚于 {1} 收到的科室 ÷ 全部科室）：{2}",
      "Timeliness (departments received by {1} ÷ all departments): {2}", "\(due)",
      words.list(rates, limit: rates.count))
    return [words.sentence((rates.isEmpty ? [] : [clause]) + [named])]
  }

  /// The first ten of these departments by name.
  private func names(_ departments: [Int]) -> String {
    guard facts.audience.seesDepartments else { return words("名单从略", "not listed here") }
    return words.list(
      departments.prefix(10).map { departmentNames[$0] }, total: departments.count)
  }

  func reportingNote(_ status: ReportingStatus) -> String {
    let rule = words(
      "有记录指本期举办或参加过活动，或有事项提出、销号；有记录或已登记报送（submissions）的为已报送。台账没有记录不等于漏报。",
      "A record is an event held or attended, or an item raised or closed; with a record or an entry in "
        + "the register of submissions a department has reported. One without items need not have failed "
        + "to report.")
    let time =
      status.timeRule(words)
      ?? status.due.map {
        words(
          "及时指不晚于 {1} 收到，以登记为准；未登记的科室算不及时，登记中没有的来源不计算。",
          "On time: received by {1}, as the register has it. A department that it has not is not on time; of "
            + "a source that it has not at all, nothing is said.",
          "\($0)")
      }
    return words.paragraph([rule, time.map(asSentence) ?? ""])
  }

  private func asSentence(_ text: String) -> String {
    text.hasSuffix("。") || text.hasSuffix(".") ? text : words.sentence([text])
  }

  func reportingTable(_ status: ReportingStatus) -> Table? {
    guard !status.lines.isEmpty else { return nil }
    let all = Int64(status.asked)
    let time = [
      Column(words("及时", "On time"), kind: .count),
      Column(words("逾期", "Late"), kind: .count),
      Column(
        words("及时率", "Timeliness"), kind: .share(places: Wording.places), note: 2,
        derivation: exact(.quotient(5, over: 1))),
    ]
    return Table(
      id: "quality_reporting", title: words("报送情况", "Reporting by source"),
      columns: [
        Column(words("来源", "Source"), kind: .text),
        Column(words("科室数", "Departments"), kind: .count),
        Column(
          status.hasRegister ? words("已报送", "Reported") : words("有记录", "With records"),
          kind: .count),
        Column(
          status.hasRegister ? words("未报送", "Not reported") : words("无记录", "Without"),
          kind: .count),
        Column(
          words("报送率", "Reporting rate"), kind: .share(places: Wording.places), note: 2,
          derivation: exact(.quotient(2, over: 1))),
      ] + (status.tellsTime ? time : []),
      rows: status.lines.map { line in
        let missing = Int64(line.missing.count)
        return [
          .text(line.source.title[words.language]), .integer(all), .integer(all - missing),
          .integer(missing), cell(part: all - missing, of: all),
        ]
          + (status.tellsTime ? timeCells(line, status) : [])
      })
  }

  private func timeCells(_ line: ReportingStatus.Line, _ status: ReportingStatus) -> [Cell] {
    guard status.tellsTime(line) else {
      return [Cell](repeating: .blank(NumberText.undefined), count: 3)
    }
    let timely = Int64(status.timely(line))
    return [
      .integer(timely), .integer(Int64(status.late(line).count)),
      cell(part: timely, of: Int64(status.asked)),
    ]
  }

  /// The departments that have not reported an activity, have no record in any ledger, or were late.
  func defaulterTable(_ status: ReportingStatus) -> Table? {
    let defaulters = status.defaulters
    guard !defaulters.isEmpty else { return nil }
    let shown = defaulters.prefix(Composer.listedDefaulters)
    let title = words("未报送科室", "Departments that have not reported")
    let share = Column.Kind.share(places: Wording.places)
    let time = [
      Column(words("登记的活动", "In the register"), kind: .count),
      Column(words("及时", "On time"), kind: .count),
      Column(
        words("及时率", "Timeliness"), kind: share, note: 2,
        derivation: exact(.quotient(5, over: 4))),
    ]
    return Table(
      id: "quality_gaps",
      title: shown.count == defaulters.count
        ? title
        : title
          + words(
            "（前 {1} 个，共 {2} 个）", " (the first {1} of {2})", words.number(shown.count),
            words.number(defaulters.count)),
      columns: [
        Column(words("科室", "Department"), kind: .text, note: 3),
        Column(words("应报活动", "Activities"), kind: .count),
        Column(words("已报", "Reported"), kind: .count),
        Column(
          words("报送率", "Reporting rate"), kind: share, derivation: exact(.quotient(2, over: 1))),
      ] + (status.tellsTime ? time : []) + [
        Column(words("未报送的活动", "Activities not reported"), kind: .text)
      ] + (status.tellsTime ? [Column(words("逾期报送", "Reported late"), kind: .text)] : []) + [
        Column(words("台账", "Ledgers"), kind: .text)
      ],
      rows: shown.map { defaulterRow($0, status) })
  }

  private func defaulterRow(
    _ row: ReportingStatus.Submitted, _ status: ReportingStatus
  ) -> [Cell] {
    let all = Int64(status.activities.count)
    let done = all - Int64(row.missing.count)
    func sources(_ numbers: [Int], _ text: (ReportingStatus.Line) -> String) -> Cell {
      numbers.isEmpty
        ? .blank(words("无", "none"))
        : .text(words.list(numbers.map { text(status.lines[$0]) }, limit: 50))
    }
    var cells: [Cell] = [
      .text(departmentNames[row.department]), .integer(all), .integer(done),
      cell(part: done, of: all),
    ]
    if status.tellsTime {
      let timed = Int64(status.timed.count)
      let timely = Int64(row.timely)
      cells += [.integer(timed), .integer(timely), cell(part: timely, of: timed)]
    }
    cells.append(sources(row.missing) { $0.source.title[words.language] })
    if status.tellsTime {
      cells.append(
        sources(row.late) { line in
          let day = line.received[row.department].map { "\($0)" } ?? ""
          return words("{1} {2}", "{1} {2}", line.source.title[words.language], day)
        })
    }
    return cells + [
      .text(row.hasNoItems ? words("无记录", "no records") : words("有记录", "has records"))
    ]
  }
}
