internal import Counting
internal import Records
internal import Threading

/// A total that its parts do not add up to (勾稽关系). A report with one of these is not issued.
public struct Imbalance: Hashable, Sendable {
  public let metric: String
  public let period: String
  /// What should be equal, as `departments = hospital`.
  public let rule: Rule
  public let expected: Int64
  public let found: Int64

  public enum Rule: String, Sendable {
    case departmentsMakeHospital = "departments = hospital"
    case monthsMakePeriod = "months = period"
    case valuesMakeHospital = "values of a column = hospital"
    case stockAndFlow = "open at start + raised − closed = open at end"
    case withinLimits = "sums fit 64 bits"
    case dayByDay = "counted by buckets = counted day by day"
  }
}

extension Figures {
  /// Everything that does not add up; empty for a sound report.
  ///
  /// The two sides of each rule come from different accumulations: the hospital's figures of a ledger
  /// are proved against a direct count by days, stocks are accumulated apart from flows, breakdowns
  /// apart from departments.
  ///
  /// - Parameter jobs: the threads among which the checks are dealt out; the order is that of one.
  /// - Complexity: O(metrics × departments × windows).
  public func imbalances(jobs: Int = 1) -> [Imbalance] {
    let checks = balanceChecks
    let hands = Threads.make(
      (0..<max(1, jobs)).map { hand in
        { stride(from: hand, to: checks.count, by: max(1, jobs)).map { ($0, checks[$0]()) } }
      }, jobs: jobs)
    return hands.joined().sorted { $0.0 < $1.0 }.flatMap(\.1)
  }

  private var balanceChecks: [@Sendable () -> [Imbalance]] {
    let additive = metrics.filter(\.metric.isAdditive).map { metric in
      { @Sendable in
        departmentImbalances(metric) + (metric.metric.isFlow ? monthImbalances(metric) : [])
          + breakdownImbalances(metric)
      }
    }
    return additive + sources.indices.map { number in { @Sendable in sourceImbalances(number) } }
  }

  private func sourceImbalances(_ number: Int) -> [Imbalance] {
    let source = sources[number].name
    switch cube.sources[number].summary {
    case .ledger(let summary):
      return stockImbalances(source) + proofImbalances(source, summary)
    case .activity(let summary) where summary.isTooLarge:
      return [
        Imbalance(
          metric: "\(source).hours", period: "\(timeline.windows[0].period)",
          rule: .withinLimits, expected: 0, found: .max)
      ]
    case .activity: return []
    }
  }

  private func departmentImbalances(_ metric: SourceMetric) -> [Imbalance] {
    (0..<timeline.reportedCount).flatMap { window in
      standardScopes.filter { $0 != .hospital }.compactMap { scope in
        compare(
          metric.name, window, .departmentsMakeHospital,
          expected: hospital(metric, window: window).numerator,
          found: column(metric, scope, window: window).reduce(0) { $0 + $1.numerator })
      }
    }
  }

  private func monthImbalances(_ metric: SourceMetric) -> [Imbalance] {
    let months = timeline.periodCount..<timeline.reportedCount
    let sum = months.reduce(Int64(0)) { $0 + hospital(metric, window: $1).numerator }
    return [
      compare(
        metric.name, 0, .monthsMakePeriod, expected: hospital(metric).numerator, found: sum)
    ].compactMap { $0 }
  }

  private func breakdownImbalances(_ metric: SourceMetric) -> [Imbalance] {
    (0..<timeline.periodCount).flatMap { window in
      breakdownColumns(of: metric.source).compactMap { name in
        compare(
          metric.name, window, .valuesMakeHospital,
          expected: hospital(metric, window: window).numerator,
          found: column(metric, .breakdown(column: name), window: window).reduce(0) {
            $0 + $1.numerator
          })
      }
    }
  }

  private func stockImbalances(_ source: String) -> [Imbalance] {
    guard let start = metric("\(source).open_at_start"), let raised = metric("\(source).raised"),
      let closed = metric("\(source).closed"), let end = metric("\(source).open_at_end")
    else { return [] }
    return (0..<timeline.reportedCount).flatMap { window in
      [Scope.hospital, .department].flatMap { scope in
        let columns = [start, raised, closed, end].map { column($0, scope, window: window) }
        return columns[0].indices.compactMap { member in
          let parts = columns.map { $0[member].numerator }
          return compare(
            end.name, window, .stockAndFlow, expected: parts[3],
            found: parts[0] + parts[1] - parts[2])
        }
      }
    }
  }

  private func proofImbalances(_ source: String, _ summary: LedgerSummary) -> [Imbalance] {
    let proof = summary.proof
    let pairs = [
      ("open_at_start", proof.openAtStart), ("raised", proof.raised), ("closed", proof.closed),
      ("open_at_end", proof.openAtEnd),
    ]
    return pairs.compactMap { name, direct in
      metric("\(source).\(name)").flatMap {
        compare(
          $0.name, 0, .dayByDay, expected: hospital($0).numerator, found: Int64(direct))
      }
    }
  }

  private func compare(
    _ metric: String, _ window: Int, _ rule: Imbalance.Rule, expected: Int64, found: Int64
  ) -> Imbalance? {
    guard expected != found else { return nil }
    return Imbalance(
      metric: metric, period: "\(timeline.windows[window].period)", rule: rule,
      expected: expected, found: found)
  }
}

extension Metric {
  /// The departments' figures add up to the hospital's. People do for activities, where a person has
  /// one department, but not for ledgers, nor over months or values.
  var isAdditive: Bool {
    (kind == .count || kind == .quantity) && measure != .people && measure != .peopleRaised
  }

  /// The months' figures add up to the period's.
  var isFlow: Bool {
    switch measure {
    case .openAtStart, .openAtEnd, .overdueAtEnd, .headcount, .employees, .registered: return false
    default: return true
    }
  }
}
