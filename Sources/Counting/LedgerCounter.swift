internal import CScan
public import Checking
internal import Records

/// What one thread has counted of a ledger. Counters merge in any order.
public final class LedgerCounter: LedgerConsumer {
  /// Per unit and bucket. Flows are counted in the bucket of their day. Stocks are counted as steps: a
  /// plus where an item begins to be open (or overdue), a minus where it ceases to be.
  struct Column {
    static let raised = 0
    static let withMeasure = 1
    static let closed = 2
    static let closedOnTime = 3
    static let closedWithDue = 4
    static let due = 5
    static let dueMet = 6
    static let rechecked = 7
    static let reopened = 8
    static let openStep = 9
    static let overdueStep = 10
    static let count = 11
  }

  /// A combination of level, category and source: breakdowns are merged from these.
  struct Labels: Hashable {
    let level, category, source: Int16
    var codes: [Int16] { [level, category, source] }
  }

  let departments: Grid<Int32>
  /// Items raised in a window and closed by its end, by department and window.
  let departmentCohorts: Grid<Int32>
  private(set) var combinations: [Labels: Combination] = [:]
  /// Days to close of every closed item: department (high 24 bits), bucket (8), days (low 32).
  private(set) var daysToClose: [UInt64] = []
  /// For each person the buckets in which items of the person's own department were raised.
  let people: UnsafeMutablePointer<UInt64>
  /// The same for items of another department: (person, department, bucket), not distinct.
  private(set) var visitors: Set<Visit> = []
  /// Direct counts over the whole hospital in the first window, day by day and not by bucket: the
  /// balance of the report is proved against them.
  private(set) var proof = Proof()

  struct Visit: Hashable {
    let person, department: Int32
    let bucket: UInt8
  }

  struct Proof {
    var openAtStart = 0
    var raised = 0
    var closed = 0
    var openAtEnd = 0
  }

  /// The counts of one combination of labels, and what is kept of its three values.
  final class Combination {
    let cells: Grid<Int32>
    let cohorts: Grid<Int32>
    let level, category, source: ValueCounts

    init(
      buckets: Int, windows: Int, level: ValueCounts, category: ValueCounts, source: ValueCounts
    ) {
      cells = Grid(units: 1, columns: buckets * Column.count)
      cohorts = Grid(units: 1, columns: windows)
      self.level = level
      self.category = category
      self.source = source
    }
  }

  /// What is counted for one value of one column and cannot be summed over values of another.
  final class ValueCounts {
    /// Days to close by bucket; what takes longer than `shortDays` stands in `longDays`.
    private let days: Grid<Int32>
    private var longDays: [Int: [Int32: Int32]] = [:]
    /// Persons by period, a bit each. A period nobody appears in takes no memory.
    private var people: [Grid<UInt64>?]
    private let words: Int
    private static let shortDays = 512

    init(buckets: Int, periods: Int, staff: Int) {
      days = Grid(units: buckets, columns: ValueCounts.shortDays)
      people = Array(repeating: nil, count: periods)
      words = (staff + 63) / 64
    }

    @inline(__always)
    func addDays(_ count: Int32, bucket: Int) {
      if count < ValueCounts.shortDays {
        days.row(bucket)[Int(count)] += 1
      } else {
        longDays[bucket, default: [:]][count, default: 0] += 1
      }
    }

    @inline(__always)
    func addPerson(_ person: Int, period: Int) {
      let bits = people[period] ?? addPeriod(period)
      bits.base[person >> 6] |= 1 << UInt64(person & 63)
    }

    private func addPeriod(_ period: Int) -> Grid<UInt64> {
      let bits = Grid<UInt64>(units: 1, columns: words)
      people[period] = bits
      return bits
    }

    func personCount(period: Int) -> Int64 {
      guard let bits = people[period] else { return 0 }
      return (0..<words).reduce(0) { $0 + Int64(bits[0, $1].nonzeroBitCount) }
    }

    func histogram(buckets: Range<Int>) -> DayHistogram {
      var histogram = DayHistogram()
      for bucket in buckets {
        for length in 0..<ValueCounts.shortDays where days[bucket, length] > 0 {
          histogram.add(Int32(length), days[bucket, length])
        }
        for (length, count) in longDays[bucket] ?? [:] { histogram.add(length, count) }
      }
      return histogram
    }

    func merge(_ other: ValueCounts) {
      days.merge(other.days)
      for (bucket, counts) in other.longDays {
        longDays[bucket, default: [:]].merge(counts, uniquingKeysWith: +)
      }
      for period in people.indices {
        guard let others = other.people[period] else { continue }
        let bits = people[period] ?? addPeriod(period)
        for word in 0..<words { bits.base[word] |= others[0, word] }
      }
    }
  }

