/// One accepted row of a participation file.
public struct Participation: Sendable {
  /// Indices into `Events` and `Staff`.
  public let event: Int32
  public let person: Int32
  /// The row's hours in millionths, or the event's where the row has none.
  public let hours: Int64
  /// In millionths; `Participation.noScore` where the row has none.
  public let score: Int64
  /// 1 passed, 0 not passed, -1 not stated.
  public let passed: Int8
  /// Index of the person's department.
  public let department: Int32

  public static let noScore = Int64.min
}

/// One accepted row of a ledger. Days are days since 1970-01-01.
public struct LedgerItem: Sendable {
  /// A day that is not stated.
  public static let noDay = Int32.max
  /// Codes of labels are below this.
  public static let mostLabels = Labels.limit

  /// Index into `Departments`.
  public let department: Int32
  /// Index into `Staff`, -1 where the item names nobody.
  public let person: Int32
  public let raised: Int32
  public let due: Int32
  public let closed: Int32
  public let rechecked: Int32
  /// Codes of the labels, -1 where not stated.
  public let level: Int16
  public let category: Int16
  public let source: Int16
  public let hasMeasure: Bool
  public let isReopened: Bool
}

/// Rows come in any order, and what is known of a province's people and departments is larger than any
/// cache: a loop that needs it asks for it some rows ahead.
public enum Prefetch {
  /// How far ahead: two lists of participants or more. Asking ahead took a fifth off the CPU time of a
  /// run over 1,000 hospitals.
  public static let rows = 32
}

/// Counts what Checking has accepted: one consumer a thread, merged afterwards.
public protocol ParticipationConsumer: AnyObject {
  func add(_ batch: UnsafeBufferPointer<Participation>)

  /// The rows of people who belong to several departments in the course of time: few, and apart from the
  /// others, so that nothing needs to be asked of these.
  func addMoved(_ batch: UnsafeBufferPointer<Participation>)
}

public protocol LedgerConsumer: AnyObject {
  func add(_ batch: UnsafeBufferPointer<LedgerItem>)
}

/// A growing piece of memory that a batch is put together in.
final class BatchBuffer<Element> {
  private var base = UnsafeMutablePointer<Element>.allocate(capacity: 0)
  private var capacity = 0
  private(set) var count = 0

  deinit { base.deallocate() }

  func begin(reserving rows: Int) {
    if rows > capacity {
      base.deallocate()
      capacity = max(rows, 1024)
      base = .allocate(capacity: capacity)
    }
    count = 0
  }

  @inline(__always)
  func append(_ element: Element) {
    (base + count).initialize(to: element)
    count += 1
  }

  /// The memory itself, for those who fill it by index.
  var storage: UnsafeMutablePointer<Element> { base }

  var batch: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}
