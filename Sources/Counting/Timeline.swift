public import Records

/// The days that a report asks about, cut into buckets.
///
/// A window is a span of days that figures are wanted for: the period, its comparison periods, the
/// months. The cuts are where windows begin or end, so a window is a run of whole buckets, and a sum
/// over a window is the sum of its buckets: months merge into halves by construction.
public struct Timeline: Sendable {
  public struct Window: Sendable {
    /// The period as it is called in the outputs; clipped to a month's part for a month.
    public let period: Period
    /// The day up to which the state is known: the period's last day, or the as-of day if earlier.
    public let end: Day
    /// The buckets of the window; empty for a month that begins after the as-of day.
    public let buckets: Range<Int>
    /// The bucket at whose end the state at the window's start is taken (the day before its first).
    let openingBucket: Int
    /// The bucket at whose end the state at the window's end is taken.
    let closingBucket: Int
  }

  /// The windows: first the periods (`periodCount` of them), then the months of the first period, then
  /// whatever else is compared with or planned.
  public let windows: [Window]
  public let periodCount: Int
  /// The periods and the months: the windows that `statistics.csv` tells.
  public let reportedCount: Int
  public let bucketCount: Int
  /// Events and items after this day are not known; nil where everything is.
  public let asOf: Day?

  /// For each bucket the periods (as bits by index) that it belongs to, and all windows.
  let periodMask: [UInt8]
  let windowMask: [UInt64]
  /// For each bucket, and for the one behind the last, the windows (as bits) at whose end it is over.
  private let closingMask: [UInt64]
  /// First and last day of the first window.
  let firstWindow: (first: Int32, end: Int32)
  private let firstDay: Int32
  private let bucketByDay: [UInt8]

  /// The longest period in months: buckets are counted in the bits of one word.
  public static let longestPeriod = 48

  /// Windows are the bits of one word, and so are buckets, of which each window cuts at most two.
  private static let mostWindows = 60

  /// - Parameters:
  ///   - period: at most `longestPeriod` months.
  ///   - asOf: not before the period's first day.
  ///   - further: spans that targets are set for or that are compared with, as earlier months; those that
  ///     there is no room for are left out, the last ones first. They are known no longer than the period.
  public init(period: Period, asOf: Day?, further: [Period] = []) {
    precondition(period.months.count <= Timeline.longestPeriod)
    let periods = Timeline.periods(period)
    let reported = periods + period.months
    let spans = reported + Timeline.fitting(further, beside: reported)
    let known = min(period.last, asOf ?? period.last)
    let ends = spans.enumerated().map { number, span in
      min(span.last, number < reported.count ? asOf ?? span.last : known)
    }
    // A cut is the first day of a bucket. Bucket 0 is all that lies before the first cut.
    var cutDays: Set<Day> = []
    for (span, end) in zip(spans, ends) {
      cutDays.insert(span.first)
      cutDays.insert(end.adding(days: 1))
    }
    if let asOf { cutDays.insert(asOf.adding(days: 1)) }
    let cuts = cutDays.sorted()
    let bucket: (Day) -> Int = { day in cuts.count { $0 <= day } }
    let made = zip(spans, ends).map { span, end in
      let first = bucket(span.first)
      let last = bucket(end)
      return Window(
        period: span, end: end, buckets: span.first <= end ? first..<(last + 1) : first..<first,
        openingBucket: bucket(min(span.first.adding(days: -1), asOf ?? .latest)),
        closingBucket: last)
    }
    windows = made
    periodCount = periods.count
    reportedCount = reported.count
    bucketCount = cuts.count + 1
    self.asOf = asOf
    windowMask = (0..<bucketCount).map { bucket in
      made.indices.reduce(0) { made[$1].buckets.contains(bucket) ? $0 | 1 << UInt64($1) : $0 }
    }
    closingMask = (0...bucketCount).map { bucket in
      made.indices.reduce(0) {
        bucket < made[$1].buckets.upperBound ? $0 | 1 << UInt64($1) : $0
      }
    }
    firstWindow = (made[0].period.first.number, made[0].end.number)
    let periodBits: UInt64 = (1 << UInt64(periods.count)) - 1
    periodMask = windowMask.map { UInt8(truncatingIfNeeded: $0 & periodBits) }
    firstDay = cuts[0].number - 1
    bucketByDay = (firstDay...cuts[cuts.count - 1].number).map {
      UInt8(bucket(Day(number: $0)))
    }
  }

  /// The period and those that it is compared with.
  private static func periods(_ period: Period) -> [Period] {
    var periods = [period]
    for other in [period.previous, period.sameLastYear] where !periods.contains(other) {
      periods.append(other)
    }
    return periods
  }

  /// Whether a report of a period can have all these spans besides.
  public static func hasRoom(for further: [Period], beside period: Period) -> Bool {
    fitting(further, beside: periods(period) + period.months).count == further.count
  }

  /// The first of the further spans whose cuts there is room for.
  private static func fitting(_ further: [Period], beside reported: [Period]) -> [Period] {
    var cuts = Set(reported.flatMap { [$0.first, $0.last.adding(days: 1)] })
    var count = reported.count
    return Array(
      further.prefix { span in
        cuts.formUnion([span.first, span.last.adding(days: 1)])
        count += 1
        return count <= mostWindows && cuts.count + 2 <= mostWindows
      })
  }

  /// The window of a span of days, wherever it stands; nil where there is none.
  public func window(of span: Period) -> Int? {
    windows.firstIndex { $0.period.first == span.first && $0.period.last == span.last }
  }

  /// What a loop over rows asks of days, as plain addresses: no row counts a reference.
  struct LookUp {
    let bucketCount: Int
    let windowMask: UnsafePointer<UInt64>
    let periodMask: UnsafePointer<UInt8>
    let closingMask: UnsafePointer<UInt64>
    fileprivate let firstDay: Int
    fileprivate let lastOffset: Int
    fileprivate let bucketByDay: UnsafePointer<UInt8>

    /// The bucket of a day.
    @inline(__always)
    func bucket(of day: Int32) -> Int {
      Int(bucketByDay[min(max(Int(day) &- firstDay, 0), lastOffset)])
    }
  }

  /// - Parameter body: gets tables that are good until it returns.
  func withLookUp<Result>(_ body: (LookUp) -> Result) -> Result {
    windowMask.withUnsafeBufferPointer { windowMask in
      periodMask.withUnsafeBufferPointer { periodMask in
        closingMask.withUnsafeBufferPointer { closingMask in
          bucketByDay.withUnsafeBufferPointer { bucketByDay in
            guard let windows = windowMask.baseAddress, let periods = periodMask.baseAddress,
              let closing = closingMask.baseAddress, let byDay = bucketByDay.baseAddress
            else { preconditionFailure("a timeline has at least two buckets") }
            return body(
              LookUp(
                bucketCount: bucketCount, windowMask: windows, periodMask: periods,
                closingMask: closing, firstDay: Int(firstDay),
                lastOffset: bucketByDay.count - 1, bucketByDay: byDay))
          }
        }
      }
    }
  }

  /// The bucket of a day.
  func bucket(of day: Int32) -> Int { withLookUp { $0.bucket(of: day) } }

  /// The buckets of a window as bits.
  func bucketMask(_ window: Int) -> UInt64 {
    windows[window].buckets.reduce(0) { $0 | 1 << UInt64($1) }
  }
}