  /// By column (level, category, source) and code.
  private(set) var values: [[Int16: ValueCounts]] = [[:], [:], [:]]
  private let timeline: Timeline
  private let staff: Staff
  private var cache: [(labels: Labels, combination: Combination)?] = Array(
    repeating: nil, count: cacheSize)
  private static let cacheSize = 1024

  init(timeline: Timeline, staff: Staff, departments count: Int) {
    self.timeline = timeline
    self.staff = staff
    departments = Grid(units: count, columns: timeline.bucketCount * Column.count)
    departmentCohorts = Grid(units: count, columns: timeline.windows.count)
    people = .allocate(capacity: max(staff.count, 1))
    people.initialize(repeating: 0, count: max(staff.count, 1))
  }

  deinit { people.deallocate() }

  public func add(_ batch: UnsafeBufferPointer<LedgerItem>) {
    let asOf = timeline.asOf?.number ?? Int32.max
    for (position, item) in batch.enumerated() {
      if position + LedgerCounter.lookAhead < batch.count {
        prefetch(batch[position + LedgerCounter.lookAhead])
      }
      let combination = combination(of: item)
      guard item.raised <= asOf else { continue }
      let life = Life(item, timeline, asOf: asOf)
      add(item, life, to: departments.row(Int(item.department)))
      addCohort(life, to: departmentCohorts.row(Int(item.department)))
      addProof(item, asOf)
      add(item, life, to: combination.cells.row(0))
      addCohort(life, to: combination.cohorts.row(0))
      if life.isClosed { addDays(item, life, combination) }
      if item.person >= 0 { addPerson(item, life, combination) }
    }
  }

  /// Departments come in any order, and a province's counts are larger than any cache: asking for the
  /// cells of an item some items ahead, here and for activities, took 3 % off the CPU time of a whole
  /// run over 1,000 hospitals (paired runs on two busy cores; 1 to 12 %).
  private static let lookAhead = 6

  @inline(__always)
  private func prefetch(_ item: LedgerItem) {
    let row = departments.row(Int(item.department))
    scan_prefetch(row + timeline.bucket(of: item.raised) * Column.count)
    scan_prefetch(row + timeline.bucket(of: item.closed) * Column.count)
    scan_prefetch(row + timeline.bucket(of: item.due) * Column.count)
    scan_prefetch(departmentCohorts.row(Int(item.department)))
    if item.person >= 0 { scan_prefetch(people + Int(item.person)) }
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
    init(_ item: LedgerItem, _ timeline: Timeline, asOf: Int32) {
      raised = timeline.bucket(of: item.raised)
      isClosed = item.closed != LedgerItem.noDay && item.closed <= asOf
      closed = isClosed ? timeline.bucket(of: item.closed) : timeline.bucketCount
      let hasDue = item.due != LedgerItem.noDay
      isOnTime = isClosed && hasDue && item.closed <= item.due
      due = hasDue ? timeline.bucket(of: item.due) : nil
      let isRechecked = item.rechecked != LedgerItem.noDay && item.rechecked <= asOf
      rechecked = isRechecked ? timeline.bucket(of: item.rechecked) : nil
      overdueFrom = hasDue ? timeline.bucket(of: max(item.raised, item.due &+ 1)) : nil
    }
  }

  @inline(__always)
  private func add(_ item: LedgerItem, _ life: Life, to row: UnsafeMutablePointer<Int32>) {
    @inline(__always) func cell(_ bucket: Int, _ column: Int) -> UnsafeMutablePointer<Int32> {
      row + (bucket &* Column.count &+ column)
    }
    cell(life.raised, Column.raised).pointee += 1
    if item.hasMeasure { cell(life.raised, Column.withMeasure).pointee += 1 }
    cell(life.raised, Column.openStep).pointee += 1
    if life.isClosed {
      cell(life.closed, Column.closed).pointee += 1
      cell(life.closed, Column.openStep).pointee -= 1
      if life.isOnTime { cell(life.closed, Column.closedOnTime).pointee += 1 }
      if life.due != nil { cell(life.closed, Column.closedWithDue).pointee += 1 }
    }
    if let due = life.due {
      cell(due, Column.due).pointee += 1
      if life.isOnTime { cell(due, Column.dueMet).pointee += 1 }
    }
    if let from = life.overdueFrom, from < life.closed {
      cell(from, Column.overdueStep).pointee += 1
      if life.isClosed { cell(life.closed, Column.overdueStep).pointee -= 1 }
    }
    if let bucket = life.rechecked {
      cell(bucket, Column.rechecked).pointee += 1
      if item.isReopened { cell(bucket, Column.reopened).pointee += 1 }
    }
  }

