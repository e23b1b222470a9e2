import Comparing
import Counting
import Records
import ReportModel
import Statistics

extension Composer {
  /// The ledgers' accounts; none where the settings do not ask for them.
  var accounts: [LedgerAccount] { facts.progress?.accounts ?? [] }
  var ledgerRules: LedgerRules { facts.progress?.plan.ledgers ?? LedgerRules() }

  /// What happened to the items of all ledgers, beyond how many there are.
  var ledgerSections: [Section] {
    guard !accounts.isEmpty else { return [] }
    let tables = [balanceTable, originTable].compactMap { $0 } + accounts.flatMap(breakdownTables)
    let blocks =
      [.table(noticeTable), .table(durationTable)] + ageBlocks + tables.map(Block.table)
    let life = Section(
      name: words("台账运行", "Ledger account"), title: words("台账运行情况", "The ledgers' account"),
      purpose: words(
        "逐月结存、三色督办、未销号时长、销号用时、新老问题与重复发生。",
        "Balances by month, notices in three colours, ages, time to close, old and new problems, "
          + "recurrence."),
      lead: [words.paragraph(accounts.flatMap(accountSentences))],
      blocks: blocks, notes: accountNotes)
    return [life, openItemSection, recheckSection].compactMap { $0 } + listedSections
  }

  var accountNotes: [String] {
    [
      words(
        "红：已超过时限；黄：\(ledgerRules.dueSoonDays) 天内到期；绿：其余。延期事项按批准后的时限判断（批准日期未填的，自原时限之日起生效），"
          + "故与“期末逾期”（只看原时限）口径不同。",
        "Red: past the deadline; yellow: due within \(ledgerRules.dueSoonDays) days; green: the rest. "
          + "A postponed item is judged by its new deadline (from the day of the decision, or from the "
          + "first deadline where that day is not stated), so that red differs from “overdue at end”, "
          + "which looks at the first deadline only."),
      words(
        "期初未销号＋提出＋重新打开－销号＝期末未销号；期初、期末按每件事项当日状态逐件清点，其余按发生日期累计，两者逐月相符。"
          + "回头看后重新打开的事项重新计入未销号，存续天数仍从首次提出起算。",
        "Open at start + raised + re-opened − closed = open at end. Start and end are counted item by "
          + "item from each one's state on the day, the rest from the days on which it happened; both "
          + "agree in every month. What a re-check opens again is open again, and as old as it was."
      ),
      words(
        "销号用时按本期提出的全部事项估计，未销号的按“至今未销号”计入（Kaplan–Meier 法）；“—”表示尚未有这么多事项销号。",
        "Time to close is estimated over all items raised in the period, those still open counted as "
          + "open (Kaplan–Meier); a dash says that not so many have been closed yet."),
      words(
        "重复发生：同一科室、同一类别（涉及个人的须为同一人）在前一件销号后 \(ledgerRules.recurrenceDays) 天内再次提出。",
        "Recurrence: the same department and category (and person, where one is concerned), raised "
          + "within \(ledgerRules.recurrenceDays) days after another was closed."),
    ]
  }

  func ledgerTitle(_ account: LedgerAccount) -> String { areaTitle(account.source) }

  private func open(_ account: LedgerAccount) -> LedgerAccount.OpenItems {
    account.open.reduce(into: LedgerAccount.OpenItems(bands: ledgerRules.ageBands.count + 1)) {
      $0 += $1
    }
  }

  private func integer(_ number: Int) -> Cell { .integer(Int64(number)) }

  func integers(_ numbers: [Int]) -> [Cell] { numbers.map(integer) }

  /// Columns of whole numbers.
  func countColumns(_ headings: [String], bar: Int? = nil, note: Int? = nil) -> [Column] {
    headings.enumerated().map {
      Column($1, kind: .count, showsBar: $0 == bar, note: note)
    }
  }

  var noticeHeadings: [String] {
    [words("红", "Red"), words("黄", "Yellow"), words("绿", "Green")]
  }

  private var noticeTable: Table {
    Table(
      id: "account_notices", title: words("三色督办", "Notices in three colours"),
      columns: [Column(words("台账", "Ledger"), kind: .text)]
        + countColumns([words("未销号", "Open")]) + countColumns(noticeHeadings, note: 1)
        + countColumns([
          words("其中无时限", "No deadline"), words("其中延期", "Postponed"),
          words("其中重新打开", "Re-opened"),
        ]),
      rows: accounts.map { account in
        let open = open(account)
        return [.text(ledgerTitle(account))]
          + integers(
            [open.count] + open.notices + [open.withoutDeadline, open.postponed, open.reopened])
      })
  }

