import Records
import ReportModel
import Testing

@testable import Comparing
@testable import Composing

@Suite("What is said of a change")
struct ChangeTests {
  private static func metric(_ measure: Measure, of source: String = "training") -> SourceMetric {
    let all = Metric.activity + Metric.ledger
    return SourceMetric(source: source, metric: all.first { $0.measure == measure }!)
  }

  private static func phrases(
    _ measure: Measure, from earlier: Figure, to later: Figure, hasData: Bool = true
  ) -> [String] {
    let metric = metric(measure)
    let change = Change(metric.metric, from: earlier, to: later, hasData: hasData)
    return Language.allCases.map {
      Wording($0, rounding: .halfUp).phrase(change, .lastYear, of: later, metric)
    }
  }

  @Test(
    "A count changes by per cent",
    arguments: [
      (1123, ["同比增长 12.3%", "up 12.3% year on year"]),
      (877, ["同比下降 12.3%", "down 12.3% year on year"]),
      (1000, ["同比持平", "unchanged year on year"]),
      (0, ["同比下降 100.0%", "down 100.0% year on year"]),
    ] as [(Int64, [String])])
  func count(later: Int64, expected: [String]) {
    #expect(Self.phrases(.participations, from: Figure(1000), to: Figure(later)) == expected)
  }

  @Test("A rate changes by percentage points, subtracted before it is rounded")
  func rate() {
    let phrases = Self.phrases(.coverage, from: Figure(1, over: 3), to: Figure(11, over: 30))
    #expect(phrases == ["同比提高 3.3 个百分点", "up 3.3 percentage points year on year"])
    let fall = Self.phrases(.passRate, from: Figure(1, over: 2), to: Figure(468, over: 1000))
    #expect(fall == ["同比下降 3.2 个百分点", "down 3.2 percentage points year on year"])
  }

  @Test("From nothing there is no percentage")
  func fromNothing() {
    #expect(
      Self.phrases(.participations, from: Figure(0), to: Figure(5)) == [
        "同比新增 5 人次", "5 participations more than none in the same period last year",
      ])
  }

  @Test("From fewer than five the difference is told")
  func few() {
    #expect(
      Self.phrases(.participations, from: Figure(4), to: Figure(5)) == [
        "同比增加 1 人次", "up 1 participation year on year",
      ])
    #expect(
      Self.phrases(.raised, from: Figure(3), to: Figure(0)) == [
        "同比减少 3 件", "down 3 items year on year",
      ])
    let five = Self.phrases(.raised, from: Figure(5), to: Figure(6))
    #expect(five == ["同比增长 20.0%", "up 20.0% year on year"])
    // Four and a half hours are fewer than five, too.
    let hours = Self.phrases(.hours, from: Figure(4_500_000), to: Figure(6_000_000))
    #expect(hours == ["同比增加 1.5 学时", "up 1.5 hours year on year"])
  }

  @Test("What cannot be compared says so")
  func noData() {
    #expect(
      Self.phrases(.events, from: Figure(0), to: Figure(5), hasData: false) == [
        "上年同期无数据", "no data for the same period last year",
      ])
    #expect(
      Self.phrases(.passRate, from: .undefined, to: Figure(1, over: 2)) == [
        "上年同期无可比数据", "nothing to compare with in the same period last year",
      ])
  }

  @Test("What would be shown as zero is called less than the last place")
  func tiny() {
    #expect(
      Self.phrases(.participations, from: Figure(10_000), to: Figure(10_001)) == [
        "同比增长不足 0.1%", "up less than 0.1% year on year",
      ])
  }

  @Test("A mean changes by its difference, exact for scores in millionths")
  func mean() {
    let earlier = Figure(80_500_000 * 900_000, over: 900_000)
    let later = Figure(81_000_000 * 1_000_000, over: 1_000_000)
    #expect(
      Self.phrases(.meanScore, from: earlier, to: later) == [
        "同比增加 0.5 分", "up 0.5 points year on year",
      ])
  }

  @Test(
    "Each unit stands behind its figure",
    arguments: [
      (.events, "training", 467, "467 场次", "467 events"),
      (.events, "training", 1, "1 场次", "1 event"),
      (.people, "training", 796, "796 人", "796 people"),
      (.raised, "issues", 18, "18 件", "18 items"),
      (.raised, "commitments", 1, "1 项", "1 item"),
      (.raised, "suggestions", 3, "3 条", "3 items"),
      (.raised, "own_ledger", 1_234, "1,234 件", "1,234 items"),
    ] as [(Measure, String, Int64, String, String)])
  func units(measure: Measure, source: String, value: Int64, chinese: String, english: String) {
    let metric = Self.metric(measure, of: source)
    let texts = Language.allCases.map {
      Wording($0, rounding: .halfUp).amount(Figure(value), metric)
    }
    #expect(texts == [chinese, english])
  }

  @Test("Headings are numbered as Chinese counts")
  func numerals() {
    #expect([1, 10, 11, 20, 35].map(ChineseNumeral.text) == ["一", "十", "十一", "二十", "三十五"])
  }
}
