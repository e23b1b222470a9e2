internal import Records

/// What is kept of the rows of a table that others refer to: some columns as they were decoded, some as they
/// were written.
struct RecordForm {
  let name: String
  let columns: [Column]
  /// The columns of which the cells themselves are kept.
  let texts: [Role]

  struct Column {
    let role: Role
    /// What the values may be; they may be absent, too.
    let limits: Range<Int64>
    /// An accepted row has a value.
    let isRequired: Bool

    init(_ role: Role, _ limits: Range<Int64>, required: Bool = false) {
      self.role = role
      self.limits = limits
      isRequired = required
    }

    static func day(_ role: Role, required: Bool = false) -> Column {
      Column(role, Int64(Int32.min)..<Int64(Int32.max), required: required)
    }

    static func flag(_ role: Role) -> Column { Column(role, 0..<2) }

    /// Codes are numbered anew in every run.
    static func label(_ role: Role) -> Column { Column(role, 0..<Int64(Labels.limit)) }

    /// A required index into so many records.
    static func index(_ role: Role, _ count: Int) -> Column {
      Column(role, 0..<Int64(max(count, 1)), required: true)
    }
  }
}

/// Rows of a table that others refer to, as bytes: of each what differs from the row before. Rows come in
/// pieces, each of so many rows, and a piece stands for itself. Rejected rows are there, too: their ids are
/// taken.
struct RecordCode {
  private var piece = PieceWriter()
  private var row: Int64 = 0
  private var before: [Int64]

  private enum Mark {
    static let nextRow: UInt64 = 1
    static let rejected: UInt64 = 2
    /// The bit of the first column; a column's bit tells that its value is not that of the row before.
    static let firstColumn: UInt64 = 4
  }

  init(_ form: RecordForm) {
    before = Array(repeating: Decoded.absent, count: form.columns.count)
  }

  /// The piece with its rows; empty where there are none.
  var bytes: [UInt8] { piece.bytes }

  /// - Parameters:
  ///   - values: one for each column of the form.
  ///   - texts: the cells of the form's texts.
  mutating func append(number: UInt32, isRejected: Bool, values: [Int64], texts: [CellBytes]) {
    var mark: UInt64 = isRejected ? Mark.rejected : 0
    if Int64(number) == row + 1 { mark |= Mark.nextRow }
    for column in values.indices where values[column] != before[column] {
      mark |= Mark.firstColumn << UInt64(column)
    }
    piece.rows.number(mark)
    if mark & Mark.nextRow == 0 { piece.rows.signed(Int64(number) - row) }
    for column in values.indices where values[column] != before[column] {
      write(values[column], behind: before[column])
    }
    for text in texts { piece.rows.cell(text) }
    row = Int64(number)
    before = values
    piece.countRow()
  }

  /// Numbers of either sign are never 0 here: that stands for none.
  private mutating func write(_ value: Int64, behind before: Int64) {
    guard value != Decoded.absent else { return piece.rows.number(0) }
    let step = value &- (before == Decoded.absent ? 0 : before)
    piece.rows.number(UInt64(bitPattern: (step << 1) ^ (step >> 63)) &+ 1)
  }
}

extension RecordCode {
  /// A row that has been read back; what it points to is good until the next one is read.
  struct Row: RecalledRow {
    let number: UInt32
    let isRejected: Bool
    fileprivate let values: UnsafeMutablePointer<Int64>
    fileprivate let texts: UnsafeMutablePointer<CellBytes>

    /// The value of a column, `Decoded.absent` where it has none.
    func value(_ column: Int) -> Int64 { values[column] }

    /// The cell of a text of the form.
    func text(_ index: Int) -> CellBytes { texts[index] }

    /// A column of this row alone.
    func decoded(_ column: Int?) -> DecodedColumn {
      DecodedColumn(values: column.map { values + $0 })
    }

    /// The same row with the codes that its labels have in another run.
    func renumbered(_ columns: [Int], _ codes: [[Int16]]) -> Row {
      for (label, column) in columns.enumerated() where values[column] >= 0 {
        let code = codes[label][Int(values[column])]
        values[column] = code < 0 ? Decoded.absent : Int64(code)
      }
      return self
    }
  }

  /// Reads pieces back, one row after the other.
  ///
  /// - Parameter labels: how many labels each column has, where it is a column of labels.
  /// - Throws: `DamagedBytes` where a row is none, or has to do with what there is not.
  static func forEachRow(
    of bytes: [UInt8], _ form: RecordForm, labels: [Role: Int], _ body: (Row) -> Void
  ) throws(DamagedBytes) {
    let limits = form.columns.map { column in
      labels[column.role].map { column.limits.lowerBound..<Int64($0) } ?? column.limits
    }
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: form.columns.count)
    // Whoever gets a row may number its labels anew; the next row is told from what was written.
    let shown = UnsafeMutablePointer<Int64>.allocate(capacity: form.columns.count)
    let texts = UnsafeMutablePointer<CellBytes>.allocate(capacity: form.texts.count)
    defer {
      values.deallocate()
      shown.deallocate()
      texts.deallocate()
    }
    try bytes.readingPieces { reader, count throws(DamagedBytes) in
      values.initialize(repeating: Decoded.absent, count: form.columns.count)
      texts.initialize(repeating: CellBytes(start: nil, count: 0), count: form.texts.count)
      var number: Int64 = 0
      for _ in 0..<count {
        let mark = try reader.number()
        number &+= mark & Mark.nextRow != 0 ? 1 : try reader.signed()
        try read(&reader, mark, form, limits, values)
        for text in form.texts.indices { texts[text] = try reader.piece() }
        guard let row = UInt32(exactly: number) else { throw DamagedBytes() }
        shown.update(from: values, count: form.columns.count)
        body(Row(number: row, isRejected: mark & Mark.rejected != 0, values: shown, texts: texts))
      }
    }
  }

  private static func read(
    _ reader: inout ByteReader, _ mark: UInt64, _ form: RecordForm, _ limits: [Range<Int64>],
    _ values: UnsafeMutablePointer<Int64>
  ) throws(DamagedBytes) {
    for column in limits.indices {
      if mark & (Mark.firstColumn << UInt64(column)) != 0 {
        let number = try reader.number()
        if number == 0 {
          values[column] = Decoded.absent
        } else {
          let bits = number - 1
          let before = values[column] == Decoded.absent ? 0 : values[column]
          values[column] = before &+ (Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1))
          guard limits[column].contains(values[column]) else { throw DamagedBytes() }
        }
      }
      let isMissing = values[column] == Decoded.absent && form.columns[column].isRequired
      if isMissing, mark & Mark.rejected == 0 { throw DamagedBytes() }
    }
  }
}