  /// How long what is open has been open, with a picture of it where anything is.
  private var ageBlocks: [Block] {
    let table = ageTable
    let bands = ledgerRules.ageBands.count + 1
    guard accounts.contains(where: { open($0).count > 0 }), bands <= 6 else {
      return [.table(table)]
    }
    let chart = Chart(
      kind: .column, title: words("未销号事项的存续天数", "Ages of what is open"), table: table.id,
      category: 0, series: Array(2..<2 + bands))
    return [.table(table), .chart(chart)]
  }

  private var ageTable: Table {
    let ends = ledgerRules.ageBands
    let bands =
      ends.indices.map { at in
        at == 0
          ? words("{1} 天内", "up to {1} days", "\(ends[0])")
          : words("{1}–{2} 天", "{1}–{2} days", "\(ends[at - 1] + 1)", "\(ends[at])")
      } + [words("{1} 天以上", "over {1} days", "\(ends[ends.count - 1])")]
    return Table(
      id: "account_ages", title: words("未销号事项的存续天数", "Ages of what is open"),
      columns: [Column(words("台账", "Ledger"), kind: .text)]
        + countColumns([words("未销号", "Open")]) + countColumns(bands)
        + countColumns([words("最长（天）", "Oldest (days)")]),
      rows: accounts.map { account in
        let open = open(account)
        return [.text(ledgerTitle(account))] + integers([open.count] + open.ages)
          + [open.oldest.map(integer) ?? .blank(NumberText.undefined)]
      })
  }

  private var durationTable: Table {
    Table(
      id: "account_durations", title: words("销号用时与重复发生", "Time to close, and recurrence"),
      columns: [Column(words("台账", "Ledger"), kind: .text)]
        + countColumns([
          words("本期提出", "Raised"), words("其中已销号", "Closed by now"),
          words("尚未销号", "Still open"),
        ])
        + [
          Column(
            words("半数销号用时（天）", "Half closed after (days)"), kind: .decimal(places: 1), note: 3),
          Column(
            words("九成销号用时（天）", "Nine in ten closed after (days)"), kind: .decimal(places: 1),
            note: 3),
          Column(words("重复发生", "Recurrences"), kind: .count, note: 4),
        ],
      rows: accounts.map { account in
        let curve = SurvivalCurve(ended: account.closedAfter, underWay: account.openSince)
        let closed = account.closedAfter.values.reduce(0, +)
        let open = account.openSince.values.reduce(0, +)
        let quantiles = [0.5, 0.9].map { part in
          curve.quantile(part).map(Cell.number) ?? .blank(NumberText.undefined)
        }
        return [.text(ledgerTitle(account))] + integers([closed + open, closed, open]) + quantiles
          + integers([account.recurrences.reduce(0, +)])
      })
  }

  private var balanceTable: Table {
    Table(
      id: "account_balances", title: words("逐月结存", "Balances by month"),
      columns: [
        Column(words("台账", "Ledger"), kind: .text), Column(words("月份", "Month"), kind: .text),
      ]
        + countColumns(
          [
            words("期初未销号", "Open at start"), words("提出", "Raised"),
            words("重新打开", "Re-opened"), words("销号", "Closed"),
            words("期末未销号", "Open at end"),
          ], note: 2),
      rows: accounts.flatMap { account in
        account.months.map { balanceRow(account, "\($0.span)", $0) }
          + (account.months.count > 1
            ? [balanceRow(account, words("本期", "Period"), account.total)] : [])
      })
  }

  private func balanceRow(
    _ account: LedgerAccount, _ name: String, _ balance: LedgerAccount.Balance
  ) -> [Cell] {
    [.text(ledgerTitle(account)), .text(name)]
      + integers([
        balance.openAtStart, balance.raised, balance.reopened, balance.closed, balance.openAtEnd,
      ])
  }

  var flowHeadings: [String] {
    [
      words("期初未销号", "Open at start"), words("提出", "Raised"), words("销号", "Closed"),
      words("期末未销号", "Open at end"), words("其中逾期", "Overdue"),
    ]
  }

  private func cells(_ flow: LedgerAccount.Flow) -> [Cell] {
    integers([flow.openAtStart, flow.raised, flow.closed, flow.openAtEnd, flow.overdue])
  }

