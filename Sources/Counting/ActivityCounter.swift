internal import CScan
public import Checking
internal import Records

/// What one thread has counted of an activity's participations. Counters merge in any order.
public final class ActivityCounter: ParticipationConsumer {
  /// Rows and hours, per unit and bucket.
  struct Column {
    static let rows = 0
    static let hours = 1
    static let count = 2
  }

  /// Scores and passes, per unit and bucket; most activities have none, and then no memory for them.
  struct ResultColumn {
    static let scoreSum = 0
    static let scored = 1
    static let passed = 2
    static let stated = 3
    static let count = 4
  }

  /// The sums of departments, and of combinations of form and kind (`EventPlan.combination`).
  struct Sums {
    let attendance: Grid<Int64>
    var results: Grid<Int64>?

    init(units: Int, buckets: Int) {
      attendance = Grid(units: units, columns: buckets * Column.count)
    }

    mutating func merge(_ other: Sums) {
      attendance.merge(other.attendance)
      guard let others = other.results else { return }
      if let results { results.merge(others) } else { results = others }
    }
  }

  private(set) var departments: Sums
  private(set) var combinations: Sums
  /// For each person the buckets (as bits) in which the person took part.
  let buckets: UnsafeMutablePointer<UInt64>
  /// For each person the (value, period) pairs (as bits) of the breakdowns in which the person took part.
  let values: UnsafeMutablePointer<UInt64>
  /// Rows of each event.
  let rows: UnsafeMutablePointer<UInt32>
  private let plan: EventPlan
  private let staff: Staff

  init(plan: EventPlan, staff: Staff, departments count: Int) {
    self.plan = plan
    self.staff = staff
    departments = Sums(units: count, buckets: plan.bucketCount)
    combinations = Sums(units: plan.combinationCount, buckets: plan.bucketCount)
    buckets = .allocate(capacity: max(staff.count, 1))
    buckets.initialize(repeating: 0, count: max(staff.count, 1))
    let words = max(staff.count * plan.valueWords, 1)
    values = .allocate(capacity: words)
    values.initialize(repeating: 0, count: words)
    rows = .allocate(capacity: max(plan.events.count, 1))
    rows.initialize(repeating: 0, count: max(plan.events.count, 1))
  }

  deinit {
    buckets.deallocate()
    values.deallocate()
    rows.deallocate()
  }

  /// How many rows ahead memory is asked for; people come in any order.
  private static let lookAhead = 8

  /// The sums of this thread have left the numbers that can be added up; they are not counted further
  /// and no report may be made of them.
  private(set) var isTooLarge = false
  private var largest: Int64 = 0
  /// No sum of a thread may exceed this, so that the sums of 64 threads still fit 64 bits.
  private static let largestSum = Int64.max / 64

  /// A batch is at most some hundred thousand rows of at most 10^12 millionths each: its own sum fits.
  private func fits(_ batch: UnsafeBufferPointer<Participation>) -> Bool {
    for row in batch {
      largest &+= max(row.hours, row.score == Participation.noScore ? 0 : row.score)
    }
    isTooLarge = isTooLarge || largest > ActivityCounter.largestSum
    return !isTooLarge
  }

  public func add(_ batch: UnsafeBufferPointer<Participation>) {
    guard fits(batch) else { return }
    let departments = self.departments.attendance
    let combinations = self.combinations.attendance
    plan.slots.withUnsafeBufferPointer { slots in
      staff.people.withUnsafeBufferPointer { people in
        for (position, row) in batch.enumerated() {
          if position + ActivityCounter.lookAhead < batch.count {
            let later = batch[position + ActivityCounter.lookAhead]
            let unit = Int(people[Int(later.person)].department)
            let bucket = Int(slots[Int(later.event)].bucket)
            scan_prefetch(departments.row(unit) + bucket &* Column.count)
            scan_prefetch(buckets + Int(later.person))
          }
          let slot = slots[Int(row.event)]
          rows[Int(row.event)] &+= 1
          let bucket = Int(slot.bucket)
          let person = Int(row.person)
          buckets[person] |= 1 << UInt64(bucket)
          let unit = Int(people[person].department)
          let at = bucket &* Column.count
          add(row, to: departments.row(unit) + at)
          add(row, to: combinations.row(Int(slot.combination)) + at)
          if row.score != Participation.noScore || row.passed >= 0 {
            addResult(row, unit, Int(slot.combination), bucket)
          }
          markValues(person, slot)
        }
      }
    }
  }

  @inline(__always)
  private func add(_ row: Participation, to cell: UnsafeMutablePointer<Int64>) {
    cell[Column.rows] &+= 1
    cell[Column.hours] &+= row.hours
  }

  private func addResult(_ row: Participation, _ unit: Int, _ combination: Int, _ bucket: Int) {
    addResult(row, to: results(of: \.departments).row(unit), bucket)
    addResult(row, to: results(of: \.combinations).row(combination), bucket)
  }

