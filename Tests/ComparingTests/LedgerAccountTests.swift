import Counting
import Records
import Statistics
import Testing

@testable import Comparing

/// A ledger of ten items, looked at on 2023-03-31 and worked by hand.
@Suite("The account of a ledger")
struct LedgerAccountTests {
  private static let files = [
    "hospital.yaml": """
    name: 甲
    ledgers: {due_soon_days: 7, age_bands: [30, 60], recurrence_days: 30, listed: [issues]}
    vocabulary: {issues: {category: [{zh: 作风, en: Style}, {zh: 质量, en: Quality}, {zh: 安全, en: Safety}]}}

    """,
    "departments.csv": "id,name,branch\nD1,甲科,一\nD2,乙科,一\n",
    "staff.csv": "id,name,department_id\nS1,王一,D1\nS2,李二,D2\n",
    "issues.csv": """
    id,level,department_id,staff_id,category,origin,raised_on,due_on,postponed_to,postponed_on,closed_on,rechecked_on,recheck_result,title
    A,hospital,D1,,作风,old,2022-12-01,2022-12-31,,,2023-01-10,,,甲事
    B,hospital,D1,,作风,new,2023-01-20,2023-02-20,,,2023-02-15,2023-03-01,reopened,乙事
    C,hospital,D1,,质量,new,2023-02-01,2023-03-01,2023-04-15,2023-02-25,,,,丙事
    D,hospital,D2,,质量,old,2022-11-01,2022-12-31,,,,,,丁事
    E,hospital,D2,,质量,new,2023-03-01,2023-04-05,,,,,,戊事
    F,hospital,D2,,质量,new,2023-03-15,,,,,,,己事
    G,individual,D1,S1,作风,,2023-01-05,2023-01-31,,,2023-01-25,2023-02-10,passed,庚事
    H,individual,D1,S1,作风,,2023-02-20,2023-03-10,,,2023-03-05,,,辛事
    I,individual,D2,S2,作风,,2023-02-01,2023-02-28,,,2023-04-02,,,壬事
    J,individual,D2,S2,礼仪,,2023-03-31,2023-04-30,,,2023-03-31,,,癸事

    """,
  ]

  private func account(
    period: String = "2023Q1", asOf: String? = nil
  ) throws -> LedgerAccount {
    let made = try PlanWorkspace(Self.files, period: period, asOf: asOf)
    let progress = try #require(made.progress)
    #expect(progress.imbalances.isEmpty)
    return try #require(progress.accounts.first)
  }

  private func numbers(_ balance: LedgerAccount.Balance) -> [Int] {
    [balance.openAtStart, balance.raised, balance.reopened, balance.closed, balance.openAtEnd]
  }

