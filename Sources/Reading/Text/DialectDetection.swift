internal import CScan
internal import Glibc

/// Finds out how a text file separates and quotes its cells.
///
/// Most files hold one separator only, and nothing has to be weighed. Otherwise every candidate splits a
/// sample of the file, and the one is taken whose rows are most alike in length and whose cells look most
/// like values: numbers, days, plain words. That a dialect shows itself in regular rows and clean cells is
/// the idea of van den Burg, Nazábal and Sutton, “Wrangling messy CSV files by detecting row and type
/// patterns” (2019); the measure here is another, which forgives titles and notes around the table.
enum DialectDetection {
  /// The separators that are used at all, the likeliest first.
  private static let common: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]
  /// Those that are looked for where none of the common ones separates anything.
  private static let rare: [UInt8] = [0x20, 0x3A, 0x5E, 0x7E, 0x23, 0x26, 0x2A, 0x1F]
  /// How much of the beginning is split; the rest of a long file says nothing new.
  private static let sampleSize = 48 << 10

  /// The separator that the first line declares for Excel, as `sep=;`, and that line's length.
  static func declared(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (separator: UInt8, length: Int)? {
    let line = bytes.prefix(16)
    guard line.count >= 5, line.prefix(4).elementsEqual("sep=".utf8) else { return nil }
    let separator = line[line.startIndex + 4]
    var end = line.startIndex + 5
    guard separator >= 0x09, separator < 0x80, separator != 0x0A, separator != 0x0D else {
      return nil
    }
    if end < line.endIndex, line[end] == 0x0D { end += 1 }
    if end < line.endIndex, line[end] == 0x0A { end += 1 }
    guard end == bytes.count || end > line.startIndex + 5 else { return nil }
    return (separator, end)
  }

  /// - Parameters:
  ///   - bytes: the beginning of the text.
  ///   - isWhole: nothing follows it.
  static func dialect(of bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Dialect {
    let present = common.filter { has($0, bytes) }
    if present.count == 1, has(present[0], firstLine(bytes)), !has(0x27, bytes), !has(0x5C, bytes),
      !mayHaveBlanks(present[0], bytes)
    {
      return Dialect(separator: present[0])
    }
    guard !bytes.isEmpty, bytes.contains(where: { $0 > 0x20 }) else { return .standard }
    let sample = UnsafeBufferPointer(rebasing: bytes.prefix(sampleSize))
    let isFinal = isWhole && sample.count == bytes.count
    var best = best(of: present, in: sample, isFinal)
    if best.score < 0.3 {
      let candidates = rare.filter { has($0, sample) && !($0 == 0x3A && tellsTimes(sample)) }
      let other = Self.best(of: candidates, in: sample, isFinal)
      // Words are separated by blanks in any text, and a day from its time: such a table must be a very
      // regular one of three columns at least.
      let least = other.dialect.separator == 0x20 ? 0.6 : 0.45
      if other.score > max(best.score, least) { best = other }
    }
    return best.dialect
  }

  private static func best(
    of separators: [UInt8], in sample: UnsafeBufferPointer<UInt8>, _ isFinal: Bool
  ) -> (dialect: Dialect, score: Double) {
    var best = (dialect: Dialect.standard, score: 0.0)
    for separator in separators {
      for dialect in dialects(separator, sample) {
        var trial = DialectTrial(dialect)
        let score = trial.score(sample, isFinal: isFinal)
        if score > best.score + 1e-9 { best = (dialect, score) }
      }
    }
    return best
  }

  /// The ways to quote that the sample gives cause to try with a separator; the usual way first.
  private static func dialects(
    _ separator: UInt8, _ sample: UnsafeBufferPointer<UInt8>
  ) -> [Dialect] {
    var quoting = Quoting(sample, separator: separator)
    var dialects: [Dialect] = []
    var dialect = Dialect(separator: separator)
    dialect.skipsBlanks = separator != 0x20 && quoting.blanksBefore
    if quoting.hasEscapes { dialect.escape = 0x5C }
    dialects.append(dialect)
    if quoting.opensSingly {
      quoting = Quoting(sample, separator: separator, quote: 0x27)
      var single = Dialect(separator: separator, quote: 0x27)
      single.skipsBlanks = separator != 0x20 && quoting.blanksBefore
      if quoting.hasEscapes { single.escape = 0x5C }
      dialects.append(single)
    }
    return dialects
  }

  private static func has(_ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    return memchr(base, Int32(byte), bytes.count) != nil
  }

  /// Whether most colons stand within times of the day, as `8:30` or `08:30:00`.
  private static func tellsTimes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    func isDigit(_ at: Int) -> Bool { bytes.indices.contains(at) && bytes[at] &- 48 <= 9 }
    var (colons, times) = (0, 0)
    for at in bytes.indices where bytes[at] == 0x3A {
      colons += 1
      let isHour = isDigit(at - 1) && !(isDigit(at - 2) && isDigit(at - 3))
      if isHour, isDigit(at + 1), isDigit(at + 2), !isDigit(at + 3) { times += 1 }
    }
    return times * 5 > colons * 4
  }

  private static func firstLine(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes.prefix { $0 != 0x0A && $0 != 0x0D })
  }

  private static func mayHaveBlanks(
    _ separator: UInt8, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    has(0x22, bytes) && Quoting(bytes, separator: separator).blanksBefore
  }
}

