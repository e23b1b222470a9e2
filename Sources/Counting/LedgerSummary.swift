internal import Checking
internal import Records

/// The measures of one unit in one window.
public struct LedgerUnit: Sendable, BitwiseCopyable {
  public var raised: Int32 = 0
  public var withMeasure: Int32 = 0
  public var people: Int32 = 0
  public var closed: Int32 = 0
  public var closedOnTime: Int32 = 0
  public var closedWithDue: Int32 = 0
  /// Raised in the window and closed by its end.
  public var closedOfRaised: Int32 = 0
  public var due: Int32 = 0
  public var dueMet: Int32 = 0
  public var openAtStart: Int32 = 0
  public var openAtEnd: Int32 = 0
  public var overdueAtEnd: Int32 = 0
  public var rechecked: Int32 = 0
  public var reopened: Int32 = 0

  public init() {}
}

extension LedgerUnit: SummedNumbers {
  public typealias Number = Int32
}

/// A ledger counted: what every department and every breakdown value has in every window.
public struct LedgerSummary: Sendable {
  /// `[window × departments + department]`; `people` is not additive over departments.
  public let departments: [LedgerUnit]
  public let departmentCount: Int
  public let breakdowns: [Breakdown<LedgerUnit>]
  /// Days to close of the items closed in each bucket: by department and, per breakdown, by value.
  public let days: DaysToClose
  /// For each breakdown and value the distribution of days by period, as the breakdowns' units.
  public let breakdownDays: [[DayHistogram]]
  /// People with items of more than one department, by window: such a person counts once in a whole.
  let visits: VisitTable
  /// Direct counts of the first window, to prove the balance against.
  public let proof: (openAtStart: Int, raised: Int, closed: Int, openAtEnd: Int)

  public func unit(_ department: Int, _ window: Int) -> LedgerUnit {
    departments[window * departmentCount + department]
  }

  /// Distinct people over a group of departments.
  ///
  /// - Parameter group: a number for each department; departments with the same number are one group.
  public func people(by group: [Int], groups: Int, window: Int) -> [Int64] {
    var sums = [Int64](repeating: 0, count: groups)
    for department in 0..<departmentCount {
      sums[group[department]] += Int64(unit(department, window).people)
    }
    visits.correct(&sums, group, window)
    return sums
  }
}

/// An exact distribution of days.
public struct DayHistogram: Sendable {
  /// Items by days; what takes longer than these stands in `long`.
  private var short: [Int32] = []
  private var long: [Int32: Int32] = [:]
  private static let shortDays: Int32 = 1024

  mutating func add(_ days: Int32, _ count: Int32) {
    guard days < DayHistogram.shortDays else {
      long[days, default: 0] += count
      return
    }
    if short.isEmpty { short = Array(repeating: 0, count: Int(DayHistogram.shortDays)) }
    short[Int(days)] += count
  }

  /// Adds items one by one, of which a province has millions.
  mutating func add(_ days: UnsafeBufferPointer<Int32>) {
    if short.isEmpty { short = Array(repeating: 0, count: Int(DayHistogram.shortDays)) }
    short.withUnsafeMutableBufferPointer { short in
      for length in days {
        if length < DayHistogram.shortDays {
          short[Int(length)] &+= 1
        } else {
          long[length, default: 0] += 1
        }
      }
    }
  }

  /// Twice the median, so that it stays a whole number; nil where there are no items.
  public var doubledMedian: Int64? {
    let total = short.reduce(0) { $0 + Int($1) } + long.values.reduce(0) { $0 + Int($1) }
    guard total > 0 else { return nil }
    func value(at rank: Int) -> Int64 {
      var passed = 0
      for days in short.indices {
        passed += Int(short[days])
        if passed > rank { return Int64(days) }
      }
      for days in long.keys.sorted() {
        passed += Int(long[days] ?? 0)
        if passed > rank { return Int64(days) }
      }
      return 0
    }
    return value(at: (total - 1) / 2) + value(at: total / 2)
  }
}

/// The days to close of all items, in the order department, bucket: a department's items of a window
/// lie side by side.
public struct DaysToClose: Sendable {
  private let days: [Int32]
  /// `[department × buckets + bucket]` → first index; one more at the end.
  private let starts: [UInt32]
  private let bucketCount: Int

