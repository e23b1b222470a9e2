/// The two families of records: everything that is counted is one or the other.
public enum Family: String, Sendable {
  /// An event on a day, held by a department, with the people who took part.
  case activity
  /// An item raised once, with someone responsible and a deadline, open until it is closed.
  case ledger
}

/// What one figure counts in.
public enum Unit: String, Sendable {
  case events, participations, people, hours, items, days, points
  case perHead = "per_head"
  /// A fraction of one; reports show it as a percentage.
  case ratio
}

/// How a figure is made from its exact parts, and so how it may be compared.
public enum MetricKind: Sendable {
  /// A whole number; its change is a percentage.
  case count
  /// A sum in fixed point; its change is a percentage.
  case quantity
  /// A part of a whole; its change is in percentage points.
  case share
  /// A quotient that is not a part of a whole (per head, mean score); its change is a difference.
  case mean
  /// The middle of a distribution; its change is a difference.
  case median
}

/// A measure that a family defines; each source of the family has it under its own name.
///
/// `docs` of the definitions: the contract's section 3, repeated in the workbook's definitions sheet.
public struct Metric: Hashable, Sendable {
  /// The second part of the full name, as `closure_rate` in `issues.closure_rate`.
  public let name: String
  public let measure: Measure
  public let unit: Unit
  public let kind: MetricKind
  public let title: Bilingual
  public let definition: Bilingual

  public static func == (left: Metric, right: Metric) -> Bool { left.measure == right.measure }
  public func hash(into hasher: inout Hasher) { hasher.combine(measure) }
}

/// Every measure of the two families and of the staff list.
public enum Measure: String, Sendable, CaseIterable {
  // Activities.
  case events, participations, people, hours, coverage, perHead, meanScore, passRate
  // Ledgers.
  case raised, withMeasure, peopleRaised, closed, closedOnTime, closedInTimeRate, closureRate
  case due, dueMetRate, openAtStart, openAtEnd, overdueAtEnd, daysToCloseMedian
  case rechecked, reopened
  // Staff.
  case headcount, employees, registered, registrationRate
}
