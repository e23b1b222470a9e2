import Records
import Testing

@Suite("What plans are written with")
struct PlanTests {
  @Test("Numbers are read exactly as they stand")
  func exactNumbers() {
    #expect(ExactNumber("95%") == ExactNumber(95, over: 100))
    #expect(ExactNumber("0.955") == ExactNumber(955, over: 1000))
    #expect(ExactNumber("12") == ExactNumber(12))
    #expect(ExactNumber("97.5%") == ExactNumber(975, over: 1000))
    for text in ["", "%", "-1", "1e3", "1.", ".5", "1.2.3", "12345678901", "一"] {
      #expect(ExactNumber(text) == nil, "\(text)")
    }
    #expect(ExactNumber(95, over: 100) < ExactNumber(1))
  }

  @Test("A year's parts are cut to the period, also across a new year")
  func parts() throws {
    let period = try #require(Period("2015-11-03..2016-06-30"))
    let quarters = Frequency.quarter.parts(of: period).map { "\($0)" }
    #expect(
      quarters == ["2015-11-03..2015-12-31", "2016-01-01..2016-03-31", "2016-04-01..2016-06-30"])
    #expect(Frequency.month.parts(of: period).count == 8)
    #expect(
      Frequency.half.parts(of: period).map { "\($0)" } == [
        "2015-11-03..2015-12-31", "2016-01-01..2016-06-30",
      ])
  }
}
