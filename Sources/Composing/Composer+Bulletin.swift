import Comparing
import Counting
import Records
public import ReportModel

extension Composer {
  /// The bulletin on a fortnight or so (双周例报): what has moved since the last one, what is overdue and
  /// whose, and who has not reported. The period of the facts is that of the bulletin.
  public func bulletin(withSections: Bool = true) -> Report {
    let status = reportingStatus
    let title = words(
      "工作进展通报（{1}）", "Progress bulletin ({1})", words.span(facts.period))
    let silent = silentSentences(status)
    return Report(
      language: words.language, title: title, organisation: facts.hospital[words.language],
      pageNote: pageNote, asOf: facts.asOf, rounding: facts.rounding, cover: cover,
      dataState: dataState(status),
      sections: withSections ? Composer.validlyNamed(bulletinSections(status)) : [],
      summary: [.title(facts.hospital[words.language] + words("", ": ") + title)]
        + numbered(bulletinParts(silent)), signs: signs)
  }

  private func bulletinSections(_ status: ReportingStatus) -> [Section] {
    let progress = Section(
      name: words("进展", "Progress"), title: words("本期进展", "What has moved"),
      purpose: words("各台账与各科室本期的变化。", "What has changed in each ledger and department."),
      lead: [words.paragraph(movementSentences + silentSentences(status))],
      blocks: [ledgerMovementTable, departmentMovementTable(status)].map(Block.table),
      notes: [
        words(
          "无进展：有未销号事项，本期没有提出、销号、重新打开或延期。未报送：本期没有任何活动或台账记录。",
          "No progress: something is open, and nothing was raised, closed, re-opened or postponed. Not "
            + "reported: no record of any activity or ledger in these days."),
        words("逾期按批准延期后的时限判断。", "Overdue is judged by the postponed deadline."),
      ])
    let overdue = overdueSections
    return [progress] + overdue + movedSections + planSections + listedSections
      + qualitySections(status)
  }

  private func bulletinParts(_ silent: [String]) -> [(title: String, blocks: [TextBlock])] {
    let overdue = overdueSentences
    var parts: [(title: String, blocks: [TextBlock])] = [
      (words("本期进展", "What has moved"), paragraph(movementSentences)),
      (
        words("逾期情况", "What is overdue"),
        overdue.isEmpty
          ? paragraph([words("没有逾期事项。", "Nothing is overdue.")]) : [.list(overdue)]
      ),
    ]
    if !silent.isEmpty { parts.append((words("报送情况", "Who has reported"), paragraph(silent))) }
    for account in accounts {
      let moved = account.items.filter(\.hasMoved)
      guard !moved.isEmpty else { continue }
      let title = words("{1}：本期变动", "{1}: moved", ledgerTitle(account))
      parts.append((title, [.list(moved.map(line))]))
    }
    return parts + planParts
  }

  /// An item in one line, as a list of a text has it.
  private func line(_ item: LedgerAccount.ListedItem) -> String {
    let name = item.title.isEmpty ? item.id : item.title
    return words(
      "{1}（{2}）：{3}", "{1} ({2}): {3}", name, departmentNames[item.department], state(of: item))
  }

  // MARK: Movements

  private func movement(_ departments: [Int], _ accounts: [LedgerAccount]) -> LedgerAccount.Movement
  {
    accounts.reduce(into: LedgerAccount.Movement()) { sum, account in
      for department in departments { sum += account.movements[department] }
    }
  }

  private var everywhere: [Int] { Array(figures.departments.indices) }

  private var movementSentences: [String] {
    accounts.map { account in
      let moved = movement(everywhere, [account])
      let unit = UnitWords.of(.items, in: account.source)
      func amount(_ count: Int) -> String {
        words.amount(count, unit.chinese, unit.singular, unit.plural)
      }
      var clauses = [
        words(
          "{1}：新提出 {2}，销号 {3}", "{1}: {2} raised, {3} closed", ledgerTitle(account),
          amount(moved.raised), amount(moved.closed))
      ]
      if moved.reopened > 0 {
        clauses.append(words("重新打开 {1}", "{1} opened again", amount(moved.reopened)))
      }
      if moved.postponed > 0 {
        clauses.append(words("延期 {1}", "{1} postponed", amount(moved.postponed)))
      }
      clauses.append(
        words(
          "未销号由 {1} 变为 {2}", "open: {1} before, {2} now", words.number(moved.openBefore),
          amount(moved.openNow)))
      clauses.append(
        words(
          "逾期 {1}，其中新增 {2}", "{1} overdue, {2} of them newly", amount(moved.overdue),
          words.number(moved.newlyOverdue)))
      return words.sentence(clauses)
    }
  }

  private var movementColumns: [Column] {
    countColumns(
      [
        words("期初未销号", "Open before"), words("提出", "Raised"), words("重新打开", "Re-opened"),
        words("销号", "Closed"), words("期末未销号", "Open now"), words("延期", "Postponed"),
      ])
      + [
        Column(words("逾期", "Overdue"), kind: .count, showsBar: true, note: 2),
        Column(words("新增逾期", "Newly overdue"), kind: .count),
      ]
  }

