/// A chart of individual values and moving ranges (XmR): whether a series of months moves by more than its
/// own usual variation.
///
/// The limits are mean ± 2.66 × the mean moving range (Wheeler DJ, Understanding Variation, 1993); moving
/// ranges above 3.267 times their mean are left out once and the mean taken again (Nelson LS, Control
/// charts for individual measurements, J Qual Technol 1982;14:172–173). The rules are those of NHS
/// England's Making Data Count: a point outside the limits; seven points in turn on one side of the
/// mean (shift); seven points in turn each higher, or each lower, than the one before (trend); two of
/// three points in turn in the outer third between the mean and the same limit.
public struct ProcessChart: Sendable {
  /// What a point is part of.
  public enum Signal: Int, Hashable, Sendable, CaseIterable {
    case outside, shift, trend, twoOfThree
  }

  /// Which way a signal points.
  public enum Direction: Hashable, Sendable { case up, down }

  public struct Point: Hashable, Sendable {
    public let value: Double
    public fileprivate(set) var signals: Set<Signal> = []
    /// Where the point is part of any signal, the side to which it points.
    public fileprivate(set) var direction: Direction?
  }

  /// What the latest point says of the process.
  public enum Variation: Hashable, Sendable {
    case improving, worsening
    /// It moves, and neither way is better.
    case rising, falling
    /// Nothing but its usual variation.
    case unchanged
  }

  /// Whether a target will be met as things are.
  public enum Assurance: Hashable, Sendable {
    case passes, fails
    /// Some months will meet it, others not.
    case hitOrMiss
  }

  /// Limits of fewer points are on trial.
  public static let fewestForFirmLimits = 12
  /// A shift or a trend is of so many points.
  public static let runLength = 7

  /// The points of the unbroken run of months that ends with the last one.
  public let points: [Point]
  /// The index of the first of the points in the series that was handed over.
  public let firstIndex: Int
  /// Whether the series has months without a value before or among the points: the line stops there.
  public let hasGap: Bool
  public let mean: Double
  public let limits: Interval
  public var isTrial: Bool { points.count < ProcessChart.fewestForFirmLimits }

  /// - Parameters:
  ///   - series: in order of time; nil for a month without a value. Months after the last value are not
  ///     a gap.
  ///   - screened: whether large moving ranges are left out of the mean once.
  /// - Returns: nil where the run that ends with the last value has fewer than two points.
  /// - Complexity: O(n).
  public init?(_ series: [Double?], screened: Bool = true) {
    guard let last = series.lastIndex(where: { $0 != nil }) else { return nil }
    let first = series[...last].lastIndex { $0 == nil }.map { $0 + 1 } ?? 0
    let values = series[first...last].compactMap { $0 }
    guard values.count >= 2 else { return nil }
    firstIndex = first
    let start = series.firstIndex { $0 != nil } ?? first
    hasGap = first > start
    mean = values.reduce(0, +) / Double(values.count)
    let half = 2.66 * ProcessChart.meanRange(values, screened: screened)
    limits = Interval(lower: mean - half, upper: mean + half)
    points = ProcessChart.marked(values, mean, limits)
  }

  private static func meanRange(_ values: [Double], screened: Bool) -> Double {
    let ranges = zip(values.dropFirst(), values).map { abs($0 - $1) }
    let mean = ranges.reduce(0, +) / Double(ranges.count)
    guard screened else { return mean }
    let kept = ranges.filter { $0 <= 3.267 * mean }
    let rest = kept.reduce(0, +) / Double(max(kept.count, 1))
    // Where nothing but the large ranges moves, the limits would fall together in the mean, and every
    // point would lie outside.
    return rest > 0 ? rest : mean
  }

  private static func marked(_ values: [Double], _ mean: Double, _ limits: Interval) -> [Point] {
    var points = values.map { Point(value: $0) }
    func mark(_ range: Range<Int>, _ signal: Signal, _ direction: Direction) {
      for index in range {
        points[index].signals.insert(signal)
        // A point outside its limits points there, whatever run it is part of.
        if signal == .outside || points[index].direction == nil {
          points[index].direction = direction
        }
      }
    }
    for (index, value) in values.enumerated() {
      if value > limits.upper { mark(index..<index + 1, .outside, .up) }
      if value < limits.lower { mark(index..<index + 1, .outside, .down) }
    }
    let sides = values.map { $0 == mean ? 0 : $0 > mean ? 1 : -1 }
    for run in runs(sides) where run.count >= runLength {
      mark(run, .shift, sides[run.lowerBound] > 0 ? .up : .down)
    }
    // The point from which a trend starts is part of it.
    let steps = zip(values.dropFirst(), values).map { $0 == $1 ? 0 : $0 > $1 ? 1 : -1 }
    for run in runs(steps) where run.count + 1 >= runLength {
      mark(run.lowerBound..<run.upperBound + 1, .trend, steps[run.lowerBound] > 0 ? .up : .down)
    }
    for (window, side) in closePairs(values, mean, limits) {
      for index in window { mark(index..<index + 1, .twoOfThree, side) }
    }
    return points
  }

  /// The maximal runs of equal numbers other than 0.
  private static func runs(_ signs: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for index in signs.indices {
      if index > 0, signs[index] != signs[index - 1] { start = index }
      let ends = index + 1 == signs.count || signs[index + 1] != signs[index]
      if ends, signs[index] != 0 { runs.append(start..<index + 1) }
    }
    return runs
  }

  /// The points of each three in turn of which two or three are in the outer third on one side.
  private static func closePairs(
    _ values: [Double], _ mean: Double, _ limits: Interval
  ) -> [(indices: [Int], side: Direction)] {
    let third = (limits.upper - mean) / 3
    guard values.count >= 3, third > 0 else { return [] }
    let closeUp = values.map { $0 > mean + 2 * third && $0 <= limits.upper }
    let closeDown = values.map { $0 < mean - 2 * third && $0 >= limits.lower }
    var found: [(indices: [Int], side: Direction)] = []
    for start in 0...(values.count - 3) {
      for (close, side) in [(closeUp, Direction.up), (closeDown, .down)] {
        let indices = (start..<start + 3).filter { close[$0] }
        if indices.count >= 2 { found.append((indices, side)) }
      }
    }
    return found
  }

  /// What the latest point says.
  ///
  /// - Parameter higherIsBetter: nil where neither way is.
  public func variation(higherIsBetter: Bool?) -> Variation {
    guard let direction = points.last?.direction else { return .unchanged }
    guard let higherIsBetter else { return direction == .up ? .rising : .falling }
    return (direction == .up) == higherIsBetter ? .improving : .worsening
  }

  /// Whether the limits lie wholly on the good or on the bad side of a target.
  public func assurance(target: Double, higherIsBetter: Bool) -> Assurance {
    if higherIsBetter {
      return limits.lower >= target ? .passes : limits.upper < target ? .fails : .hitOrMiss
    }
    return limits.upper <= target ? .passes : limits.lower > target ? .fails : .hitOrMiss
  }
}
