internal import Records

/// All that a run has found in a file and that does not depend on other files of its table or on the period.
struct KeptFile {
  let outcome: FileOutcome
  /// All but those about days that had not come yet.
  let findings: [Finding]
  /// The last day of which something was known, and what was found of days behind it.
  let lastKnownDay: Int32
  let futures: [Future]
  /// Tells the files of the table before this one with their contents, see ``FileRecall``.
  let chain: String
  /// Rows of it repeat rows of files before it: without these files it would be another one.
  let repeatsOthers: Bool
  let parts: [KeptPart]

  /// That a day had not come yet.
  struct Future {
    let finding: Finding
    let day: Int32
  }

  /// The findings on a later day.
  ///
  /// - Returns: nil for an earlier day: of what lies between the two nothing is kept.
  func findings(asOf day: Day) -> [Finding]? {
    guard day.number >= lastKnownDay else { return nil }
    return findings
      + futures.filter { $0.day > day.number }.map { future in
        var finding = Finding(
          future.finding.code, at: future.finding.location, value: future.finding.value,
          detail: "\(day)", severity: future.finding.severity)
        finding.submitter = future.finding.submitter
        return finding
      }
  }
}

/// One sheet of a kept file.
struct KeptPart {
  let sheet: String
  let sheetIndex: Int
  let headingRow: Int
  let heading: [String]
  let submitter: String
  let lastRow: Int
  /// The texts of the labels in the rows by code; those of a role that the table lacks are none.
  var labels: [[String]] = []
  /// The rows, as `ParticipationCode` or `LedgerCode` writes them, numbered within the sheet.
  let rows: [UInt8]
  /// Of each accepted row, in the order of `rows`, the digests by which one night's rows are compared with
  /// another's; nil where nobody compares them.
  let digests: [RowNames]?

  /// What names a row, and what stands in it (`TracedRow`).
  struct RowNames {
    let key: UInt64
    let content: UInt64
  }
}

extension KeptFile {
  var bytes: [UInt8] {
    var writer = ByteWriter(reserving: parts.reduce(4096) { $0 + $1.rows.count })
    writer.text(outcome.file)
    writer.text(outcome.sha256)
    writer.count(outcome.rowsRead)
    writer.count(outcome.rowsRejected)
    writer.count(outcome.rowsInFile)
    for kind in SheetLayout.RowKind.allCases { writer.count(outcome.others[kind] ?? 0) }
    writer.text(chain)
    writer.flag(repeatsOthers)
    writer.count(findings.count)
    for finding in findings { writer.finding(finding) }
    writer.signed(Int64(lastKnownDay))
    writer.count(futures.count)
    for future in futures {
      writer.finding(future.finding)
      writer.signed(Int64(future.day))
    }
    writer.count(parts.count)
    for part in parts { writer.part(part) }
    return writer.bytes
  }

  /// - Throws: `DamagedBytes` where the bytes are none of a file.
  init(_ bytes: [UInt8]) throws(DamagedBytes) {
    self = try bytes.reading { reader throws(DamagedBytes) in try KeptFile(&reader) }
  }

  private init(_ reader: inout ByteReader) throws(DamagedBytes) {
    let file = try reader.text()
    let sha256 = try reader.text()
    let (read, rejected, inFile) = (try reader.int(), try reader.int(), try reader.int())
    var others: [SheetLayout.RowKind: Int] = [:]
    for kind in SheetLayout.RowKind.allCases { others[kind] = try reader.int() }
    outcome = FileOutcome(
      file: file, sha256: sha256, rowsRead: read, rowsRejected: rejected, others: others,
      rowsInFile: inFile)
    chain = try reader.text()
    repeatsOthers = try reader.flag()
    var findings: [Finding] = []
    for _ in 0..<(try reader.count()) { findings.append(try reader.finding()) }
    self.findings = findings
    lastKnownDay = try reader.day()
    var futures: [Future] = []
    for _ in 0..<(try reader.count()) {
      futures.append(Future(finding: try reader.finding(), day: try reader.day()))
    }
    self.futures = futures
    var parts: [KeptPart] = []
    for _ in 0..<(try reader.count()) { parts.append(try reader.part()) }
    self.parts = parts
    guard reader.isAtEnd, rejected <= read else { throw DamagedBytes() }
  }
}

extension [UInt8] {
  /// Lets somebody read the bytes.
  func reading<Result>(
    _ body: (inout ByteReader) throws(DamagedBytes) -> Result
  ) throws(DamagedBytes) -> Result {
    let result = withUnsafeBufferPointer { bytes in
      Swift.Result { () throws(DamagedBytes) in
        var reader = ByteReader(bytes)
        return try body(&reader)
      }
    }
    return try result.get()
  }

  /// Lets somebody read piece after piece, see ``PieceWriter``, and tells of how many rows each is.
  func readingPieces(
    _ body: (_ reader: inout ByteReader, _ rows: Int) throws(DamagedBytes) -> Void
  ) throws(DamagedBytes) {
    try reading { reader throws(DamagedBytes) in
      while !reader.isAtEnd { try body(&reader, reader.count()) }
    }
  }
}

extension ByteWriter {
  mutating func finding(_ finding: Finding) {
    let place = finding.location
    repeated(finding.code.rawValue)
    flag(finding.severity == .error)
    repeated(place.file)
    repeated(place.sheet)
    count(place.row)
    repeated(place.column)
    text(finding.value)
    text(finding.detail)
    repeated(finding.submitter)
  }

  fileprivate mutating func part(_ part: KeptPart) {
    text(part.sheet)
    count(part.sheetIndex)
    count(part.headingRow)
    count(part.heading.count)
    for cell in part.heading { text(cell) }
    text(part.submitter)
    count(part.lastRow)
    count(part.labels.count)
    for texts in part.labels {
      count(texts.count)
      for label in texts { text(label) }
    }
    piece(part.rows)
    flag(part.digests != nil)
    count(part.digests?.count ?? 0)
    for names in part.digests ?? [] {
      word(names.key)
      word(names.content)
    }
  }
}

extension ByteReader {
  mutating func finding() throws(DamagedBytes) -> Finding {
    guard let code = FindingCode(rawValue: try repeated()) else { throw DamagedBytes() }
    let isError = try flag()
    let (file, sheet) = (try repeated(), try repeated())
    let (row, column) = (try int(), try repeated())
    var finding = Finding(
      code, at: SourceLocation(file: file, sheet: sheet, row: row, column: column),
      value: try text(), detail: try text(), severity: isError ? .error : .warning)
    finding.submitter = try repeated()
    return finding
  }

  fileprivate mutating func part() throws(DamagedBytes) -> KeptPart {
    let sheet = try text()
    let (index, headingRow) = (try int(), try int())
    var heading: [String] = []
    for _ in 0..<(try count()) { heading.append(try text()) }
    let submitter = try text()
    let lastRow = try int()
    var labels: [[String]] = []
    for _ in 0..<(try count()) {
      var texts: [String] = []
      for _ in 0..<(try count()) { texts.append(try text()) }
      labels.append(texts)
    }
    let rows = Array(try piece())
    let hasDigests = try flag()
    var digests: [KeptPart.RowNames] = []
    for _ in 0..<(try count()) {
      digests.append(KeptPart.RowNames(key: try word(), content: try word()))
    }
    return KeptPart(
      sheet: sheet, sheetIndex: index, headingRow: headingRow, heading: heading,
      submitter: submitter, lastRow: lastRow, labels: labels, rows: rows,
      digests: hasDigests ? digests : nil)
  }
}
