/// The ranks that each of some estimates may have in truth.
///
/// An estimate is better than another where the interval of their difference (``Interval/difference(_:_:)``)
/// lies wholly on one side of zero. Its best rank is then one more than the number of those better than
/// it, its worst the number of all less those worse than it: the pairwise method of Al Mohamad D,
/// Goeman JJ, van Zwet EW, Simultaneous confidence intervals for ranks, J R Stat Soc B 2022;84:
/// 1114–1139, here with every pair at the level of the intervals and without adjustment for the number of
/// pairs. Nothing is drawn at random.
///
/// - Parameters:
///   - estimates: each with its interval.
///   - higherIsBetter: whether the first rank is that of the highest.
/// - Returns: for each the best and the worst rank, from 1.
/// - Complexity: O(n²).
public func rankIntervals(
  _ estimates: [(estimate: Double, interval: Interval)], higherIsBetter: Bool
) -> [ClosedRange<Int>] {
  var better = [Int](repeating: 0, count: estimates.count)
  var worse = better
  for first in estimates.indices {
    for second in estimates.indices where second > first {
      let difference = Interval.difference(estimates[first], estimates[second])
      guard difference.lower > 0 || difference.upper < 0 else { continue }
      let isFirstBetter = (difference.lower > 0) == higherIsBetter
      worse[isFirstBetter ? first : second] += 1
      better[isFirstBetter ? second : first] += 1
    }
  }
  return estimates.indices.map { 1 + better[$0]...(estimates.count - worse[$0]) }
}
