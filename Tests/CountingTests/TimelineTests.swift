import Records
import Testing

@testable import Counting

@Suite("Windows and buckets")
struct TimelineTests {
  private func period(_ text: String) throws -> Period { try #require(Period(text)) }

  @Test(
    "A day lies in a window exactly when its bucket does",
    arguments: [
      ("2023H1", nil), ("2023H1", "2023-03-15"), ("2023H1", "2023-01-01"), ("2023", nil),
      ("2022-12-15..2023-02-10", nil), ("2020-01-01..2021-08-31", "2021-08-30"), ("2024-02", nil),
    ] as [(String, String?)])
  func membership(text: String, asOf: String?) throws {
    let timeline = Timeline(period: try period(text), asOf: asOf.flatMap { Day($0) })
    let first = timeline.windows.map(\.period.first).min() ?? .earliest
    for offset in -40..<1500 {
      let day = first.adding(days: offset)
      let bucket = timeline.bucket(of: day.number)
      for window in timeline.windows {
        let isInside = window.period.first <= day && day <= window.end
        #expect(window.buckets.contains(bucket) == isInside, "\(day) \(window.period)")
      }
    }
  }

  @Test("Further spans are windows of their own, as many as there is room for")
  func further() throws {
    let period = try self.period("2023H1")
    let before = period.months(before: 18)
    #expect(before.map(\.description).first == "2021-07" && before.last?.description == "2022-12")
    let timeline = Timeline(period: period, asOf: Day("2023-04-30"), further: before)
    #expect(timeline.reportedCount == 9 && timeline.windows.count == 27)
    #expect(timeline.window(of: before[3]) == 12)
    let day = try #require(Day("2021-10-31"))
    #expect(timeline.windows[12].buckets.contains(timeline.bucket(of: day.number)))
    let long = Timeline(
      period: try #require(Period("2020-01-01..2023-12-31")), asOf: nil,
      further: try self.period("2020-01").months(before: 40))
    #expect(long.windows.count <= 64 && long.bucketCount <= 64)
  }

  @Test("A year has one comparison period, not two alike")
  func year() throws {
    #expect(Timeline(period: try period("2023"), asOf: nil).periodCount == 2)
    #expect(Timeline(period: try period("2023H1"), asOf: nil).windows.count == 3 + 6)
  }

  @Test("Medians of even and odd numbers, over months and departments")
  func medians() {
    func key(_ department: UInt64, _ bucket: UInt64, _ days: UInt64) -> UInt64 {
      department << 40 | bucket << 32 | days
    }
    let days = DaysToClose(
      [[key(0, 1, 9), key(0, 2, 4)], [key(1, 1, 1), key(0, 1, 3), key(0, 3, 700)]], departments: 2,
      buckets: 4)
    #expect(days.doubledMedians(buckets: 1..<2) == [12, 2])
    #expect(days.doubledMedians(buckets: 2..<4) == [704, nil])
    #expect(days.doubledMedian([0, 1], buckets: 1..<4) == 8)
    #expect(days.doubledMedian([0], buckets: 1..<4) == 13)
    #expect(days.doubledMedians(buckets: 1..<1) == [nil, nil])
    let many = DaysToClose(
      [(0..<101).map { key(0, 0, UInt64(100 - $0)) }], departments: 1, buckets: 1)
    #expect(many.doubledMedians(buckets: 0..<1) == [100])
  }
}
