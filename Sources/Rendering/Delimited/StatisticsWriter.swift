public import ReportModel

/// Writes every figure of a report as `statistics.csv`.
public struct StatisticsWriter: Sendable {
  public static let header = "metric,unit,period,month,scope,member,value,numerator,denominator\n"

  public init() {}

  /// - Complexity: O(n) in the number of figures; memory grows with the members of one series.
  /// - Throws: `OutputError`; nothing stands at the path then.
  public func write(_ source: some SeriesSource, to path: String) throws(OutputError) {
    let file = try OutputFile(path: path)
    var buffer = LineBuffer(capacity: 1 << 20)
    var quotients = QuotientText()
    buffer.append(StatisticsWriter.header)
    for index in 0..<source.seriesCount {
      append(source.series(index), to: &buffer, &quotients)
      if buffer.count > 1 << 19 {
        try file.write(buffer.bytes)
        buffer.removeAll()
      }
    }
    try file.write(buffer.bytes)
    try file.finish()
  }

  private func append(
    _ series: Series, to buffer: inout LineBuffer, _ quotients: inout QuotientText
  ) {
    var prefix = LineBuffer(capacity: 256)
    for text in [series.metric, series.unit, series.period, series.month, series.scope] {
      prefix.appendCell(text)
      prefix.append(0x2C)
    }
    let places = StatisticsWriter.places(of: series.scale)
    for (index, member) in series.members.enumerated() {
      buffer.append(prefix.bytes.assumingMemoryBound(to: UInt8.self))
      buffer.appendCell(member)
      buffer.append(0x2C)
      let numerator = series.numerators[index]
      let denominator = series.denominators[index]
      if denominator == 1, !series.showsParts, let places {
        buffer.appendNumber(numerator, places: places)
      } else if denominator != 0 {
        quotients.append(numerator, denominator, scale: series.scale, to: &buffer)
      }
      buffer.append(0x2C)
      if series.showsParts {
        buffer.appendNumber(numerator, places: places ?? 0)
        buffer.append(0x2C)
        buffer.appendNumber(denominator)
      } else {
        buffer.append(0x2C)
      }
      buffer.append(0x0A)
    }
  }

  /// The decimal places of a scale that is a power of ten; nil for another one.
  private static func places(of scale: Int64) -> Int? {
    var rest = scale
    var places = 0
    while rest % 10 == 0 {
      rest /= 10
      places += 1
    }
    return rest == 1 ? places : nil
  }
}

/// Quotients in their shortest decimal form that reads back as the same double.
///
/// Departments are small, so the same few quotients come up again and again: their texts are kept.
struct QuotientText {
  private struct Entry {
    var numerator: Int64 = 0
    var denominator: Int64 = 0
    var scale: Int64 = 0
    var text = ""
  }
  private var known = [Entry](repeating: Entry(), count: 4096)

  mutating func append(
    _ numerator: Int64, _ denominator: Int64, scale: Int64, to buffer: inout LineBuffer
  ) {
    let hash = (numerator &* 0x9E37_79B1 &+ denominator) &* 0x85EB_CA6B
    let slot = Int(truncatingIfNeeded: hash >> 16) & (known.count - 1)
    if known[slot].numerator != numerator || known[slot].denominator != denominator
      || known[slot].scale != scale
    {
      known[slot] = Entry(
        numerator: numerator, denominator: denominator, scale: scale,
        text: QuotientText.text(numerator, denominator, scale))
    }
    buffer.append(known[slot].text)
  }

  private static func text(_ numerator: Int64, _ denominator: Int64, _ scale: Int64) -> String {
    let text = (Double(numerator) / (Double(denominator) * Double(scale))).description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