  /// Counts the item in the windows in which it was raised, where it was closed by their end.
  @inline(__always)
  private func addCohort(_ life: Life, to row: UnsafeMutablePointer<Int32>) {
    guard life.isClosed else { return }
    var windows = timeline.windowMask[life.raised]
    while windows != 0 {
      let window = windows.trailingZeroBitCount
      if life.closed < timeline.windows[window].buckets.upperBound { row[window] += 1 }
      windows &= windows &- 1
    }
  }

  private func addProof(_ item: LedgerItem, _ asOf: Int32) {
    let window = timeline.windows[0]
    let first = window.period.first.number
    let end = window.end.number
    let closed = item.closed <= asOf ? item.closed : LedgerItem.noDay
    if item.raised < first, closed >= first { proof.openAtStart += 1 }
    if item.raised >= first, item.raised <= end { proof.raised += 1 }
    if closed >= first, closed <= end { proof.closed += 1 }
    if item.raised <= end, closed > end { proof.openAtEnd += 1 }
  }

  private func addDays(_ item: LedgerItem, _ life: Life, _ combination: Combination) {
    let days = item.closed &- item.raised
    guard timeline.windowMask[life.closed] != 0 else { return }
    daysToClose.append(
      UInt64(UInt32(bitPattern: item.department)) << 40 | UInt64(life.closed) << 32
        | UInt64(UInt32(bitPattern: days)))
    combination.level.addDays(days, bucket: life.closed)
    combination.category.addDays(days, bucket: life.closed)
    combination.source.addDays(days, bucket: life.closed)
  }

  private func addPerson(_ item: LedgerItem, _ life: Life, _ combination: Combination) {
    guard timeline.windowMask[life.raised] != 0 else { return }
    if staff.people[Int(item.person)].department == item.department {
      people[Int(item.person)] |= 1 << UInt64(life.raised)
    } else {
      visitors.insert(
        Visit(person: item.person, department: item.department, bucket: UInt8(life.raised)))
    }
    var periods = timeline.periodMask[life.raised]
    while periods != 0 {
      let period = periods.trailingZeroBitCount
      combination.level.addPerson(Int(item.person), period: period)
      combination.category.addPerson(Int(item.person), period: period)
      combination.source.addPerson(Int(item.person), period: period)
      periods &= periods &- 1
    }
  }

  /// The combination of an item's labels, mostly from a small cache: the labels of a ledger come in a few
  /// hundred combinations at most, in any order.
  @inline(__always)
  private func combination(of item: LedgerItem) -> Combination {
    let labels = Labels(level: item.level, category: item.category, source: item.source)
    let mixed = (Int(item.level) &* 31 &+ Int(item.category)) &* 31 &+ Int(item.source)
    let slot = mixed & (LedgerCounter.cacheSize - 1)
    if let known = cache[slot], known.labels == labels { return known.combination }
    let found = combinations[labels] ?? makeCombination(labels)
    cache[slot] = (labels, found)
    return found
  }

  private func makeCombination(_ labels: Labels) -> Combination {
    let counts = labels.codes.enumerated().map { column, code in
      let known = values[column][code]
      let counts =
        known
        ?? ValueCounts(
          buckets: timeline.bucketCount, periods: timeline.periodCount, staff: staff.count)
      values[column][code] = counts
      return counts
    }
    let made = Combination(
      buckets: timeline.bucketCount, windows: timeline.windows.count, level: counts[0],
      category: counts[1], source: counts[2])
    combinations[labels] = made
    return made
  }

  /// Adds what another thread has counted.
  func merge(_ other: LedgerCounter) {
    departments.merge(other.departments)
    departmentCohorts.merge(other.departmentCohorts)
    for (labels, combination) in other.combinations {
      if let own = combinations[labels] {
        own.cells.merge(combination.cells)
        own.cohorts.merge(combination.cohorts)
      } else {
        combinations[labels] = combination
      }
    }
    for column in values.indices {
      for (code, counts) in other.values[column] {
        if let own = values[column][code] {
          own.merge(counts)
        } else {
          values[column][code] = counts
        }
      }
    }
    daysToClose += other.daysToClose
    for person in 0..<staff.count { people[person] |= other.people[person] }
    visitors.formUnion(other.visitors)
    proof.openAtStart += other.proof.openAtStart
    proof.raised += other.proof.raised
    proof.closed += other.proof.closed
    proof.openAtEnd += other.proof.openAtEnd
  }
}
