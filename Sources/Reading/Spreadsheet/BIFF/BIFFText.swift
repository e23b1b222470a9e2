internal import CScan
internal import Glibc
internal import Records

/// Reads what may go on in records behind, as texts do: `at` runs through the data of one record after
/// the other.
struct ContinuedRecord {
  private let records: BIFFRecords
  private(set) var at: Int

  init(_ records: BIFFRecords, at: Int) {
    self.records = records
    self.at = at
  }

  mutating func number8() throws(ReadingError) -> Int {
    while at >= records.data.count { try goOn() }
    defer { at += 1 }
    return Int(records.data[at])
  }

  mutating func number16() throws(ReadingError) -> Int {
    let low = try number8()
    return try low | number8() << 8
  }

  mutating func number32() throws(ReadingError) -> Int {
    let low = try number16()
    return try low | number16() << 16
  }

  mutating func skip(_ count: Int) throws(ReadingError) {
    var left = count
    while left > 0 {
      if at >= records.data.count { try goOn() }
      let step = min(left, records.data.count - at)
      at += step
      left -= step
    }
  }

  private mutating func goOn() throws(ReadingError) {
    guard try records.peek() == BIFF.continuation, try records.next() else {
      throw .fault(.badRecord)
    }
    at = 0
  }

  /// Appends so many characters of a text of BIFF8. Where it goes on in a further record, that one says
  /// anew whether its characters have one byte or two.
  mutating func appendCharacters(
    _ count: Int, isWide: Bool, to text: inout [UInt8]
  ) throws(ReadingError) {
    var isWide = isWide
    var left = count
    var units = UTF16Units()
    while left > 0 {
      if at >= records.data.count {
        try goOn()
        isWide = try number8() & 1 != 0
      }
      if isWide {
        guard at <= records.data.count - 2 else { throw .fault(.badRecord) }
        units.append(UInt16(records.data[at]) | UInt16(records.data[at + 1]) << 8, to: &text)
        at += 2
      } else {
        units.append(UInt16(records.data[at]), to: &text)
        at += 1
      }
      left -= 1
    }
    units.finish(&text)
  }

  /// Appends a text of BIFF8 with its length before it ([MS-XLS] 2.5.293 and 2.5.294); what stands behind
  /// the characters, formats and readings, is passed over.
  mutating func appendText(
    lengthBytes: Int, to text: inout [UInt8]
  ) throws(ReadingError) {
    let count = lengthBytes == 1 ? try number8() : try number16()
    let flags = try number8()
    let runs = flags & 8 != 0 ? try number16() : 0
    let readings = flags & 4 != 0 ? try number32() : 0
    try appendCharacters(count, isWide: flags & 1 != 0, to: &text)
    try skip(runs * 4 + readings)
  }
}

/// Turns units of UTF-16 into UTF-8, one at a time; half a pair becomes U+FFFD.
private struct UTF16Units {
  private var high: UInt16 = 0

  @inline(__always)
  mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
    if high == 0, unit < 0x80 {
      text.append(UInt8(unit))
    } else if high == 0, unit & 0xF800 != 0xD800 {
      UTF16Units.append(UInt32(unit), to: &text)
    } else {
      appendSurrogate(unit, to: &text)
    }
  }

  private mutating func appendSurrogate(_ unit: UInt16, to text: inout [UInt8]) {
    if high != 0, unit & 0xFC00 == 0xDC00 {
      UTF16Units.append(
        0x1_0000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF)), to: &text)
      high = 0
      return
    }
    if high != 0 { UTF16Units.append(0xFFFD, to: &text) }
    high = 0
    if unit & 0xFC00 == 0xD800 {
      high = unit
    } else {
      UTF16Units.append(unit & 0xF800 == 0xD800 ? 0xFFFD : UInt32(unit), to: &text)
    }
  }

  mutating func finish(_ text: inout [UInt8]) {
    if high != 0 { UTF16Units.append(0xFFFD, to: &text) }
    high = 0
  }

  private static func append(_ code: UInt32, to text: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(code), let encoded = UTF8.encode(scalar) else { return }
    text.append(contentsOf: encoded)
  }
}

/// Texts of BIFF5, which are in a code page of Windows.
final class CodePage: @unchecked Sendable {
  private let converter: iconv_t?

  /// - Parameter number: as the workbook says it; what the system does not know is taken for Western.
  init(_ number: Int) {
    let names = [
      936: "GB18030", 1200: "UTF-16LE", 10_000: "MACINTOSH", 32_768: "MACINTOSH",
      32_769: "WINDOWS-1252", 367: "ASCII",
    ]
    let opened = iconv_open("UTF-8", names[number] ?? "CP\(number)")
    let isKnown = Int(bitPattern: opened) != -1
    let western = isKnown ? opened : iconv_open("UTF-8", "WINDOWS-1252")
    converter = Int(bitPattern: western) == -1 ? nil : western
  }

  deinit { if let converter { iconv_close(converter) } }

  /// Appends bytes as UTF-8; what is no character becomes U+FFFD.
  func append(_ bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    if bytes.allSatisfy({ $0 < 0x80 }) { return text.append(contentsOf: bytes) }
    guard let converter else { return }
    iconv(converter, nil, nil, nil, nil)
    var input = Array(bytes)
    var output = [UInt8](repeating: 0, count: bytes.count * 4 + 16)
    var start = 0
    var written = 0
    while start < input.count {
      let (from, to, isDone) = step(converter, &input, start, &output, written)
      (start, written) = (from, to)
      if isDone { break }
      // One byte that belongs to no character.
      guard start < input.count, written + 3 <= output.count else { break }
      output.replaceSubrange(written..<(written + 3), with: [0xEF, 0xBF, 0xBD])
      written += 3
      start += 1
    }
    text.append(contentsOf: output[..<written])
  }

  private func step(
    _ converter: iconv_t, _ input: inout [UInt8], _ start: Int, _ output: inout [UInt8],
    _ written: Int
  ) -> (from: Int, to: Int, isDone: Bool) {
    input.withUnsafeMutableBytes { input in
      output.withUnsafeMutableBytes { output in
        var from = input.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
        var fromLeft = input.count - start
        var to = output.baseAddress.map { ($0 + written).assumingMemoryBound(to: CChar.self) }
        var toLeft = output.count - written
        let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
        return (input.count - fromLeft, output.count - toLeft, result != -1 || errno == E2BIG)
      }
    }
  }
}
