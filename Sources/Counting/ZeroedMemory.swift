internal import Checking
internal import Glibc

/// A piece of memory that begins as zeros and does not grow.
///
/// - Note: the memory is not shared: each thread has its own, and they are merged at the end.
final class ZeroedMemory<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int
  /// The length of the mapping in bytes; 0 where the memory is the allocator's.
  private let mapped: Int

  /// - Parameter type: of its elements, of which one whose bytes are all zero must be one.
  init(count: Int, of type: Element.Type) {
    self.count = count
    let size = count * MemoryLayout<Element>.stride
    if let memory = LargePages.map(size) {
      base = memory.bindMemory(to: Element.self, capacity: count)
      mapped = size
    } else {
      // What the allocator has from the system for it is zero already, and is there only when it is touched: a
      // thread that counts nothing takes nothing.
      guard let memory = calloc(max(count, 1), MemoryLayout<Element>.stride) else {
        fatalError("no memory for \(count) numbers")
      }
      base = memory.bindMemory(to: Element.self, capacity: max(count, 1))
      mapped = 0
    }
  }

  deinit {
    if mapped > 0 { LargePages.unmap(base, mapped) } else { free(base) }
  }
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
