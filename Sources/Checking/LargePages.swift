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
  public static func map(_ size: Int) -> UnsafeMutableRawPointer? {
    guard size >= leastMapped else { return nil }
    let memory = mmap(
      nil, mappedSize(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    if size >= large { madvise(memory, size / large * large, MADV_HUGEPAGE) }
    return memory
  }

  /// Gives back what `map` has given for a size.
  public static func unmap(_ memory: UnsafeMutableRawPointer, _ size: Int) {
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

extension ContiguousArray {
  /// Reserves room for elements in large pages, where there are many.
  mutating func reserveInLargePages(_ count: Int) {
    reserveCapacity(count)
    withUnsafeMutableBufferPointer {
      LargePages.advise($0.baseAddress, count * MemoryLayout<Element>.stride)
    }
  }
}
