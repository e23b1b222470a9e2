import Glibc
import Rendering
import ReportModel

/// The folder of one report. Files are written under a temporary name beside it and moved into place
/// together at the end: a reader sees the old file or the new one, never half of one.
final class OutputFolder {
  /// `DIR/<workspace>/<period>`.
  let path: String
  private let parent: String
  private let staging: String
  private let lock: Int32
  private var written: [String] = []

  /// Makes the folders and takes the lock of the workspace's reports.
  ///
  /// - Throws: `Refusal.output` where the folders cannot be made, `.held` where another run is at work.
  init(root: String, workspace: String, period: String) throws(Refusal) {
    parent = "\(root)/\(workspace)"
    path = "\(parent)/\(period)"
    staging = "\(parent)/.\(period).new"
    try OutputFolder.makeFolders(parent)
    // The folder itself is locked: a lock of the kernel leaves no file behind and ends with the process.
    lock = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw .output(OutputError(path: parent, errno: errno)) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw .held(path: parent)
    }
    // What a killed run has left behind is of no use to anybody.
    OutputFolder.removeFolder(staging)
    try OutputFolder.makeFolders(staging)
  }

  deinit {
    OutputFolder.removeFolder(staging)
    close(lock)
  }

  func write(_ name: String, _ body: (String) throws(OutputError) -> Void) throws(Refusal) {
    do throws(OutputError) {
      try body("\(staging)/\(name)")
      written.append(name)
    } catch {
      throw .output(error)
    }
  }

  func writeWorkbook(_ report: Report, as name: String) throws(Refusal) {
    do throws(WorkbookError) {
      try WorkbookRenderer().write(
        report, to: "\(staging)/\(name)", temporaryFolder: staging)
      written.append(name)
    } catch {
      throw .workbook(error)
    }
  }

  /// Moves everything into place; returns the paths of the files.
  func publish() throws(Refusal) -> [String] {
    try OutputFolder.makeFolders(path)
    var paths: [String] = []
    for name in written {
      let target = "\(path)/\(name)"
      guard rename("\(staging)/\(name)", target) == 0 else {
        throw .output(OutputError(path: target, errno: errno))
      }
      paths.append(target)
    }
    return paths
  }

  private static func makeFolders(_ path: String) throws(Refusal) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part
      if mkdir(made, 0o755) != 0, errno != EEXIST {
        throw .output(OutputError(path: made, errno: errno))
      }
      made += "/"
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .output(OutputError(path: path, errno: ENOTDIR))
    }
  }

  private static func removeFolder(_ path: String) {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { unlink("\(path)/\(name)") }
    }
    closedir(folder)
    rmdir(path)
  }
}
