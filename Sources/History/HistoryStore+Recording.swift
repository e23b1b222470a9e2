internal import Records

extension HistoryStore {
  /// Keeps a run that issued a report, with its inputs, findings and figures; returns its number.
  ///
  /// - Complexity: O(figures); what is stored grows with what has changed since the run before.
  public func record(_ snapshot: Snapshot) throws(HistoryError) -> Int {
    var number = 0
    try database.transaction { () throws(HistoryError) in
      number = try insert(snapshot.run, snapshot.fingerprint)
      try keep(snapshot.inputs, run: number)
      try keep(snapshot.findings, run: number)
      try keepFigures(of: snapshot, run: number)
      try keep(snapshot.rows, run: number, base: snapshot.base)
    }
    return number
  }

  /// Keeps a run of which inputs, findings and figures are those of the run before; returns its number.
  public func record(_ run: RunRecord, repeating earlier: NumberedRun) throws(HistoryError) -> Int {
    var number = 0
    try database.transaction { () throws(HistoryError) in
      number = try insert(run, earlier.fingerprint)
    }
    return number
  }

  /// Keeps a run that issued nothing.
  public func recordFailure(_ run: RunRecord) throws(HistoryError) {
    try database.transaction { () throws(HistoryError) in _ = try insert(run, "") }
  }

  private func insert(_ run: RunRecord, _ fingerprint: String) throws(HistoryError) -> Int {
    try database.run(
      """
      INSERT INTO runs(command, period, as_of, program, settings, definitions, fingerprint, finished,
        milliseconds, exit_code, message, rows_read, rows_rejected, warnings, bytes)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(run.command), .text(run.period), .text(run.asOf), .text(run.program),
        .text(run.settings), .text(run.definitions), .text(fingerprint), .int(run.finished),
        .int(run.milliseconds), .int(run.exitCode), .text(run.message), .int(run.rowsRead),
        .int(run.rowsRejected), .int(run.warnings), .int(run.bytes),
      ])
    return database.lastInsertedRow
  }

  /// Inputs are kept where they differ from what they were; one that is gone has an empty digest.
  private func keep(_ inputs: [InputRecord], run: Int) throws(HistoryError) {
    var known: [String: InputRecord] = [:]
    for input in try self.inputs(asOf: run) { known[input.file] = input }
    let insert = try database.prepare("INSERT INTO inputs VALUES(?, ?, ?, ?, ?, ?)")
    for input in inputs where known.removeValue(forKey: input.file) != input {
      try insert.run([
        .text(input.file), .int(run), .text(input.sha256), .int(input.rowsRead),
        .int(input.rowsAccepted), .int(input.rowsRejected),
      ])
    }
    for file in known.keys.sorted() {
      try insert.run([.text(file), .int(run), .text(""), .int(0), .int(0), .int(0)])
    }
  }

  /// A finding is kept once, with the run in which it appeared and the one in which it was gone.
  private func keep(_ findings: [Finding], run: Int) throws(HistoryError) {
    var present: [Finding: Int] = [:]
    for kept in try self.findings(present: true) { present[kept.finding.lasting] = kept.number }
    let insert = try database.prepare(
      """
      INSERT INTO findings(since, severity, code, file, sheet, row, column, value, detail)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for finding in findings where present.removeValue(forKey: finding.lasting) == nil {
      let place = finding.location
      try insert.run([
        .int(run), .text(finding.severity.rawValue), .text(finding.code.rawValue),
        .text(place.file), .text(place.sheet), .int(place.row), .text(place.column),
        .text(finding.value), .text(finding.detail),
      ])
    }
    let close = try database.prepare("UPDATE findings SET gone = ? WHERE id = ?")
    for id in present.values.sorted() { try close.run([.int(run), .int(id)]) }
  }

  private func keepFigures(of snapshot: Snapshot, run: Int) throws(HistoryError) {
    let writer = try FigureWriter(database, report: snapshot.run.period, run: run)
    for index in 0..<snapshot.seriesCount {
      let (key, figures) = snapshot.series(index)
      try writer.keep(key, figures)
    }
    try writer.closeOthers()
  }
}

extension Finding {
  /// What a finding is known by from night to night: that a day has not come yet stays the same finding,
  /// although it tells of each night's own day.
  fileprivate var lasting: Finding {
    guard code == .inTheFuture else { return self }
    return Finding(code, at: location, value: value, severity: severity)
  }
}

/// Writes the series of a run that are not what they were.
private final class FigureWriter {
  private let database: Database
  private let report: String
  private let run: Int
  private var states: [SeriesKey: SeriesState]
  private var memberIds: [[UInt8]: Int] = [:]
  private let insertFigures: Statement

  init(_ database: Database, report: String, run: Int) throws(HistoryError) {
    self.database = database
    self.report = report
    self.run = run
    states = try database.seriesStates(report: report, asOf: run)
    insertFigures = try database.prepare("INSERT INTO figures VALUES(?, ?, ?, ?)")
  }

  func keep(_ key: SeriesKey, _ figures: SeriesFigures) throws(HistoryError) {
    let state = states.removeValue(forKey: key)
    let members = try members(FigureCoding.bytes(figures.members))
    let numbers = FigureCoding.bytes(figures.numerators, figures.denominators)
    if let state, state.members == members, state.numbers == numbers { return }
    let series: Int
    if let state { series = state.id } else { series = try insert(key, scale: figures.scale) }
    try insertFigures.run([.int(series), .int(run), .int(members), .bytes(numbers)])
  }

  /// Series that this run does not have any more.
  func closeOthers() throws(HistoryError) {
    for state in states.values.sorted(by: { $0.id < $1.id }) where state.members != nil {
      try insertFigures.run([.int(state.id), .int(run), .null, .null])
    }
  }

  private func insert(_ key: SeriesKey, scale: Int64) throws(HistoryError) -> Int {
    try database.run(
      "INSERT INTO series(report, metric, period, month, scope, scale) VALUES(?, ?, ?, ?, ?, ?)",
      [
        .text(report), .text(key.metric), .text(key.period), .text(key.month), .text(key.scope),
        .int(Int(scale)),
      ])
    return database.lastInsertedRow
  }

  /// A list of members is kept once, however many series have it.
  private func members(_ list: [UInt8]) throws(HistoryError) -> Int {
    if let known = memberIds[list] { return known }
    var id = try database.number("SELECT id FROM members WHERE list = ?", [.bytes(list)])
    if id == nil {
      try database.run("INSERT INTO members(list) VALUES(?)", [.bytes(list)])
      id = database.lastInsertedRow
    }
    memberIds[list] = id
    return id ?? 0
  }
}
