internal import Checking
internal import Records

/// A ledger, row by row.
struct TracedLedger {
  private let table: TracedTable
  private let query: ExplanationQuery

  init(_ table: TracedTable, _ query: ExplanationQuery) {
    self.table = table
    self.query = query
  }

  var explanation: Explanation {
    var explanation = Explanation()
    let rows = table.accepted.filter { isHere($0) == true }
    let (counts, base) = conditions
    explanation.numerator = rows.filter { counts($0) == true }.map { table.row($0) }
    switch query.measure {
    case .daysToCloseMedian:
      explanation.numerator = rows.filter { counts($0) == true }.map {
        table.row($0, adds: days($0))
      }
    case .peopleRaised:
      explanation.numerator = firstOfEachPerson(rows.filter { counts($0) == true })
        .map { table.row($0) }
    default: break
    }
    if let base {
      explanation.denominator = rows.filter { base($0) == true }.map { table.row($0) }
    }
    let changes = base ?? counts
    explanation.rejected = table.rejected { all(isHere($0), changes($0)) }
    return explanation
  }

  private typealias Condition = (Int) -> Verdict

  /// Which rows are in the numerator, and of a quotient which are in the denominator.
  private var conditions: (counts: Condition, base: Condition?) {
    switch query.measure {
    case .raised: return (isRaised, nil)
    case .withMeasure: return ({ all(isRaised($0), table.value(.measure, $0) == 1) }, nil)
    case .peopleRaised: return ({ all(isRaised($0), table.value(.person, $0) != nil) }, nil)
    case .closed, .daysToCloseMedian: return (isClosed, nil)
    case .closedOnTime: return ({ all(isClosed($0), isOnTime($0)) }, nil)
    case .closedInTimeRate:
      return (
        { all(isClosed($0), isOnTime($0)) },
        { all(isClosed($0), table.value(.dueOn, $0) != nil) }
      )
    case .closureRate:
      return ({ all(isRaised($0), closed($0) <= Int64(query.end.number)) }, isRaised)
    case .due: return (isDue, nil)
    case .dueMetRate: return ({ all(isDue($0), isOnTime($0)) }, isDue)
    case .openAtStart: return ({ isOpen($0, behind: Int64(query.first.number) - 1) }, nil)
    case .openAtEnd: return ({ isOpen($0, behind: Int64(query.end.number)) }, nil)
    case .overdueAtEnd: return (isOverdue, nil)
    case .rechecked: return (isRechecked, nil)
    case .reopened:
      return ({ all(isRechecked($0), isReopened($0)) }, nil)
    default: return ({ _ in false }, nil)
    }
  }

  private func isHere(_ row: Int) -> Verdict {
    guard let department = query.department else { return true }
    return table.value(.department, row).map { $0 == department }
  }

  private func isRaised(_ row: Int) -> Verdict { isIn(table.value(.raisedOn, row)) }

  private func isClosed(_ row: Int) -> Verdict {
    all(isKnown(row), isIn(closed(row)))
  }

  private func isDue(_ row: Int) -> Verdict {
    all(isKnown(row), isIn(table.value(.dueOn, row) ?? .max))
  }

  private func isRechecked(_ row: Int) -> Verdict {
    let day = table.value(.recheckedOn, row) ?? .max
    return all(isKnown(row), day <= known, isIn(day))
  }

  /// Open behind a day: raised by then and not closed by then.
  private func isOpen(_ row: Int, behind day: Int64) -> Verdict {
    all(table.value(.raisedOn, row).map { $0 <= min(day, known) }, closed(row) > day)
  }

  private func isOverdue(_ row: Int) -> Verdict {
    let end = Int64(query.end.number)
    return all(isOpen(row, behind: end), (table.value(.dueOn, row) ?? .max) < end)
  }

  private func isOnTime(_ row: Int) -> Bool {
    guard let due = table.value(.dueOn, row) else { return false }
    return closed(row) != .max && closed(row) <= due
  }

  private func isReopened(_ row: Int) -> Bool {
    table.value(.recheckResult, row).map(TracedTable.isReopened) ?? false
  }

  private func isIn(_ day: Int64?) -> Verdict {
    day.map { !query.isEmpty && query.span.contains($0) }
  }

  /// Raised by the day after which nothing is known.
  private func isKnown(_ row: Int) -> Verdict { table.value(.raisedOn, row).map { $0 <= known } }

  private var known: Int64 { query.asOf.map { Int64($0.number) } ?? .max }

  /// The closing day as far as it is known; the largest number for what is open.
  private func closed(_ row: Int) -> Int64 {
    guard let day = table.value(.closedOn, row), day <= known else { return .max }
    return day
  }

  private func days(_ row: Int) -> Int64 { closed(row) - (table.value(.raisedOn, row) ?? 0) }

  private func firstOfEachPerson(_ rows: [Int]) -> [Int] {
    var seen: Set<Int64> = []
    return rows.filter { row in
      table.value(.person, row).map { seen.insert($0).inserted } ?? false
    }
  }
}
