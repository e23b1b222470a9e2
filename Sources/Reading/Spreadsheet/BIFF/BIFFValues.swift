internal import Records

/// Turns the records of cells into text.
final class BIFFValues {
  private let texts: SharedTexts
  private let kinds: [SerialDay.Kind]
  private let numbers: NumberCells
  /// Nil for BIFF8, whose texts are Unicode.
  private let codePage: CodePage?
  private var content: [UInt8] = []

  init(
    texts: SharedTexts, kinds: [SerialDay.Kind], system: SerialDay.System, codePage: CodePage?
  ) {
    self.texts = texts
    self.kinds = kinds
    self.codePage = codePage
    numbers = NumberCells(system)
  }

  /// Puts the cell or cells of a record; a formula's text is taken from a record behind it.
  func put(
    _ records: BIFFRecords, _ text: SheetText, _ remarks: inout SheetRemarks
  ) throws(ReadingError) {
    let column = try records.number16(2)
    switch records.id {
    case BIFF.number: try put(column, records.double(6), records.number16(4), text)
    case BIFF.rk: try put(column, BIFFValues.rk(records.number32(6)), records.number16(4), text)
    case BIFF.multipleRK: try putMultiple(records, from: column, text)
    case BIFF.sharedLabel:
      try texts.withText(records.number32(6)) { bytes throws(ReadingError) in
        try text.put(column, bytes)
      }
    case BIFF.label, BIFF.richString:
      content.removeAll(keepingCapacity: true)
      try BIFFValues.appendText(records, at: 6, codePage, lengthBytes: 2, to: &content)
      try text.put(column, content)
    case BIFF.booleanOrError:
      let isError = try records.number8(7) != 0
      try put(column, records.number8(6), isError: isError, text, &remarks)
    case BIFF.formula: try putResult(records, column, text, &remarks)
    default: return
    }
  }

  private func put(
    _ column: Int, _ value: Double, _ format: Int, _ text: SheetText
  ) throws(ReadingError) {
    try numbers.put(column, value, format < kinds.count ? kinds[format] : .number, text)
  }

  private func put(
    _ column: Int, _ code: Int, isError: Bool, _ text: SheetText, _ remarks: inout SheetRemarks
  ) throws(ReadingError) {
    if isError {
      remarks.add(.errorValue(row: text.row, column: column))
      try text.put(column, Array(BIFFValues.errorText(code).utf8))
    } else {
      try text.put(column, Array((code != 0 ? "TRUE" : "FALSE").utf8))
    }
  }

  private func putMultiple(
    _ records: BIFFRecords, from first: Int, _ text: SheetText
  ) throws(ReadingError) {
    // Behind the cells stands the last column, which the length says as well.
    let count = (records.data.count - 6) / 6
    guard count > 0 else { return }
    for index in 0..<count {
      let at = 4 + index * 6
      let value = BIFFValues.rk(try records.number32(at + 2))
      try put(first + index, value, records.number16(at), text)
    }
  }

  /// A formula's stored result: eight bytes that are a number, or say what else it is.
  private func putResult(
    _ records: BIFFRecords, _ column: Int, _ text: SheetText, _ remarks: inout SheetRemarks
  ) throws(ReadingError) {
    guard try records.number16(12) == 0xFFFF else {
      return try put(column, records.double(6), records.number16(4), text)
    }
    switch try records.number8(6) {
    case 0:
      guard try goToString(records) else {
        remarks.add(.formulaWithoutValue(row: text.row, column: column))
        return
      }
      content.removeAll(keepingCapacity: true)
      try BIFFValues.appendText(records, at: 0, codePage, lengthBytes: 2, to: &content)
      try text.put(column, content)
    case 1: try put(column, records.number8(8), isError: false, text, &remarks)
    case 2: try put(column, records.number8(8), isError: true, text, &remarks)
    default: return
    }
  }

  /// The text of a formula comes behind it, perhaps after the formula that it shares with others.
  private func goToString(_ records: BIFFRecords) throws(ReadingError) -> Bool {
    let between = [0x221, 0x236, 0x4BC, 0x37, 0x21, 0x36, BIFF.continuation]
    for _ in 0..<64 {
      guard let next = try records.peek(), next == BIFF.string || between.contains(next) else {
        return false
      }
      guard try records.next() else { return false }
      if records.id == BIFF.string { return true }
    }
    return false
  }

  /// A number in four bytes ([MS-XLS] 2.5.217): the upper part of a float or a whole number, perhaps in
  /// hundredths.
  static func rk(_ bits: Int) -> Double {
    let value =
      bits & 2 != 0
      ? Double(Int32(truncatingIfNeeded: bits) >> 2)
      : Double(bitPattern: UInt64(bits & 0xFFFF_FFFC) << 32)
    return bits & 1 != 0 ? value / 100 : value
  }

  static func errorText(_ code: Int) -> String {
    switch code {
    case 0x00: return "#NULL!"
    case 0x07: return "#DIV/0!"
    case 0x0F: return "#VALUE!"
    case 0x17: return "#REF!"
    case 0x1D: return "#NAME?"
    case 0x24: return "#NUM!"
    case 0x2B: return "#GETTING_DATA"
    default: return "#N/A"
    }
  }

  /// Appends a text of a record: Unicode in BIFF8, else bytes of a code page.
  static func appendText(
    _ records: BIFFRecords, at: Int, _ codePage: CodePage?, lengthBytes: Int,
    to text: inout [UInt8]
  ) throws(ReadingError) {
    var reader = ContinuedRecord(records, at: at)
    guard let codePage else { return try reader.appendText(lengthBytes: lengthBytes, to: &text) }
    let count = lengthBytes == 1 ? try reader.number8() : try reader.number16()
    var bytes: [UInt8] = []
    for _ in 0..<count { bytes.append(UInt8(truncatingIfNeeded: try reader.number8())) }
    bytes.withUnsafeBufferPointer { codePage.append($0, to: &text) }
  }
}
