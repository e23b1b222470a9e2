internal import Synchronization
internal import Threading

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
  /// - Throws: `ReadingError` where the file cannot be read to its end; blocks before that point have
  ///   been through all three steps.
  public func run<Worker: BlockWorker>(
    _ workers: [Worker], slots: [Int]
  ) throws(ReadingError) {
    let columns = slots.count { $0 >= 0 }
    let turnstile = Turnstile()
    let failure = Mutex<ReadingError?>(nil)
    // A thread that finds no block costs more than it brings.
    let useful = max(1, byteCount / RecordBlock.usualBytes)
    let bodies = workers.prefix(useful).map { worker in
      ThreadBody { [self] in
        let block = RecordBlock(columnCount: columns)
        do throws(ReadingError) {
          while try next(into: block) {
            guard block.isUTF8 else { throw .badEncoding(row: block.firstRow) }
            locateCells(of: block, slots: slots)
            worker.decode(block)
            guard turnstile.pass(block.sequence, { worker.commit(block) }) else { return }
            worker.finish(block)
          }
        } catch {
          turnstile.close()
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    Threads.run(bodies)
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
