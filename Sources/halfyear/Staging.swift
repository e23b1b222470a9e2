import CFiles
import Glibc
import Records
import Rendering

/// The folder in which a report is put together, beside the one that it will take the place of.
///
/// Where the file system can exchange two folders in one step (`renameat2`, as ext4, XFS, Btrfs and
/// tmpfs can), that is done. Elsewhere the old folder is moved aside and the new one moved in: there is
/// a moment without a report, but none with half of one, and should the machine stop in that very moment
/// the next run puts the old report back.
struct Staging: Sendable {
  let path: String
  /// The folder of the published report.
  private let target: String
  private let aside: String

  /// - Parameter target: the folder of the report; it need not exist. A link to a folder is followed.
  init(target: String) throws(OutputError) {
    let place = Staging.resolved(target)
    if let status = Directory.status(place), !status.isFolder {
      throw OutputError(path: target, errno: ENOTDIR)
    }
    self.target = place
    (path, aside) = Staging.siblings(of: place)
    Directory.remove(path)
    try Directory.make(path)
  }

  func remove() { Directory.remove(path) }

  /// The path at which a file of the report is written.
  func place(for name: String) throws(OutputError) -> String {
    if let slash = name.lastIndex(of: "/") { try Directory.make("\(path)/\(name[..<slash])") }
    return "\(path)/\(name)"
  }

  /// Puts the new report in place of the old one. Files in the old folder that no run wrote stay.
  ///
  /// - Parameters:
  ///   - files: the names of the new files.
  ///   - replaced: names of old files that go with the old folder.
  func publish(files: [String], replacing replaced: [String]) throws(OutputError) {
    for name in files { try Directory.sync("\(path)/\(name)") }
    let own = Set(files + replaced)
    try keepForeignFiles(from: target, to: path, own)
    for folder in folders(of: files) { try Directory.sync(folder) }
    if Directory.exists(target) {
      Directory.copyRights(from: target, to: path)
      try exchange()
      // Whatever somebody has put there in the last moment.
      try keepForeignFiles(from: path, to: target, own)
    } else if rename(path, target) != 0 {
      throw OutputError(path: target, errno: errno)
    }
    try Directory.sync(Staging.folder(of: target))
    Directory.remove(path)
    Directory.remove(aside)
  }

  /// Removes what runs have left behind that were killed, and puts back a report that one of them had
  /// moved aside. To be called with the lock held.
  static func clearLeftovers(in parent: String) {
    for name in Directory.names(in: parent) ?? [] where name.hasPrefix(".") {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count >= 3, let ending = parts.last, ending == "new" || ending == "old" else {
        continue
      }
      let period = String(name.dropFirst().dropLast(4))
      guard isName(period) else { continue }
      if ending == "old", !Directory.exists("\(parent)/\(period)") {
        rename("\(parent)/\(name)", "\(parent)/\(period)")
      } else {
        Directory.remove("\(parent)/\(name)")
      }
    }
  }

  /// Whether a folder is called as runs call theirs, as `2023H1`, `2023H1-compare` or `bulletin-2023-06-05`:
  /// others may have hidden files here, too.
  private static func isName(_ name: String) -> Bool {
    var name = name[...]
    if name.hasSuffix("-compare") { name = name.dropLast("-compare".count) }
    if name.hasPrefix("bulletin-") { name = name.dropFirst("bulletin-".count) }
    return Period(String(name)) != nil || Day(name) != nil
  }

  private func exchange() throws(OutputError) {
    // Once the two have changed places, the old report is in the folder that will be removed.
    if files_exchange(path, target) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS || errno == ENOTSUP else {
      throw OutputError(path: target, errno: errno)
    }
    Directory.remove(aside)
    guard rename(target, aside) == 0 else { throw OutputError(path: target, errno: errno) }
    guard rename(path, target) == 0 else {
      let number = errno
      rename(aside, target)
      throw OutputError(path: target, errno: number)
    }
  }

  private func keepForeignFiles(
    from old: String, to new: String, _ own: Set<String>
  ) throws(OutputError) {
    for name in try Directory.files(below: old) where !own.contains(name) {
      try Directory.keep("\(old)/\(name)", as: "\(new)/\(name)")
    }
  }

  /// The folder and those folders inside it that hold files of the report.
  private func folders(of files: [String]) -> Set<String> {
    Set(files.map { Staging.folder(of: "\(path)/\($0)") } + [path])
  }

  private static func resolved(_ path: String) -> String {
    Directory.isFolder(path) ? path : Directory.resolved(path)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func siblings(of path: String) -> (new: String, old: String) {
    let folder = folder(of: path)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return ("\(folder)/.\(name).new", "\(folder)/.\(name).old")
  }
}

/// A folder in memory with room to spare, for the parts of a workbook: making and removing some
/// hundred small files on a disk took a sixth of a small hospital's run.
///
/// It is locked as long as the run lasts, so every run can tell what killed ones have left, and clears it,
/// also where the reports that it was for are gone.
struct Scratch: Sendable {
  let path: String
  /// Nil where the folder is somebody else's.
  private let lock: Int32?

  private static let memory = "/dev/shm"
  private static var prefix: String { "halfyear-run-\(geteuid())-" }

  /// - Parameters:
  ///   - parent: the locked folder of the workspace's reports, for which the scratch folder is named.
  ///   - otherwise: a folder to take where memory has no room.
  init(parent: Int32, otherwise: String) {
    var status = stat()
    var room = statvfs()
    guard statvfs(Scratch.memory, &room) == 0,
      UInt(room.f_bavail) * UInt(room.f_frsize) >= 1 << 30, fstat(parent, &status) == 0
    else {
      (path, lock) = (otherwise, nil)
      return
    }
    Scratch.clearAbandoned()
    let name = "\(Scratch.memory)/\(Scratch.prefix)\(status.st_dev)-\(status.st_ino)"
    lock = mkdir(name, 0o700) == 0 ? Scratch.lock(name) : nil
    path = lock == nil ? otherwise : name
  }

  func remove() {
    guard let lock else { return }
    Directory.remove(path)
    close(lock)
  }

  /// Removes the folders that no run holds. Everybody may write there: what is not our own is not touched.
  private static func clearAbandoned() {
    for name in Directory.names(in: memory) ?? [] where name.hasPrefix(prefix) {
      guard let lock = lock("\(memory)/\(name)") else { continue }
      Directory.remove("\(memory)/\(name)")
      close(lock)
    }
  }

  /// Locks a folder of our own; nil where another run holds it, or has removed it in the meantime.
  private static func lock(_ path: String) -> Int32? {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { return nil }
    var status = stat()
    if fstat(folder, &status) == 0, status.st_uid == geteuid(),
      flock(folder, LOCK_EX | LOCK_NB) == 0,
      Directory.status(path, followsLinks: false)?.st_ino == status.st_ino
    {
      return folder
    }
    close(folder)
    return nil
  }
}
