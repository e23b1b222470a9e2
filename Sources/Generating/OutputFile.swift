private import Glibc

/// A file that is written through one large buffer, without a string per row.
///
/// It is written beside its name and renamed by `finish`, so that it appears whole or not at all.
struct OutputFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private let buffer: UnsafeMutablePointer<UInt8>
  private var used = 0

  private static let capacity = 1 << 20
  /// The longest text that one call of `put` may add.
  private static let longest = 1 << 16

  /// - Throws: `GenerateError.cannotWrite` where the file cannot be created.
  init(_ path: String) throws(GenerateError) {
    self.path = path
    descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    buffer = .allocate(capacity: Self.capacity + Self.longest)
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  mutating func put(_ bytes: [UInt8]) throws(GenerateError) {
    for start in stride(from: 0, to: bytes.count, by: Self.longest) {
      let part = bytes[start..<min(start + Self.longest, bytes.count)]
      part.withUnsafeBufferPointer { source in
        guard let first = source.baseAddress else { return }
        (buffer + used).update(from: first, count: source.count)
      }
      used += part.count
      if used >= Self.capacity { try flush() }
    }
  }

  /// Adds what `write` puts at the place it is given, at most 64 KiB; it returns the number of bytes.
  mutating func put(_ write: (UnsafeMutablePointer<UInt8>) -> Int) throws(GenerateError) {
    used += write(buffer + used)
    if used >= Self.capacity { try flush() }
  }

  /// Writes what is left and gives the file its name.
  ///
  /// - Throws: `GenerateError.cannotWrite`, also where the medium is full.
  consuming func finish() throws(GenerateError) {
    try flush()
    guard rename(path + ".part", path) == 0 else {
      throw .cannotWrite(path: path, reason: systemReason())
    }
  }

  private mutating func flush() throws(GenerateError) {
    var done = 0
    while done < used {
      let count = write(descriptor, buffer + done, used - done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
      done += count
    }
    used = 0
  }
}

/// Makes a folder and those above it; one that exists is left alone.
func makeFolder(_ path: String) throws(GenerateError) {
  var end = path.startIndex
  while end < path.endIndex {
    end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
    if mkdir(String(path[..<end]), 0o755) != 0 && errno != EEXIST {
      throw .cannotWrite(path: path, reason: systemReason())
    }
  }
}

/// The whole content of a file.
func readFile(_ path: String) throws(GenerateError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemReason()) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else { throw .unreadable(path: path, reason: systemReason()) }
    if count == 0 { return bytes }
    bytes += chunk[..<count]
  }
}

/// What the system says about the last failed call.
private func systemReason() -> String { String(cString: strerror(errno)) }
