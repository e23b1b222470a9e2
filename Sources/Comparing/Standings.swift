internal import Records
public import Statistics

/// How the members of a scope stand beside each other in one metric of one window.
///
/// Rates are ranked as they are, counts per head, so that a department is not first or last for its size.
/// Whoever has a base below ``leastBase`` is not ranked.
public struct Standings: Sendable {
  /// What a figure says of its department, beside chance.
  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    case better
    case expected
    case lookInto = "look_into"
    /// Outside the limits of a metric of which neither way is better.
    case higher, lower
    case tooSmall = "too_small"
  }

  /// One member's place.
  public struct Standing: Sendable {
    public let figure: Figure
    /// What is ranked: the figure, or a count divided by the head count.
    public let basis: Figure
    /// What chance is judged by: the denominator of the basis, of a median the items.
    public let base: Int64
    /// Nil where the base is too small.
    public internal(set) var rank: Int?
    public internal(set) var isTied = false
    /// The ranks that it may have in truth; nil where nothing is known of chance.
    public internal(set) var ranks: ClosedRange<Int>?
    /// The quarter among its peers, from 1; nil where fewer than four are ranked.
    public internal(set) var quartile: Int?
    /// How many peers are ranked, itself among them.
    public internal(set) var peers = 0
    public internal(set) var verdict: Verdict?
  }

  /// A rate on a smaller base is not ranked.
  public static let leastBase = Funnel.leastBase
  /// Ranks of more members than this have no intervals: each is compared with each.
  public static let mostForRanks = 2_000

  public let metric: SourceMetric
  public let scope: Scope
  public let hospital: Figure
  public private(set) var members: [Standing]
  /// The limits; nil where chance has no simple law, as for scores and medians.
  public let funnel: Funnel?
  public let rankedCount: Int

  /// - Parameters:
  ///   - chosen: the members that are compared; the others have no place.
  /// - Complexity: O(n²) in the members up to ``mostForRanks``, else O(n log n).
  public init(
    _ figures: Figures, _ metric: SourceMetric, _ scope: Scope, window: Int = 0,
    among chosen: Set<Int>? = nil
  ) {
    self.metric = metric
    self.scope = scope
    hospital = figures.hospital(metric, window: window)
    let bare = Standings.bare(figures, metric, scope, window)
    let compared = bare.indices.filter { chosen?.contains($0) ?? true }
    let ranked = compared.filter { bare[$0].canBeRanked }
    members = bare
    funnel = Standings.funnel(metric.metric, compared.map { bare[$0] })
    rankedCount = ranked.count
    rank(ranked)
    judge(compared)
    if scope == .department { placeAmongPeers(ranked, figures) }
  }

  private static func bare(
    _ figures: Figures, _ metric: SourceMetric, _ scope: Scope, _ window: Int
  ) -> [Standing] {
    let column = figures.column(metric, scope, window: window)
    let heads = figures.headcounts(scope, window: window)
    let items = metric.metric.kind == .median ? figures.metric("\(metric.source).closed") : nil
    let closed = items.map { figures.column($0, scope, window: window) }
    let isCount = metric.metric.kind == .count || metric.metric.kind == .quantity
    return column.indices.map { index in
      let figure = column[index]
      if isCount, metric.metric.measure.isPerHead, !figure.isHidden {
        let basis = Figure(figure.numerator, over: heads[index])
        return Standing(figure: figure, basis: basis, base: heads[index])
      }
      let base =
        isCount && !figure.isHidden ? leastBase : closed?[index].numerator ?? figure.denominator
      return Standing(figure: figure, basis: figure, base: base)
    }
  }

  private static func funnel(_ metric: Metric, _ members: [Standing]) -> Funnel? {
    let kind: Funnel.Kind
    switch metric.kind {
    case .share: kind = .proportion
    case .count where metric.measure.isPerHead && metric.measure.isEventCount: kind = .rate
    case .mean where metric.measure == .perHead: kind = .rate
    default: return nil
    }
    return Funnel(
      kind,
      of: members.filter { $0.basis.denominator > 0 }.map {
        Funnel.Part(count: $0.basis.numerator, base: $0.basis.denominator)
      })
  }

  private mutating func rank(_ ranked: [Int]) {
    let higherIsBetter = metric.metric.measure.higherIsBetter ?? true
    let ranks = competitionRanks(count: ranked.count) { left, right in
      let (a, b) = (members[ranked[left]].basis, members[ranked[right]].basis)
      return higherIsBetter ? a.isGreater(than: b) : b.isGreater(than: a)
    }
    for (position, member) in ranked.enumerated() {
      members[member].rank = ranks[position].rank
      members[member].isTied = ranks[position].isTied
    }
    guard let funnel, ranked.count <= Standings.mostForRanks else { return }
    let estimates = ranked.map { members[$0].estimate(funnel.kind) }
    guard estimates.allSatisfy({ $0 != nil }) else { return }
    let intervals = rankIntervals(estimates.compactMap { $0 }, higherIsBetter: higherIsBetter)
    for (position, member) in ranked.enumerated() { members[member].ranks = intervals[position] }
  }

  private mutating func judge(_ compared: [Int]) {
    guard let funnel else { return }
    let side = metric.metric.measure.higherIsBetter.map { $0 ? Funnel.Side.below : .above }
    for member in compared {
      let basis = members[member].basis
      let part = Funnel.Part(count: basis.numerator, base: basis.denominator)
      let place = funnel.place(part, watching: side)
      members[member].verdict = Verdict(place, metric.metric.measure.higherIsBetter)
    }
  }

  /// Peers are the departments of the same category.
  private mutating func placeAmongPeers(_ ranked: [Int], _ figures: Figures) {
    let categories = Dictionary(grouping: ranked) { figures.departments[$0].category }
    for peers in categories.values {
      let ranks = competitionRanks(count: peers.count) { left, right in
        (members[peers[left]].rank ?? 0) < (members[peers[right]].rank ?? 0)
      }
      for (position, member) in peers.enumerated() {
        members[member].peers = peers.count
        members[member].quartile = quartile(rank: ranks[position].rank, of: peers.count)
      }
    }
  }
}

