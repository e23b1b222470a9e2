internal import Synchronization
internal import Threading

/// Packs the parts of a workbook into its file while libxlsxwriter puts the next ones together.
///
/// Of what a hospital's workbook takes to close, half is packing: on a thread of its own, the file is
/// there a fifth earlier. What waits to be packed is bounded, however large a part is.
final class PartPacker: @unchecked Sendable {
  /// Some parts, or a piece of one: the bytes, and what is to be done with them.
  private struct Batch: Sendable {
    var bytes: [UInt8] = []
    var steps: [Step] = []
  }

  private enum Step: Sendable {
    case begin([UInt8])
    /// So many of the bytes belong to the part.
    case bytes(Int)
    case end
  }

  /// What is shared with the thread that packs, and outlives the packer until that thread has ended.
  private final class Work: @unchecked Sendable {
    let writer: ZipWriter
    let queue = BoundedQueue<Batch>(limit: 4)
    /// Nothing can come of it any more.
    let isBroken = Atomic(false)

    init(_ writer: ZipWriter) { self.writer = writer }

    func pack(_ batch: Batch) {
      batch.bytes.withUnsafeBufferPointer { bytes in
        var start = 0
        for step in batch.steps {
          switch step {
          case .begin(let name): writer.begin(name)
          case .bytes(let count):
            writer.pack(UnsafeBufferPointer(rebasing: bytes[start..<(start + count)]))
            start += count
          case .end: writer.end()
          }
        }
      }
      if writer.failure != nil { isBroken.store(true, ordering: .relaxed) }
    }
  }

  private let work: Work
  private var thread: RunningThread?
  private var batch = Batch()
  private static let batchSize = 64 << 10

  /// - Parameter isBeside: whether a thread of its own may pack.
  init?(path: String, isBeside: Bool) {
    guard let writer = ZipWriter(path: path) else { return nil }
    work = Work(writer)
    guard isBeside else { return }
    // It ends when the queue is closed.
    thread = Threads.start(
      ThreadBody { [work] in
        while let batch = work.queue.pop() { work.pack(batch) }
      })
  }

  deinit { stop() }

  func begin(_ name: [UInt8]) { batch.steps.append(.begin(name)) }

  /// False where earlier bytes could not be written, and the rest need not come.
  func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    batch.bytes.append(contentsOf: bytes)
    batch.steps.append(.bytes(bytes.count))
    if batch.bytes.count >= PartPacker.batchSize { passOn() }
    return !work.isBroken.load(ordering: .relaxed)
  }

  func end() { batch.steps.append(.end) }

  /// Waits for what is still to be packed and completes the file; false where it is not whole.
  func finish() -> Bool {
    passOn()
    stop()
    return work.writer.finish()
  }

  private func stop() {
    work.queue.close()
    thread?.join()
    thread = nil
  }

  private func passOn() {
    let full = batch
    batch = Batch()
    batch.bytes.reserveCapacity(PartPacker.batchSize + (16 << 10))
    if thread == nil { work.pack(full) } else { work.queue.push(full) }
  }
}

/// The packers of the workbooks that are being closed, by path: libxlsxwriter calls functions that know
/// nothing but it.
enum PartPackers {
  private struct Place {
    var isBeside: Bool
    var packer: PartPacker?
    var wasFinished = false
  }
  private static let places = Mutex<[String: Place]>([:])

  /// Runs what closes a workbook, whose parts may be packed on a thread of their own.
  ///
  /// - Returns: what the body returns, and whether it was this program that packed the parts.
  static func closing<Value>(
    _ path: String, isBeside: Bool, _ body: () -> Value
  ) -> (value: Value, packed: Bool) {
    places.withLock { $0[path] = Place(isBeside: isBeside) }
    let value = body()
    // A packer that is still there was left behind by a failure: it ends here.
    let place = places.withLock { $0.removeValue(forKey: path) }
    return (value, place?.wasFinished ?? false)
  }

  static func open(_ path: String) -> PartPacker? {
    let isBeside = places.withLock { $0[path]?.isBeside } ?? false
    guard let packer = PartPacker(path: path, isBeside: isBeside) else { return nil }
    places.withLock { $0[path, default: Place(isBeside: false)].packer = packer }
    return packer
  }

  /// Completes the file and lets go of the packer; false where the file is not whole.
  static func finish(_ packer: PartPacker) -> Bool {
    let isWhole = packer.finish()
    places.withLock { places in
      guard let path = places.first(where: { $0.value.packer === packer })?.key else { return }
      places[path]?.packer = nil
      places[path]?.wasFinished = true
    }
    return isWhole
  }
}
