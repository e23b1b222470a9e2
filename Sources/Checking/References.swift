internal import CScan
internal import Reading
internal import Records

/// Resolves the references of a table: to departments, to people and to events.
final class References {
  let departments: Departments?
  let staff: Staff?
  private let events: Events?

  init(departments: Departments? = nil, staff: Staff? = nil, events: Events? = nil) {
    self.departments = departments
    self.staff = staff
    self.events = events
  }

  /// Fills a column with indices; negative values as in `IdentifierIndex`, `Decoded.absent` for empty
  /// cells.
  func resolve(
    _ role: Role, _ cells: CellColumn, rows: Int, into out: UnsafeMutablePointer<Int64>
  ) {
    switch role {
    case .department: departments?.find(cells, rows: rows, into: out)
    case .person: staff?.find(cells, rows: rows, into: out)
    case .event:
      guard let events else { return }
      fillRuns(out, cells, rows: rows) { events.find($0) }
    default:
      out.update(repeating: Decoded.absent, count: rows)
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
      if !isSame(cell, last) {
        let trimmed = cell.trimmed
        value = trimmed.isEmpty ? Decoded.absent : Int64(find(trimmed))
        last = cell
      }
      out[row] = value
    }
  }

  /// Behind the beginning of a cell eight bytes may be read, and an id seldom has more.
  @inline(__always)
  private func isSame(_ cell: CellBytes, _ last: CellBytes) -> Bool {
    guard cell.count == last.count, let base = cell.baseAddress, let other = last.baseAddress
    else { return false }
    guard cell.count <= 8, cell.count > 0 else {
      return scan_is_equal(base, other, cell.count) != 0
    }
    let difference =
      UnsafeRawPointer(base).loadUnaligned(as: UInt64.self).littleEndian
      ^ UnsafeRawPointer(other).loadUnaligned(as: UInt64.self).littleEndian
    return difference << UInt64(truncatingIfNeeded: 64 &- cell.count &* 8) == 0
  }

  static func code(for value: Int64) -> FindingCode {
    switch Int32(truncatingIfNeeded: value) {
    case IdentifierIndex.rejected: return .rejectedReference
    case IdentifierIndex.ambiguous: return .ambiguousReference
    default: return .unknownReference
    }
  }

  /// The id of the department that a row is of: its own, or that which held its event; empty where neither
  /// is known.
  func submitter(department: Int64?, event: Int64?) -> String {
    var index = department ?? -1
    if index < 0, let event, event >= 0, let events {
      index = Int64(events.all[Int(event)].department)
    }
    guard index >= 0, let departments, departments.all.indices.contains(Int(index)) else {
      return ""
    }
    return departments.all[Int(index)].id
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

  /// What an unknown text may have meant, for people to decide: the names nearest to it, and for a
  /// department, behind a tab, the line of `hospital.yaml` that makes the text known.
  func suggestions(_ role: Role, _ cell: CellBytes) -> String {
    let text = cell.text
    switch role {
    case .department:
      let near = departments?.nearest(to: text) ?? []
      guard let best = near.first else { return "" }
      let names = near.map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
      return names + "\t" + AliasLine.text(of: best, learning: text)
    case .person: return staff?.nearest(to: text).joined(separator: ", ") ?? ""
    default: return ""
    }
  }
}

/// The line under `aliases` of `hospital.yaml` that gives a department one more name.
enum AliasLine {
  static func text(of department: Department, learning name: String) -> String {
    let names = department.settingsAliases + [name]
    return "\(quoted(department.id)): [\(names.map(quoted).joined(separator: ", "))]"
  }

  /// A text as YAML reads it back: in quotes where a plain one would not stand for itself.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_"
    }
    let startsWell = text.unicodeScalars.first.map { !("0"..."9").contains($0) } ?? false
    let words: Set<String> = ["true", "false", "yes", "no", "null", "on", "off", "y", "n"]
    if isPlain, startsWell, !words.contains(text.lowercased()) { return text }
    return "'" + text.replacing("'", with: "''") + "'"
  }
}