  /// - Parameter lists: department (high 24 bits), bucket (8) and days (low 32) of each item.
  init(_ lists: [[UInt64]], departments: Int, buckets: Int) {
    // Counted two places further on, where the next free place of each cell then is one further on, and its
    // beginning where it belongs when all have found theirs.
    var starts = [UInt32](repeating: 0, count: departments * buckets + 2)
    let cell: (UInt64) -> Int = { Int($0 >> 40) * buckets + Int(($0 >> 32) & 0xFF) }
    for keys in lists { for key in keys { starts[cell(key) + 2] += 1 } }
    for at in 1..<starts.count { starts[at] += starts[at - 1] }
    var days = [Int32](inLargePages: 0, count: Int(starts[starts.count - 1]))
    for keys in lists {
      for key in keys {
        let next = cell(key) + 1
        days[Int(starts[next])] = Int32(truncatingIfNeeded: key)
        starts[next] += 1
      }
    }
    self.days = days
    self.starts = starts
    bucketCount = buckets
  }

  /// Twice the median of each department in a window; nil where there are no items.
  public func doubledMedians(buckets: Range<Int>) -> [Int64?] {
    let departments = Array(0..<(starts.count - 2) / bucketCount)
    return doubledMedians(of: departments[...], buckets: buckets)
  }

  /// The same for some departments, in the order given.
  ///
  /// One call for many departments, because a province asks for half a million medians: the loop stays
  /// in this module, and a ward's handful of items is sorted in place without an allocation.
  public func doubledMedians(of departments: ArraySlice<Int>, buckets: Range<Int>) -> [Int64?] {
    guard !buckets.isEmpty else { return Array(repeating: nil, count: departments.count) }
    var sorted: [Int32] = []
    return departments.map { department in
      let slice = slice(department, buckets)
      guard !slice.isEmpty else { return nil }
      sorted.removeAll(keepingCapacity: true)
      sorted.append(contentsOf: days[slice])
      sort(&sorted)
      return Int64(sorted[(sorted.count - 1) / 2]) + Int64(sorted[sorted.count / 2])
    }
  }

  /// Twice the median of a group of departments in a window; nil where there are no items.
  public func doubledMedian(_ departments: [Int], buckets: Range<Int>) -> Int64? {
    guard !buckets.isEmpty else { return nil }
    var histogram = DayHistogram()
    days.withUnsafeBufferPointer { days in
      for department in departments {
        histogram.add(UnsafeBufferPointer(rebasing: days[slice(department, buckets)]))
      }
    }
    return histogram.doubledMedian
  }

  private func slice(_ department: Int, _ buckets: Range<Int>) -> Range<Int> {
    let row = department * bucketCount
    return Int(starts[row + buckets.lowerBound])..<Int(starts[row + buckets.upperBound])
  }

  /// By insertion where there are few, which is nearly always.
  private func sort(_ values: inout [Int32]) {
    guard values.count <= 32 else { return values.sort() }
    values.withUnsafeMutableBufferPointer { values in
      for at in values.indices.dropFirst() {
        let value = values[at]
        var to = at
        while to > 0, values[to - 1] > value {
          values[to] = values[to - 1]
          to -= 1
        }
        values[to] = value
      }
    }
  }
}

extension Timeline {
  /// The windows (as bits) that any of the buckets (as bits) belongs to.
  func windowsOf(buckets: UInt64) -> UInt64 {
    var result: UInt64 = 0
    var rest = buckets
    while rest != 0 {
      result |= windowMask[rest.trailingZeroBitCount]
      rest &= rest &- 1
    }
    return result
  }
}

