internal import Checking
internal import Synchronization

/// Gives every value of a ledger's label columns a place among the bits that people have for values. All
/// threads share the places, so that the bits of one can be laid over those of another.
final class ValuePlaces: Sendable {
  private let places = Mutex<[UInt64: Int]>([:])

  var count: Int { places.withLock { $0.count } }

  /// The place of a column's value, given now where it has none.
  func place(column: Int, code: Int16) -> Int {
    places.withLock { places in
      let key = UInt64(column) << 16 | UInt64(UInt16(bitPattern: code))
      let place = places[key] ?? places.count
      places[key] = place
      return place
    }
  }
}

/// What one thread has counted for the values of one label column of a ledger.
final class LedgerValues {
  struct Value {
    let code: Int16
    /// A row of counts as a department has.
    let counts: UnsafeMutablePointer<Int32>
    /// Items by bucket and days to close; made with the first closed item.
    var days: UnsafeMutablePointer<Int32>?
    /// The plane and the first of the bits in which `LedgerPeople` marks people.
    let plane: Int
    let shift: UInt64
  }

  /// Up to here days to close have a count each; longer ones stand in `longDays`.
  static let shortDays = 512
  private var base = UnsafeMutablePointer<Value>.allocate(capacity: 0)
  private var capacity = 0
  private var count = 0
  /// The value of each code + 1, for `-1` is not stated; -1 where there is none.
  private let numbers: UnsafeMutablePointer<Int32>
  /// By code, bucket and days.
  private var longDays: [Int16: [Int: [Int32: Int32]]] = [:]
  private let column: Int
  private let columns: Int
  private let bucketCount: Int
  private let periodCount: Int
  private let places: ValuePlaces

  /// - Parameter column: which of the label columns it is.
  init(column: Int, timeline: Timeline, places: ValuePlaces) {
    self.column = column
    self.places = places
    columns = LedgerCounter.columns(of: timeline)
    bucketCount = timeline.bucketCount
    periodCount = timeline.periodCount
    numbers = .allocate(capacity: LedgerItem.mostLabels + 1)
    numbers.initialize(repeating: -1, count: LedgerItem.mostLabels + 1)
  }

  deinit {
    for value in UnsafeBufferPointer(start: base, count: count) {
      value.counts.deallocate()
      value.days?.deallocate()
    }
    base.deallocate()
    numbers.deallocate()
  }

  /// The codes that have values; `-1`, not stated, among them.
  var codes: [Int16] { (0..<count).map { base[$0].code } }

  /// The counts of a code; they stay where they are until another one is asked for.
  @inline(__always)
  func value(_ code: Int16) -> UnsafeMutablePointer<Value> {
    let number = numbers[Int(code) &+ 1]
    return number >= 0 ? base + Int(number) : makeValue(code)
  }

  private func makeValue(_ code: Int16) -> UnsafeMutablePointer<Value> {
    if count == capacity { grow() }
    let perPlane = LedgerPeople.valuesPerPlane(periodCount)
    let place = places.place(column: column, code: code)
    let value = Value(
      code: code, counts: LedgerValues.zeros(columns), plane: place / perPlane,
      shift: UInt64(place % perPlane * periodCount))
    (base + count).initialize(to: value)
    numbers[Int(code) + 1] = Int32(count)
    count += 1
    return base + count - 1
  }

  private func grow() {
    capacity = max(16, 2 * capacity)
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Int32> {
    let zeros = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    zeros.initialize(repeating: 0, count: count)
    return zeros
  }

  @inline(__always)
  func addDays(_ length: Int32, bucket: Int, to value: UnsafeMutablePointer<Value>) {
    if length < Int32(LedgerValues.shortDays) {
      days(of: value)[bucket &* LedgerValues.shortDays &+ Int(length)] += 1
    } else {
      longDays[value.pointee.code, default: [:]][bucket, default: [:]][length, default: 0] += 1
    }
  }

  @inline(__always)
  private func days(of value: UnsafeMutablePointer<Value>) -> UnsafeMutablePointer<Int32> {
    if let days = value.pointee.days { return days }
    let days = LedgerValues.zeros(bucketCount * LedgerValues.shortDays)
    value.pointee.days = days
    return days
  }

  /// The distribution of the days to close of a value's items closed in some buckets.
  func histogram(_ code: Int16, buckets: Range<Int>) -> DayHistogram {
    var histogram = DayHistogram()
    let days = value(code).pointee.days
    for bucket in buckets {
      if let row = days.map({ $0 + bucket * LedgerValues.shortDays }) {
        for length in 0..<LedgerValues.shortDays where row[length] > 0 {
          histogram.add(Int32(length), row[length])
        }
      }
      for (length, count) in longDays[code]?[bucket] ?? [:] { histogram.add(length, count) }
    }
    return histogram
  }

  /// Adds what another thread has counted.
  func merge(_ other: LedgerValues) {
    for code in other.codes {
      let (own, others) = (value(code), other.value(code))
      for column in 0..<columns { own.pointee.counts[column] += others.pointee.counts[column] }
      guard let theirs = others.pointee.days else { continue }
      let days = days(of: own)
      for at in 0..<bucketCount * LedgerValues.shortDays { days[at] += theirs[at] }
    }
    for (code, buckets) in other.longDays {
      for (bucket, counts) in buckets {
        longDays[code, default: [:]][bucket, default: [:]].merge(counts, uniquingKeysWith: +)
      }
    }
  }
}