/// What the sample shows of quotes and what stands around them.
private struct Quoting {
  /// A blank lies between a separator and a quote, which closes before another separator.
  private(set) var blanksBefore = false
  /// A backslash stands before a quote that closes nothing.
  private(set) var hasEscapes = false
  /// Cells begin and end with a single quote.
  private(set) var opensSingly = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, quote: UInt8 = 0x22) {
    var (blanks, escapes, doubled, openings, closings) = (0, 0, 0, 0, 0)
    var at = 0
    let end = bytes.count
    func isEdge(_ at: Int) -> Bool {
      at < 0 || at >= end || bytes[at] == separator || bytes[at] == 0x0A || bytes[at] == 0x0D
    }
    while at < end {
      let byte = bytes[at]
      if byte == quote {
        var before = at - 1
        while before >= 0, bytes[before] == 0x20 { before -= 1 }
        if before < at - 1, before >= 0, bytes[before] == separator { blanks += 1 }
        if at > 0, bytes[at - 1] == 0x5C, !isEdge(at + 1) { escapes += 1 }
        if at + 1 < end, bytes[at + 1] == quote {
          if at > 0, !isEdge(at - 1), !isEdge(at + 2), bytes[at - 1] != 0x5C { doubled += 1 }
          at += 1
        }
      }
      if byte == 0x27 {
        if isEdge(at - 1), !isEdge(at + 1) { openings += 1 }
        if isEdge(at + 1), !isEdge(at - 1) { closings += 1 }
      }
      at += 1
    }
    blanksBefore = blanks > 0
    hasEscapes = escapes > 0 && doubled == 0
    opensSingly = openings > 0 && closings > 0
  }
}

/// Splits a sample with one dialect and says how much like a table it looks.
private struct DialectTrial {
  private let dialect: Dialect
  /// The number of rows by their number of cells.
  private var lengths: [Int: Int] = [:]
  private var rows = 0
  private var broken = 0
  private var cells = 0
  private var clean = 0

  init(_ dialect: Dialect) { self.dialect = dialect }

  /// From 0, one column or chaos, to nearly 1.
  mutating func score(_ sample: UnsafeBufferPointer<UInt8>, isFinal: Bool) -> Double {
    // Splitting folds quotes in place.
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: sample.count + 64)
    defer { copy.deallocate() }
    if let base = sample.baseAddress { copy.update(from: base, count: sample.count) }
    let scan = CarefulScan(bytes: copy, count: sample.count, isFinal: isFinal, dialect: dialect)
    var position = 0
    while position < sample.count {
      var list = CellList()
      guard let end = scan.record(from: position, into: &list) else { break }
      position = end
      take(list, UnsafePointer(copy))
    }
    guard rows > 0, cells > 0 else { return 0 }
    var regularity = 0.0
    for (length, count) in lengths {
      let share = Double(count) / Double(rows)
      regularity += share * share * Double(length - 1) / Double(length)
    }
    let soundness = 1 - Double(broken) / Double(rows)
    return regularity * Double(clean) / Double(cells) * soundness
  }

  private mutating func take(_ list: CellList, _ bytes: UnsafePointer<UInt8>) {
    let isBlank = list.cells.allSatisfy { $0.allSatisfy { bytes[$0] <= 0x20 } }
    guard !isBlank else { return }
    rows += 1
    if list.isBroken { broken += 1 }
    lengths[list.cells.count, default: 0] += 1
    for cell in list.cells {
      cells += 1
      if isClean(UnsafeBufferPointer(start: bytes + cell.lowerBound, count: cell.count)) {
        clean += 1
      }
    }
  }

  /// Empty, or words and numbers without what separates or quotes in some other dialect.
  private func isClean(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = cell.first(where: { $0 != 0x20 }) else { return true }
    if first == 0x22 || first == 0x27 { return false }
    var commas = 0
    for byte in cell {
      switch byte {
      case 0x2C: commas += 1
      case 0x09, 0x3B, 0x7C, 0x22: return false
      default: continue
      }
    }
    // A decimal comma, or commas that group digits; words with a comma are one cell as well as two.
    return commas == 0 || cell.allSatisfy { $0 &- 48 <= 9 || " ,.-+%".utf8.contains($0) }
      || commas == 1 && cell.count > 24
  }
}
