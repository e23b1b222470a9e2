internal import CScan
internal import Reading
internal import Records

/// How cells become values. A decoded column is 64-bit integers whatever its kind: days since
/// 1970-01-01, millionths, counts, codes, 0 and 1, or indices.
enum Decoded {
  /// The cell is empty.
  static let absent = Int64.min
  static let unreadable = Int64.min + 1
  static let negative = Int64.min + 2
  /// Nobody has looked at the cell yet.
  static let undecoded = Int64.min + 3

  /// Added to a day that was written as Excel's number for it.
  static let serialMark: Int64 = 1 << 40

  /// Decimal numbers are kept as integers of this many parts of one.
  static let amountScale: Int64 = 1_000_000
  /// The largest number that is read; larger ones are unreadable, so that sums cannot overflow.
  static let largestAmount: Int64 = 1_000_000

  /// One of two values without a branch.
  @inline(__always)
  static func select(_ condition: Bool, _ value: Int64, _ other: Int64) -> Int64 {
    let mask: Int64 = condition ? -1 : 0
    return other ^ ((value ^ other) & mask)
  }
}

/// A decoded column of which values may be absent, or all of it.
struct DecodedColumn {
  private let values: UnsafeMutablePointer<Int64>?

  init(values: UnsafeMutablePointer<Int64>?) { self.values = values }

  /// The value of a row, nil where there is none.
  @inline(__always)
  subscript(row: Int) -> Int64? {
    guard let value = values?[row], value != Decoded.absent else { return nil }
    return value
  }

  /// The value of a row, or another one where there is none. Both are there before it is known which is meant,
  /// so that nothing has to be guessed: of cells that are empty now and then every wrong guess would cost as
  /// much as the rest of the row.
  @inline(__always)
  func value(_ row: Int, or other: Int64) -> Int64 {
    guard let values else { return other }
    let value = values[row]
    return Decoded.select(value != Decoded.absent, value, other)
  }

  /// The same as a smaller number, into which all values of its kind fit.
  @inline(__always)
  func number<Number: FixedWidthInteger>(_ row: Int) -> Number? {
    self[row].map { Number(truncatingIfNeeded: $0) }
  }

  /// The same without a branch, as `value(_:or:)`.
  @inline(__always)
  func number<Number: FixedWidthInteger>(_ row: Int, or other: Number) -> Number {
    Number(truncatingIfNeeded: value(row, or: Int64(other)))
  }
}

typealias CellBytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer<UInt8> {
  /// Without white space at both ends: ASCII blanks, no-break space and the ideographic space.
  @inline(__always)
  package var trimmed: UnsafeBufferPointer<UInt8> {
    guard let first, let last, mayBeginSpace(first) || mayEndSpace(last) else { return self }
    return trimmedSlowly
  }

  // Chinese text begins with neither of the two lead bytes of white space and seldom ends with one of
  // its last bytes, so that hardly any text is looked at twice.
  @inline(__always)
  private func mayBeginSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0xC2 || byte == 0xE3 }

  @inline(__always)
  private func mayEndSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0xA0 || byte == 0x80 }

  private var trimmedSlowly: UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = count
    while let width = spaceWidth(at: start, before: end) { start += width }
    while end > start {
      if self[end - 1] <= 0x20 {
        end -= 1
      } else if end - start >= 2, spaceWidth(at: end - 2, before: end) == 2 {
        end -= 2
      } else if end - start >= 3, spaceWidth(at: end - 3, before: end) == 3 {
        end -= 3
      } else {
        break
      }
    }
    return UnsafeBufferPointer(rebasing: self[start..<end])
  }

  /// The length of the white space that begins at an offset; nil where there is none.
  private func spaceWidth(at offset: Int, before end: Int) -> Int? {
    guard offset < end else { return nil }
    if self[offset] <= 0x20 { return 1 }
    if end - offset >= 2, self[offset] == 0xC2, self[offset + 1] == 0xA0 { return 2 }
    if end - offset >= 3, self[offset] == 0xE3, self[offset + 1] == 0x80, self[offset + 2] == 0x80 {
      return 3
    }
    return nil
  }

  var text: String { String(decoding: self, as: UTF8.self) }
}

/// A day as days since 1970-01-01; `absent` for an empty cell.
func decodeDay(_ cell: CellBytes) -> Int64 {
  let cell = cell.trimmed
  guard !cell.isEmpty else { return Decoded.absent }
  switch DayText(cell.text) {
  case .day(let day): return Int64(day.number)
  case .serial(let day): return Int64(day.number) + Decoded.serialMark
  case .trouble: return Decoded.unreadable
  }
}

/// The same for a column behind the beginning of whose cells ten bytes may be read; the days of this time in their
/// usual form without a text of any of them.
///
/// - Returns: the last of the days that are not written as `2023-06-05`, 0 where all are.
func decodePaddedDays(
  _ cells: CellColumn, rows: Int, into out: UnsafeMutablePointer<Int64>
) -> Int64 {
  let others = scan_days(
    cells.scanned, rows, MonthTable.standard.scanned, Decoded.absent, Decoded.undecoded, out)
  guard others > 0 else { return 0 }
  var latest: Int64 = 0
  for row in 0..<rows where out[row] == Decoded.undecoded {
    out[row] = decodeDay(cells[row])
    latest = max(latest, out[row])
  }
  return latest
}

