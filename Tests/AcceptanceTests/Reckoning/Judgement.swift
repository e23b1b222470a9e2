/// Where a row stands.
struct Place: Hashable {
  let file: String
  let row: Int
}

/// A row that is kept, and why it deserves a look.
struct Warning: Hashable {
  let file: String
  let row: Int
  let code: String
}

/// How many rows of a file were read and kept.
struct FileTally: Equatable {
  var read = 0
  var accepted = 0
  var rejected = 0
}

/// The rows that are rejected, the warnings on those that are kept, and the tallies.
struct Judgements {
  var rejected: Set<Place> = []
  var warnings: Set<Warning> = []
  var tallies: [String: FileTally] = [:]

  /// Notes the outcome for a row; a rejected row's warnings do not matter any more.
  mutating func note(_ reading: RowReading, in file: String) {
    tallies[file, default: FileTally()].read += 1
    if reading.isRejected {
      tallies[file, default: FileTally()].rejected += 1
      rejected.insert(Place(file: file, row: reading.row.number))
      return
    }
    tallies[file, default: FileTally()].accepted += 1
    for code in reading.warnings {
      warnings.insert(Warning(file: file, row: reading.row.number, code: code))
    }
  }
}

/// Reads the cells of one row and remembers what is wrong with it.
struct RowReading {
  let row: Row
  var isRejected = false
  var warnings: Set<String> = []

  init(_ row: Row) { self.row = row }

  mutating func required(_ column: String) -> String {
    if row[column].isEmpty { isRejected = true }
    return row[column]
  }

  mutating func requiredDay(_ column: String) -> CalendarDay? {
    let day = CalendarDay(row[column])
    if day == nil { isRejected = true }
    return day
  }

  mutating func optionalDay(_ column: String) -> CalendarDay? {
    optional(column) { CalendarDay($0) }
  }

  mutating func flag(_ column: String) -> Bool? {
    optional(column) { text in
      if ["1", "true", "yes", "y", "是", "√"].contains(text.lowercased()) { return true }
      if ["0", "false", "no", "n", "否", "×"].contains(text.lowercased()) { return false }
      return nil
    }
  }

  mutating func choice(_ column: String, among values: [String]) -> String {
    optional(column) { values.contains($0) ? $0 : nil } ?? ""
  }

  /// A decimal number in millionths; a negative one rejects the row.
  mutating func millionths(_ column: String) -> Int? {
    let number = optional(column, RowReading.millionths(of:))
    if let number, number < 0 { isRejected = true }
    return number
  }

  /// A whole number; a negative one rejects the row.
  mutating func count(_ column: String) -> Int? {
    millionths(column).map { $0 / 1_000_000 }
  }

  private mutating func optional<Value>(
    _ column: String, _ read: (String) -> Value?
  ) -> Value? {
    let text = row[column]
    if text.isEmpty { return nil }
    let value = read(text)
    if value == nil { warnings.insert("unreadable_optional") }
    return value
  }

  /// `-12.5` as −12 500 000; nil for what is no number or has more than six decimals.
  static func millionths(of text: String) -> Int? {
    let isNegative = text.hasPrefix("-")
    let parts = (isNegative ? text.dropFirst() : text[...])
      .split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !parts.contains(where: \.isEmpty),
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let whole = Int(parts[0])
    else { return nil }
    let decimals = parts.count == 2 ? String(parts[1]) : ""
    guard decimals.count <= 6 else { return nil }
    let fraction = Int(decimals + String(repeating: "0", count: 6 - decimals.count)) ?? 0
    return (whole * 1_000_000 + fraction) * (isNegative ? -1 : 1)
  }
}
