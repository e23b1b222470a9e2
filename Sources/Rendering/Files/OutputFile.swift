internal import Glibc

/// Why an output could not be written, with the system's error number.
public struct OutputError: Error, Sendable, Equatable {
  public let path: String
  public let number: Int32

  public init(path: String, errno number: Int32) {
    self.path = path
    self.number = number
  }

  public var reason: String { String(cString: strerror(number)) }

  /// The device failed, which is no matter of rights or room.
  public var isFault: Bool { number == EIO }
}

/// A file being written through one buffer. Not closed by `finish`, it is removed.
struct OutputFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private var isFinished = false

  init(path: String) throws(OutputError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputError(path: path, errno: errno) }
  }

  deinit {
    if !isFinished {
      close(descriptor)
      unlink(path)
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) { try shared.write(bytes) }

  func write(_ text: String) throws(OutputError) {
    var text = text
    let result = text.withUTF8 { bytes in
      Result { () throws(OutputError) in try write(UnsafeRawBufferPointer(bytes)) }
    }
    try result.get()
  }

  /// The file for several threads, which write one after the other.
  var shared: Shared { Shared(path: path, descriptor: descriptor) }

  struct Shared: Sendable {
    fileprivate let path: String
    fileprivate let descriptor: Int32

    func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
      var rest = bytes
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written < 0 {
          if errno == EINTR { continue }
          throw OutputError(path: path, errno: errno)
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }

  /// Closes the file; what was written is the whole file.
  consuming func finish() throws(OutputError) {
    isFinished = true
    guard close(descriptor) == 0 else {
      let number = errno
      unlink(path)
      throw OutputError(path: path, errno: number)
    }
  }
}

public enum OutputFiles {
  /// Writes a whole file; nothing stands there after an error.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    let file = try OutputFile(path: path)
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(OutputError) in try file.write(bytes) }
    }
    try result.get()
    try file.finish()
  }
}
