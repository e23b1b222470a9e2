import Comparing
import Counting
import Records
import ReportModel

extension Composer {
  /// What is open, by department: the sheet that the office sends round each month. Numbers only.
  var openItemSection: Section? {
    let rows = figures.departments.indices.compactMap { department -> (Int, [Cell])? in
      let open = openItems(department)
      guard open.count > 0 else { return nil }
      let byLedger = accounts.map { $0.open[department].count }
      return (
        department,
        [.text(departmentNames[department])]
          + integers([open.count] + open.notices)
          + [open.oldest.map { .integer(Int64($0)) } ?? .blank("")] + integers(byLedger)
      )
    }
    guard !rows.isEmpty else { return nil }
    let order = rows.sorted { red($0.1) != red($1.1) ? red($0.1) > red($1.1) : $0.0 < $1.0 }
    let all = figures.departments.indices.reduce(into: empty) { $0 += openItems($1) }
    let title = words("各科室未销号事项", "Open items by department")
    let table = Table(
      id: "open_items", title: title,
      columns: [Column(words("科室", "Department"), kind: .text)]
        + countColumns([words("未销号", "Open")]) + countColumns(noticeHeadings, bar: 0)
        + countColumns([words("最长（天）", "Oldest (days)")])
        + countColumns(accounts.map(ledgerTitle)),
      rows: order.map(\.1),
      total: totalLabels(1) + integers([all.count] + all.notices)
        + [all.oldest.map { .integer(Int64($0)) } ?? .blank("")]
        + integers(accounts.map { $0.open.reduce(0) { $0 + $1.count } }))
    return Section(
      name: words("未销号事项", "Open items"), title: title,
      purpose: words(
        "截至 {1} 各科室未销号的数量、三色与最长天数。",
        "What each department has open as of {1}: number, colours, age of the oldest.",
        "\(facts.asOf)"),
      blocks: [.table(table)])
  }

  private func red(_ row: [Cell]) -> Int64 {
    if case .integer(let count) = row[2] { count } else { 0 }
  }

  private var empty: LedgerAccount.OpenItems {
    LedgerAccount.OpenItems(bands: ledgerRules.ageBands.count + 1)
  }

  private func openItems(_ department: Int) -> LedgerAccount.OpenItems {
    accounts.reduce(into: empty) { $0 += $1.open[department] }
  }

  /// The re-check: what was looked at again, and what it brought, by branch and by department.
  var recheckSection: Section? {
    let total = rechecks(Array(figures.departments.indices))
    guard total.checked + total.waiting > 0 else { return nil }
    var tables: [Table] = []
    let branches = figures.members(.branch)
    if !branches.isEmpty {
      tables.append(
        recheckTable(
          "recheck_branches", words("按党支部", "By party branch"),
          words("支部", "Branch"),
          branches.map { branch in
            (
              ValueWords.name(branch, words),
              figures.departments.indices.filter { figures.departments[$0].branch == branch }
            )
          }))
    }
    tables.append(
      recheckTable(
        "recheck_departments", words("按科室", "By department"), words("科室", "Department"),
        figures.departments.indices.map { (departmentNames[$0], [$0]) }))
    return Section(
      name: words("回头看", "Re-check"), title: words("“回头看”情况", "The re-check"),
      purpose: words(
        "已回头看、巩固、重新打开与尚未回头看的数量，按支部和科室。",
        "What has been re-checked, what held and what was opened again, by branch and department."),
      lead: [words.paragraph(recheckSentences(total))], blocks: tables.map(Block.table))
  }

  func recheckSentences(_ total: LedgerAccount.Recheck) -> [String] {
    let people = accounts.reduce(into: (all: Set<Int32>(), rechecked: Set<Int32>())) {
      $0.all.formUnion($1.people.all)
      $0.rechecked.formUnion($1.people.rechecked)
    }
    var clauses = [
      words(
        "本期回头看 {1} 件，巩固 {2} 件，重新打开 {3} 件，其中至期末仍未销号 {4} 件",
        "{1} items re-checked: {2} held, {3} were opened again, {4} of these are still open",
        words.number(total.checked), words.number(total.passed), words.number(total.reopened),
        words.number(total.stillOpen)),
      words(
        "本期销号尚未回头看 {1} 件", "{1} items closed in the period have not been re-checked",
        words.number(total.waiting)),
    ]
    if !people.all.isEmpty {
      clauses.append(
        words(
          "台账涉及的 {2} 人中已回头看 {1} 人", "of {2} people whom the ledgers name {1} have been re-checked",
          words.number(people.rechecked.count), words.number(people.all.count)))
    }
    return [words.sentence(clauses)]
  }

  /// The re-checks of some departments over all ledgers.
  func rechecks(_ departments: [Int]) -> LedgerAccount.Recheck {
    accounts.reduce(into: LedgerAccount.Recheck()) { sum, account in
      for department in departments { sum += account.rechecks[department] }
    }
  }

  private func recheckTable(
    _ id: String, _ title: String, _ heading: String, _ members: [(String, [Int])]
  ) -> Table {
    let rows = members.map { ($0.0, rechecks($0.1)) }.filter { $0.1.checked + $0.1.waiting > 0 }
    return Table(
      id: id, title: title,
      columns: [Column(heading, kind: .text)]
        + countColumns(
          [
            words("回头看", "Re-checked"), words("巩固", "Held"), words("重新打开", "Opened again"),
            words("仍未销号", "Still open"), words("尚未回头看", "Not yet re-checked"),
          ], bar: 0),
      rows: rows.map { [.text($0.0)] + cells($0.1) },
      total: totalLabels(1) + cells(rechecks(Array(figures.departments.indices))))
  }

  private func cells(_ recheck: LedgerAccount.Recheck) -> [Cell] {
    integers([
      recheck.checked, recheck.passed, recheck.reopened, recheck.stillOpen, recheck.waiting,
    ])
  }
}
