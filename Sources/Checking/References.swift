internal import CScan
internal import Reading
internal import Records

/// Resolves the references of a table: to departments, to people and to events.
final class References {
  private let departments: Departments?
  private let staff: Staff?
  private let events: Events?

  init(departments: Departments? = nil, staff: Staff? = nil, events: Events? = nil) {
    self.departments = departments
    self.staff = staff
    self.events = events
  }

  /// Fills a column with indices; negative values as in `IdentifierIndex`, `Decoded.absent` for empty
  /// cells.
  func resolve(
    _ role: Role, slot: Int, block: RecordBlock, into out: UnsafeMutablePointer<Int64>
  ) {
    let cells = block.column(slot)
    switch role {
    case .department: departments?.find(cells, rows: block.rowCount, into: out)
    case .person: staff?.find(cells, rows: block.rowCount, into: out)
    case .event:
      guard let events else { return }
      fillRuns(out, cells, rows: block.rowCount) { events.find($0) }
    default:
      out.update(repeating: Decoded.absent, count: block.rowCount)
    }
  }

  /// Fills a column in which a value mostly stands many times in a row, as the event of a list.
  @inline(__always)
  private func fillRuns(
    _ out: UnsafeMutablePointer<Int64>, _ cells: CellColumn, rows: Int,
    _ find: (CellBytes) -> Int32
  ) {
    var last = CellBytes(start: nil, count: 0)
    var value = Decoded.absent
    for row in 0..<rows {
      let cell = cells[row]
      let isSame =
        cell.count == last.count
        && scan_is_equal(cell.baseAddress, last.baseAddress, cell.count) != 0
      if !isSame {
        let trimmed = cell.trimmed
        value = trimmed.isEmpty ? Decoded.absent : Int64(find(trimmed))
        last = cell
      }
      out[row] = value
    }
  }

  static func code(for value: Int64) -> FindingCode {
    switch Int32(truncatingIfNeeded: value) {
    case IdentifierIndex.rejected: return .rejectedReference
    case IdentifierIndex.ambiguous: return .ambiguousReference
    default: return .unknownReference
    }
  }

  /// The ids of the records that an ambiguous text may mean.
  func candidates(_ role: Role, _ cell: CellBytes) -> String {
    let text = cell.text
    switch role {
    case .department: return departments?.candidates(text).joined(separator: ", ") ?? ""
    case .person: return staff?.candidates(text).joined(separator: ", ") ?? ""
    default: return ""
    }
  }
}
