import Foundation

/// Counts a folder's CSV files by the plainest means and by the contract's words alone: nothing of
/// the program under test takes part.
struct Recount {
  let folder: URL
  /// Ids by every text that may stand for a department or a person; several ids where ambiguous.
  private(set) var departments: [String: Set<String>] = [:]
  private(set) var people: [String: Set<String>] = [:]
  private(set) var staff: [[String]] = []

  init(_ folder: URL) throws {
    self.folder = folder
    for row in try rows("departments") {
      for text in [row[0], row[1]] + row[2].split(separator: ";").map(String.init) {
        departments[text, default: []].insert(row[0])
      }
    }
    staff = try rows("staff")
    for row in staff {
      for text in [row[0], row[1]] { people[text, default: []].insert(row[0]) }
    }
  }

  func rows(_ file: String) throws -> [[String]] {
    let text = try String(contentsOf: folder.appendingPathComponent("\(file).csv"), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { Self.cells(String($0)) }
  }

  /// The cells of a line without quoted line breaks.
  static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  struct Activity: Equatable {
    var events = 0
    var participations = 0
    var people = 0
    var rejected = 0
  }

  /// Whether a text is a day of the calendar, by its digits alone.
  static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard text.utf8.count == 10, parts.count == 3, (1...12).contains(parts[1]) else { return false }
    let lengths = [31, parts[0] % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...lengths[parts[1] - 1]).contains(parts[2])
  }

  /// Events and participations with dates between two days; `rejected` counts all rows of both files.
  func activity(_ events: String, _ lists: String, from: String, through: String) throws -> Activity
  {
    var result = Activity()
    var accepted: [String: [String]] = [:]
    var ids: Set<String> = []
    for row in try rows(events) {
      let isNew = ids.insert(row[0]).inserted
      if isNew && Self.isDay(row[1]) && departments[row[2]]?.count == 1 {
        accepted[row[0]] = row
      } else {
        result.rejected += 1
      }
    }
    var pairs: Set<[String]> = []
    var listed: Set<String> = []
    var persons: Set<String> = []
    for row in try rows(lists) {
      guard let event = accepted[row[0]], let found = people[row[1]], found.count == 1,
        pairs.insert([row[0], found.first!]).inserted, !row[2].hasPrefix("-")
      else {
        result.rejected += 1
        continue
      }
      listed.insert(row[0])
      guard from <= event[1], event[1] <= through else { continue }
      result.participations += 1
      persons.insert(found.first!)
    }
    for event in accepted.values where from <= event[1] && event[1] <= through {
      result.events += 1
      if !listed.contains(event[0]) { result.participations += Int(event.last!) ?? 0 }
    }
    result.people = persons.count
    return result
  }

  struct Ledger: Equatable {
    var hospital = 0
    var individual = 0
    var people = 0
    var withMeasure = 0
    var withDeadline = 0
    var rejected = 0
  }

  /// Items raised between two days; `rejected` counts all rows of the file.
  func ledger(_ file: String, from: String, through: String) throws -> Ledger {
    var result = Ledger()
    var ids: Set<String> = []
    var persons: Set<String> = []
    for row in try rows(file) {
      let isNew = ids.insert(row[0]).inserted
      guard isNew, departments[row[2]]?.count == 1, row[3].isEmpty || people[row[3]]?.count == 1,
        Self.isDay(row[6]), row[10].isEmpty || row[10] >= row[6]
      else {
        result.rejected += 1
        continue
      }
      guard from <= row[6], row[6] <= through else { continue }
      result.hospital += ["hospital", "院级"].contains(row[1]) ? 1 : 0
      result.individual += ["individual", "个人"].contains(row[1]) ? 1 : 0
      result.withMeasure += row[7].isEmpty ? 0 : 1
      result.withDeadline += Self.isDay(row[9]) ? 1 : 0
      if let person = people[row[3]]?.first { persons.insert(person) }
    }
    result.people = persons.count
    return result
  }
}
