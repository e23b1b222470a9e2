internal import Checking
internal import Records

/// One value of a breakdown, or one department: the same measures for each.
public struct ActivityUnit: Sendable, BitwiseCopyable {
  public var events: Int64 = 0
  public var participations: Int64 = 0
  /// Millionths of hours.
  public var hours: Int64 = 0
  public var people: Int64 = 0
  /// Of the people, those in the head count on the window's last day.
  public var covered: Int64 = 0
  /// Millionths.
  public var scoreSum: Int64 = 0
  public var scored: Int64 = 0
  public var passed: Int64 = 0
  public var stated: Int64 = 0

  public init() {}
}

extension ActivityUnit: SummedNumbers {
  public typealias Number = Int64
}

/// An activity counted: what every department and every breakdown value did in every window.
public struct ActivitySummary: Sendable {
  /// `[window × departments + department]`.
  public let departments: [ActivityUnit]
  public let departmentCount: Int
  /// By column (`form`, `kind`): the values, sorted, and `[period × values + value]`.
  public let breakdowns: [Breakdown<ActivityUnit>]
  public let hasScore: Bool
  public let hasPassed: Bool
  /// People who took part for several departments, which count once in a whole.
  let visits: VisitTable
  /// Hours or scores add up to more than can be counted; the figures are void.
  public let isTooLarge: Bool

  public func unit(_ department: Int, _ window: Int) -> ActivityUnit {
    departments[window * departmentCount + department]
  }

  /// The departments' people do not add up: somebody took part for several of them.
  public var hasMovedPeople: Bool { !visits.isEmpty }

  /// Counts the people of groups of departments once who were several of their departments'.
  ///
  /// - Parameters:
  ///   - sums: the people of each group, added up over its departments.
  ///   - group: a number for each department; departments with the same number are one group.
  public func countOnce(_ sums: inout [Int64], by group: [Int], window: Int) {
    visits.correct(&sums, group, window)
  }
}

/// The figures of the values of one column.
public struct Breakdown<Unit: Sendable>: Sendable {
  public let column: String
  /// Sorted by their bytes; an empty text stands for items that state no value.
  public let members: [String]
  /// `[period × members + member]`.
  public let units: [Unit]

  public func unit(_ member: Int, _ period: Int) -> Unit { units[period * members.count + member] }
}

extension ActivitySummary {
  /// Puts together what the threads have counted.
  ///
  /// Participations and people belong to the person's department; events, and the head count of an
  /// event without a list, to the department that held it.
  init(
    _ counter: ActivityCounter, plan: EventPlan, staff: Staff, staffSummary: StaffSummary,
    departments count: Int, timeline: Timeline, hasScore: Bool, hasPassed: Bool
  ) {
    let buckets = ActivityBuckets(counter, plan: plan, departments: count)
    var units = [ActivityUnit](
      inLargePages: ActivityUnit(), count: timeline.windows.count * count)
    // Department by department: what one has in its buckets stays in the nearest cache meanwhile.
    for unit in 0..<count {
      let row = (0..<timeline.bucketCount).map { buckets.department(unit, $0) }
      for (number, window) in timeline.windows.enumerated() {
        for bucket in window.buckets { units[number * count + unit] += row[bucket] }
      }
    }
    ActivitySummary.countPeople(
      counter, staff, staffSummary, timeline, departments: count, into: &units)
    visits = VisitTable(counter.visits, timeline)
    if !counter.visits.isEmpty {
      ActivitySummary.countMoved(
        counter, staff, staffSummary, timeline, departments: count, into: &units)
    }
    departments = units
    departmentCount = count
    let people = counter.countValues(employed: staffSummary.employedWindows)
    breakdowns = ["form", "kind"].compactMap { column in
      ActivitySummary.breakdown(column, buckets, people, plan, timeline)
    }
    self.hasScore = hasScore
    self.hasPassed = hasPassed
    isTooLarge = counter.isTooLarge
  }

  /// Distinct people by department and window, from each person's bucket bits.
  private static func countPeople(
    _ counter: ActivityCounter, _ staff: Staff, _ summary: StaffSummary, _ timeline: Timeline,
    departments count: Int, into units: inout [ActivityUnit]
  ) {
    let masks = timeline.windows.indices.map(timeline.bucketMask)
    units.withUnsafeMutableBufferPointer { units in
      for (person, department) in staff.departments.enumerated() {
        let buckets = counter.buckets(of: person)
        guard buckets != 0 else { continue }
        let employed = summary.employedWindows[person]
        for (window, mask) in masks.enumerated() where buckets & mask != 0 {
          let at = window * count + Int(department)
          units[at].people += 1
          if employed & (1 << UInt64(window)) != 0 { units[at].covered += 1 }
        }
      }
    }
  }

