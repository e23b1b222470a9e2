/// How a whole is divided among its parts.
public enum Shares {
  /// A part of a whole with the parts before it.
  public struct ParetoPart: Hashable, Sendable {
    /// Its index in the counts that were handed over.
    public let index: Int
    public let count: Int64
    /// The sum of this part and of all larger ones.
    public let cumulative: Int64
    /// Whether the part is one of the few that together reach the share that was asked for.
    public let isVital: Bool
  }

  /// The parts from the largest down, with their running sums: the few that make most of the whole
  /// (Juran JM, Quality Control Handbook, 1951). Equals stand in the order given; of a whole of nothing
  /// no part is vital.
  ///
  /// - Parameters:
  ///   - counts: not negative.
  ///   - percent: what the vital few reach together.
  /// - Complexity: O(n log n).
  public static func pareto(_ counts: [Int64], percent: Int = 80) -> [ParetoPart] {
    let whole = Int128(counts.reduce(0, +)) * Int128(percent)
    var sum: Int64 = 0
    return counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }.map { index in
      let isVital = Int128(sum) * 100 < whole
      sum += counts[index]
      return ParetoPart(index: index, count: counts[index], cumulative: sum, isVital: isVital)
    }
  }

  /// Parts rounded so that they add up to the whole: each is rounded down, and the units that are left
  /// go to the largest remainders, equals in the order given (Hare's method; Balinski ML, Young HP,
  /// Fair Representation, 1982).
  ///
  /// - Parameters:
  ///   - counts: not negative.
  ///   - units: what the whole is to be in the smallest shown unit, as 1,000 for tenths of a per cent.
  /// - Returns: the units of each part; all 0 where the counts add up to nothing or to more than 64
  ///   bits hold.
  /// - Complexity: O(n log n).
  public static func rounded(_ counts: [Int64], units: Int64) -> [Int64] {
    var whole: Int64 = 0
    for count in counts {
      let (sum, overflow) = whole.addingReportingOverflow(max(0, count))
      guard !overflow else { return counts.map { _ in 0 } }
      whole = sum
    }
    guard whole > 0, units > 0 else { return counts.map { _ in 0 } }
    let exact = counts.map {
      (Int128(max(0, $0)) * Int128(units)).quotientAndRemainder(dividingBy: Int128(whole))
    }
    var parts = exact.map { Int64($0.quotient) }
    let left = Int(units - parts.reduce(0, +))
    let order = exact.indices.sorted {
      (-exact[$0].remainder, $0) < (-exact[$1].remainder, $1)
    }
    for index in order.prefix(left) { parts[index] += 1 }
    return parts
  }
}

/// How participations are spread over people: who never came, who came once, and how much the busiest
/// carry.
public struct ParticipationSpread: Hashable, Sendable {
  public private(set) var never = 0
  public private(set) var once = 0
  public private(set) var twice = 0
  public private(set) var threeOrMore = 0
  /// The people who make up a fifth of all, rounded up, those with most participations.
  public let busiest: Int
  public let busiestParticipations: Int64
  public let participations: Int64
  /// The people with most participations who together have 80 % of all, and what they have.
  public let vital: Int
  public let vitalParticipations: Int64

  public var people: Int { never + once + twice + threeOrMore }

  /// The part of all participations that the busiest fifth have; nil where there are none.
  public var busiestShare: Double? {
    participations > 0 ? Double(busiestParticipations) / Double(participations) : nil
  }

  /// - Parameter counts: the participations of each person who might have taken part, zeros included.
  /// - Complexity: O(n log n).
  public init(_ counts: [Int]) {
    busiest = (counts.count + 4) / 5
    participations = counts.reduce(0) { $0 + Int64($1) }
    let order = Shares.pareto(counts.map(Int64.init))
    busiestParticipations = order.prefix(busiest).last?.cumulative ?? 0
    let few = order.prefix(while: \.isVital)
    vital = few.count
    vitalParticipations = few.last?.cumulative ?? 0
    for count in counts {
      switch count {
      case ...0: never += 1
      case 1: once += 1
      case 2: twice += 1
      default: threeOrMore += 1
      }
    }
  }
}

/// The quarter, from 1 for the best, that a rank among so many lies in.
///
/// - Parameters:
///   - rank: from 1; ties share the best of their ranks, and so a quarter.
///   - count: how many are ranked.
/// - Returns: nil where fewer than four are ranked.
public func quartile(rank: Int, of count: Int) -> Int? {
  guard count >= 4, (1...count).contains(rank) else { return nil }
  return (rank - 1) * 4 / count + 1
}