  /// Old problems, followed until they are done, apart from new ones.
  private var originTable: Table? {
    let rows = accounts.flatMap { account in
      account.origins.map { origin, flow -> [Cell] in
        let name =
          switch origin {
          case .old: words("老问题", "Old")
          case .new: words("新问题", "New")
          case .unstated: words("（未填）", "(not stated)")
          }
        return [.text(ledgerTitle(account)), .text(name)] + cells(flow)
      }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      id: "account_origins", title: words("新老问题", "Old and new problems"),
      columns: [
        Column(words("台账", "Ledger"), kind: .text), Column(words("新老", "Origin"), kind: .text),
      ] + countColumns(flowHeadings), rows: rows)
  }

  /// By the values that the settings list, also those that nothing has.
  private func breakdownTables(_ account: LedgerAccount) -> [Table] {
    account.breakdowns.map { column, values in
      Table(
        id: "account_\(account.source)_\(column)",
        title: words(
          "{1}：按{2}", "{1} by {2}", ledgerTitle(account), columnTitle(column).lowercased()),
        columns: [Column(columnTitle(column), kind: .text)]
          + countColumns(flowHeadings, bar: 1),
        rows: values.map { value, flow in
          let name = value[words.language]
          return [.text(name.isEmpty ? words("（未填）", "(not stated)") : name)] + cells(flow)
        },
        total: [.text(words("合计", "Total"))] + cells(sum(values.map(\.flow))))
    }
  }

  private func columnTitle(_ column: String) -> String {
    column == "aspect"
      ? words("方面", "Aspect") : ValueWords.title(ofColumn: column, words)
  }

  private func sum(_ flows: [LedgerAccount.Flow]) -> LedgerAccount.Flow {
    flows.reduce(into: LedgerAccount.Flow()) { sum, flow in
      sum.openAtStart += flow.openAtStart
      sum.raised += flow.raised
      sum.closed += flow.closed
      sum.openAtEnd += flow.openAtEnd
      sum.overdue += flow.overdue
    }
  }

  // MARK: Sentences

  func accountSentences(_ account: LedgerAccount) -> [String] {
    let open = open(account)
    let unit = UnitWords.of(.items, in: account.source)
    func amount(_ count: Int) -> String {
      words.amount(count, unit.chinese, unit.singular, unit.plural)
    }
    var clauses = [
      words(
        "{1}：期末未销号 {2}，红 {3}、黄 {4}、绿 {5}", "{1}: {2} open, {3} red, {4} yellow, {5} green",
        ledgerTitle(account), amount(open.count), words.number(open.notices[0]),
        words.number(open.notices[1]), words.number(open.notices[2]))
    ]
    if open.reopened > 0 {
      clauses.append(words("其中重新打开 {1}", "{1} of them re-opened", amount(open.reopened)))
    }
    let curve = SurvivalCurve(ended: account.closedAfter, underWay: account.openSince)
    if let half = curve.quantile(0.5) {
      clauses.append(
        words("半数在 {1} 天内销号", "half are closed within {1} days", days(half)))
    }
    if let most = curve.quantile(0.9) {
      clauses.append(
        words("九成在 {1} 天内销号", "nine in ten within {1} days", days(most)))
    }
    let again = account.recurrences.reduce(0, +)
    if again > 0 { clauses.append(words("重复发生 {1}", "{1} raised again", amount(again))) }
    for (origin, flow) in account.origins where origin != .unstated {
      clauses.append(
        origin == .old
          ? words("老问题未销号 {1}", "{1} old problems open", words.number(flow.openAtEnd))
          : words("新问题未销号 {1}", "{1} new problems open", words.number(flow.openAtEnd)))
    }
    return [words.sentence(clauses)] + account.breakdowns.compactMap { breakdownSentence($1, $0) }
  }

  private func breakdownSentence(
    _ values: [(value: Bilingual, flow: LedgerAccount.Flow)], _ column: String
  ) -> String? {
    let raised = values.filter { $0.flow.raised > 0 && !$0.value.chinese.isEmpty }
    guard !raised.isEmpty else { return nil }
    let parts = raised.map {
      words("{1} {2}", "{1} {2}", $0.value[words.language], words.number($0.flow.raised))
    }
    return words(
      "本期提出按{1}分：{2}。", "Raised by {1}: {2}.", columnTitle(column).lowercased(),
      words.list(parts, limit: 20))
  }

  private func days(_ value: Double) -> String {
    words.numbers.decimal(value, places: value == value.rounded() ? 0 : 1)
  }
}
