public import ReportModel
internal import Synchronization
internal import Threading

/// Writes every figure of a report as `statistics.csv`.
public struct StatisticsWriter: Sendable {
  public static let header = "metric,unit,period,month,scope,member,value,numerator,denominator\n"
  private let jobs: Int

  /// - Parameter jobs: the number of threads; the bytes do not depend on it.
  public init(jobs: Int = 1) { self.jobs = max(1, jobs) }

  /// Pieces of series are put into text on all threads; each then takes its place in the file in order.
  ///
  /// A piece is as long as fits a core's own cache, from which it goes to the file. (A series of a
  /// province at a time, 4 MB, took twice as long to write.) A hospital's series are much shorter, and many
  /// of them go together: one at a time, threads waited for each other's 750 turns a third of the time.
  ///
  /// - Complexity: O(n) in the number of figures; memory grows with the lists of members.
  /// - Throws: `OutputError`; nothing stands at the path then.
  public func write(_ source: some SeriesSource, to path: String) throws(OutputError) {
    let file = try OutputFile(path: path)
    try file.write(StatisticsWriter.header)
    let failure = Mutex<OutputError?>(nil)
    let next = Atomic(0)
    let turnstile = Turnstile()
    let output = file.shared
    let lists = source.memberLists.map { MemberCells($0) }
    let pieces = SeriesPiece.all(of: source, lists)
    let batches = SeriesPiece.batches(of: pieces)
    let bodies = (0..<min(jobs, max(batches.count, 1))).map { _ in
      ThreadBody {
        var text = SeriesText()
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < batches.count else { return }
          text.removeAll()
          for piece in pieces[batches[index]] {
            let series = source.series(piece.series)
            text.append(
              series, source.figures(of: piece.series, members: piece.members),
              lists[series.members], first: piece.members.lowerBound)
          }
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

/// Some members of one series.
private struct SeriesPiece {
  let series: Int
  let members: Range<Int>

  private static let mostMembers = 4096
  /// Of short series, 40 KB of text: there are few turns then, and all of a hospital's report stays within
  /// 20 MB.
  private static let mostTogether = 512

  static func all(of source: some SeriesSource, _ lists: [MemberCells]) -> [SeriesPiece] {
    (0..<source.seriesCount).flatMap { index in
      let count = lists[source.series(index).members].count
      return stride(from: 0, to: count, by: mostMembers).map {
        SeriesPiece(series: index, members: $0..<min($0 + mostMembers, count))
      }
    }
  }

  /// What one thread puts into text at a time: pieces that follow each other, of about as many members
  /// together as a turn is worth.
  static func batches(of pieces: [SeriesPiece]) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var start = 0
    var members = 0
    for (index, piece) in pieces.enumerated() {
      if members + piece.members.count > mostTogether, index > start {
        batches.append(start..<index)
        (start, members) = (index, 0)
      }
      members += piece.members.count
    }
    if start < pieces.count { batches.append(start..<pieces.count) }
    return batches
  }
}

/// A list of members as cells with their comma, one behind the other: put into text once, for all the
/// series that have it.
private final class MemberCells: Sendable {
  /// Behind the last cell lie as many bytes as are copied at once.
  private let bytes: [UInt8]
  private let starts: [Int]

  init(_ members: [String]) {
    var text = LineBuffer(capacity: 4096)
    var starts = [0]
    starts.reserveCapacity(members.count + 1)
    for member in members {
      text.appendCell(member)
      text.append(0x2C)
      starts.append(text.count)
    }
    bytes = Array(text.bytes) + [UInt8](repeating: 0, count: RowText.step)
    self.starts = starts
  }

  var count: Int { starts.count - 1 }

  /// The length of some members' cells together.
  func byteCount(_ members: Range<Int>) -> Int {
    starts[members.upperBound] - starts[members.lowerBound]
  }

  /// - Parameter body: gets all cells and where each begins.
  func withCells(_ body: (UnsafePointer<UInt8>, UnsafeBufferPointer<Int>) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      starts.withUnsafeBufferPointer { starts in
        if let base = bytes.baseAddress { body(base, starts) }
      }
    }
  }
}

/// The lines of a piece.
private struct SeriesText: ~Copyable {
  private var buffer = LineBuffer(capacity: 512 << 10)
  private var prefix = LineBuffer(capacity: 256)
  private let quotients = QuotientText()

  var bytes: UnsafeRawBufferPointer { buffer.bytes }

  mutating func removeAll() { buffer.removeAll() }

  /// - Parameter first: the member that the first figure is about.
  mutating func append(
    _ series: Series, _ figures: [SeriesFigure], _ members: MemberCells, first: Int
  ) {
    prefix.removeAll()
    for text in [series.metric, series.unit, series.period, series.month, series.scope] {
      prefix.appendCell(text)
      prefix.append(0x2C)
    }
    let length = prefix.count
    prefix.reserve(RowText.step)
    let range = first..<(first + figures.count)
    buffer.reserve(
      members.byteCount(range) + figures.count * (length + RowText.longestFigures) + RowText.step)
    let start = prefix.bytes.bindMemory(to: UInt8.self)
    let quotients = self.quotients
    let places = SeriesText.places(of: series.scale)
    members.withCells { cells, starts in
      buffer.fill { at in
        var row = RowText(at: at)
        for (index, figure) in figures.enumerated() {
          let cell = starts[first + index]
          if let start = start.baseAddress { row.append(start, length) }
          row.append(cells + cell, starts[first + index + 1] - cell)
          SeriesText.append(figure, series, places, quotients, to: &row)
        }
        return row.at
      }
    }
  }

  @inline(__always)
  private static func append(
    _ figure: SeriesFigure, _ series: Series, _ places: Int?, _ quotients: QuotientText,
    to row: inout RowText
  ) {
    let (numerator, denominator) = (figure.numerator, figure.denominator)
    if let places, !series.showsParts, denominator == 1 {
      row.append(numerator, places: places)
    } else if denominator != 0 {
      quotients.append(numerator, denominator, scale: series.scale, to: &row)
    }
    row.append(0x2C as UInt8)
    if series.showsParts { row.append(numerator, places: places ?? 0) }
    row.append(0x2C as UInt8)
    if series.showsParts { row.append(denominator) }
    row.append(0x0A as UInt8)
  }

  /// The decimal places of a scale that is a power of ten; nil for another one.
  private static func places(of scale: Int64) -> Int? {
    var rest = scale
    var places = 0
    while rest > 1, rest % 10 == 0 {
      rest /= 10
      places += 1
    }
    return rest == 1 ? places : nil
  }
}

/// Quotients in their shortest decimal form that reads back as the same double.
///
/// Departments are small, so the same few quotients come up again and again: their texts are kept.
private final class QuotientText {
  private struct Entry {
    var numerator: Int64 = 0
    var denominator: Int64 = 0
    var scale: Int64 = 0
    var text = SIMD32<UInt8>()
    var length = 0
  }
  private let known: UnsafeMutablePointer<Entry>
  private static let count = 1024

  init() {
    known = .allocate(capacity: QuotientText.count)
    known.initialize(repeating: Entry(), count: QuotientText.count)
  }

  deinit { known.deallocate() }

  @inline(__always)
  func append(_ numerator: Int64, _ denominator: Int64, scale: Int64, to row: inout RowText) {
    let hash = (numerator &* 0x9E37_79B9 &+ denominator) &* 0x85EB_CA6B
    let entry = known + (Int(truncatingIfNeeded: hash >> 16) & (QuotientText.count - 1))
    if entry.pointee.numerator != numerator || entry.pointee.denominator != denominator
      || entry.pointee.scale != scale
    {
      learn(numerator, denominator, scale, entry)
    }
    row.append(entry.pointee.text, entry.pointee.length)
  }

  private func learn(
    _ numerator: Int64, _ denominator: Int64, _ scale: Int64, _ entry: UnsafeMutablePointer<Entry>
  ) {
    var text = (Double(numerator) / (Double(denominator) * Double(scale))).description
    if text.hasSuffix(".0") { text.removeLast(2) }
    entry.pointee = Entry(numerator: numerator, denominator: denominator, scale: scale)
    // A double's shortest decimal has at most 24 bytes.
    for (index, byte) in text.utf8.prefix(RowText.longestNumber).enumerated() {
      entry.pointee.text[index] = byte
    }
    entry.pointee.length = min(text.utf8.count, RowText.longestNumber)
  }
}
