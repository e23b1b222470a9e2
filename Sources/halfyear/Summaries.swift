import Checking
import Glibc
import Reading
import Records
import Rendering
import Workspace

/// What the nights of a workspace keep of its long files, in `reports/<workspace>/.summaries/`: one file for
/// each input, named by all that its content depends on, and an index of the inputs' digests.
///
/// Whether an input is still the same a night tells without reading it: device, inode, length, and the times at
/// which content and entry were changed last must be those of the day on which it was read, and must then
/// have been over for a while. Who signs a report is told nothing but what its files' bytes say: for that
/// they are read, and what is kept of them spares the decoding alone. Whatever here is damaged, cut short, or of another program is as if it were
/// not there; so is all of it where the folder cannot be read.
final class Summaries: FileMemory {
  let basis: String
  let folder: String
  /// The names of what is here and has been altered since it was written.
  private(set) var damaged: Set<String> = []
  private let trust: Trust
  private let workspace: Workspace
  /// What is known from the run before.
  private var known: [String: FileStamp] = [:]
  /// What the next run will know.
  private var noted: [String: FileStamp] = [:]
  private var begun: [String: (state: FileIdentity, moment: timespec)] = [:]
  private var used: Set<String> = []
  private var made: [(name: String, bytes: [UInt8])] = []
  private let isAfresh: Bool

  /// The longest summary of a file, and all of them together, in bytes.
  private static let longest = 256 << 20
  private static let mostBytes = 1 << 30
  private static let index = "index"

  /// By what a file is known to be the one that was read before.
  enum Trust {
    /// What the system tells of it.
    case byTimes
    /// Its digest, for which it is read.
    case byBytes
  }

  /// - Parameters:
  ///   - reports: the folder of the workspace's reports, which must be locked.
  ///   - isAfresh: everything is to be read, and kept again.
  /// - Returns: nil where it cannot be told which program this is.
  init?(_ workspace: Workspace, in reports: String, _ trust: Trust, isAfresh: Bool) {
    guard let program = FileIdentity(path: "/proc/self/exe") else { return nil }
    self.workspace = workspace
    self.trust = trust
    self.isAfresh = isAfresh
    folder = "\(reports)/.summaries"
    basis = [
      Version.number, program.text, SHA256.digest(of: workspace.settingsBytes),
    ].joined(separator: " ")
    guard !isAfresh else { return }
    // Another program has written it, or with other settings: that is no damage.
    let index = content(of: Summaries.index, key: Summaries.index)
    let parts = index?.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false) ?? []
    guard parts.count == 2, parts[0].elementsEqual(basis.utf8) else { return }
    known = FileStamp.stamps(Array(parts[1]))
  }

  /// No file is known.
  var isEmpty: Bool { known.isEmpty }

  func digest(of file: String) -> String? {
    if let stamp = noted[file] { return stamp.sha256 }
    let path = workspace.path(of: file)
    guard let stamp = known[file], FileIdentity(path: path) == stamp.state else { return nil }
    if trust == .byBytes, (try? InputFile.sha256(of: path)) != stamp.sha256 { return nil }
    noted[file] = stamp
    return stamp.sha256
  }

  func willRead(_ file: String) {
    noted[file] = nil
    let moment = Clock.moment
    begun[file] = FileIdentity(path: workspace.path(of: file)).map { ($0, moment) }
  }

  func didRead(_ file: String, sha256: String) {
    guard let (state, moment) = begun.removeValue(forKey: file), state.isSettled(at: moment),
      FileIdentity(path: workspace.path(of: file)) == state
    else { return }
    noted[file] = FileStamp(state: state, sha256: sha256)
  }

  func bytes(under key: String) -> [UInt8]? {
    guard !isAfresh else { return nil }
    let name = Summaries.name(of: key)
    guard let bytes = content(of: name, key: key) else { return nil }
    used.insert(name)
    return bytes
  }

  /// What is kept under a name of its own; nil where that is not of the key.
  func bytes(named name: String, key: String) -> [UInt8]? {
    let sealed = isAfresh ? nil : content(of: name, key: name)
    let digest = Array(Summaries.name(of: key).utf8)
    guard let sealed, sealed.starts(with: digest) else { return nil }
    return Array(sealed.dropFirst(digest.count))
  }

  /// Keeps bytes under a name of their own, at once.
  ///
  /// - Throws: `OutputError`.
  func keep(_ bytes: [UInt8], named name: String, key: String) throws(OutputError) {
    let digest = Array(Summaries.name(of: key).utf8)
    try write(Summaries.sealed(digest + bytes, key: name), name)
  }

  /// Only nights keep what they have read; a report that somebody signs uses what is there.
  var keepsFiles: Bool { trust == .byTimes }

  func keep(_ bytes: [UInt8], under key: String) {
    guard bytes.count <= Summaries.longest else { return }
    made.append((Summaries.name(of: key), Summaries.sealed(bytes, key: key)))
  }

  /// Writes what this run has made, and removes what it had no use for.
  ///
  /// Each file changes as a whole and is worth nothing without its digest, so the end may come at any
  /// moment, and none of them has to be on the disk.
  ///
  /// - Throws: `OutputError`; the next run then reads more than it need have.
  func save() throws(OutputError) {
    try Directory.make(folder)
    var total = used.reduce(0) { $0 + Int(Directory.status("\(folder)/\($1)")?.st_size ?? 0) }
    var kept = used
    for (name, bytes) in made where total + bytes.count <= Summaries.mostBytes {
      try write(bytes, name)
      kept.insert(name)
      total += bytes.count
    }
    let stamps = Array("\(basis)\n".utf8) + FileStamp.bytes(noted)
    try write(Summaries.sealed(stamps, key: Summaries.index), Summaries.index)
    for name in Directory.names(in: folder) ?? [] where Summaries.isOwn(name) {
      if !kept.contains(name) { Directory.remove("\(folder)/\(name)") }
    }
  }

  private func write(_ bytes: [UInt8], _ name: String) throws(OutputError) {
    let temporary = "\(folder)/\(name).new"
    try OutputFiles.write(bytes, to: temporary)
    try Directory.move(temporary, to: "\(folder)/\(name)")
  }

  /// A name that this program gives: others may have put something here, too.
  private static func isOwn(_ name: String) -> Bool {
    let stem = name.hasSuffix(".new") ? name.dropLast(4) : name[...]
    // What has a name of its own is written anew by every night.
    if stem == LastNight.file { return true }
    if name != stem, stem == index { return true }
    return stem.utf8.count == 64 && stem.allSatisfy { $0.isHexDigit }
  }

  private static func name(of key: String) -> String { SHA256.digest(of: Array(key.utf8)) }

  /// The bytes behind a digest of them and of what they were made from.
  private static func sealed(_ bytes: [UInt8], key: String) -> [UInt8] {
    seal(bytes, key: key) + bytes
  }

  /// - Complexity: bytes are not copied; a province has a hundred million of them.
  private static func seal(_ bytes: [UInt8], key: String) -> [UInt8] {
    Array(SHA256.digest(of: Array((key + "\n" + SHA256.digest(of: bytes)).utf8)).utf8)
  }

  private func content(of name: String, key: String) -> [UInt8]? {
    let path = "\(folder)/\(name)"
    guard let sealed = SmallFile.bytes(of: path, limit: Summaries.longest + 64) else { return nil }
    let bytes = Array(sealed.dropFirst(64))
    guard sealed.prefix(64).elementsEqual(Summaries.seal(bytes, key: key)) else {
      damaged.insert(name)
      return nil
    }
    return bytes
  }
}

