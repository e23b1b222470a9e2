public import Records

/// What a series was in a run.
struct SeriesState {
  let id: Int
  let scale: Int64
  /// Nil where the run did not have the series.
  let members: Int?
  let numbers: [UInt8]
}

extension Database {
  /// What each series of a report was in a run, or in the last one before that has it.
  func seriesStates(
    report: String, asOf run: Int
  ) throws(HistoryError) -> [SeriesKey: SeriesState] {
    var states: [SeriesKey: SeriesState] = [:]
    try prepare(
      """
      SELECT s.id, s.metric, s.period, s.month, s.scope, s.scale, f.members, f.numbers
      FROM series s JOIN figures f ON f.series = s.id
        AND f.run = (SELECT max(run) FROM figures WHERE series = s.id AND run <= ?)
      WHERE s.report = ?
      """
    ).query([.int(run), .text(report)]) { row in
      let key = SeriesKey(
        metric: row.text(1), period: row.text(2), month: row.text(3), scope: row.text(4))
      states[key] = SeriesState(
        id: row.int(0), scale: Int64(row.int(5)), members: row.optionalInt(6),
        numbers: row.bytes(7))
    }
    return states
  }

  /// A list of members by its number.
  func memberList(_ id: Int) throws(HistoryError) -> [String] {
    var list: [String]?
    try prepare("SELECT list FROM members WHERE id = ?").query([.int(id)]) { row in
      list = FigureCoding.names(row.bytes(0))
    }
    guard let list else { throw .damaged(path: path, reason: "the list of members \(id) is gone") }
    return list
  }
}

extension HistoryStore {
  /// A run and its number.
  public struct NumberedRun: Sendable {
    public let number: Int
    public let run: RunRecord
    public let fingerprint: String
  }

  /// The runs in their order.
  ///
  /// - Parameter period: of this period only.
  public func runs(period: String? = nil) throws(HistoryError) -> [NumberedRun] {
    var runs: [NumberedRun] = []
    try database.prepare(
      """
      SELECT id, command, period, as_of, program, settings, definitions, fingerprint, finished,
        milliseconds, exit_code, message, rows_read, rows_rejected, warnings, bytes
      FROM runs WHERE ?1 IS NULL OR period = ?1 ORDER BY id
      """
    ).query([period.map(SQLValue.text) ?? .null]) { row in
      let run = RunRecord(
        command: row.text(1), period: row.text(2), asOf: row.text(3), program: row.text(4),
        settings: row.text(5), definitions: row.text(6), finished: row.int(8),
        milliseconds: row.int(9), exitCode: row.int(10), message: row.text(11),
        rowsRead: row.int(12), rowsRejected: row.int(13), warnings: row.int(14), bytes: row.int(15))
      runs.append(NumberedRun(number: row.int(0), run: run, fingerprint: row.text(7)))
    }
    return runs
  }

  /// The run that a new report of a period is compared with: the last one that issued a report of it from
  /// something else than the new one is made from. So a run that is repeated, because it was killed or
  /// because somebody asks for it again, says the same as the first time.
  public func base(period: String, unlike fingerprint: String) throws(HistoryError) -> NumberedRun?
  {
    try runs(period: period).last { $0.run.exitCode == 0 && $0.fingerprint != fingerprint }
  }

  /// The inputs of a run.
  public func inputs(asOf run: Int) throws(HistoryError) -> [InputRecord] {
    var inputs: [InputRecord] = []
    try database.prepare(
      """
      SELECT file, sha256, rows_read, rows_accepted, rows_rejected FROM inputs i
      WHERE run = (SELECT max(run) FROM inputs WHERE file = i.file AND run <= ?) AND sha256 <> ''
      ORDER BY file
      """
    ).query([.int(run)]) { row in
      inputs.append(
        InputRecord(
          file: row.text(0), sha256: row.text(1), rowsRead: row.int(2), rowsAccepted: row.int(3),
          rowsRejected: row.int(4)))
    }
    return inputs
  }

  /// The figures that are not what they were in a run, in the order of the series, then of the members.
  ///
  /// - Complexity: O(figures) to compare; memory grows with the changes and the stored series.
  public func changes(
    since run: Int, report: String, seriesCount: Int,
    series: (Int) -> (SeriesKey, SeriesFigures)
  ) throws(HistoryError) -> [FigureChange] {
    var states = try database.seriesStates(report: report, asOf: run)
    var lists: [Int: [String]] = [:]
    var changes: [FigureChange] = []
    for index in 0..<seriesCount {
      let (key, figures) = series(index)
      guard let state = states.removeValue(forKey: key), let members = state.members else {
        changes += FigureChange.all(key, old: nil, new: figures)
        continue
      }
      let old = try self.figures(state, members, &lists)
      if old != figures { changes += FigureChange.all(key, old: old, new: figures) }
    }
    for (key, state) in states.sorted(by: { $0.key < $1.key }) {
      guard let members = state.members else { continue }
      changes += FigureChange.all(key, old: try figures(state, members, &lists), new: nil)
    }
    return changes
  }

