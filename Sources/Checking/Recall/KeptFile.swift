internal import Records

/// All that a run has found in a file of participations and that does not depend on other files of its
/// table, on the period, or on the day.
struct KeptFile {
  let outcome: FileOutcome
  let findings: [Finding]
  /// The files of the table before this one, as `FileChain` tells them.
  let chain: String
  /// Rows of it repeat rows of files before it: without these files it would be another one.
  let repeatsOthers: Bool
  let parts: [KeptPart]
}

/// One sheet of a kept file.
struct KeptPart {
  let sheet: String
  let sheetIndex: Int
  let headingRow: Int
  let heading: [String]
  let submitter: String
  let lastRow: Int
  /// The rows, as `ParticipationCode` writes them, numbered within the sheet.
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
    let rows = Array(try piece())
    let hasDigests = try flag()
    var digests: [KeptPart.RowNames] = []
    for _ in 0..<(try count()) {
      digests.append(KeptPart.RowNames(key: try word(), content: try word()))
    }
    return KeptPart(
      sheet: sheet, sheetIndex: index, headingRow: headingRow, heading: heading,
      submitter: submitter, lastRow: lastRow, rows: rows, digests: hasDigests ? digests : nil)
  }
}
