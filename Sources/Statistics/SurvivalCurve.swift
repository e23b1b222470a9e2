/// How long things take of which some are still under way: the product-limit estimate.
///
/// What has not ended is known to have lasted so long at least; leaving it out would count the quick ones
/// only. Source: E. L. Kaplan, P. Meier, "Nonparametric Estimation from Incomplete Observations", Journal
/// of the American Statistical Association 53 (1958), 457–481. Where a thing ends on the day on which
/// another is last seen, the latter was still under way on that day, as there.
public struct SurvivalCurve: Sendable {
  public struct Step: Hashable, Sendable {
    /// In the unit of the observations.
    public let time: Int
    /// How many had lasted at least so long.
    public let atRisk: Int
    public let ended: Int
    /// The share that lasts longer.
    public let survival: Double
  }

  /// One for each time at which something ended, rising.
  public let steps: [Step]

  /// - Parameters:
  ///   - ended: how many ended after each time.
  ///   - underWay: how many were last seen, not having ended, after each time.
  /// - Complexity: O(n log n) in the number of different times.
  public init(ended: [Int: Int], underWay: [Int: Int]) {
    var atRisk = ended.values.reduce(0, +) + underWay.values.reduce(0, +)
    var survival = 1.0
    var steps: [Step] = []
    for time in Set(ended.keys).union(underWay.keys).sorted() {
      let count = ended[time] ?? 0
      if count > 0 {
        survival *= Double(atRisk - count) / Double(atRisk)
        steps.append(Step(time: time, atRisk: atRisk, ended: count, survival: survival))
      }
      atRisk -= count + (underWay[time] ?? 0)
    }
    self.steps = steps
  }

  /// The time after which this part of all has ended; nil where so much has not ended in the time seen.
  ///
  /// Where the curve is level at the wanted height the middle of the level counts, so that without
  /// anything under way the median is the mean of the middle two.
  ///
  /// - Parameter part: between 0 and 1, as 0.5 for the median.
  public func quantile(_ part: Double) -> Double? {
    // The product of the steps carries errors of its last binary digits.
    let height = 1 - part + 1e-9
    guard let at = steps.firstIndex(where: { $0.survival <= height }) else { return nil }
    let isLevel = steps[at].survival >= 1 - part - 1e-9
    guard isLevel, steps.indices.contains(at + 1) else { return Double(steps[at].time) }
    return Double(steps[at].time + steps[at + 1].time) / 2
  }
}
