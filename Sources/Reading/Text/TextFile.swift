internal import Glibc

/// The bytes of a text file in their order, hashed as they are read.
final class TextFile: TextSource, @unchecked Sendable {
  /// The length of the file when it was opened.
  let byteCount: Int
  private let descriptor: Int32
  private let opened: stat
  private var digest = Digest()

  /// - Throws: `ReadingError` where the file cannot be opened.
  init(path: String) throws(ReadingError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .cannotOpen(errno: errno) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      let number = errno
      close(file)
      throw .cannotRead(errno: number)
    }
    descriptor = file
    opened = status
    byteCount = Int(status.st_size)
  }

  deinit { close(descriptor) }

  var isUTF8: Bool { false }
  var remarks: [SheetRemark] { [] }

  var remainder: TextFile? { self }

  /// Fills the buffer unless the file ends before.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    let count = try readUndigested(into: buffer)
    digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return count
  }

  /// The same for those who call `digest` with what they get.
  func readUndigested(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    var count = 0
    while count < buffer.count {
      let got = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
      if got < 0 {
        if errno == EINTR { continue }
        throw .cannotRead(errno: errno)
      }
      if got == 0 { break }
      count += got
    }
    return count
  }

  /// Digests bytes that have been read, beside other work: see `Digest.update`.
  func digest(
    _ bytes: UnsafeRawBufferPointer, beside work: (UnsafeMutablePointer<UInt32>?) -> Bool
  ) {
    digest.update(bytes, beside: work)
  }

  /// The digest of what has been read, unless somebody wrote to the file meanwhile: half of the old bytes
  /// and half of the new are nobody's data. To be called once, at the end.
  func sha256() throws(ReadingError) -> String {
    guard try FileState(descriptor) == FileState(opened) else { throw .changedWhileRead }
    return digest.finish()
  }
}

/// What tells that somebody wrote to a file.
struct FileState: Equatable {
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  init(_ status: stat) {
    size = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }

  /// - Throws: `ReadingError.cannotRead` where the system does not say.
  init(_ descriptor: Int32) throws(ReadingError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannotRead(errno: errno) }
    self.init(status)
  }
}