/// What the system tells of a file without opening it.
struct FileIdentity: Equatable {
  fileprivate let numbers: [Int]

  /// Nil where there is no such file.
  init?(path: String) {
    guard let status = Directory.status(path), status.isFile else { return nil }
    numbers = [
      Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino),
      Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
      status.st_ctim.tv_nsec,
    ]
  }

  fileprivate init?(numbers: [Int]) {
    guard numbers.count == FileIdentity.count else { return nil }
    self.numbers = numbers
  }

  fileprivate static let count = 7

  var text: String { numbers.map { "\($0)" }.joined(separator: " ") }

  /// What ``text`` has written, and what stands behind it and a blank; nil where it is something else.
  static func split(_ line: Substring) -> (state: FileIdentity, rest: String)? {
    let parts = line.split(separator: " ", maxSplits: count, omittingEmptySubsequences: false)
    guard parts.count == count + 1,
      let state = FileIdentity(numbers: parts.prefix(count).compactMap { Int($0) })
    else { return nil }
    return (state, String(parts[count]))
  }

  /// Whether the file had been left alone for a while. One that is written to twice within a tick of its
  /// file system's clock has the same times after the second time as after the first.
  func isSettled(at moment: timespec) -> Bool {
    let limit = (moment.tv_sec - FileIdentity.longestTick, moment.tv_nsec)
    return (numbers[3], numbers[4]) <= limit && (numbers[5], numbers[6]) <= limit
  }

  /// Of the file systems that are in use those of memory cards have the longest, in seconds.
  private static let longestTick = 2
}

/// A file as it was when it was read, and the digest that it had.
struct FileStamp {
  let state: FileIdentity
  let sha256: String

  /// One line for each file.
  static func bytes(_ stamps: [String: FileStamp]) -> [UInt8] {
    let lines = stamps.sorted { $0.key < $1.key }.map { file, stamp in
      "\(stamp.sha256) \(stamp.state.text) \(file)\0"
    }
    return Array(lines.joined().utf8)
  }

  /// By file; what is no stamp is left out.
  static func stamps(_ bytes: [UInt8]) -> [String: FileStamp] {
    var stamps: [String: FileStamp] = [:]
    for line in bytes.split(separator: 0) {
      let parts = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let (state, file) = FileIdentity.split(parts[1]) else { continue }
      stamps[file] = FileStamp(state: state, sha256: String(parts[0]))
    }
    return stamps
  }
}
