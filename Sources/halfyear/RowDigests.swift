import Checking
import Comparing
import History
import Records
import Workspace

/// A department's id in 32 bits; never 0, which stands for none.
enum DepartmentDigest {
  static func of(_ id: String) -> UInt32 {
    var state: UInt32 = 0x811C_9DC5
    for byte in id.utf8 { state = (state ^ UInt32(byte)) &* 0x0100_0193 }
    return max(state, 1)
  }
}

/// The accepted rows of all tables as the history keeps them.
struct RowDigests {
  private let tracer: RowTracer
  private let findings: [Finding]
  private let departmentIds: [UInt32]
  /// The people with their departments.
  private let staff: Staff?

  init(_ tracer: RowTracer, _ results: Results) {
    self.tracer = tracer
    findings = results.findings
    let ids = results.figures.departments.map { DepartmentDigest.of($0.id) }
    departmentIds = ids
    staff = tracer.staff
  }

  /// By the tables' names.
  func all(_ sources: [Source]) -> [String: [RowDigest]] {
    var all: [String: [RowDigest]] = [:]
    for table in [TableSchema.departments, .staff, .staffAssignments] {
      all[table.file] = digests(table) { _ in nil }
    }
    for source in sources {
      let records = tracer.table(source.records, findings: findings)
      let day = source.family == .activity ? Role.date : .raisedOn
      all[source.records.file] = digests(source.records) { records?.value(day, $0) }
      guard let table = source.participation else { continue }
      let lists = tracer.table(table, findings: findings)
      let days = (records?.accepted ?? []).map { records?.value(.date, $0) }
      all[table.file] = digests(table) { row in
        lists?.value(.event, row).flatMap { days[Int($0)] }
      }
    }
    return all
  }

  private func digests(_ table: TableSchema, day: (Int) -> Int64?) -> [RowDigest]? {
    guard let traced = tracer.table(table, findings: findings) else { return nil }
    return traced.accepted.map { row in
      let day = day(row).map { Int32(truncatingIfNeeded: $0) }
      return RowDigest(
        key: traced.rows[row].key, content: traced.rows[row].content,
        department: department(traced, row, on: day), day: day ?? .min)
    }
  }

  /// Of a participation the department of the person on the day, of all others their own; 0, which stands for
  /// any, of an assignment, which takes from one department what it gives to another.
  private func department(_ table: TracedTable, _ row: Int, on day: Int32?) -> UInt32 {
    guard !table.has(.beginsOn) else { return 0 }
    if let department = table.value(.department, row) { return departmentIds[Int(department)] }
    guard table.has(.event), let person = table.value(.person, row), let staff,
      person < staff.count
    else { return 0 }
    return departmentIds[Int(staff.department(of: Int(person), on: day ?? .max))]
  }
}
