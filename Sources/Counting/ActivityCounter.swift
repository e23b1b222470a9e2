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

  /// The sums of departments, or of combinations of form and kind (`EventPlan.combination`).
  final class Sums {
    let attendance: Grid<Int64>
    /// Made with the first row that has a score or says whether it was passed.
    private(set) var results: Grid<Int64>?
    private let buckets: Int

    init(units: Int, buckets: Int) {
      self.buckets = buckets
      attendance = Grid(units: units, columns: buckets * Column.count)
    }

    func addResult(_ row: Participation, unit: Int, bucket: Int) {
      let results = self.results ?? makeResults()
      let cell = results.row(unit) + bucket * ResultColumn.count
      if row.score != Participation.noScore {
        cell[ResultColumn.scoreSum] += row.score
        cell[ResultColumn.scored] += 1
      }
      if row.passed >= 0 {
        cell[ResultColumn.passed] += Int64(row.passed)
        cell[ResultColumn.stated] += 1
      }
    }

    private func makeResults() -> Grid<Int64> {
      let made = Grid<Int64>(units: attendance.units, columns: buckets * ResultColumn.count)
      results = made
      return made
    }

    func merge(_ other: Sums) {
      attendance.merge(other.attendance)
      guard let others = other.results else { return }
      (results ?? makeResults()).merge(others)
    }
  }

  let departments: Sums
  let combinations: Sums
  /// What each person took part in, as bits: the buckets, and behind them the (value, period) pairs of the
  /// breakdowns where there is room for all of them. People come in any order, so that a row costs what the
  /// memory costs that it touches.
  private let marks: ZeroedMemory<UInt64>
  /// The pairs where there is no room: `[person × words + word]`.
  private let wideValues: ZeroedMemory<UInt64>
  /// Rows of each event.
  let rows: ZeroedMemory<UInt32>
  /// Where the people who have moved took part.
  private(set) var visits: Set<Visit> = []
  private let plan: EventPlan

  init(plan: EventPlan, people: Int, departments count: Int) {
    self.plan = plan
    departments = Sums(units: count, buckets: plan.bucketCount)
    combinations = Sums(units: plan.combinationCount, buckets: plan.bucketCount)
    marks = ZeroedMemory(count: people, of: UInt64.self)
    wideValues = ZeroedMemory(count: people * plan.wideWords, of: UInt64.self)
    rows = ZeroedMemory(count: plan.events.count, of: UInt32.self)
  }

  /// The sums of this thread have left the numbers that can be added up; they are not counted further
  /// and no report may be made of them.
  private(set) var isTooLarge = false
  private var largest: Int64 = 0
  /// No sum of a thread may exceed this, so that the sums of 64 threads still fit 64 bits.
  private static let largestSum = Int64.max / 64

  /// Adds to what no sum is larger than. A batch is at most some hundred thousand rows of at most 10^12
  /// millionths each: its own sums fit, and so it is enough to look at them behind it.
  @inline(__always)
  private func note(_ sum: Int64) { largest &+= sum }

  /// Lists come event by event: what the rows of such a run add to their sums is put together first. Of the
  /// departments it is not: whether the next row is of the same one nobody can guess, and a wrong guess costs more
  /// than an addition.
  private struct Run {
    var event: Int32 = -1
    var rows: Int64 = 0
    var hours: Int64 = 0
  }

  public func add(_ batch: UnsafeBufferPointer<Participation>) {
    guard !isTooLarge else { return }
    defer { isTooLarge = largest > ActivityCounter.largestSum }
    isUsed = true
    let marks = self.marks.base
    let wideWords = plan.wideWords
    let (cells, columns) = (departments.attendance.base, departments.attendance.columns)
    plan.slots.withUnsafeBufferPointer { slots in
      var run = Run()
      var slot = EventPlan.Slot(bucket: 0, combination: 0)
      var mark: UInt64 = 0
      var column = 0
      for position in 0..<batch.count {
        let row = batch[position]
        let later = batch[min(position &+ Prefetch.rows, batch.count &- 1)]
        let laterColumn = Int(slots[Int(later.event)].bucket) &* Column.count
        scan_prefetch(cells + (Int(later.department) &* columns &+ laterColumn))
        scan_prefetch(marks + Int(later.person))
        if row.event != run.event {
          finish(run, slot)
          slot = slots[Int(row.event)]
          mark = plan.mark(slot)
          column = Int(slot.bucket) &* Column.count
          run = Run(event: row.event)
        }
        run.rows &+= 1
        run.hours &+= row.hours
        let cell = cells + (Int(row.department) &* columns &+ column)
        cell[Column.rows] &+= 1
        cell[Column.hours] &+= row.hours
        marks[Int(row.person)] |= mark
        if row.score != Participation.noScore || row.passed >= 0 { addResult(row, slot) }
        if wideWords > 0 { markValues(Int(row.person), slot) }
      }
      finish(run, slot)
    }
  }

  public func addMoved(_ batch: UnsafeBufferPointer<Participation>) {
    for row in batch {
      visits.insert(
        Visit(
          person: row.person, department: row.department,
          bucket: plan.slots[Int(row.event)].bucket))
    }
    add(batch)
  }

  @inline(__always)
  private func finish(_ run: Run, _ slot: EventPlan.Slot) {
    guard run.rows > 0 else { return }
    note(run.hours)
    rows.base[Int(run.event)] &+= UInt32(truncatingIfNeeded: run.rows)
    let cell =
      combinations.attendance.row(Int(slot.combination)) + Int(slot.bucket) &* Column.count
    cell[Column.rows] &+= run.rows
    cell[Column.hours] &+= run.hours
  }

  private func addResult(_ row: Participation, _ slot: EventPlan.Slot) {
    let bucket = Int(slot.bucket)
    if row.score != Participation.noScore { note(row.score) }
    departments.addResult(row, unit: Int(row.department), bucket: bucket)
    combinations.addResult(row, unit: Int(slot.combination), bucket: bucket)
  }

  private func markValues(_ person: Int, _ slot: EventPlan.Slot) {
    plan.forEachValueBit(slot) { bit in
      wideValues.base[person &* plan.wideWords &+ bit >> 6] |= 1 << UInt64(bit & 63)
    }
  }

  /// The buckets (as bits) in which a person took part.
  func buckets(of person: Int) -> UInt64 { marks.base[person] & plan.bucketBits }

  /// The people who took part in what each bit of the plan stands for, and of them those who are employed at
  /// the end of the bit's period.
  ///
  /// - Parameter employed: the windows (as bits) of each person.
  func countValues(employed: [UInt64]) -> [(people: Int64, covered: Int64)] {
    let words = max(1, plan.wideWords)
    var counts = [(people: Int64, covered: Int64)](repeating: (0, 0), count: words * 64)
    for person in 0..<marks.count {
      for word in 0..<words {
        var bits =
          plan.wideWords == 0
          ? marks.base[person] >> UInt64(plan.bucketCount)
          : wideValues.base[person * words + word]
        while bits != 0 {
          let bit = word * 64 + bits.trailingZeroBitCount
          counts[bit].people += 1
          if employed[person] & (1 << UInt64(plan.period(ofBit: bit))) != 0 {
            counts[bit].covered += 1
          }
          bits &= bits &- 1
        }
      }
    }
    return counts
  }

  /// Some row has been counted.
  private var isUsed = false

  /// Adds what another thread has counted.
  func merge(_ other: ActivityCounter) {
    guard other.isUsed else { return }
    isUsed = true
    isTooLarge = isTooLarge || other.isTooLarge
    departments.merge(other.departments)
    combinations.merge(other.combinations)
    for person in 0..<marks.count {
      marks.base[person] |= other.marks.base[person]
    }
    for word in 0..<wideValues.count { wideValues.base[word] |= other.wideValues.base[word] }
    for event in 0..<rows.count { rows.base[event] &+= other.rows.base[event] }
    visits.formUnion(other.visits)
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
  /// Words per person for the bits of the breakdowns' values, where they have no room beside the buckets.
  let wideWords: Int
  /// By combination and bucket, what is marked of each who took part.
  private var marks: [UInt64] = []
  var bucketBits: UInt64 { (1 << UInt64(bucketCount)) &- 1 }
  private let periodMask: [UInt8]
  private let periodCount: Int

  init(events: Events, timeline: Timeline) {
    self.events = events
    bucketCount = timeline.bucketCount
    periodMask = timeline.periodMask
    periodCount = timeline.periodCount
    let labels = (events.forms?.count).map { $0 + 1 } ?? 0
    let kinds = (events.kinds?.count).map { $0 + 1 } ?? 0
    let valueBits = (labels + kinds) * timeline.periodCount
    wideWords = timeline.bucketCount + valueBits <= 64 ? 0 : (valueBits + 63) / 64
    slots.reserveCapacity(events.count)
    timeline.withLookUp { days in
      var codes: [Int32: UInt16] = [:]
      // Of most keys the place says which combination they are, without asking the dictionary.
      var recent = [(key: Int32, code: UInt16)?](repeating: nil, count: 64)
      for event in events.all {
        let key = Int32(event.form) << 16 | Int32(UInt16(bitPattern: event.kind))
        let place = Int(event.form &+ event.kind &* 7) & 63
        if recent[place]?.key != key {
          let code = codes[key] ?? UInt16(combinations.count)
          if codes.updateValue(code, forKey: key) == nil {
            combinations.append((Int(event.form), Int(event.kind)))
          }
          recent[place] = (key, code)
        }
        slots.append(
          Slot(
            bucket: UInt8(days.bucket(of: event.day)), combination: recent[place]?.code ?? 0))
      }
    }
    marks = combinations.indices.flatMap { combination in
      (0..<bucketCount).map { bucket in bits(combination, bucket) }
    }
  }

  /// What an event of a slot leaves with each who took part.
  @inline(__always)
  func mark(_ slot: Slot) -> UInt64 {
    marks[Int(slot.combination) &* bucketCount &+ Int(slot.bucket)]
  }

  /// The bit of a form's (or kind's) value in a period. Value -1, not stated, comes first.
  func formBit(_ form: Int, _ period: Int) -> Int { (form + 1) * periodCount + period }
  func kindBit(_ kind: Int, _ period: Int) -> Int {
    let forms = events.forms.map { $0.count + 1 } ?? 0
    return (forms + kind + 1) * periodCount + period
  }

  /// The period that a bit belongs to.
  func period(ofBit bit: Int) -> Int { bit % periodCount }

  func forEachValueBit(_ slot: Slot, _ body: (Int) -> Void) {
    let (form, kind) = combinations[Int(slot.combination)]
    for period in 0..<periodCount where periodMask[Int(slot.bucket)] & (1 << UInt8(period)) != 0 {
      if events.forms != nil { body(formBit(form, period)) }
      if events.kinds != nil { body(kindBit(kind, period)) }
    }
  }

  private func bits(_ combination: Int, _ bucket: Int) -> UInt64 {
    var word: UInt64 = 1 << UInt64(bucket)
    guard wideWords == 0 else { return word }
    forEachValueBit(Slot(bucket: UInt8(bucket), combination: UInt16(combination))) {
      word |= 1 << UInt64(bucketCount + $0)
    }
    return word
  }
}
