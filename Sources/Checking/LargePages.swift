internal import Glibc

/// Memory in pages of two megabytes, where the system has them: each small page that is touched for the first
/// time costs as much as some hundred rows, and where rows come in any order the look-up of an address misses as
/// often as the memory itself.
public enum LargePages {
  private static let large = 2 << 20
  /// Below this a mapping of its own is not worth its call.
  private static let leastMapped = 256 << 10

  /// Maps memory that is zero without being written, and of which what is never touched is never there; nil
  /// where so little is asked for that it is to be had otherwise, or where there is none.
  ///
  /// The rest behind the last whole large page stays in small ones, so that no more is taken than is used.
  fileprivate static func map(_ size: Int) -> UnsafeMutableRawPointer? {
    guard size >= leastMapped else { return nil }
    let memory = mmap(
      nil, mappedSize(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    if size >= large { madvise(memory, size / large * large, MADV_HUGEPAGE) }
    return memory
  }

  /// Gives back what `map` has given for a size.
  fileprivate static func unmap(_ memory: UnsafeMutableRawPointer, _ size: Int) {
    munmap(memory, mappedSize(size))
  }

  /// The system lets a mapping begin with a large page where it is as long as a number of them.
  private static func mappedSize(_ size: Int) -> Int {
    size < large ? size : (size + large - 1) / large * large
  }

  /// Asks for large pages for memory that is somebody else's and has not been touched; of little memory nothing
  /// is asked.
  public static func advise(_ memory: UnsafeMutableRawPointer?, _ size: Int) {
    guard let memory, size >= 2 * large else { return }
    let page = 4096
    let skipped = (page - Int(bitPattern: memory) % page) % page
    madvise(memory + skipped, (size - skipped) / page * page, MADV_HUGEPAGE)
  }
}

/// Memory that begins as zeros, in large pages where there is much of it. Whoever has it gives it back.
///
/// What the system gives for it is zero already, and is there only when it is touched: who uses nothing of it
/// takes nothing.
public struct ZeroedBytes {
  public let base: UnsafeMutableRawPointer
  /// The length of the mapping; 0 where the memory is the allocator's.
  private let mapped: Int

  public init(_ size: Int) {
    if let memory = LargePages.map(size) {
      (base, mapped) = (memory, size)
    } else {
      guard let memory = calloc(max(size, 1), 1) else { fatalError("no memory for \(size) bytes") }
      (base, mapped) = (memory, 0)
    }
  }

  public func release() {
    if mapped > 0 { LargePages.unmap(base, mapped) } else { free(base) }
  }
}

extension ContiguousArray {
  /// Reserves room for elements in large pages, where there are many.
  mutating func reserveInLargePages(_ count: Int) {
    reserveCapacity(count)
    withUnsafeMutableBufferPointer {
      LargePages.advise($0.baseAddress, count * MemoryLayout<Element>.stride)
    }
  }
}