extension LedgerSummary {
  /// Puts together what the threads have counted.
  init(
    _ counter: LedgerCounter, staff: Staff, departments count: Int, timeline: Timeline,
    places: ValuePlaces, labels: [(column: String, texts: [String]?)]
  ) {
    var units = [LedgerUnit](
      inLargePages: LedgerUnit(), count: timeline.windows.count * count)
    for unit in 0..<count {
      let row = LedgerRow(counter.departments.row(unit), timeline.bucketCount)
      for (window, span) in timeline.windows.enumerated() {
        units[window * count + unit] = row.unit(
          window, span)
      }
    }
    LedgerSummary.countOwnPeople(counter, staff, timeline, departments: count, into: &units)
    visits = VisitTable(counter.people.visitors, timeline) { person in
      let windows = timeline.windowsOf(buckets: counter.people.buckets(of: person))
      return windows == 0 ? nil : (Int(staff.people[person].department), windows)
    }
    VisitTable.forEach(counter.people.visitors, timeline) { department, window in
      units[window * count + department].people += 1
    }
    self.departments = units
    departmentCount = count
    days = DaysToClose(
      counter.allDaysToClose, departments: count, buckets: timeline.bucketCount)
    let people = counter.people.counts(places: places.count)
    let made = labels.enumerated().compactMap { number, label in
      label.texts.map {
        LedgerSummary.breakdown(label.column, $0, counter.values[number], timeline) {
          people[places.place(column: number, code: $0) * timeline.periodCount + $1]
        }
      }
    }
    breakdowns = made.map(\.figures)
    breakdownDays = made.map(\.days)
    let proof = counter.proof
    self.proof = (proof.openAtStart, proof.raised, proof.closed, proof.openAtEnd)
  }

  private static func countOwnPeople(
    _ counter: LedgerCounter, _ staff: Staff, _ timeline: Timeline, departments count: Int,
    into units: inout [LedgerUnit]
  ) {
    for (person, department) in staff.departments.enumerated() {
      var windows = timeline.windowsOf(buckets: counter.people.buckets(of: person))
      while windows != 0 {
        units[windows.trailingZeroBitCount * count + Int(department)].people += 1
        windows &= windows &- 1
      }
    }
  }

  /// - Parameter people: the distinct people of a value and a period.
  private static func breakdown(
    _ column: String, _ texts: [String], _ values: LedgerValues, _ timeline: Timeline,
    people: (Int16, Int) -> Int32
  ) -> (figures: Breakdown<LedgerUnit>, days: [DayHistogram]) {
    let members = values.codes
      .map { (text: $0 < 0 ? "" : texts[Int($0)], code: $0) }
      .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    var units: [LedgerUnit] = []
    var days: [DayHistogram] = []
    for (period, window) in timeline.windows.prefix(timeline.periodCount).enumerated() {
      for member in members {
        let row = LedgerRow(values.value(member.code).pointee.counts, timeline.bucketCount)
        var unit = row.unit(period, window)
        unit.people = people(member.code, period)
        units.append(unit)
        days.append(values.histogram(member.code, buckets: window.buckets))
      }
    }
    return (Breakdown(column: column, members: members.map(\.text), units: units), days)
  }
}

/// Reads the measures of a window from a row of bucket counts.
private struct LedgerRow {
  private let row: UnsafeMutablePointer<Int32>
  private let bucketCount: Int

  init(_ row: UnsafeMutablePointer<Int32>, _ bucketCount: Int) {
    self.row = row
    self.bucketCount = bucketCount
  }

  /// - Parameter number: the window's index.
  func unit(_ number: Int, _ window: Timeline.Window) -> LedgerUnit {
    typealias Column = LedgerCounter.Column
    var unit = LedgerUnit()
    unit.raised = sum(Column.raised, window.buckets)
    unit.withMeasure = sum(Column.withMeasure, window.buckets)
    unit.closed = sum(Column.closed, window.buckets)
    unit.closedOnTime = sum(Column.closedOnTime, window.buckets)
    unit.closedWithDue = sum(Column.closedWithDue, window.buckets)
    unit.closedOfRaised = row[bucketCount * Column.stride + number]
    unit.due = sum(Column.due, window.buckets)
    unit.dueMet = sum(Column.dueMet, window.buckets)
    unit.rechecked = sum(Column.rechecked, window.buckets)
    unit.reopened = sum(Column.reopened, window.buckets)
    let (before, known) = (0..<window.openingBucket + 1, 0..<window.closingBucket + 1)
    unit.openAtStart = sum(Column.raised, before) - sum(Column.closed, before)
    unit.openAtEnd = sum(Column.raised, known) - sum(Column.closed, known)
    unit.overdueAtEnd = sum(Column.newlyOverdue, known) - sum(Column.noLongerOverdue, known)
    return unit
  }

  private func sum(_ column: Int, _ buckets: Range<Int>) -> Int32 {
    var total: Int32 = 0
    for bucket in buckets { total += row[bucket * LedgerCounter.Column.stride + column] }
    return total
  }
}