  private func results(of sums: ReferenceWritableKeyPath<ActivityCounter, Sums>) -> Grid<Int64> {
    if let results = self[keyPath: sums].results { return results }
    let results = Grid<Int64>(
      units: self[keyPath: sums].attendance.units,
      columns: plan.bucketCount * ResultColumn.count)
    self[keyPath: sums].results = results
    return results
  }

  private func addResult(
    _ row: Participation, to cells: UnsafeMutablePointer<Int64>, _ bucket: Int
  ) {
    let cell = cells + bucket * ResultColumn.count
    if row.score != Participation.noScore {
      cell[ResultColumn.scoreSum] += row.score
      cell[ResultColumn.scored] += 1
    }
    if row.passed >= 0 {
      cell[ResultColumn.passed] += Int64(row.passed)
      cell[ResultColumn.stated] += 1
    }
  }

  @inline(__always)
  private func markValues(_ person: Int, _ slot: EventPlan.Slot) {
    if plan.valueWords == 1 {
      values[person] |=
        plan.combinationBits[Int(slot.combination) &* plan.bucketCount &+ Int(slot.bucket)]
    } else if plan.valueWords > 1 {
      plan.forEachValueBit(slot) { bit in
        values[person &* plan.valueWords &+ bit >> 6] |= 1 << UInt64(bit & 63)
      }
    }
  }

  /// Adds what another thread has counted.
  func merge(_ other: ActivityCounter) {
    isTooLarge = isTooLarge || other.isTooLarge
    departments.merge(other.departments)
    combinations.merge(other.combinations)
    for person in 0..<staff.count { buckets[person] |= other.buckets[person] }
    for word in 0..<staff.count * plan.valueWords { values[word] |= other.values[word] }
    for event in 0..<plan.events.count { rows[event] &+= other.rows[event] }
  }
}

/// What counting needs to know of each event, in six bytes, and of the breakdowns.
struct EventPlan: Sendable {
  struct Slot: Sendable {
    var bucket: UInt8
    var combination: UInt16
  }

  let events: Events
  let bucketCount: Int
  private(set) var slots: ContiguousArray<Slot> = []
  /// The (form, kind) codes of each combination; -1 where not stated.
  private(set) var combinations: [(form: Int, kind: Int)] = []
  var combinationCount: Int { combinations.count }
  /// Words per person for the bits of the breakdowns' values.
  let valueWords: Int
  /// By combination and bucket, where one word is enough.
  private(set) var combinationBits: [UInt64] = []
  private let periodMask: [UInt8]
  private let periodCount: Int

  init(events: Events, timeline: Timeline) {
    self.events = events
    bucketCount = timeline.bucketCount
    periodMask = timeline.periodMask
    periodCount = timeline.periodCount
    let labels = (events.forms?.count).map { $0 + 1 } ?? 0
    let kinds = (events.kinds?.count).map { $0 + 1 } ?? 0
    valueWords = ((labels + kinds) * timeline.periodCount + 63) / 64
    var codes: [Int32: UInt16] = [:]
    slots.reserveCapacity(events.count)
    for event in events.all {
      let key = Int32(event.form) << 16 | Int32(UInt16(bitPattern: event.kind))
      if codes[key] == nil {
        codes[key] = UInt16(combinations.count)
        combinations.append((Int(event.form), Int(event.kind)))
      }
      slots.append(
        Slot(bucket: UInt8(timeline.bucket(of: event.day)), combination: codes[key] ?? 0))
    }
    if valueWords == 1 {
      combinationBits = combinations.indices.flatMap { combination in
        (0..<bucketCount).map { bucket in bits(combination, bucket) }
      }
    }
  }

  /// The bit of a form's (or kind's) value in a period. Value -1, not stated, comes first.
  func formBit(_ form: Int, _ period: Int) -> Int { (form + 1) * periodCount + period }
  func kindBit(_ kind: Int, _ period: Int) -> Int {
    let forms = events.forms.map { $0.count + 1 } ?? 0
    return (forms + kind + 1) * periodCount + period
  }

  func forEachValueBit(_ slot: Slot, _ body: (Int) -> Void) {
    let (form, kind) = combinations[Int(slot.combination)]
    for period in 0..<periodCount where periodMask[Int(slot.bucket)] & (1 << UInt8(period)) != 0 {
      if events.forms != nil { body(formBit(form, period)) }
      if events.kinds != nil { body(kindBit(kind, period)) }
    }
  }

  private func bits(_ combination: Int, _ bucket: Int) -> UInt64 {
    var word: UInt64 = 0
    forEachValueBit(Slot(bucket: UInt8(bucket), combination: UInt16(combination))) {
      word |= 1 << UInt64($0)
    }
    return word
  }
}
