internal import CScan
public import Checking
internal import Records

/// What one thread has counted of a ledger. Counters merge in any order.
///
/// An item is counted four times over: for its department and for its level, its category and its
/// source. The values of a column are few, their counts stay in the nearest cache, and so this costs less
/// than finding the combination of the three that an item has. What a ledger needs of memory grows with
/// the values of each column, not with the ways in which they are combined.
public final class LedgerCounter: LedgerConsumer {
  /// Per bucket. Flows are counted in the bucket of their day. What is open is what was raised less what
  /// was closed; what is overdue, what began to be so less what ceased.
  ///
  /// What the same day of an item adds to lies side by side, so that it is added at once.
  struct Column {
    static let raised = 0
    static let withMeasure = 1
    static let rechecked = 2
    static let reopened = 3
    static let closed = 4
    static let closedOnTime = 5
    static let closedWithDue = 6
    static let noLongerOverdue = 7
    static let due = 8
    static let dueMet = 9
    static let newlyOverdue = 10
    /// A bucket takes 64 bytes, a line of the cache, so that an item touches one for each of its days.
    static let stride = 16
  }

  /// A row of counts for each department: the columns of every bucket, then for each window the items
  /// raised in it and closed by its end.
  let departments: Grid<Int32>
  /// What is counted for the values of level, category and source.
  let values: [LedgerValues]
  /// Days to close of every closed item: department (high 24 bits), bucket (8), days (low 32).
  private var daysToClose: [UInt64] = []
  /// A list begins anew before it would have to be copied.
  private static let mostInList = 1 << 16
  /// The same of all merged counters, each in its own list: a province's would be copied for nothing.
  private(set) var allDaysToClose: [[UInt64]] = []
  /// The people of items.
  let people: LedgerPeople
  /// Direct counts over the whole hospital in the first window, day by day and not by bucket: the
  /// balance of the report is proved against them.
  private(set) var proof = Proof()

  struct Proof {
    var openAtStart = 0
    var raised = 0
    var closed = 0
    var openAtEnd = 0

    static func += (left: inout Proof, right: Proof) {
      left.openAtStart += right.openAtStart
      left.raised += right.raised
      left.closed += right.closed
      left.openAtEnd += right.openAtEnd
    }
  }

  private let timeline: Timeline

  init(timeline: Timeline, staff: Staff, departments count: Int, places: ValuePlaces) {
    self.timeline = timeline
    let columns = LedgerCounter.columns(of: timeline)
    departments = Grid(units: count, columns: columns)
    values = (0..<3).map { LedgerValues(column: $0, timeline: timeline, places: places) }
    people = LedgerPeople(timeline: timeline, staff: staff)
  }

  /// The length of a row of counts, a whole number of cache lines.
  static func columns(of timeline: Timeline) -> Int {
    let windows = (timeline.windows.count + Column.stride - 1) / Column.stride * Column.stride
    return timeline.bucketCount * Column.stride + windows
  }

  /// Of a thread's items each count has one at most, so that none overflows while there are fewer.
  private var itemCount: Int32 = 0

  public func add(_ batch: UnsafeBufferPointer<LedgerItem>) {
    itemCount += Int32(batch.count)
    let asOf = timeline.asOf?.number ?? Int32.max
    let (levels, categories, sources) = (values[0], values[1], values[2])
    timeline.withLookUp { days in
      for (position, item) in batch.enumerated() {
        if position + Prefetch.rows < batch.count {
          prefetch(batch[position + Prefetch.rows], days)
        }
        // A value is a member of its breakdown whenever its items were raised.
        let level = levels.value(item.level)
        let category = categories.value(item.category)
        let source = sources.value(item.source)
        guard item.raised <= asOf else { continue }
        let life = Life(item, days, asOf: asOf)
        let rows = Rows(
          department: departments.row(Int(item.department)), level: level.pointee.counts,
          category: category.pointee.counts, source: source.pointee.counts)
        add(item, life, to: rows)
        addCohort(life, days, to: rows)
        addProof(item, asOf)
        if life.isClosed, days.windowMask[life.closed] != 0 {
          let length = item.closed &- item.raised
          addDays(length, item.department, life.closed)
          levels.addDays(length, bucket: life.closed, to: level)
          categories.addDays(length, bucket: life.closed, to: category)
          sources.addDays(length, bucket: life.closed, to: source)
        }
        if item.person >= 0 {
          people.add(item, raised: life.raised, days, level, category, source)
        }
      }
    }
  }

  @inline(__always)
  private func prefetch(_ item: LedgerItem, _ days: Timeline.LookUp) {
    let row = departments.row(Int(item.department))
    scan_prefetch(row + days.bucket(of: item.raised) * Column.stride)
    scan_prefetch(row + days.bucket(of: item.closed) * Column.stride)
    scan_prefetch(row + days.bucket(of: item.due) * Column.stride)
    scan_prefetch(row + days.bucketCount * Column.stride)
    if item.person >= 0 { people.prefetch(item.person) }
  }

  /// The four rows of counts that an item belongs to.
  private struct Rows {
    let department, level, category, source: UnsafeMutablePointer<Int32>

    @inline(__always)
    func add(_ step: Int32, at column: Int) {
      department[column] &+= step
      level[column] &+= step
      category[column] &+= step
      source[column] &+= step
    }

