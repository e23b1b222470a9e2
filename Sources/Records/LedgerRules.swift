/// How the items of ledgers are watched while they are open.
public struct LedgerRules: Hashable, Sendable {
  /// An open item whose deadline is at most so many days away is about to be due.
  public var dueSoonDays = 7
  /// The longest age of each band, in days, rising; older items are in a last band without an end.
  public var ageBands = [30, 60, 90, 180]
  /// An item of the same department and category, raised at most so many days after another was closed,
  /// is the same problem again.
  public var recurrenceDays = 90
  /// The sources whose items are listed one by one; items of the individual level never are.
  public var listed: [String] = ["projects", "topics"]

  public init() {}
}

/// The values that a source's columns are to have, in the order of reports.
public struct Vocabulary: Hashable, Sendable {
  /// By the column's canonical heading, as `category` of a ledger or `shift` of an activity.
  public var values: [String: [Bilingual]] = [:]

  public init() {}
}

/// How departments, branches and heads are judged: points for metrics, deductions, grades.
public struct AssessmentRules: Hashable, Sendable {
  public var criteria: [Criterion] = []
  public var deductions: [Deduction] = []
  /// From the best.
  public var grades: [Grade] = []
  /// Categories of departments that are judged through the departments paired with them.
  public var pairedCategories: [String] = []
  /// The roles of the staff list that head a department.
  public var headRoles: [String] = []

  /// Full points at one value of a metric, none at another, in proportion between them.
  public struct Criterion: Hashable, Sendable {
    public let metricName: String
    public let weight: Int
    public let fullAt: ExactNumber
    public let zeroAt: ExactNumber

    public init(metricName: String, weight: Int, fullAt: ExactNumber, zeroAt: ExactNumber) {
      self.metricName = metricName
      self.weight = weight
      self.fullAt = fullAt
      self.zeroAt = zeroAt
    }
  }

  /// Points taken off for each unit of a metric, up to a limit.
  public struct Deduction: Hashable, Sendable {
    public let metricName: String
    public let points: ExactNumber
    public let atMost: ExactNumber

    public init(metricName: String, points: ExactNumber, atMost: ExactNumber) {
      self.metricName = metricName
      self.points = points
      self.atMost = atMost
    }
  }

  public struct Grade: Hashable, Sendable {
    public let title: Bilingual
    public let atLeast: ExactNumber

    public init(title: Bilingual, atLeast: ExactNumber) {
      self.title = title
      self.atLeast = atLeast
    }
  }

  public init() {}
}
