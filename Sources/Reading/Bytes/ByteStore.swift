internal import Glibc
internal import Records
internal import Synchronization

/// Bytes that can be read from any place on: a file, a stream inside a file, a decrypted package.
protocol ByteStore: AnyObject, Sendable {
  /// The number of bytes, from 0.
  var count: Int { get }

  /// Fills the buffer with the bytes from an offset on.
  ///
  /// - Returns: how many there were; fewer than the buffer takes only at the end.
  /// - Throws: `ReadingError` where the bytes cannot be had.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int
}

extension ByteStore {
  /// A piece of the store as an array.
  ///
  /// - Throws: `ReadingError.fault(.cutShort)` where the store ends before it does.
  func bytes(at offset: Int, count wanted: Int) throws(ReadingError) -> [UInt8] {
    guard wanted >= 0, offset >= 0, wanted <= count, offset <= count - wanted else {
      throw .fault(.cutShort)
    }
    var bytes = [UInt8](repeating: 0, count: wanted)
    var failure: ReadingError?
    var got = 0
    bytes.withUnsafeMutableBytes { buffer in
      do throws(ReadingError) { got = try read(at: offset, into: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    guard got == wanted else { throw .fault(.cutShort) }
    return bytes
  }

  /// The beginning of the store, of so many bytes at most.
  func beginning(_ most: Int) throws(ReadingError) -> [UInt8] {
    try bytes(at: 0, count: min(most, count))
  }
}

/// A whole file, of which the digest is wanted.
protocol HashedBytes: ByteStore {
  /// The SHA-256 of the whole file in hexadecimal.
  ///
  /// - Throws: `ReadingError` where the file cannot be read or has changed since it was opened.
  func sha256() throws(ReadingError) -> String
}

/// A file on the disk.
final class FileBytes: HashedBytes {
  let count: Int
  private let descriptor: Int32
  private let opened: FileState
  private let digest = Mutex<String?>(nil)

  /// - Throws: `ReadingError` where the file cannot be opened, nor its length be told.
  init(path: String) throws(ReadingError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(errno: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let number = errno
      close(descriptor)
      throw .cannotOpen(errno: number)
    }
    self.descriptor = descriptor
    opened = FileState(status)
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int
  {
    var done = 0
    while done < buffer.count {
      let got = pread(
        descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
      if got < 0 {
        if errno == EINTR { continue }
        throw .cannotRead(errno: errno)
      }
      if got == 0 { break }
      done += got
    }
    return done
  }

  /// Taken once and kept.
  func sha256() throws(ReadingError) -> String {
    try digest.withLock { known throws(ReadingError) in
      if let known { return known }
      var running = Digest()
      var offset = 0
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
      defer { piece.deallocate() }
      while true {
        let got = try read(at: offset, into: piece)
        guard got > 0 else { break }
        running.update(UnsafeRawBufferPointer(rebasing: piece[..<got]))
        offset += got
      }
      guard try FileState(descriptor) == opened else { throw .changedWhileRead }
      let text = running.finish()
      known = text
      return text
    }
  }
}

/// Bytes in memory.
final class MemoryBytes: HashedBytes {
  let bytes: [UInt8]
  var count: Int { bytes.count }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard offset >= 0, offset < bytes.count else { return 0 }
    let wanted = min(buffer.count, bytes.count - offset)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<(offset + wanted)]))
    }
    return wanted
  }

  func sha256() -> String {
    var digest = Digest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }
}
