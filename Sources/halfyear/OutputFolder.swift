import Glibc
import Records
import Rendering
import ReportModel
import Synchronization

/// The folder of one report. Files are written under a temporary name beside it and moved into place
/// together at the end: a reader sees the old file or the new one, never half of one.
final class OutputFolder: Sendable {
  /// `DIR/<workspace>/<period>`.
  let path: String
  private let parent: String
  private let staging: String
  private let lock: Int32
  private let written = Mutex<Set<String>>([])
  /// The files of a report in the order in which they are told.
  private static let order = [
    "half-year.xlsx", "summary.zh.txt", "summary.en.txt", "statistics.csv", "findings.csv",
    "manifest.json", "compare.xlsx", "compare.csv",
  ]

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
      _ = written.withLock { $0.insert(name) }
    } catch {
      throw .output(error)
    }
  }

  func writeSummary(_ report: Report) throws(Refusal) {
    let text = TextRenderer().render(report)
    try write("summary.\(report.language.rawValue).txt") { path throws(OutputError) in
      try OutputFiles.write(text, to: path)
    }
  }

  func writeWorkbook(_ report: Report, as name: String = "half-year.xlsx") throws(Refusal) {
    do throws(WorkbookError) {
      try WorkbookRenderer().write(
        report, to: "\(staging)/\(name)", temporaryFolder: OutputFolder.scratch ?? staging)
      _ = written.withLock { $0.insert(name) }
    } catch {
      throw .workbook(error)
    }
  }

  /// Moves everything into place; returns the paths of the files.
  func publish() throws(Refusal) -> [String] {
    try OutputFolder.makeFolders(path)
    var paths: [String] = []
    let written = written.withLock { $0 }
    for name in OutputFolder.order where written.contains(name) {
      let target = "\(path)/\(name)"
      guard rename("\(staging)/\(name)", target) == 0 else {
        throw .output(OutputError(path: target, errno: errno))
      }
      paths.append(target)
    }
    return paths
  }

  /// A folder in memory with room to spare, for the parts of a workbook: making and removing some
  /// hundred small files on a disk took a sixth of a small hospital's run.
  private static let scratch: String? = {
    var status = statvfs()
    let path = "/dev/shm"
    guard statvfs(path, &status) == 0, access(path, W_OK) == 0,
      UInt(status.f_bavail) * UInt(status.f_frsize) >= 1 << 30
    else { return nil }
    return path
  }()

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