extension CellColumn {
  var scanned: ScanCells {
    ScanCells(bytes: bytes, starts: starts, ends: ends, stride: stride, gap: gap)
  }
}

/// 1 for a cell that holds something, else `absent`; a byte may be read even of an empty one.
@inline(__always)
func decodePaddedPresence(_ cell: CellBytes) -> Int64 {
  guard let base = cell.baseAddress else { return Decoded.absent }
  // What begins with a blank may be nothing else.
  let first = base[0]
  let mayBeBlank = first <= 0x20 || first == 0xC2 || first == 0xE3
  if mayBeBlank, !cell.isEmpty { return cell.trimmed.isEmpty ? Decoded.absent : 1 }
  return Decoded.select(!cell.isEmpty, 1, Decoded.absent)
}

/// The months of this time with their first days, so that a date is found by one look-up: a ledger
/// has four to a row.
struct MonthTable: @unchecked Sendable {
  private static let firstYear = 1950
  private static let years = 128
  static let standard = MonthTable()
  /// By month: the number of its first day, and in the lowest five bits its length.
  private let months: UnsafePointer<Int32>

  private init() {
    let (firstYear, years) = (MonthTable.firstYear, MonthTable.years)
    let months = UnsafeMutablePointer<Int32>.allocate(capacity: years * 12)
    for index in 0..<years * 12 {
      let (year, month) = (firstYear + index / 12, index % 12 + 1)
      let first = Day(year: year, month: month, day: 1)?.number ?? 0
      months[index] = first << 5 | Int32(Day.length(ofMonth: month, year: year))
    }
    self.months = UnsafePointer(months)
  }

  var scanned: ScanMonths {
    ScanMonths(
      entries: months, first_year: UInt64(MonthTable.firstYear), years: UInt64(MonthTable.years))
  }
}

/// A decimal number in millionths; further places are rounded half to even.
func decodeAmount(_ cell: CellBytes) -> Int64 { decodeAmount(cell, .none) }

/// The same where a unit may stand behind the number.
func decodeAmount(_ cell: CellBytes, _ unit: AmountUnit) -> Int64 {
  var at = 0
  let end = cell.count
  if end == 0 { return Decoded.absent }
  var value: Int64 = 0
  while at < end, cell[at] &- 48 <= 9, at < 7 {
    value = value &* 10 &+ Int64(cell[at] &- 48)
    at += 1
  }
  if at == end, at > 0 {
    return value <= Decoded.largestAmount ? value &* Decoded.amountScale : Decoded.unreadable
  }
  if at > 0, at + 2 == end, cell[at] == 0x2E, cell[at + 1] &- 48 <= 9,
    value < Decoded.largestAmount
  {
    return value &* Decoded.amountScale &+ Int64(cell[at + 1] &- 48) &* 100_000
  }
  return decodeAmountSlowly(cell.trimmed, unit)
}

private func decodeAmountSlowly(_ cell: CellBytes, _ unit: AmountUnit) -> Int64 {
  cell.isEmpty ? Decoded.absent : AmountText(cell.text, unit).value
}

/// Collects the digits of a decimal number.
struct DecimalDigits {
  private var value: Int64 = 0
  private var places: Int?
  private var count = 0
  /// What lies behind the sixth place: nothing, less than half, half, or more than half.
  private var tail = (first: Int64(-1), hasMore: false)

  mutating func beginFraction() -> Bool {
    guard places == nil else { return false }
    places = 0
    return true
  }

  mutating func append(_ digit: Int64) -> Bool {
    count += 1
    if let fraction = places, fraction == 6 {
      if tail.first < 0 { tail.first = digit } else if digit > 0 { tail.hasMore = true }
      return true
    }
    value = value * 10 + digit
    if let fraction = places { places = fraction + 1 }
    return value <= Decoded.largestAmount * Decoded.amountScale
  }

  var millionths: Int64? {
    guard count > 0 else { return nil }
    var scaled = value
    for _ in (places ?? 0)..<6 {
      scaled *= 10
      guard scaled <= Decoded.largestAmount * Decoded.amountScale else { return nil }
    }
    let roundsUp = tail.first > 5 || tail.first == 5 && (tail.hasMore || scaled % 2 == 1)
    scaled += roundsUp ? 1 : 0
    return scaled <= Decoded.largestAmount * Decoded.amountScale ? scaled : nil
  }
}

/// A whole number.
func decodeCount(_ cell: CellBytes) -> Int64 {
  let amount = decodeAmount(cell, .people)
  guard amount >= 0 else { return amount }
  return amount % Decoded.amountScale == 0 ? amount / Decoded.amountScale : Decoded.unreadable
}

/// Yes (1) or no (0); `absent` for an empty cell.
func decodeFlag(_ cell: CellBytes) -> Int64 {
  if cell.count == 1 {
    if cell[0] == 0x31 { return 1 }
    if cell[0] == 0x30 { return 0 }
  }
  let cell = cell.trimmed
  guard !cell.isEmpty else { return Decoded.absent }
  switch TextFolding.folded(cell.text) {
  case "1", "true", "yes", "y", "是", "√", "✓", "✔", "☑", "合格", "通过", "已通过", "passed": return 1
  case "0", "false", "no", "n", "否", "×", "✗", "✘", "不合格", "未通过", "不通过", "failed": return 0
  default: return Decoded.unreadable
  }
}