  @Test("Each month closes with what the next opens with")
  func balances() throws {
    let account = try account()
    // January: A and D open; B, G raised; A, G closed. February: C, H, I raised; B closed.
    // March: E, F, J raised; B opened again; H, J closed.
    #expect(
      account.months.map(numbers) == [[2, 2, 0, 2, 2], [2, 3, 0, 1, 4], [4, 3, 1, 2, 6]])
    #expect(numbers(account.total) == [2, 8, 1, 5, 6])
  }

  @Test("Colours: the postponed deadline holds, the deadline within a week is yellow")
  func notices() throws {
    let account = try account()
    // D1: B was due on 20 February and is open again: red; C is postponed to 15 April: green.
    #expect(account.open[0].notices == [1, 0, 1])
    #expect(account.open[0].postponed == 1)
    #expect(account.open[0].reopened == 1)
    // D2: D and I red, E due in five days yellow, F has no deadline.
    #expect(account.open[1].notices == [2, 1, 1])
    #expect(account.open[1].withoutDeadline == 1)
    #expect(account.open[1].individual == 1)
  }

  @Test("Before it was decided, a postponement is not known")
  func postponement() throws {
    // 24 February: C is due in five days, H in fourteen. 2 March: C has time until 15 April, H is due in
    // eight days, B is red.
    let before = try account(asOf: "2023-02-24").open[0]
    #expect(before.postponed == 0)
    #expect(before.notices == [0, 1, 1])
    #expect(try account(asOf: "2023-03-02").open[0].notices == [1, 0, 2])
  }

  @Test("Ages count from the first raising, also of what was opened again")
  func ages() throws {
    let account = try account()
    // D1: B is 70 days old, C 58. D2: D 150, E 30, F 16, I 58.
    #expect(account.open[0].ages == [0, 1, 1])
    #expect(account.open[0].oldest == 70)
    #expect(account.open[1].ages == [2, 1, 1])
    #expect(account.open[1].oldest == 150)
  }

  @Test("Days to close of what was raised in the quarter, the open ones as open")
  func durations() throws {
    let account = try account()
    // Closed: G 20, H 13, J 0. Open: B 70, C 58, E 30, F 16, I 58.
    #expect(account.closedAfter == [20: 1, 13: 1, 0: 1])
    #expect(account.openSince == [70: 1, 58: 2, 30: 1, 16: 1])
    let curve = SurvivalCurve(ended: account.closedAfter, underWay: account.openSince)
    #expect(curve.steps.map(\.atRisk) == [8, 7, 5])
    #expect(curve.quantile(0.5) == nil)
  }

  @Test("The same problem again: H after G of the same person, B after A within 30 days")
  func recurrences() throws {
    // B was raised 10 days after A was closed; H 26 days after G. J has another category than I.
    #expect(try account().recurrences == [2, 0])
  }

  @Test("Old and new problems")
  func origins() throws {
    let origins = try account().origins
    #expect(
      origins.map { [$0.flow.openAtStart, $0.flow.raised, $0.flow.closed, $0.flow.openAtEnd] }
        == [[2, 0, 1, 1], [0, 4, 1, 4], [0, 4, 3, 1]])
  }

  @Test("Re-checks: G held, B was opened again; A, H and J have not been looked at")
  func rechecks() throws {
    let account = try account()
    let first = account.rechecks[0]
    #expect([first.checked, first.passed, first.reopened, first.stillOpen] == [2, 1, 1, 1])
    #expect(account.rechecks.map(\.waiting) == [2, 1])
    #expect(account.people.all.count == 2)
    #expect(account.people.rechecked.count == 1)
  }

  @Test("Listed values come in their order, also those that nothing has, and others behind")
  func vocabulary() throws {
    let values = try account().breakdowns[0].values
    #expect(values.map(\.value.chinese) == ["作风", "质量", "安全", "礼仪"])
    #expect(values.map(\.flow.raised) == [4, 3, 0, 1])
  }

  @Test("What moved in a fortnight")
  func movements() throws {
    let account = try account(period: "2023-02-16..2023-03-01", asOf: "2023-03-01")
    let first = account.movements[0]
    // G and B are closed, C open before; H raised, B opened again and C postponed.
    #expect(first.openBefore == 1)
    #expect([first.raised, first.closed, first.reopened, first.postponed] == [1, 0, 1, 1])
    #expect(first.openNow == 3)
    // B is late from the day on which it was opened again.
    #expect([first.overdue, first.newlyOverdue] == [1, 1])
    let second = account.movements[1]
    #expect([second.overdue, second.newlyOverdue] == [2, 1])
  }

  @Test("An individual's item is never listed")
  func listed() throws {
    let items = try account().items
    #expect(items.map(\.id) == ["A", "B", "C", "D", "E", "F"])
    #expect(items[1].state == .reopened(.overdue))
    #expect(items[2].state == .open(.onTime))
    #expect(items[0].state == .closed)
  }

  @Test("Seen earlier, nothing later is known")
  func earlier() throws {
    let account = try account(asOf: "2023-02-10")
    #expect(numbers(account.total) == [2, 4, 0, 2, 4])
    #expect(account.months.count == 2)
    #expect(account.items.map(\.id) == ["A", "B", "C", "D"])
  }
}
