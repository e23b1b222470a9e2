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
  public var members: [String]
  public var numerators: [Int64]
  public var denominators: [Int64]
  /// The parts of one that numerators count in.
  public var scale: Int64
  /// Numerator and denominator are shown beside the value.
  public var showsParts: Bool

  public init(
    metric: String, unit: String, period: String, month: String, scope: String, members: [String],
    numerators: [Int64], denominators: [Int64], scale: Int64, showsParts: Bool
  ) {
    self.metric = metric
    self.unit = unit
    self.period = period
    self.month = month
    self.scope = scope
    self.members = members
    self.numerators = numerators
    self.denominators = denominators
    self.scale = scale
    self.showsParts = showsParts
  }
}

/// All figures of a report, series by series, in the order in which they are written. Series are made
/// when asked for: all of a province's would not fit in memory.
public protocol SeriesSource: Sendable {
  var seriesCount: Int { get }
  /// - Parameter index: from 0 to `seriesCount` - 1.
  func series(_ index: Int) -> Series
}