extension Standings.Standing {
  var canBeRanked: Bool { basis.isDefined && base >= Standings.leastBase }

  /// The value with its interval, for comparing it with another.
  func estimate(_ kind: Funnel.Kind) -> (estimate: Double, interval: Interval)? {
    let value = Double(basis.numerator) / Double(basis.denominator)
    return interval(kind).map { (value, $0) }
  }

  /// The 95 % interval of the basis: Wilson's of a proportion, that of a Poisson count for each head.
  public func interval(_ kind: Funnel.Kind) -> Interval? {
    switch kind {
    case .proportion: return .wilson(basis.numerator, of: basis.denominator)
    case .rate:
      guard basis.denominator > 0 else { return nil }
      let base = Double(basis.denominator)
      return Interval.poisson(basis.numerator).map {
        Interval(lower: $0.lower / base, upper: $0.upper / base)
      }
    }
  }
}

extension Standings.Verdict {
  /// Only what lies beyond the outer limits is more than chance: of sixty departments alike, three lie
  /// beyond the inner ones.
  init(_ place: Funnel.Place, _ higherIsBetter: Bool?) {
    switch place {
    case .tooSmall: self = .tooSmall
    case .belowInner, .within, .aboveInner: self = .expected
    case .aboveOuter: self = higherIsBetter.map { $0 ? .better : .lookInto } ?? .higher
    case .belowOuter: self = higherIsBetter.map { $0 ? .lookInto : .better } ?? .lower
    }
  }
}

extension Figure {
  /// Compares two defined figures by their exact quotients.
  public func isGreater(than other: Figure) -> Bool {
    Int128(numerator) * Int128(other.denominator) > Int128(other.numerator) * Int128(denominator)
  }
}
