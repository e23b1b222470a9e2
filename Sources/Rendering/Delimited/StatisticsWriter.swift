public import ReportModel
internal import Synchronization
internal import Threading

/// Writes every figure of a report as `statistics.csv`.
public struct StatisticsWriter: Sendable {
  public static let header = "metric,unit,period,month,scope,member,value,numerator,denominator\n"
  private let jobs: Int

  /// - Parameter jobs: the number of threads; the bytes do not depend on it.
  public init(jobs: Int = 1) { self.jobs = max(1, jobs) }

  /// Series are put into text on all threads; each then takes its place in the file in order.
  ///
  /// - Complexity: O(n) in the number of figures; memory grows with the members of one series.
  /// - Throws: `OutputError`; nothing stands at the path then.
  public func write(_ source: some SeriesSource, to path: String) throws(OutputError) {
    let file = try OutputFile(path: path)
    let failure = Mutex<OutputError?>(nil)
    let next = Atomic(0)
    let turnstile = Turnstile()
    let output = file.shared
    let bodies = (0..<jobs).map { _ in
      ThreadBody {
        var text = SeriesText()
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < source.seriesCount else { return }
          text.begin(withHeader: index == 0)
          text.append(source.series(index))
          // Written in turn: a file takes one writer at a time anyway, and the others spin for it.
          let mayGoOn = turnstile.pass(index) {
            do throws(OutputError) {
              try output.write(text.bytes)
            } catch {
              failure.withLock { $0 = $0 ?? error }
            }
          }
          guard mayGoOn, failure.withLock({ $0 }) == nil else { return turnstile.close() }
        }
      }
    }
    Threads.run(bodies)
    if let error = failure.withLock({ $0 }) { throw error }
    try file.finish()
  }
}

/// The lines of one series.
private struct SeriesText: ~Copyable {
  private var buffer = LineBuffer(capacity: 64 << 10)
  private var prefix = LineBuffer(capacity: 256)
  private var quotients = QuotientText()
  private var members = MemberText()

  var bytes: UnsafeRawBufferPointer { buffer.bytes }

  mutating func begin(withHeader: Bool) {
    buffer.removeAll()
    if withHeader { buffer.append(StatisticsWriter.header) }
  }

  mutating func append(_ series: Series) {
    prefix.removeAll()
    for text in [series.metric, series.unit, series.period, series.month, series.scope] {
      prefix.appendCell(text)
      prefix.append(0x2C)
    }
    let list = members.list(of: series.members)
    list.cells.withUnsafeBufferPointer { cells in
      list.ends.withUnsafeBufferPointer { ends in
        appendRows(series, cells, ends)
      }
    }
  }

  /// - Parameters:
  ///   - cells: the members' cells, one behind the other.
  ///   - ends: where each of them ends.
  private mutating func appendRows(
    _ series: Series, _ cells: UnsafeBufferPointer<UInt8>, _ ends: UnsafeBufferPointer<Int>
  ) {
    let places = SeriesText.places(of: series.scale)
    let isPlain = !series.showsParts && places != nil
    let start = prefix.bytes.assumingMemoryBound(to: UInt8.self)
    for index in series.members.indices {
      buffer.append(start)
      let from = index == 0 ? 0 : ends[index - 1]
      buffer.append(UnsafeBufferPointer(rebasing: cells[from..<ends[index]]))
      let numerator = series.numerators[index]
      let denominator = series.denominators[index]
      if isPlain, denominator == 1 {
        buffer.appendNumber(numerator, places: places ?? 0)
      } else if denominator != 0 {
        quotients.append(numerator, denominator, scale: series.scale, to: &buffer)
      }
      buffer.append(0x2C)
      if series.showsParts { buffer.appendNumber(numerator, places: places ?? 0) }
      buffer.append(0x2C)
      if series.showsParts { buffer.appendNumber(denominator) }
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

/// The members of a series as cells with their comma. A report has few lists of members, each in many
/// series: every list is put into text once.
private struct MemberText: ~Copyable {
  struct List {
    let members: [String]
    let cells: [UInt8]
    let ends: [Int]
  }
  private var lists: [List] = []
  private static let most = 8

  mutating func list(of members: [String]) -> List {
    // Equal arrays mostly share their storage, and are then compared in no time.
    if let known = lists.first(where: { $0.members == members }) { return known }
    var text = LineBuffer(capacity: 4096)
    var ends: [Int] = []
    ends.reserveCapacity(members.count)
    for member in members {
      text.appendCell(member)
      text.append(0x2C)
      ends.append(text.count)
    }
    if lists.count == MemberText.most { lists.removeFirst() }
    let list = List(members: members, cells: Array(text.bytes), ends: ends)
    lists.append(list)
    return list
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