    /// Adds to four columns side by side.
    @inline(__always)
    func add(_ steps: SIMD4<Int32>, at column: Int) {
      Rows.add(steps, to: department + column)
      Rows.add(steps, to: level + column)
      Rows.add(steps, to: category + column)
      Rows.add(steps, to: source + column)
    }

    @inline(__always)
    private static func add(_ steps: SIMD4<Int32>, to counts: UnsafeMutablePointer<Int32>) {
      let raw = UnsafeMutableRawPointer(counts)
      raw.storeBytes(
        of: raw.loadUnaligned(as: SIMD4<Int32>.self) &+ steps, as: SIMD4<Int32>.self)
    }
  }

  /// The buckets of an item's days.
  private struct Life {
    let raised: Int
    /// The last bucket (which no window has) where the item is open as far as is known.
    let closed: Int
    let isClosed: Bool
    let isOnTime: Bool
    let due: Int?
    let rechecked: Int?
    let overdueFrom: Int?

    @inline(__always)
    init(_ item: LedgerItem, _ days: Timeline.LookUp, asOf: Int32) {
      raised = days.bucket(of: item.raised)
      isClosed = item.closed != LedgerItem.noDay && item.closed <= asOf
      closed = isClosed ? days.bucket(of: item.closed) : days.bucketCount
      let hasDue = item.due != LedgerItem.noDay
      isOnTime = isClosed && hasDue && item.closed <= item.due
      due = hasDue ? days.bucket(of: item.due) : nil
      let isRechecked = item.rechecked != LedgerItem.noDay && item.rechecked <= asOf
      rechecked = isRechecked ? days.bucket(of: item.rechecked) : nil
      overdueFrom = hasDue ? days.bucket(of: max(item.raised, item.due &+ 1)) : nil
    }
  }

  @inline(__always)
  private func add(_ item: LedgerItem, _ life: Life, to rows: Rows) {
    rows.add(
      SIMD4(1, item.hasMeasure ? 1 : 0, 0, 0), at: life.raised &* Column.stride &+ Column.raised)
    let isOverdue = (life.overdueFrom ?? .max) < life.closed
    if life.isClosed {
      rows.add(
        SIMD4(1, life.isOnTime ? 1 : 0, life.due == nil ? 0 : 1, isOverdue ? 1 : 0),
        at: life.closed &* Column.stride &+ Column.closed)
    }
    if let due = life.due, let from = life.overdueFrom {
      // The day behind the due day is of the same bucket nearly always.
      let isTogether = isOverdue && from == due
      rows.add(
        SIMD4(1, life.isOnTime ? 1 : 0, isTogether ? 1 : 0, 0),
        at: due &* Column.stride &+ Column.due)
      if isOverdue, !isTogether { rows.add(1, at: from &* Column.stride &+ Column.newlyOverdue) }
    }
    if let bucket = life.rechecked {
      rows.add(1, at: bucket &* Column.stride &+ Column.rechecked)
      if item.isReopened { rows.add(1, at: bucket &* Column.stride &+ Column.reopened) }
    }
  }

  /// Counts the item in the windows in which it was raised, where it was closed by their end.
  @inline(__always)
  private func addCohort(_ life: Life, _ days: Timeline.LookUp, to rows: Rows) {
    guard life.isClosed else { return }
    var windows = days.windowMask[life.raised] & days.closingMask[life.closed]
    while windows != 0 {
      rows.add(1, at: days.bucketCount &* Column.stride &+ windows.trailingZeroBitCount)
      windows &= windows &- 1
    }
  }

  @inline(__always)
  private func addProof(_ item: LedgerItem, _ asOf: Int32) {
    let window = timeline.firstWindow
    let closed = item.closed <= asOf ? item.closed : LedgerItem.noDay
    if item.raised < window.first, closed >= window.first { proof.openAtStart += 1 }
    if item.raised >= window.first, item.raised <= window.end { proof.raised += 1 }
    if closed >= window.first, closed <= window.end { proof.closed += 1 }
    if item.raised <= window.end, closed > window.end { proof.openAtEnd += 1 }
  }

  @inline(__always)
  private func addDays(_ length: Int32, _ department: Int32, _ bucket: Int) {
    if daysToClose.count == daysToClose.capacity { beginList() }
    daysToClose.append(
      UInt64(UInt32(bitPattern: department)) << 40 | UInt64(bucket) << 32
        | UInt64(UInt32(bitPattern: length)))
  }

  private func beginList() {
    guard daysToClose.count >= LedgerCounter.mostInList else {
      return daysToClose.reserveCapacity(max(64, 2 * daysToClose.count))
    }
    allDaysToClose.append(daysToClose)
    daysToClose = []
    daysToClose.reserveCapacity(LedgerCounter.mostInList)
  }

  /// To be called once all rows have been added.
  func finish() {
    allDaysToClose.append(daysToClose)
    daysToClose = []
  }

  /// Adds what another thread has counted; both have been finished.
  func merge(_ other: LedgerCounter) {
    guard other.itemCount > 0 else { return }
    itemCount += other.itemCount
    departments.merge(other.departments)
    for (own, others) in zip(values, other.values) { own.merge(others) }
    allDaysToClose += other.allDaysToClose
    people.merge(other.people)
    proof += other.proof
  }
}