  /// Puts the people who have moved to where they took part, and their coverage to where they belong on the
  /// window's last day, so that it is a part of the head count there.
  private static func countMoved(
    _ counter: ActivityCounter, _ staff: Staff, _ summary: StaffSummary, _ timeline: Timeline,
    departments count: Int, into units: inout [ActivityUnit]
  ) {
    for person in Set(counter.visits.map { Int($0.person) }) {
      let own = Int(staff.people[person].department)
      let employed = summary.employedWindows[person]
      var windows = timeline.windowsOf(buckets: counter.buckets(of: person))
      while windows != 0 {
        let window = windows.trailingZeroBitCount
        units[window * count + own].people -= 1
        if employed & (1 << UInt64(window)) != 0 {
          let last = staff.department(of: person, on: timeline.windows[window].end.number)
          units[window * count + own].covered -= 1
          units[window * count + Int(last)].covered += 1
        }
        windows &= windows &- 1
      }
    }
    VisitTable.forEach(counter.visits, timeline) { department, window in
      units[window * count + department].people += 1
    }
  }

  private static func breakdown(
    _ column: String, _ buckets: ActivityBuckets, _ people: [(people: Int64, covered: Int64)],
    _ plan: EventPlan, _ timeline: Timeline
  ) -> Breakdown<ActivityUnit>? {
    let isForm = column == "form"
    guard let texts = isForm ? plan.events.forms : plan.events.kinds else { return nil }
    let code: (Int) -> Int = { isForm ? plan.combinations[$0].form : plan.combinations[$0].kind }
    let used = Set(plan.combinations.indices.map(code))
    let members = used.map { (text: $0 < 0 ? "" : texts[$0], code: $0) }
      .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    var units = [ActivityUnit](
      repeating: ActivityUnit(), count: timeline.periodCount * members.count)
    for (number, member) in members.enumerated() {
      for period in 0..<timeline.periodCount {
        let at = period * members.count + number
        for combination in plan.combinations.indices where code(combination) == member.code {
          for bucket in timeline.windows[period].buckets {
            units[at] += buckets.combination(combination, bucket)
          }
        }
        let bit = isForm ? plan.formBit(member.code, period) : plan.kindBit(member.code, period)
        (units[at].people, units[at].covered) = people[bit]
      }
    }
    return Breakdown(column: column, members: members.map(\.text), units: units)
  }
}

/// The sums of a counter, completed by what the events themselves say.
private struct ActivityBuckets {
  private let counter: ActivityCounter
  private let bucketCount: Int
  /// Events and head counts of events without a list: `[unit × buckets + bucket]`.
  private var held: [(events: Int64, heads: Int64)]
  private var heldByCombination: [(events: Int64, heads: Int64)]

  init(_ counter: ActivityCounter, plan: EventPlan, departments: Int) {
    self.counter = counter
    bucketCount = plan.bucketCount
    held = Array(repeating: (0, 0), count: departments * bucketCount)
    heldByCombination = Array(repeating: (0, 0), count: plan.combinationCount * bucketCount)
    for (index, event) in plan.events.all.enumerated() {
      let heads = counter.rows.base[index] == 0 ? Int64(max(event.participants, 0)) : 0
      let slot = plan.slots[index]
      let at = Int(event.department) * bucketCount + Int(slot.bucket)
      held[at].events += 1
      held[at].heads += heads
      let combined = Int(slot.combination) * bucketCount + Int(slot.bucket)
      heldByCombination[combined].events += 1
      heldByCombination[combined].heads += heads
    }
  }

  func department(_ unit: Int, _ bucket: Int) -> ActivityUnit {
    sums(counter.departments, unit, bucket, held[unit * bucketCount + bucket])
  }

  func combination(_ unit: Int, _ bucket: Int) -> ActivityUnit {
    sums(counter.combinations, unit, bucket, heldByCombination[unit * bucketCount + bucket])
  }

  private func sums(
    _ sums: ActivityCounter.Sums, _ number: Int, _ bucket: Int,
    _ held: (events: Int64, heads: Int64)
  ) -> ActivityUnit {
    typealias Column = ActivityCounter.Column
    typealias ResultColumn = ActivityCounter.ResultColumn
    var unit = ActivityUnit()
    let cell = sums.attendance.row(number) + bucket * Column.count
    unit.events = held.events
    unit.participations = cell[Column.rows] + held.heads
    unit.hours = cell[Column.hours]
    guard let results = sums.results else { return unit }
    let result = results.row(number) + bucket * ResultColumn.count
    unit.scoreSum = result[ResultColumn.scoreSum]
    unit.scored = result[ResultColumn.scored]
    unit.passed = result[ResultColumn.passed]
    unit.stated = result[ResultColumn.stated]
    return unit
  }
}