  private func cells(_ moved: LedgerAccount.Movement) -> [Cell] {
    integers([
      moved.openBefore, moved.raised, moved.reopened, moved.closed, moved.openNow, moved.postponed,
      moved.overdue, moved.newlyOverdue,
    ])
  }

  private var ledgerMovementTable: Table {
    Table(
      id: "moved_ledgers", title: words("各台账", "By ledger"),
      columns: [Column(words("台账", "Ledger"), kind: .text)] + movementColumns,
      rows: accounts.map { [.text(ledgerTitle($0))] + cells(movement(everywhere, [$0])) },
      total: [.text(words("合计", "Total"))] + cells(movement(everywhere, accounts)))
  }

  private func departmentMovementTable(_ status: ReportingStatus) -> Table {
    let silent = Set(status.silent)
    let rows = everywhere.map { ($0, movement([$0], accounts)) }
      .filter { $1.openBefore + $1.raised + $1.closed + $1.openNow > 0 || silent.contains($0) }
      .sorted { ($1.1.overdue, $0.0) < ($0.1.overdue, $1.0) }
    return Table(
      id: "moved_departments", title: words("各科室", "By department"),
      columns: [Column(words("科室", "Department"), kind: .text)] + movementColumns
        + [Column(words("备注", "Remark"), kind: .text, note: 1)],
      rows: rows.map { department, moved in
        [.text(departmentNames[department])] + cells(moved)
          + [.text(remark(moved, isSilent: silent.contains(department)))]
      },
      total: totalLabels(1) + cells(movement(everywhere, accounts)) + [.text("")])
  }

  private func remark(_ moved: LedgerAccount.Movement, isSilent: Bool) -> String {
    if isSilent { return words("未报送", "not reported") }
    let isStill =
      moved.openNow > 0 && moved.raised + moved.closed + moved.reopened + moved.postponed == 0
    return isStill ? words("无进展", "no progress") : ""
  }

  // MARK: Overdue, and whose

  private var overdueSentences: [String] {
    accounts.compactMap { account in
      let overdue = everywhere.map { account.movements[$0].overdue }
      let order = everywhere.filter { overdue[$0] > 0 }
        .sorted { (-overdue[$0], $0) < (-overdue[$1], $1) }
      guard !order.isEmpty else { return nil }
      let unit = UnitWords.of(.items, in: account.source)
      let names = order.prefix(10).map {
        words("{1} {2}", "{1} {2}", departmentNames[$0], words.number(overdue[$0]))
      }
      let total = overdue.reduce(0, +)
      return words(
        "{1}逾期 {2}：{3}。", "{1}: {2} overdue ({3}).", ledgerTitle(account),
        words.amount(total, unit.chinese, unit.singular, unit.plural),
        words.list(names, total: order.count))
    }
  }

  /// The items that are late, with who answers for them; of individuals there are numbers only.
  private var overdueSections: [Section] {
    let late = accounts.compactMap { account -> Table? in
      let items = account.items.filter {
        [.open(.overdue), .reopened(.overdue)].contains($0.state)
      }
      guard !items.isEmpty else { return nil }
      var table = itemTable(
        account, items, title: words("{1}：逾期事项", "{1}: overdue", ledgerTitle(account)))
      table.id = "overdue_\(account.source)"
      return table
    }
    guard !late.isEmpty else { return [] }
    let title = words("逾期事项及责任", "Overdue, and whose")
    return [
      Section(
        name: words("逾期事项", "Overdue"), title: title,
        purpose: words(
          "医院级、科室级逾期事项及其责任科室、责任人；涉及个人的事项只列数量。",
          "Items of the hospital and of departments that are late, with who answers for them; of "
            + "individuals' items there are numbers only."),
        lead: overdueSentences, blocks: late.map(Block.table))
    ]
  }

  private var movedSections: [Section] {
    let moved = accounts.compactMap { account -> Table? in
      let items = account.items.filter(\.hasMoved)
      guard !items.isEmpty else { return nil }
      var table = itemTable(
        account, items, title: words("{1}：本期变动", "{1}: moved", ledgerTitle(account)))
      table.id = "moved_\(account.source)"
      return table
    }
    guard !moved.isEmpty else { return [] }
    return [
      Section(
        name: words("变动事项", "Moved items"), title: words("本期变动的事项", "Items that have moved"),
        purpose: words("本期提出、销号、重新打开、延期的事项。", "Raised, closed, opened again or postponed."),
        blocks: moved.map(Block.table))
    ]
  }

  /// Who has no record of anything in these days.
  private func silentSentences(_ status: ReportingStatus) -> [String] {
    let all = figures.departments.count
    guard !status.silent.isEmpty else {
      return [words("各科室本期均有记录。", "All departments have records of these days.")]
    }
    return [
      words(
        "应报 {1} 个科室，本期有记录 {2} 个；未报送 {3} 个：{4}。",
        "{2} of {1} departments have records of these days; {3} have not reported: {4}.",
        words.number(all), words.number(all - status.silent.count),
        words.number(status.silent.count),
        words.list(
          status.silent.prefix(20).map { departmentNames[$0] }, limit: 20,
          total: status.silent.count))
    ]
  }
}
