public import Records
internal import Synchronization

/// Holds every row of the tables that it is asked for as it was decided about, so that a figure can be
/// traced to its rows and one night's rows be compared with another's.
///
/// Nothing of it costs a run that does not ask for it.
public final class RowTracer: Sendable {
  private let wanted: Set<String>?
  private let tables = Mutex<[String: TracedTable]>([:])
  private let known = Mutex<Staff?>(nil)

  /// - Parameter tables: the base names of the tables to hold; all where nil.
  public init(tables: Set<String>? = nil) { wanted = tables }

  /// The staff of the run, once it has been read.
  public var staff: Staff? { known.withLock { $0 } }

  func know(_ staff: Staff) { known.withLock { $0 = staff } }

  func wants(_ table: TableSchema) -> Bool { wanted?.contains(table.file) ?? true }

  /// Takes over what the threads have seen of a part of a table.
  func take(_ buffers: [TraceBuffer], _ table: TableSchema, _ places: RowPlaces) {
    tables.withLock { tables in
      var traced = tables[table.file] ?? TracedTable(table)
      traced.append(buffers, places)
      tables[table.file] = traced
    }
  }

  /// A table in the order of its rows; nil where it was not read.
  ///
  /// - Parameter findings: all findings of the run: some repetitions are known only at its end.
  /// - Complexity: O(n log n) in the rows.
  public func table(_ table: TableSchema, findings: [Finding]) -> TracedTable? {
    var traced = tables.withLock { $0[table.file] }
    traced?.settle(findings)
    return traced
  }
}

/// The rows of a table: where each stands, what became of it, and what its cells were taken for.
public struct TracedTable: Sendable {
  public let table: TableSchema
  public private(set) var rows: [TracedRow] = []
  /// For each column that any part has, a value for each row; `TracedTable.absent` where there is none.
  private var values: [Role: [Int64]] = [:]
  private var places = RowPlaces()

  /// The value of an empty or unreadable cell.
  public static let absent = Int64.min

  init(_ table: TableSchema) { self.table = table }

  /// What the values of two columns with words of their own mean.
  public static func isEmployee(_ value: Int64) -> Bool { value == Known.employee }
  public static func isReopened(_ value: Int64) -> Bool { value == Known.reopened }

  /// The place of a row by its position here.
  public func place(_ index: Int) -> SourceLocation { places.place(of: rows[index].row) }

  /// Days are days since 1970, amounts millionths, flags 0 or 1, references indices into the accepted rows
  /// of the table that they refer to; nil where the cell is empty, was not readable, or names nothing.
  public func value(_ role: Role, _ index: Int) -> Int64? {
    guard let value = values[role]?[index], value >= 0 || role.isDay, value != TracedTable.absent
    else { return nil }
    return value
  }

  public func has(_ role: Role) -> Bool { values[role] != nil }

  /// The row with a number of the table; nil where there is none.
  func row(numbered number: UInt32) -> TracedRow? {
    var range = rows.startIndex..<rows.endIndex
    while let middle = range.isEmpty ? nil : (range.lowerBound + range.upperBound) / 2 {
      if rows[middle].row == number { return rows[middle] }
      range =
        rows[middle].row < number ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  /// The positions of the accepted rows: the index that references have is an index into these.
  public var accepted: [Int] { rows.indices.filter { !rows[$0].isRejected } }

  mutating func append(_ buffers: [TraceBuffer], _ places: RowPlaces) {
    self.places = places
    for buffer in buffers {
      let before = rows.count
      rows += buffer.rows
      for (role, column) in buffer.columns {
        values[role, default: Array(repeating: TracedTable.absent, count: before)] += column
      }
      for role in values.keys where values[role]?.count != rows.count {
        let missing = rows.count - (values[role]?.count ?? 0)
        values[role]? += Array(repeating: TracedTable.absent, count: missing)
      }
    }
  }

  mutating func settle(_ findings: [Finding]) {
    let order = rows.indices.sorted { rows[$0].row < rows[$1].row }
    rows = order.map { rows[$0] }
    values = values.mapValues { column in order.map { column[$0] } }
    let repeated = Set(
      findings.filter { $0.code == .duplicateParticipation }.map {
        $0.location.row($0.location.row)
      })
    guard !repeated.isEmpty else { return }
    for index in rows.indices where repeated.contains(place(index)) {
      rows[index].isRejected = true
    }
  }
}

/// What became of a row.
public struct TracedRow: Sendable {
  /// In the table, over all of its files and sheets.
  let row: UInt32
  public internal(set) var isRejected: Bool
  /// A digest of what names the row: its id, or its event and person.
  public let key: UInt64
  /// A digest of all cells that are used.
  public let content: UInt64
}

extension Role {
  /// Days before 1970 are negative numbers.
  fileprivate var isDay: Bool {
    switch self {
    case .date, .joinedOn, .leftOn, .raisedOn, .dueOn, .closedOn, .recheckedOn, .openedOn,
      .beginsOn, .endsOn:
      return true
    default: return false
    }
  }
}
