internal import Records

/// How cells become values. A decoded column is 64-bit integers whatever its kind: days since
/// 1970-01-01, millionths, counts, codes, 0 and 1, or indices.
enum Decoded {
  /// The cell is empty.
  static let absent = Int64.min
  static let unreadable = Int64.min + 1
  static let negative = Int64.min + 2

  /// Added to a day that was written as Excel's number for it.
  static let serialMark: Int64 = 1 << 40

  /// Decimal numbers are kept as integers of this many parts of one.
  static let amountScale: Int64 = 1_000_000
  /// The largest number that is read; larger ones are unreadable, so that sums cannot overflow.
  static let largestAmount: Int64 = 1_000_000
}

typealias CellBytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer<UInt8> {
  /// Without white space at both ends: ASCII blanks, no-break space and the ideographic space.
  @inline(__always)
  package var trimmed: UnsafeBufferPointer<UInt8> {
    guard let first, let last, isMaybeSpace(first) || isMaybeSpace(last) else { return self }
    return trimmedSlowly
  }

  @inline(__always)
  private func isMaybeSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte >= 0x80 }

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
  if cell.count == 10, cell[4] == 0x2D, cell[7] == 0x2D {
    var sum: UInt8 = 0
    @inline(__always) func digit(_ at: Int) -> Int {
      let value = cell[at] &- 48
      sum |= value > 9 ? 1 : 0
      return Int(value)
    }
    let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let month = digit(5) * 10 + digit(6)
    let day = digit(8) * 10 + digit(9)
    if sum == 0, let value = Day(year: year, month: month, day: day) { return Int64(value.number) }
    return Decoded.unreadable
  }
  return decodeDaySlowly(cell.trimmed)
}

/// The other spellings of a day, see `DayText`.
private func decodeDaySlowly(_ cell: CellBytes) -> Int64 {
  guard !cell.isEmpty else { return Decoded.absent }
  switch DayText(cell.text) {
  case .day(let day): return Int64(day.number)
  case .serial(let day): return Int64(day.number) + Decoded.serialMark
  case .trouble: return Decoded.unreadable
  }
}

/// A decimal number in millionths; further places are rounded half to even.
func decodeAmount(_ cell: CellBytes) -> Int64 { decodeAmount(cell, .none) }

/// The same where a unit may stand behind the number.
func decodeAmount(_ cell: CellBytes, _ unit: AmountUnit) -> Int64 {
  var at = 0
  let end = cell.count
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