  func figures(
    _ state: SeriesState, _ members: Int, _ lists: inout [Int: [String]]
  ) throws(HistoryError) -> SeriesFigures {
    let list: [String]
    if let known = lists[members] { list = known } else { list = try database.memberList(members) }
    lists[members] = list
    guard let numbers = FigureCoding.numbers(state.numbers, count: list.count) else {
      throw .damaged(path: path, reason: "the figures of series \(state.id) cannot be read")
    }
    return SeriesFigures(
      members: list, numerators: numbers.numerators, denominators: numbers.denominators,
      scale: state.scale)
  }

  /// A figure over time: each run in which it became what it then was.
  ///
  /// - Parameter month: empty for the period as a whole.
  public func figure(
    _ key: SeriesKey, member: String, report: String
  ) throws(HistoryError) -> [(run: Int, figure: RecordedFigure?)] {
    var states: [(run: Int, state: SeriesState)] = []
    try database.prepare(
      """
      SELECT f.run, s.id, s.scale, f.members, f.numbers FROM series s JOIN figures f ON f.series = s.id
      WHERE s.report = ? AND s.metric = ? AND s.period = ? AND s.month = ? AND s.scope = ?
      ORDER BY f.run
      """
    ).query([
      .text(report), .text(key.metric), .text(key.period), .text(key.month), .text(key.scope),
    ]) { row in
      let state = SeriesState(
        id: row.int(1), scale: Int64(row.int(2)), members: row.optionalInt(3),
        numbers: row.bytes(4))
      states.append((row.int(0), state))
    }
    var lists: [Int: [String]] = [:]
    var course: [(run: Int, figure: RecordedFigure?)] = []
    for (run, state) in states {
      var figure: RecordedFigure?
      if let members = state.members {
        figure = try figures(state, members, &lists).figure(of: member)
      }
      if course.isEmpty ? figure != nil : course[course.count - 1].figure != figure {
        course.append((run, figure))
      }
    }
    return course
  }
}

extension SeriesFigures {
  /// The figure of a member; nil where it is none of the series.
  func figure(of member: String) -> RecordedFigure? {
    members.firstIndex(of: member).map(figure)
  }

  func figure(_ index: Int) -> RecordedFigure {
    RecordedFigure(
      numerator: numerators[index], denominator: denominators[index], scale: scale)
  }
}

extension FigureChange {
  /// What differs between two states of a series, by member.
  static func all(
    _ key: SeriesKey, old: SeriesFigures?, new: SeriesFigures?
  ) -> [FigureChange] {
    var left: [String: RecordedFigure] = [:]
    for (index, member) in (old?.members ?? []).enumerated() { left[member] = old?.figure(index) }
    var changes: [FigureChange] = []
    for (index, member) in (new?.members ?? []).enumerated() {
      let before = left.removeValue(forKey: member)
      let now = new?.figure(index)
      if before != now {
        changes.append(FigureChange(key: key, member: member, old: before, new: now))
      }
    }
    let gone = left.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return changes + gone.map { FigureChange(key: key, member: $0.key, old: $0.value, new: nil) }
  }
}

extension HistoryStore {
  /// A finding, with the run in which it appeared and the one in which it was gone.
  public struct KeptFinding: Sendable {
    public let number: Int
    public let finding: Finding
    public let since: Int
    public let gone: Int?
  }

  /// All findings there have been, in the order in which they appeared; those whose rule this version does
  /// not know are left out.
  ///
  /// - Parameter present: only those that have not gone since.
  public func findings(present: Bool = false) throws(HistoryError) -> [KeptFinding] {
    var kept: [KeptFinding] = []
    try database.prepare(
      """
      SELECT id, since, gone, severity, code, file, sheet, row, column, value, detail FROM findings
      WHERE gone IS NULL OR NOT ? ORDER BY id
      """
    ).query([.int(present ? 1 : 0)]) { row in
      guard let code = FindingCode(rawValue: row.text(4)) else { return }
      let place = SourceLocation(
        file: row.text(5), sheet: row.text(6), row: row.int(7), column: row.text(8))
      let finding = Finding(
        code, at: place, value: row.text(9), detail: row.text(10),
        severity: Finding.Severity(rawValue: row.text(3)))
      kept.append(
        KeptFinding(
          number: row.int(0), finding: finding, since: row.int(1), gone: row.optionalInt(2)))
    }
    return kept
  }
}
