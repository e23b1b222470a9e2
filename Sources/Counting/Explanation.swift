public import Checking
public import Records

/// The rows behind a figure, and those that would be, were they not rejected.
public struct Explanation: Sendable {
  /// A row that is counted, with what it adds.
  public struct Row: Sendable {
    public let place: SourceLocation
    /// In the parts of one that the metric's numerator counts in; of a median the row's days.
    public let adds: Int64
  }

  /// A rejected row that has to do with the figure.
  public struct Rejected: Sendable {
    public let place: SourceLocation
    /// What is readable of the row says that it would count; otherwise it only does not say that it
    /// would not.
    public let isCertain: Bool
  }

  public internal(set) var numerator: [Row] = []
  /// Empty where the metric is no quotient.
  public internal(set) var denominator: [Row] = []
  public internal(set) var rejected: [Rejected] = []

  /// What the rows of the numerator add up to; nil beyond 64 bits.
  public var sum: Int64? { Explanation.sum(numerator) }

  /// What the rows of the denominator add up to.
  public var base: Int64? { Explanation.sum(denominator) }

  private static func sum(_ rows: [Row]) -> Int64? {
    var sum: Int64 = 0
    for row in rows {
      let (next, overflow) = sum.addingReportingOverflow(row.adds)
      if overflow { return nil }
      sum = next
    }
    return sum
  }
}

/// The figure that is asked about.
public struct ExplanationQuery: Sendable {
  public var measure: Measure
  /// The source of the metric; nil for those of the staff list.
  public var source: Source?
  /// The department, as an index into the accepted ones; nil for the whole hospital.
  public var department: Int?
  /// The window, its last known day, and the day after which nothing is known.
  public var first: Day
  public var end: Day
  public var asOf: Day?

  public init(
    measure: Measure, source: Source?, department: Int?, first: Day, end: Day, asOf: Day?
  ) {
    self.measure = measure
    self.source = source
    self.department = department
    self.first = first
    self.end = end
    self.asOf = asOf
  }

  /// The tables that hold its rows.
  public var tables: Set<String> {
    let common = [TableSchema.departments.file, TableSchema.staff.file]
    let own = [source?.records.file, source?.participation?.file].compactMap { $0 }
    return Set(common + own)
  }

  var span: ClosedRange<Int64> {
    Int64(first.number)...max(Int64(first.number), Int64(end.number))
  }

  /// Nothing has happened yet in a window that begins after the last known day.
  var isEmpty: Bool { end < first }
}

/// Finds the rows of a figure by going through them one by one, as a person would with the files open: a
/// second way to the same number.
public struct Explainer {
  private let tracer: RowTracer
  private let findings: [Finding]

  /// - Parameter tracer: has held the tables of the query during a run with these findings.
  public init(_ tracer: RowTracer, findings: [Finding]) {
    self.tracer = tracer
    self.findings = findings
  }

  /// The rows of a figure; nil where a table that they would stand in was not read.
  ///
  /// - Complexity: O(rows of the source and of the staff list).
  public func explanation(of query: ExplanationQuery) -> Explanation? {
    guard let staffTable = tracer.table(.staff, findings: findings), let people = tracer.staff
    else { return nil }
    let staff = TracedStaff(staffTable, people, query)
    guard let source = query.source else { return staff.explanation }
    guard let records = tracer.table(source.records, findings: findings) else { return nil }
    if source.family == .ledger { return TracedLedger(records, query).explanation }
    let participation = source.participation.flatMap { tracer.table($0, findings: findings) }
    return TracedActivity(records, participation, staff, query).explanation
  }
}

/// What is known of whether a row counts: nil where a cell that decides it cannot be read.
typealias Verdict = Bool?

/// All conditions hold; unknown where none is known to fail and one is not known.
func all(_ conditions: Verdict...) -> Verdict {
  if conditions.contains(false) { return false }
  return conditions.contains(nil) ? nil : true
}

extension TracedTable {
  func row(_ index: Int, adds: Int64 = 1) -> Explanation.Row {
    Explanation.Row(place: place(index), adds: adds)
  }

  /// The rejected rows that may count, by a verdict on each.
  func rejected(_ verdict: (Int) -> Verdict) -> [Explanation.Rejected] {
    rows.indices.filter { rows[$0].isRejected }.compactMap { index in
      let verdict = verdict(index)
      guard verdict != false else { return nil }
      return Explanation.Rejected(place: place(index), isCertain: verdict == true)
    }
  }
}
