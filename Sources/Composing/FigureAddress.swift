/// Which figure is meant, as `statistics.csv` names it.
public struct FigureAddress: Hashable, Sendable {
  public var metric: String
  public var period: String
  /// Empty for the period as a whole.
  public var month: String
  public var scope: String
  /// Empty for the hospital, the id of a department, or the other's name.
  public var member: String

  public init(metric: String, period: String, month: String, scope: String, member: String) {
    self.metric = metric
    self.period = period
    self.month = month
    self.scope = scope
    self.member = member
  }
}
