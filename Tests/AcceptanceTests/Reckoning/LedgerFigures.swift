/// The metrics of a ledger, each straight after its definition.
struct LedgerFigures {
  /// The items of the slice, as they are known on the as-of day.
  let items: [Item]
  let window: Window

  func all() -> [String: Figure] {
    counts().mapValues { .count("items", $0) }.merging(rates()) { count, _ in count }
  }

  private var raised: [Item] { items.filter { window.contains($0.raisedOn) } }
  private var closed: [Item] { items.filter { window.contains($0.closedOn) } }
  private var due: [Item] { items.filter { window.contains($0.dueOn) } }
  private var rechecked: [Item] { items.filter { window.contains($0.recheckedOn) } }

  private var openAtStart: [Item] {
    items.filter { $0.raisedOn < window.first && !isClosed($0, before: window.first) }
  }

  private var openAtEnd: [Item] {
    items.filter { $0.raisedOn <= window.last && !isClosed($0, before: window.last.next) }
  }

  private func isClosed(_ item: Item, before day: CalendarDay) -> Bool {
    item.closedOn.map { $0 < day } ?? false
  }

  private func isOnTime(_ item: Item) -> Bool {
    guard let due = item.dueOn, let closed = item.closedOn else { return false }
    return closed <= due
  }

  private func counts() -> [String: Int] {
    [
      "raised": raised.count,
      "with_measure": raised.filter(\.hasMeasure).count,
      "closed": closed.count,
      "closed_on_time": closed.filter(isOnTime).count,
      "due": due.count,
      "open_at_start": openAtStart.count,
      "open_at_end": openAtEnd.count,
      "overdue_at_end": openAtEnd.filter { $0.dueOn.map { $0 < window.last } ?? false }.count,
      "rechecked": rechecked.count,
      "reopened": rechecked.filter(\.isReopened).count,
    ]
  }

  private func rates() -> [String: Figure] {
    [
      "people": .count("people", Set(raised.compactMap(\.person)).count),
      "closed_in_time_rate": .ratio(
        closed.filter(isOnTime).count, of: closed.filter { $0.dueOn != nil }.count),
      "closure_rate": .ratio(
        raised.filter { isClosed($0, before: window.last.next) }.count, of: raised.count),
      "due_met_rate": .ratio(due.filter(isOnTime).count, of: due.count),
      "days_to_close_median": Figure(unit: "days", value: medianOfDays()),
    ]
  }

  private func medianOfDays() -> Exact? {
    let days = closed.compactMap { item in
      item.closedOn.map { $0.ordinal - item.raisedOn.ordinal }
    }.sorted()
    if days.isEmpty { return nil }
    let middle = days.count / 2
    if days.count % 2 == 1 { return .whole(days[middle]) }
    return Exact(numerator: days[middle - 1] + days[middle], denominator: 2)
  }
}
