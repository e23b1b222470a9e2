import CFiles
import Glibc
import Rendering

/// What the system knows of folders: making, listing, removing, and making them last.
enum Directory {
  /// Makes a folder and all above it.
  ///
  /// - Throws: `OutputError` where one of them cannot be made, or is something other than a folder.
  static func make(_ path: String) throws(OutputError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part
      if mkdir(made, 0o755) != 0, errno != EEXIST { throw OutputError(path: made, errno: errno) }
      made += "/"
    }
    guard status(path)?.isFolder == true else { throw OutputError(path: path, errno: ENOTDIR) }
  }

  /// The names in a folder, sorted by their bytes; nil where it cannot be read.
  static func names(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { return nil }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The paths of everything below a folder, relative to it: files, and with a `/` behind them folders that
  /// hold nothing.
  ///
  /// - Parameter depth: deeper folders are an error, so that nothing goes on for ever.
  /// - Throws: `OutputError` where a folder cannot be read: what is in it is then not known.
  static func files(below path: String, depth: Int = 16) throws(OutputError) -> [String] {
    guard depth > 0 else { throw OutputError(path: path, errno: ELOOP) }
    guard let names = names(in: path) else {
      if errno == ENOENT { return [] }
      throw OutputError(path: path, errno: errno)
    }
    var files: [String] = []
    for name in names {
      guard isFolder("\(path)/\(name)") else {
        files.append(name)
        continue
      }
      let inner = try self.files(below: "\(path)/\(name)", depth: depth - 1)
      files += inner.isEmpty ? ["\(name)/"] : inner.map { "\(name)/\($0)" }
    }
    return files
  }

  /// A folder itself, not a link to one.
  static func isFolder(_ path: String) -> Bool {
    status(path, followsLinks: false)?.isFolder == true
  }

  /// A path without links and from the root; as it was given where there is nothing.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  static func exists(_ path: String) -> Bool { status(path, followsLinks: false) != nil }

  /// Removes whatever is at a path, as far as that is possible.
  static func remove(_ path: String) {
    guard isFolder(path) else {
      unlink(path)
      return
    }
    for name in names(in: path) ?? [] { remove("\(path)/\(name)") }
    rmdir(path)
  }

  /// Puts a file in place of another, or where there was none.
  static func move(_ source: String, to target: String) throws(OutputError) {
    guard rename(source, target) == 0 else {
      let number = errno
      unlink(source)
      throw OutputError(path: target, errno: number)
    }
  }

  /// Waits until a file's bytes, or a folder's entries, are on the disk.
  static func sync(_ path: String) throws(OutputError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputError(path: path, errno: errno) }
    let number = fsync(descriptor) == 0 ? 0 : errno
    close(descriptor)
    // Some file systems cannot do it for a folder, and say so with EINVAL.
    guard number == 0 || number == EINVAL else { throw OutputError(path: path, errno: number) }
  }

  /// Lets the disk begin to take a file's bytes, without waiting. Begun for all files of a report at
  /// once, their `sync` costs one turn of the disk and not one each.
  static func beginSync(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    files_begin_sync(descriptor)
    close(descriptor)
  }

  /// Gives a folder the rights and the group of another, as far as one may.
  static func copyRights(from model: String, to path: String) {
    guard let status = status(model) else { return }
    _ = chown(path, .max, status.st_gid)
    chmod(path, status.st_mode & 0o7777)
  }

  /// The same file under a second name; where the file system knows no such thing, a copy.
  static func keep(_ source: String, as target: String) throws(OutputError) {
    if let slash = target.lastIndex(of: "/") { try make(String(target[..<slash])) }
    guard !target.hasSuffix("/") else { return }
    if link(source, target) == 0 || errno == EEXIST || errno == ENOENT { return }
    guard status(source, followsLinks: false)?.isFile == true else {
      throw OutputError(path: target, errno: errno)
    }
    try copy(source, to: target)
  }

  private static func copy(_ source: String, to target: String) throws(OutputError) {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw OutputError(path: source, errno: errno) }
    defer { close(input) }
    // What is there already may be the very same file under its second name: it is never written over.
    let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if output < 0, errno == EEXIST { return }
    guard output >= 0 else { throw OutputError(path: target, errno: errno) }
    defer { close(output) }
    while true {
      let count = sendfile(output, input, nil, 1 << 20)
      if count == 0 { break }
      if count < 0, errno != EINTR { throw OutputError(path: target, errno: errno) }
    }
    guard fsync(output) == 0 else { throw OutputError(path: target, errno: errno) }
  }

  /// The size of files together, in bytes.
  static func size(of paths: [String]) -> Int {
    paths.reduce(0) { $0 + Int(status($1)?.st_size ?? 0) }
  }

  static func status(_ path: String, followsLinks: Bool = true) -> stat? {
    var result = stat()
    let code = followsLinks ? stat(path, &result) : lstat(path, &result)
    return code == 0 ? result : nil
  }
}

extension stat {
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  var isFile: Bool { st_mode & S_IFMT == S_IFREG }
}
