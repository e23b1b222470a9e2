public import Records

/// The life of a ledger's items over a period, as known on its last day.
public struct LedgerAccount: Sendable {
  public let source: String
  /// The period's months that have begun, in order; what one closes with, the next opens with.
  public let months: [Balance]
  public let total: Balance
  /// By department.
  public let open: [OpenItems]
  /// Days to close of the items raised in the period: of those that are closed, and the days so far of
  /// those that are open, each with their number.
  public let closedAfter: [Int: Int]
  public let openSince: [Int: Int]
  /// By department: items raised in the period that are the same problem again.
  public let recurrences: [Int]
  /// Old problems, new ones and those of which it is not stated; empty where none is stated.
  public let origins: [(origin: Origin, flow: Flow)]
  /// By department.
  public let rechecks: [Recheck]
  /// People (as indices into the staff list) whom items name that were raised by the last day, and those of
  /// them whose items have been re-checked.
  public let people: (all: Set<Int32>, rechecked: Set<Int32>)
  /// By column (`category`, `source`, `aspect`) the values that the settings list, and any others after
  /// them.
  public let breakdowns: [(column: String, values: [(value: Bilingual, flow: Flow)])]
  /// By department: what has moved since the day before the period.
  public let movements: [Movement]
  /// The items that are listed by themselves, in the order of the file; none is about an individual.
  public let items: [ListedItem]

  public enum Origin: Sendable { case old, new, unstated }

  /// Open at start + raised + re-opened − closed = open at end.
  public struct Balance: Sendable {
    public let span: Period
    /// Counted from the state of every item before the first and on the last known day.
    public var openAtStart = 0
    public var openAtEnd = 0
    /// Counted from the days on which something happened.
    public var raised = 0
    public var reopened = 0
    public var closed = 0

    public var isBalanced: Bool { openAtStart + raised + reopened - closed == openAtEnd }
  }

  public struct Flow: Sendable {
    public var openAtStart = 0
    public var raised = 0
    public var closed = 0
    public var openAtEnd = 0
    public var overdue = 0
    public init() {}
  }

  /// What is open on the last day; these add up over departments.
  public struct OpenItems: Sendable {
    public var count = 0
    /// By `Notice`.
    public var notices = [0, 0, 0]
    public var withoutDeadline = 0
    public var postponed = 0
    public var reopened = 0
    /// By band of age; one more than the rules have ends.
    public var ages: [Int]
    /// The age of the oldest in days; nil where nothing is open.
    public var oldest: Int?
    /// Of the open items those about an individual.
    public var individual = 0

    public init(bands: Int) { ages = Array(repeating: 0, count: bands) }

    public static func += (left: inout OpenItems, right: OpenItems) {
      left.count += right.count
      for at in left.notices.indices { left.notices[at] += right.notices[at] }
      for at in left.ages.indices { left.ages[at] += right.ages[at] }
      left.withoutDeadline += right.withoutDeadline
      left.postponed += right.postponed
      left.reopened += right.reopened
      left.individual += right.individual
      left.oldest = [left.oldest, right.oldest].compactMap { $0 }.max()
    }
  }

  public struct Recheck: Sendable {
    public var checked = 0
    public var passed = 0
    public var reopened = 0
    /// Opened again in the period and still open on the last day.
    public var stillOpen = 0
    /// Closed in the period and not re-checked by its last day.
    public var waiting = 0
    public init() {}

    public static func += (left: inout Recheck, right: Recheck) {
      left.checked += right.checked
      left.passed += right.passed
      left.reopened += right.reopened
      left.stillOpen += right.stillOpen
      left.waiting += right.waiting
    }
  }

  public struct Movement: Sendable {
    public var openBefore = 0
    public var raised = 0
    public var closed = 0
    public var reopened = 0
    public var postponed = 0
    /// Overdue on the last day, but not on the day before the period.
    public var newlyOverdue = 0
    public var overdue = 0
    public var openNow = 0
    public init() {}

    public static func += (left: inout Movement, right: Movement) {
      left.openBefore += right.openBefore
      left.raised += right.raised
      left.closed += right.closed
      left.reopened += right.reopened
      left.postponed += right.postponed
      left.newlyOverdue += right.newlyOverdue
      left.overdue += right.overdue
      left.openNow += right.openNow
    }
  }

  public struct ListedItem: Sendable {
    public let department: Int
    public let id, title, owner, leader, measure, acceptance, category: String
    public let raised: Day
    public let due: Day?
    public let closed: Day?
    public let state: State
    public let isPostponed: Bool
    /// Something has happened to it in the period.
    public let hasMoved: Bool

    public enum State: Hashable, Sendable {
      case closed
      case open(Notice)
      /// Opened again after a re-check.
      case reopened(Notice)
    }
  }
}
