/// Figures that differ only in the member they are about: one metric, period, month and scope.
///
/// A figure is `numerator / (denominator × scale)`, exactly; a denominator of 0 leaves it undefined.
public struct Series: Sendable {
  public var metric: String
  public var unit: String
  public var period: String
  /// Empty for the period as a whole.
  public var month: String
  public var scope: String
  /// Index of the members in `SeriesSource.memberLists`.
  public var members: Int
  /// The parts of one that numerators count in.
  public var scale: Int64
  /// Numerator and denominator are shown beside the value.
  public var showsParts: Bool

  public init(
    metric: String, unit: String, period: String, month: String, scope: String, members: Int,
    scale: Int64, showsParts: Bool
  ) {
    self.metric = metric
    self.unit = unit
    self.period = period
    self.month = month
    self.scope = scope
    self.members = members
    self.scale = scale
    self.showsParts = showsParts
  }
}

/// One figure of a series.
@frozen
public struct SeriesFigure: Sendable {
  public var numerator: Int64
  public var denominator: Int64

  @inlinable
  public init(_ numerator: Int64, over denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// All figures of a report, series by series, in the order in which they are written. Figures are made
/// when asked for, some members at a time: all of a province's would not fit in memory.
public protocol SeriesSource: Sendable {
  var seriesCount: Int { get }
  /// The lists of members; many series share one.
  var memberLists: [[String]] { get }
  /// - Parameter index: from 0 to `seriesCount` - 1.
  func series(_ index: Int) -> Series
  /// The figures of some of a series' members, in their order.
  func figures(of index: Int, members: Range<Int>) -> [SeriesFigure]
}

extension SeriesSource {
  /// The figures of all members of a series.
  public func figures(of index: Int) -> [SeriesFigure] {
    figures(of: index, members: 0..<memberLists[series(index).members].count)
  }
}
