import Records
import Testing

@testable import Comparing

/// Worked by hand: 100 days of which 30 have gone, unless a case says otherwise.
@Suite("Judging a figure against a target")
struct TargetRuleTests {
  private func rule(
    _ name: String, atLeast: String? = nil, atMost: String? = nil, gone: Int = 30
  ) throws -> TargetRule {
    let metric = try #require(
      (Metric.activity + Metric.ledger + Metric.volunteers).first { $0.name == name })
    let first = try #require(Day("2023-01-01"))
    let span = try #require(Period(from: first, through: first.adding(days: 99)))
    return TargetRule(
      metric: metric,
      limit: Target.Limit(
        atLeast: atLeast.flatMap(ExactNumber.init), atMost: atMost.flatMap(ExactNumber.init)),
      span: span, end: first.adding(days: gone - 1))
  }

  @Test("A count keeps pace in whole units: 10 events in 100 days are 3 after 30")
  func pace() throws {
    let rule = try rule("events", atLeast: "10")
    #expect(rule.status(Figure(3)) == .onCourse)
    #expect(rule.status(Figure(2)) == .behind)
    #expect(rule.status(Figure(10)) == .met)
    // One event in 100 days: none is asked for before the last day.
    #expect(try self.rule("events", atLeast: "1", gone: 99).status(Figure(0)) == .onCourse)
  }

  @Test("After the last day there is met and failed only")
  func ended() throws {
    let rule = try rule("events", atLeast: "10", gone: 100)
    #expect(rule.status(Figure(10)) == .met)
    #expect(rule.status(Figure(9)) == .failed)
  }

  @Test("Nothing to divide by, or not begun: not applicable")
  func notApplicable() throws {
    #expect(try rule("coverage", atLeast: "90%").status(.undefined) == .notApplicable)
    #expect(try rule("events", atLeast: "1", gone: 0).status(Figure(5)) == .notApplicable)
    #expect(try rule("events", atLeast: "1", gone: 0).gap(Figure(0)) == nil)
  }

  @Test("A coverage accumulates: 90 % of 80 people are 72, after 30 of 100 days 21")
  func coverage() throws {
    let rule = try rule("coverage", atLeast: "90%")
    #expect(rule.status(Figure(21, over: 80)) == .onCourse)
    #expect(rule.status(Figure(20, over: 80)) == .behind)
    #expect(rule.status(Figure(72, over: 80)) == .met)
    let gap = rule.gap(Figure(65, over: 80))
    #expect(gap?.amount == 7 && gap?.unit == .people && gap?.isMore == true)
    #expect("\(gap?.by ?? .earliest)" == "2023-04-10")
  }

  @Test("A closure rate has no pace, and may fall again until the last day")
  func closureRate() throws {
    let rule = try rule("closure_rate", atLeast: "95%")
    #expect(rule.status(Figure(94, over: 100)) == .behind)
    #expect(rule.status(Figure(95, over: 100)) == .onCourse)
    #expect(rule.gap(Figure(94, over: 101))?.amount == 2)  // 95.95 → 96 of 101
    #expect(rule.gap(Figure(94, over: 101))?.unit == .items)
  }

  @Test("An upper limit: a stock may shrink again, a count never")
  func upperLimit() throws {
    let stock = try rule("overdue_at_end", atMost: "5")
    #expect(stock.status(Figure(5)) == .onCourse)
    #expect(stock.status(Figure(6)) == .behind)
    #expect(stock.gap(Figure(8))?.amount == 3)
    #expect(stock.gap(Figure(8))?.isMore == false)
    #expect(try rule("overdue_at_end", atMost: "5", gone: 100).status(Figure(6)) == .failed)
    #expect(try rule("reopened", atMost: "5").status(Figure(6)) == .failed)
  }

  @Test("Between two limits the worse one decides: 1 to 2 visits")
  func between() throws {
    let rule = try rule("events", atLeast: "1", atMost: "2", gone: 100)
    #expect(rule.status(Figure(0)) == .failed)
    #expect(rule.status(Figure(2)) == .met)
    #expect(rule.status(Figure(3)) == .failed)
    #expect(try self.rule("events", atLeast: "1", atMost: "2").status(Figure(2)) == .onCourse)
  }

  @Test("Hours are kept in millionths: 16 wanted, 12.5 there")
  func hours() throws {
    let gap = try rule("hours", atLeast: "16").gap(Figure(12_500_000))
    #expect(gap?.amount == 3_500_000 && gap?.scale == 1_000_000 && gap?.unit == .hours)
  }

  @Test("A median lacks days, in thousandths rounded up: 20 wanted at most, 22.5 there")
  func median() throws {
    let gap = try rule("days_to_close_median", atMost: "20").gap(Figure(45))
    #expect(gap?.amount == 2500 && gap?.scale == 1000 && gap?.unit == .days)
  }
}
