public import Records

extension Measure {
  /// Whether more of it is better; nil where neither is, as of problems raised: who looks for them finds
  /// them.
  public var higherIsBetter: Bool? {
    switch self {
    case .openAtStart, .openAtEnd, .overdueAtEnd, .daysToCloseMedian, .reopened: return false
    case .raised, .peopleRaised, .due, .rechecked, .headcount, .employees: return nil
    default: return true
    }
  }

  /// Whether a count can be put in relation to the size of a department.
  var isPerHead: Bool {
    switch self {
    case .headcount, .employees, .registered: return false
    default: return true
    }
  }

  /// Whether every event counted stands for itself, so that chance is Poisson's; people are not, who
  /// count once however often they come.
  var isEventCount: Bool {
    switch self {
    case .people, .peopleRaised, .headcount, .employees, .registered, .hours: return false
    default: return true
    }
  }
}
