internal import Checking

/// A piece of memory that begins as zeros and does not grow.
///
/// - Note: the memory is not shared: each thread has its own, and they are merged at the end.
final class ZeroedMemory<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int
  private let bytes: ZeroedBytes

  /// - Parameter type: of its elements, of which one whose bytes are all zero must be one.
  init(count: Int, of type: Element.Type) {
    self.count = count
    bytes = ZeroedBytes(count * MemoryLayout<Element>.stride)
    base = bytes.base.bindMemory(to: Element.self, capacity: count)
  }

  deinit { bytes.release() }
}

extension Array where Element: BitwiseCopyable {
  /// An array of so many elements alike, in large pages where there are many.
  init(inLargePages element: Element, count: Int) {
    self.init(unsafeUninitializedCapacity: count) { memory, made in
      LargePages.advise(memory.baseAddress, count * MemoryLayout<Element>.stride)
      memory.initialize(repeating: element)
      made = count
    }
  }
}
