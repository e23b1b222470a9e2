extension HistoryStore {
  /// The rows of a table as they were in a run; nil where they were not kept.
  public func rows(of table: String, asOf run: Int) throws(HistoryError) -> [RowDigest]? {
    guard let bytes = try rowBytes(of: table, asOf: run) else { return nil }
    guard let rows = RowDigestCoding.rows(bytes) else {
      throw .damaged(path: path, reason: "the rows of \(table) cannot be read")
    }
    return rows
  }

  /// Keeps the rows of the tables where they differ from what they were, and forgets those that no later
  /// comparison can ask for: rows are compared with those of the run before and with published ones.
  func keep(_ tables: [String: [RowDigest]], run: Int, base: Int?) throws(HistoryError) {
    for (table, rows) in tables.sorted(by: { $0.key < $1.key }) {
      let bytes = RowDigestCoding.bytes(rows)
      if try rowBytes(of: table, asOf: run) != bytes {
        try database.run(
          "INSERT INTO rows VALUES(?, ?, ?)", [.text(table), .int(run), .bytes(bytes)])
      }
    }
    var anchors = [run] + (base.map { [$0] } ?? [])
    try database.prepare("SELECT DISTINCT run FROM publications").query {
      anchors.append($0.int(0))
    }
    var kept: Set<String> = []
    for anchor in anchors {
      try database.prepare(
        "SELECT file, max(run) FROM rows WHERE run <= ? GROUP BY file"
      ).query([.int(anchor)]) { kept.insert("\($0.text(0)) \($0.int(1))") }
    }
    var gone: [(file: String, run: Int)] = []
    try database.prepare("SELECT file, run FROM rows").query { row in
      if !kept.contains("\(row.text(0)) \(row.int(1))") { gone.append((row.text(0), row.int(1))) }
    }
    for (file, run) in gone {
      try database.run("DELETE FROM rows WHERE file = ? AND run = ?", [.text(file), .int(run)])
    }
  }

  private func rowBytes(of table: String, asOf run: Int) throws(HistoryError) -> [UInt8]? {
    var bytes: [UInt8]?
    try database.prepare(
      "SELECT digests FROM rows WHERE file = ? AND run <= ? ORDER BY run DESC LIMIT 1"
    ).query([.text(table), .int(run)]) { bytes = $0.bytes(0) }
    return bytes
  }
}

extension HistoryStore {
  /// A report that has been published: its figures are what the public knows.
  public struct Publication: Sendable {
    public let run: NumberedRun
    public let note: String
  }

  /// The publications of a period, the first one first.
  public func publications(of period: String) throws(HistoryError) -> [Publication] {
    var found: [(run: Int, note: String)] = []
    try database.prepare(
      "SELECT run, note FROM publications WHERE period = ? ORDER BY id"
    ).query([.text(period)]) { found.append(($0.int(0), $0.text(1))) }
    guard !found.isEmpty else { return [] }
    let runs = try runs(period: period)
    return found.compactMap { run, note in
      runs.first { $0.number == run }.map { Publication(run: $0, note: note) }
    }
  }

  /// Notes that a run's report is published.
  public func publish(run: Int, period: String, note: String) throws(HistoryError) {
    try database.transaction { () throws(HistoryError) in
      try database.run(
        "INSERT INTO publications(period, run, note) VALUES(?, ?, ?)",
        [.text(period), .int(run), .text(note)])
    }
  }
}
