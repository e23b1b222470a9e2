import Records

extension VolumeGenerator {
  private static let heading =
    "id,level,department_id,staff_id,category,source,raised_on,measure,due_on,closed_on,"
    + "rechecked_on,recheck_result\n"

  func writeIssues(to path: String) throws(GenerateError) {
    var file = try OutputFile(path)
    try file.put(Array(Self.heading.utf8))
    let words = IssueWords(specification.span)
    var random = RandomSource(seed: seed, stream: "issues")
    for number in 0..<issues {
      let issue = Issue(number, of: self, &random)
      try file.put { start in
        var row = RowCursor(start)
        write(issue, words, to: &row)
        return row.count
      }
    }
    try file.finish()
  }

  private func write(_ issue: Issue, _ words: IssueWords, to row: inout RowCursor) {
    row.id(UInt8(ascii: "I"), issue.number, width: widths.issue)
    row.comma()
    row.put(words.levels[issue.level])
    row.comma()
    row.id(UInt8(ascii: "D"), department(ofPerson: issue.person % staff), width: widths.department)
    row.comma()
    if issue.level == 2 { row.id(UInt8(ascii: "P"), issue.person, width: widths.person) }
    row.comma()
    row.put(words.categories[issue.words % words.categories.count])
    row.comma()
    row.put(words.sources[issue.words / 7 % words.sources.count])
    row.comma()
    row.put(issue.hasUnreadableDay ? words.unreadableDay : words.days[issue.raised])
    row.comma()
    row.put(words.measures[issue.words % words.measures.count])
    row.comma()
    row.put(words.days[issue.due])
    row.comma()
    if let closed = issue.closed { row.put(words.days[closed]) }
    row.comma()
    if let rechecked = issue.rechecked { row.put(words.days[rechecked]) }
    row.comma()
    if issue.rechecked != nil { row.put(words.results[issue.words % 5 == 0 ? 1 : 0]) }
    row.endLine()
  }
}

/// An issue as numbers; days count from the first day of the span.
private struct Issue {
  var number: Int
  var person: Int
  /// 0 hospital, 1 department, 2 individual.
  let level: Int
  let words: Int
  let raised: Int
  let due: Int
  var closed: Int?
  var rechecked: Int?
  var hasUnreadableDay = false

  init(_ number: Int, of generator: VolumeGenerator, _ random: inout RandomSource) {
    let length = generator.specification.span.length
    let share = random.below(100)
    self.number = number
    person = random.below(generator.staff)
    level = share < 1 ? 0 : share < 10 ? 1 : 2
    words = random.below(840)
    raised = random.below(length)
    due = raised + 7 + random.below(60)
    let end =
      random.chance(percent: 75) ? raised + random.below(due - raised + 1) : due + 1 + words % 30
    if end < length && !random.chance(percent: 8) { closed = end }
    if let closed, closed + 7 < length, random.chance(percent: 5) { rechecked = closed + 7 }
    if generator.isFaulty(&random) { spoil(generator, &random) }
  }

  /// An id that stood in the row before, a person whom nobody knows, or a day that does not exist.
  private mutating func spoil(_ generator: VolumeGenerator, _ random: inout RandomSource) {
    switch random.below(3) {
    case 0 where number > 0: number -= 1
    case 1 where level == 2: person += generator.staff
    default: hasUnreadableDay = true
    }
  }
}

/// The texts of issues as bytes, made once.
private struct IssueWords {
  let levels, categories, sources, measures, results: [[UInt8]]
  let unreadableDay = Array("2023-02-30".utf8)
  /// Up to the last deadline.
  let days: DayTable

  init(_ span: Period) {
    let texts: ([String]) -> [[UInt8]] = { $0.map { Array($0.utf8) } }
    let issues = (Wording.categories["issues"] ?? []).dropLast()
    levels = texts(["hospital", "department", "individual"])
    categories = texts(issues.map(\.name))
    sources = texts(["自己查", "上级点", "群众提", "集体议", "基层评"])
    measures = texts(issues.flatMap(\.measures))
    results = texts(["passed", "reopened"])
    days = DayTable(
      Period(from: span.first, through: span.last.adding(days: 100)) ?? span)
  }
}
