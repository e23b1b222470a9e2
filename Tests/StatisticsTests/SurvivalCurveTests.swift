import Statistics
import Testing

@Suite("Kaplan–Meier")
struct SurvivalCurveTests {
  /// Weeks in remission of 21 patients on 6-mercaptopurine, of whom 9 relapsed: the example of E. J.
  /// Freireich et al., Blood 21 (1963), that textbooks work by hand.
  @Test("The textbook's example")
  func remission() {
    let curve = SurvivalCurve(
      ended: [6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1],
      underWay: [6: 1, 9: 1, 10: 1, 11: 1, 17: 1, 19: 1, 20: 1, 25: 1, 32: 2, 34: 1, 35: 1])
    #expect(curve.steps.map(\.atRisk) == [21, 17, 15, 12, 11, 7, 6])
    let expected = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    for (step, survival) in zip(curve.steps, expected) {
      #expect(abs(step.survival - survival) < 0.0005, "after \(step.time)")
    }
    #expect(curve.quantile(0.5) == 23)
    #expect(curve.quantile(0.25) == 13)
    #expect(curve.quantile(0.9) == nil)
  }

  @Test("Without anything under way the median is the mean of the middle two")
  func complete() {
    #expect(SurvivalCurve(ended: [2: 1, 4: 1, 7: 1, 20: 1], underWay: [:]).quantile(0.5) == 5.5)
    #expect(SurvivalCurve(ended: [2: 1, 4: 1, 7: 1], underWay: [:]).quantile(0.5) == 4)
    #expect(SurvivalCurve(ended: [3: 10], underWay: [:]).quantile(0.9) == 3)
  }

  @Test("What is open holds the estimate back; leaving it out would not")
  func open() {
    // Of 4 two are closed after 10 and 20 days, two are open for 15 and 30 days.
    let curve = SurvivalCurve(ended: [10: 1, 20: 1], underWay: [15: 1, 30: 1])
    #expect(curve.steps.map(\.survival) == [0.75, 0.375])
    #expect(curve.quantile(0.5) == 20)
    #expect(SurvivalCurve(ended: [10: 1, 20: 1], underWay: [:]).quantile(0.5) == 15)
  }

  @Test("Nothing ended: no quantile")
  func nothing() {
    #expect(SurvivalCurve(ended: [:], underWay: [5: 3]).quantile(0.5) == nil)
    #expect(SurvivalCurve(ended: [:], underWay: [:]).steps.isEmpty)
  }
}
