internal import CScan
internal import Reading

/// Finds participation rows whose (event, person) pair stands earlier in the file, without keeping the
/// pairs: memory grows with people and events, not with rows.
///
/// It looks at the rows in the order of the file and works in one of two ways, chosen from the first
/// block, or in a third where it is told so:
///
/// - *Grouped.* Lists come event by event. A mark per person says in which run of rows the person was
///   last seen, so a repeated pair within a run is known at once. A row of an event whose run had
///   already ended is a suspect.
/// - *Filtered.* Rows come in any order. A `PairFilter` says which pairs may have been there before; their
///   rows are suspects, and so are a few others.
/// - *Exact.* All pairs are kept. It is for tables of several files that are not large, each of which is so
///   judged by itself: no row has to wait for the files behind it.
///
/// Suspects are not counted at first. A second, light pass (`SecondLook`) finds the first row of
/// each suspected pair, which settles every one of them exactly.
final class DuplicateWatch {
  enum Verdict: UInt8 {
    case first, suspect, duplicate
  }

  private enum Mode { case undecided, grouped, filtered, exact }
  private var mode = Mode.undecided
  private var currentEvent = -1
  /// The row in which the run began that is still going on.
  private var runStart: UInt32 = 1
  /// One more than the row in which each person was last seen, 0 for none: rows come in their order, so that
  /// one which is not before the run's first lies in the run. `runStart` is such a number, too.
  private var marks: [UInt32]
  private var hasRun: [Bool]
  private var filter: PairFilter?
  private let expectedRows: Int
  private var pairs = PairRegister()

  /// Files of one table that are larger than this together are not judged exactly.
  static let mostExactBytes = 64 << 20

  /// - Parameters:
  ///   - expectedRows: an upper estimate of the file's rows; decides the size of the filter.
  ///   - isExact: whether all pairs are kept.
  init(people: Int, events: Int, expectedRows: Int, isExact: Bool = false) {
    mode = isExact ? .exact : .undecided
    marks = [UInt32](repeating: 0, count: isExact ? 0 : people)
    hasRun = [Bool](repeating: false, count: isExact ? 0 : events)
    self.expectedRows = expectedRows
  }

  /// Whether a pair has been seen; of an exact watch alone.
  func knows(_ pair: PairKey) -> Bool { pairs.contains(pair) }

  /// Takes over a row that has been judged before; of an exact watch alone.
  func see(_ pair: PairKey, in row: UInt32) { _ = pairs.firstRow(of: pair, addingFor: row) }

  /// Judges the rows of the next block.
  ///
  /// - Parameters:
  ///   - events, people: indices by row; a row with a negative one is passed over.
  ///   - rowBase: what is added to the rows to tell those of several sheets apart.
  ///   - verdicts: receives a verdict for each row.
  ///   - firstRows: receives, for duplicates, the row in which the pair stood before.
  func judge(
    events: UnsafePointer<Int64>, people: UnsafePointer<Int64>, rows: UnsafePointer<UInt32>,
    rowBase: UInt32 = 0, count: Int, verdicts: UnsafeMutablePointer<Verdict>,
    firstRows: UnsafeMutablePointer<UInt32>
  ) {
    if mode == .undecided, count > 0 { decide(events, count) }
    switch mode {
    case .filtered: judgeFiltered(events, people, count, verdicts)
    case .exact: judgeExactly(events, people, rows, rowBase, count, verdicts, firstRows)
    default: judgeGrouped(events, people, rows, rowBase, count, verdicts, firstRows)
    }
  }

  private func judgeGrouped(
    _ events: UnsafePointer<Int64>, _ people: UnsafePointer<Int64>,
    _ rows: UnsafePointer<UInt32>, _ rowBase: UInt32, _ count: Int,
    _ verdicts: UnsafeMutablePointer<Verdict>, _ firstRows: UnsafeMutablePointer<UInt32>
  ) {
    var isReopened = currentEvent >= 0 && reopened
    marks.withUnsafeMutableBufferPointer { marks in
      for row in 0..<count {
        verdicts[row] = .first
        let event = Int(events[row])
        let person = Int(people[row])
        guard event >= 0, person >= 0 else { continue }
        if event != currentEvent {
          currentEvent = event
          runStart = rows[row] &+ rowBase &+ 1
          isReopened = hasRun[event]
          hasRun[event] = true
        }
        let later = people[min(row &+ Prefetch.rows, count &- 1)]
        if later >= 0, let base = marks.baseAddress { scan_prefetch(base + Int(later)) }
        let mark = marks[person]
        if mark >= runStart {
          verdicts[row] = .duplicate
          firstRows[row] = mark &- 1
        } else {
          marks[person] = rows[row] &+ rowBase &+ 1
          if isReopened { verdicts[row] = .suspect }
        }
      }
    }
    reopened = isReopened
  }
  /// Whether the run that is still going on belongs to an event that had a run before.
  private var reopened = false

  private func judgeFiltered(
    _ events: UnsafePointer<Int64>, _ people: UnsafePointer<Int64>, _ count: Int,
    _ verdicts: UnsafeMutablePointer<Verdict>
  ) {
    guard let filter else { return }
    for row in 0..<count {
      verdicts[row] = .first
      let later = min(row &+ Prefetch.rows, count &- 1)
      filter.prefetch(PairKey(events[later], people[later]))
      guard events[row] >= 0, people[row] >= 0 else { continue }
      if filter.insert(PairKey(events[row], people[row])) { verdicts[row] = .suspect }
    }
  }

  private func judgeExactly(
    _ events: UnsafePointer<Int64>, _ people: UnsafePointer<Int64>,
    _ rows: UnsafePointer<UInt32>, _ rowBase: UInt32, _ count: Int,
    _ verdicts: UnsafeMutablePointer<Verdict>, _ firstRows: UnsafeMutablePointer<UInt32>
  ) {
    for row in 0..<count {
      verdicts[row] = .first
      guard events[row] >= 0, people[row] >= 0 else { continue }
      let pair = PairKey(events[row], people[row])
      if let first = pairs.firstRow(of: pair, addingFor: rows[row] &+ rowBase) {
        verdicts[row] = .duplicate
        firstRows[row] = first
      }
    }
  }

  /// Looks at the first block: where events come back all the time, the file is not grouped.
  private func decide(_ events: UnsafePointer<Int64>, _ count: Int) {
    var seen = [Bool](repeating: false, count: hasRun.count)
    var current = -1
    var isReopened = false
    var reopenedRows = 0
    for row in 0..<count where events[row] >= 0 {
      let event = Int(events[row])
      if event != current {
        current = event
        isReopened = seen[event]
        seen[event] = true
      }
      if isReopened { reopenedRows += 1 }
    }
    mode = reopenedRows * 50 > count ? .filtered : .grouped
    guard mode == .filtered else { return }
    filter = PairFilter(expectedPairs: expectedRows)
    marks = []
  }
}
