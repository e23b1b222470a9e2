import Statistics
import Testing

@Suite("Charts of months")
struct ProcessChartTests {
  private static let series: [Double] = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]

  @Test("One leap after months alike: the limits do not fall together, the leap alone lies outside")
  func oneLeap() throws {
    // Moving ranges 0, 0, 0, 0, 0, 7: screened, none would be left but zeros.
    let chart = try #require(ProcessChart([0, 0, 0, 0, 0, 0, 7]))
    #expect(abs(chart.limits.upper - (1 + 2.66 * 7 / 6)) < 1e-9)
    #expect(
      chart.points.map { $0.signals.contains(.outside) } == [
        false, false, false, false, false, false, true,
      ])
  }

  @Test("Mean and limits, screened and not")
  func limits() throws {
    let screened = try #require(ProcessChart(Self.series))
    #expect(abs(screened.mean - 1.9444) < 0.00005)
    #expect(abs(screened.limits.lower + 0.7156) < 0.00005)
    #expect(abs(screened.limits.upper - 4.6044) < 0.00005)
    let plain = try #require(ProcessChart(Self.series, screened: false))
    #expect(abs(plain.limits.lower + 3.0626) < 0.00005)
    #expect(abs(plain.limits.upper - 6.9515) < 0.00005)
    #expect(screened.points[4].signals.contains(.outside) && screened.points[4].direction == .up)
    #expect(screened.points.count { !$0.signals.isEmpty } == 1)
    #expect(!screened.isTrial && !screened.hasGap)
    #expect(screened.variation(higherIsBetter: true) == .unchanged)
  }

  @Test("Few points give limits on trial")
  func trial() throws {
    // Worked by hand: mean 20, mean moving range 2.
    let chart = try #require(ProcessChart([19, 21, 19, 21, 19, 21]))
    #expect(chart.mean == 20 && chart.limits == Interval(lower: 20 - 5.32, upper: 20 + 5.32))
    #expect(chart.isTrial)
  }

  private func signals(_ series: [Double]) throws -> [Set<ProcessChart.Signal>] {
    try #require(ProcessChart(series)).points.map(\.signals)
  }

  @Test("Seven points on one side are a shift, six are none")
  func shift() throws {
    let six: [Double] = [9, 10, 9, 10, 9, 10, 13, 14, 13, 14, 13, 14]
    #expect(try signals(six).allSatisfy { !$0.contains(.shift) })
    let seven: [Double] = [9, 10, 9, 10, 9, 10, 9, 13, 14, 13, 14, 13, 14, 13]
    #expect(try signals(seven).allSatisfy { $0.contains(.shift) })
    let chart = try #require(ProcessChart(seven))
    #expect(chart.variation(higherIsBetter: true) == .improving)
    #expect(chart.variation(higherIsBetter: false) == .worsening)
    #expect(chart.variation(higherIsBetter: nil) == .rising)
  }

  @Test("Seven rising points are a trend, with the first of them; equal ones break it")
  func trend() throws {
    let rising: [Double] = [50, 20, 60, 30, 31, 32, 33, 34, 35, 36, 20, 60]
    let found = try signals(rising).enumerated().filter { $0.element.contains(.trend) }
    #expect(found.map(\.offset) == Array(3...9))
    let level: [Double] = [50, 20, 60, 30, 31, 32, 33, 33, 34, 35, 20, 60]
    #expect(try signals(level).allSatisfy { !$0.contains(.trend) })
  }

  @Test("Two of three in the outer third on one side, and not on both")
  func twoOfThree() throws {
    let quiet: [Double] = Array(repeating: [9, 11], count: 6).flatMap { $0 }
    func chart(_ middle: [Double]) throws -> [Int] {
      let chart = try #require(ProcessChart(quiet + middle + quiet))
      return chart.points.indices.filter { chart.points[$0].signals.contains(.twoOfThree) }
    }
    // With two values of 15 the mean is 10.37, the outer third above it 14.73 to 16.92.
    #expect(try chart([15, 10, 15]) == [12, 14])
    #expect(try chart([15, 10, 5]) == [])
  }

  @Test("A gap stops the line; months to come are none")
  func gaps() throws {
    let chart = try #require(ProcessChart([5, 6, nil, 7, 8, 9, nil, nil]))
    #expect(chart.hasGap && chart.firstIndex == 3)
    #expect(chart.points.map(\.value) == [7, 8, 9])
    let late = try #require(ProcessChart([nil, nil, 7, 8, 9]))
    #expect(!late.hasGap && late.firstIndex == 2)
    #expect(ProcessChart([nil, 4, nil]) == nil)
    #expect(ProcessChart([4, nil, 5]) == nil)
    #expect(ProcessChart([]) == nil)
  }

  @Test("A target is met, missed, or hit by chance")
  func assurance() throws {
    let chart = try #require(ProcessChart([9, 11, 9, 11, 9, 11]))
    #expect(chart.assurance(target: 4, higherIsBetter: true) == .passes)
    #expect(chart.assurance(target: 16, higherIsBetter: true) == .fails)
    #expect(chart.assurance(target: 10, higherIsBetter: true) == .hitOrMiss)
    #expect(chart.assurance(target: 16, higherIsBetter: false) == .passes)
    #expect(chart.assurance(target: 4, higherIsBetter: false) == .fails)
  }
}
