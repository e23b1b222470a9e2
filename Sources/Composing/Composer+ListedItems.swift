import Comparing
import Counting
import Records
import ReportModel

extension Composer {
  /// One sheet for each ledger whose items are listed one by one, as key projects are.
  var listedSections: [Section] {
    accounts.filter { !$0.items.isEmpty }.map { account in
      let title = words("{1}清单", "{1}: list", ledgerTitle(account))
      return Section(
        name: title, title: title,
        purpose: words(
          "逐项列出责任、时限、标准与状态。", "Each item with who answers for it, deadline, standard and state."),
        blocks: [.table(itemTable(account, account.items, title: title))])
    }
  }

  /// A table of items; columns that no item fills are left out.
  func itemTable(
    _ account: LedgerAccount, _ items: [LedgerAccount.ListedItem], title: String
  ) -> Table {
    typealias Item = LedgerAccount.ListedItem
    let all: [(heading: String, text: (Item) -> String)] = [
      (words("编号", "No."), { $0.id }), (words("事项", "Item"), { $0.title }),
      (words("类别", "Category"), { ValueWords.name($0.category, words) }),
      (words("牵头领导", "Leader"), { $0.leader }),
      (words("责任科室", "Department"), { departmentNames[$0.department] }),
      (words("责任人", "Responsible"), { $0.owner }), (words("措施", "Measure"), { $0.measure }),
      (words("完成标准", "Acceptance standard"), { $0.acceptance }),
      (words("时限", "Due"), { due($0) }), (words("状态", "State"), { state(of: $0) }),
    ]
    let used = all.filter { column in
      items.contains { !["", ValueWords.name("", words)].contains(column.text($0)) }
    }
    return Table(
      id: "items_\(account.source)", title: title,
      columns: used.map { Column($0.heading, kind: .text) },
      rows: items.map { item in used.map { .text($0.text(item)) } })
  }

  /// The key projects of the settings, each with its state in the ledger.
  func projectTable(_ progress: PlanProgress) -> Table? {
    guard !progress.plan.projects.isEmpty else { return nil }
    let items = accounts.first { $0.source == "projects" }?.items ?? []
    return Table(
      id: "key_projects", title: words("重点工程", "Key projects"),
      columns: [
        words("工程", "Project"), words("牵头领导", "Leader"), words("责任科室", "Department"),
        words("时限", "Due"), words("完成标准", "Acceptance standard"), words("状态", "State"),
      ].map { Column($0, kind: .text) },
      rows: progress.plan.projects.map { project in
        let item = items.first {
          [$0.id, $0.title].contains(project.name) || $0.title == project.title.chinese
        }
        return [
          project.title[words.language], project.leader,
          project.department.isEmpty
            ? item.map { departmentNames[$0.department] } ?? "" : project.department,
          item.map { due($0) } ?? project.due.map { "\($0)" } ?? "",
          project.acceptance[words.language],
          item.map { state(of: $0) } ?? words("台账中没有", "not in the ledger"),
        ].map(Cell.text)
      })
  }

  private func due(_ item: LedgerAccount.ListedItem) -> String {
    guard let due = item.due else { return "" }
    return item.isPostponed ? words("{1}（延期）", "{1} (postponed)", "\(due)") : "\(due)"
  }

  func state(of item: LedgerAccount.ListedItem) -> String {
    switch item.state {
    case .closed: words("已销号 {1}", "closed {1}", item.closed.map { "\($0)" } ?? "")
    case .open(let notice): state(notice, item)
    case .reopened(let notice):
      words("重新打开，{1}", "opened again, {1}", state(notice, item))
    }
  }

  private func state(_ notice: Notice, _ item: LedgerAccount.ListedItem) -> String {
    switch notice {
    case .overdue:
      let days = item.due.map { Int(facts.asOf.number - $0.number) } ?? 0
      return words("红：逾期 {1} 天", "red: {1} days late", words.number(days))
    case .dueSoon: return words("黄：即将到期", "yellow: due soon")
    case .onTime: return words("绿：办理中", "green: in hand")
    }
  }
}
