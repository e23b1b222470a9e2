internal import Glibc

/// A piece of memory that begins as zeros and does not grow.
///
/// - Note: the memory is not shared: each thread has its own, and they are merged at the end.
final class ZeroedMemory<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int
  /// The length of the mapping in bytes; 0 where the memory is the allocator's.
  private let mapped: Int

  /// - Parameter zero: the element whose bytes are all zero.
  init(count: Int, zero: Element) {
    self.count = count
    let size = count * MemoryLayout<Element>.stride
    if let memory = ZeroedMemory.map(size) {
      base = memory.bindMemory(to: Element.self, capacity: count)
      mapped = size
    } else {
      base = .allocate(capacity: max(count, 1))
      base.initialize(repeating: zero, count: max(count, 1))
      mapped = 0
    }
  }

  deinit {
    if mapped > 0 { munmap(base, mapped) } else { base.deallocate() }
  }

  /// Below this a mapping of its own is not worth its pages.
  private static var leastMapped: Int { 4 << 20 }

  /// Maps memory that is zero without being written, in large pages where the system has them: rows come
  /// in any order, and with small pages the look-up of an address misses as often as the memory itself.
  private static func map(_ size: Int) -> UnsafeMutableRawPointer? {
    guard size >= leastMapped else { return nil }
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    madvise(memory, size, MADV_HUGEPAGE)
    return memory
  }
}
