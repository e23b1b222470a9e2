internal import Synchronization
public import Threading

/// What one thread does with the blocks it gets.
///
/// `decode` and `finish` run on all threads at once. Between them `commit` runs for one block at a
/// time, in the order of the file: what depends on earlier rows (duplicates) is settled there.
public protocol BlockWorker: AnyObject {
  func decode(_ block: RecordBlock)
  func commit(_ block: RecordBlock)
  func finish(_ block: RecordBlock)
}

extension RowReader {
  /// Runs all blocks of the table through the workers, one thread each; `begin` comes first.
  ///
  /// The outcome does not depend on the number of workers as long as `decode` and `finish` of
  /// different workers can be merged in any order.
  ///
  /// - Parameters:
  ///   - workers: at least one; the first runs on the calling thread.
  ///   - slots: for each column of the table, the column of the block that takes it, or -1.
  ///   - crew: gives threads to the further workers while there is much to read; nil where each has one from
  ///     the beginning.
  /// - Throws: `ReadingError` where the file cannot be read to its end; blocks before that point have
  ///   been through all three steps.
  public func run<Worker: BlockWorker>(
    _ workers: [Worker], slots: [Int], crew: Crew? = nil
  ) throws(ReadingError) {
    let pass = BlockPass(self, slots: slots)
    // A thread that finds a block or none costs more than it brings, in memory above all: what each counts
    // by itself, of a hospital's ledger 0.5 MB.
    let useful = workers.prefix(max(1, byteCount / (2 * RecordBlock.usualBytes)))
    if let crew {
      run(pass, useful, crew)
    } else {
      Threads.run(useful.map { worker in ThreadBody { pass.run(worker) } })
    }
    try pass.throwFailure()
  }

  private func run<Worker: BlockWorker>(
    _ pass: BlockPass, _ workers: ArraySlice<Worker>, _ crew: Crew
  ) {
    guard let first = workers.first else { return }
    var waiting = workers.dropFirst()
    var hired: [RunningThread] = []
    pass.run(first) { block in
      let isMuchLeft = (block.sequence + 4) * max(block.byteCount, 1) < byteCount
      guard isMuchLeft, let worker = waiting.first, crew.hire() else { return }
      let thread = Threads.start(
        ThreadBody {
          pass.run(worker)
          crew.release()
        })
      guard let thread else { return crew.release() }
      waiting.removeFirst()
      hired.append(thread)
    }
    for thread in hired { thread.join() }
  }
}

/// The way of a table's blocks through the workers.
private final class BlockPass: Sendable {
  private let reader: any RowReader
  private let slots: [Int]
  private let turnstile = Turnstile()
  private let failure = Mutex<ReadingError?>(nil)

  init(_ reader: any RowReader, slots: [Int]) {
    self.reader = reader
    self.slots = slots
  }

  /// Does a worker's share, until there are no blocks left.
  ///
  /// - Parameter taken: is called with each block before it is worked on.
  func run(_ worker: some BlockWorker, taken: (RecordBlock) -> Void = { _ in }) {
    let block = RecordBlock(columnCount: slots.count { $0 >= 0 })
    do throws(ReadingError) {
      while try reader.next(into: block) {
        guard block.isUTF8 else { throw .badEncoding(row: block.firstRow) }
        taken(block)
        reader.locateCells(of: block, slots: slots)
        worker.decode(block)
        guard turnstile.pass(block.sequence, { worker.commit(block) }) else { return }
        worker.finish(block)
      }
    } catch {
      turnstile.close()
      failure.withLock { $0 = $0 ?? error }
    }
  }

  func throwFailure() throws(ReadingError) {
    if let error = failure.withLock({ $0 }) { throw error }
  }
}

extension RecordBlock {
  /// Files whose first bytes are UTF-8 may still not be so further on.
  var isUTF8: Bool {
    isConverted || isKnownUTF8 == true
      || Reading.isUTF8(UnsafeBufferPointer(start: bytes, count: byteCount), mayBeCut: false)
  }
}
