import Foundation

/// A small workspace in which everything that departments get wrong goes wrong; a seed repeats it.
///
/// It keeps away from what the contract leaves open, such as other spellings of dates.
struct RandomWorkspace {
  let period: String
  let asOf: String?
  let view: View
  private(set) var files: [String: Data] = [:]

  static let periods = [
    "2023H1", "2023H1", "2023H2", "2024H1", "2023Q2", "2023Q1", "2023-05", "2024-02", "2023",
    "2024", "2022-12-15..2023-02-10", "2021-09-01..2021-12-31", "2023-02-28..2024-02-29",
    "2024-02-01..2024-02-29", "2023-03-03..2023-03-03",
  ]

  init(seed: Int) {
    var random = SeededRandom(seed)
    period = random.pick(RandomWorkspace.periods)
    let span = Span(period) ?? RandomWorkspace.fallback
    asOf = RandomWorkspace.asOf(in: span, &random)?.text
    var mess = Mess(
      days: BoundaryDays(span, asOf: asOf.flatMap { CalendarDay($0) }),
      percent: random.pick([0, 1, 2, 2, 4, 10]), random: random)
    let organisation = RandomOrganisation(&mess)
    view = mess.random.chance(50) ? .asWas : .asNow
    var tables = [organisation.departments, organisation.staff]
    if let assignments = organisation.assignments { tables.append(assignments) }
    for files in mess.random.shuffled(Activities.files).prefix(mess.random.number(in: 1...6)) {
      tables += RandomActivity(files, organisation, &mess).tables
    }
    for name in mess.random.shuffled(Ledger.names).prefix(mess.random.number(in: 0...4)) {
      tables.append(RandomLedger.table(name, organisation, &mess))
    }
    for table in tables { files["\(table.base).csv"] = table.bytes(&mess.random) }
    files["hospital.yaml"] = Data("name:\n  zh: 随机医院\n  en: Random Hospital\n".utf8)
  }

  private static let fallback = Span("2023H1")!

  /// Half of the runs look at the period from its end; the others from a day within or after it.
  private static func asOf(in span: Span, _ random: inout SeededRandom) -> CalendarDay? {
    if random.chance(50) { return nil }
    let days = span.last.ordinal - span.first.ordinal
    return span.first.later(by: random.pick([0, days / 2, days, days + 20, days / 3]))
  }

  func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, bytes) in files { try bytes.write(to: folder.appending(path: name)) }
  }
}

/// Days around all the boundaries that a report looks at.
struct BoundaryDays {
  private let boundaries: [CalendarDay]
  private let stretch: [CalendarDay]

  init(_ span: Span, asOf: CalendarDay?) {
    let spans = [span, span.previous, span.sameLastYear] + span.months
    let edges = spans.flatMap { [$0.first, $0.last] } + [asOf].compactMap { $0 }
    boundaries =
      edges.flatMap { [$0.before, $0, $0.next] }
      + [CalendarDay(2024, 2, 29), CalendarDay(2020, 2, 29), CalendarDay(1999, 12, 31)]
      + [span.last.later(by: 366), span.last.later(by: 367), span.last.later(by: 900)]
    let start = span.sameLastYear.first.later(by: -200)
    let end = span.last.later(by: 60)
    stretch = Array(sequence(first: start) { $0 < end ? $0.next : nil })
  }

  func any(_ random: inout SeededRandom) -> CalendarDay {
    random.pick(random.chance(35) ? boundaries : stretch)
  }

  /// A day not before another one, mostly soon after it.
  func after(_ day: CalendarDay, _ random: inout SeededRandom) -> CalendarDay {
    random.chance(20)
      ? max(day, any(&random)) : day.later(by: random.pick([0, 0, 1, 2, 7, 30, 31, 90]))
  }
}

/// What spoils cells: how often, and with what.
struct Mess {
  let days: BoundaryDays
  /// How many cells of a hundred are spoiled.
  let percent: Int
  var random: SeededRandom

  mutating func day() -> CalendarDay { days.any(&random) }

  /// A date, or at times something that is none.
  mutating func text(of day: CalendarDay) -> String {
    spoiled(day.text, with: ["2023-02-30", "2023-13-01", "待定", "soon", "2023-00-10"])
  }

  mutating func optionalDay(empty percent: Int) -> String {
    if random.chance(percent) { return "" }
    return text(of: day())
  }

  /// A number with up to six decimals; at times empty, negative or none at all.
  mutating func number(upTo limit: Int, empty percent: Int) -> String {
    if random.chance(percent) { return "" }
    let decimals = random.pick(["", "", ".5", ".25", ".333333", ".000001", ".10", ".0"])
    return spoiled("\(random.number(in: 0...limit))\(decimals)", with: Mess.badNumbers)
  }

  mutating func count(upTo limit: Int, empty percent: Int) -> String {
    if random.chance(percent) { return "" }
    return spoiled("\(random.number(in: 0...limit))", with: Mess.badNumbers)
  }

  static let badNumbers = ["-1", "-12", "many", "1.2.3", "待统计"]

  mutating func flag(empty percent: Int) -> String {
    if random.chance(percent) { return "" }
    let spellings = [
      "1", "0", "true", "false", "yes", "no", "y", "n", "是", "否", "√", "×", "TRUE", "FALSE", "Yes",
      "NO", "Y", "N",
    ]
    return spoiled(random.pick(spellings), with: ["maybe", "2", "不详"])
  }

  mutating func spoiled(_ text: String, with others: [String]) -> String {
    random.chance(percent) ? random.pick(others) : text
  }

  /// A reference to one of several things, mostly sound.
  mutating func reference(to names: [[String]]) -> String {
    if names.isEmpty || random.chance(percent) { return random.pick(["", "nobody", "无此项"]) }
    let choices = random.pick(names)
    let text = random.chance(60) ? choices[0] : random.pick(choices)
    return random.chance(4) ? " \(text) " : text
  }

  /// Adds rows again that stand earlier, whole or with another row's cells behind the same id.
  mutating func repeated(_ rows: [[String: String]], key: [String]) -> [[String: String]] {
    var result = rows
    for row in rows where random.chance(percent) {
      var other = random.pick(rows)
      for column in key { other[column] = row[column] }
      result.insert(other, at: random.number(in: 0...result.count))
    }
    return result
  }
}
