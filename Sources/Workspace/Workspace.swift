internal import Glibc
public import Records

/// One hospital, one folder: its settings and the input files that are there.
public struct Workspace: Sendable {
  /// The folder's path as it was given.
  public let path: String
  /// The folder's own name, under which its reports are kept.
  public let name: String
  public let settings: Settings
  /// The bytes of `hospital.yaml` as they were read.
  public let settingsBytes: [UInt8]
  private let inputs: InputFolder

  /// Opens a workspace.
  ///
  /// - Throws: `WorkspaceError`.
  public init(path: String) throws(WorkspaceError) {
    self.path = path
    guard let absolute = realpath(path, nil) else {
      throw .missing(path: path, reason: String(cString: strerror(errno)))
    }
    defer { free(absolute) }
    name = String(cString: absolute).split(separator: "/").last.map(String.init) ?? "workspace"
    let settingsPath = "\(path)/hospital.yaml"
    settingsBytes = try Workspace.contents(of: settingsPath)
    do throws(YAMLError) {
      settings = try Settings(yaml: settingsBytes)
    } catch {
      throw .badSettings(path: settingsPath, error)
    }
    inputs = try InputFolder(path)
  }

  /// The sources whose file of events or items is there, in the order of reports.
  public var sources: [Source] { settings.sources.filter { file(of: $0.records) != nil } }

  /// The name of a table's first file inside the workspace, nil where there is none.
  public func file(of table: TableSchema) -> String? { files(of: table).first }

  /// The files of a table inside the workspace in the order in which they are read: the file named as the
  /// table, then the files of the folder named as it, by name.
  public func files(of table: TableSchema) -> [String] {
    [inputs.files[table.file]].compactMap { $0 } + (inputs.folders[table.file] ?? [])
  }

  /// The length of all files of a table in bytes.
  public func byteCount(of table: TableSchema) -> Int { byteCount(of: files(of: table)) }

  /// The length of files of the workspace together; what is not there has none.
  public func byteCount(of files: [String]) -> Int {
    files.reduce(0) { sum, file in
      var status = stat()
      return sum + (stat(path(of: file), &status) == 0 ? Int(status.st_size) : 0)
    }
  }

  public func path(of file: String) -> String { "\(path)/\(file)" }

  static func contents(of path: String) throws(WorkspaceError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .missing(path: path, reason: String(cString: strerror(errno))) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let got = read(file, &buffer, buffer.count)
      if got < 0 {
        if errno == EINTR { continue }
        throw .missing(path: path, reason: String(cString: strerror(errno)))
      }
      if got == 0 { return bytes }
      bytes += buffer[..<got]
      guard bytes.count <= 4 << 20 else { throw .missing(path: path, reason: "larger than 4 MiB") }
    }
  }

  /// Files that look like tables and that no source of the workspace uses: misnamed, a second form of a
  /// table, or participations without their events.
  public var unusedFiles: [String] {
    let used =
      [TableSchema.departments, .staff, .staffAssignments, .submissions([])]
      + sources.flatMap { [$0.records, $0.participation].compactMap { $0 } }
    let names = Set(used.flatMap(files))
    let known = settings.sources.flatMap { [$0.records, $0.participation].compactMap { $0?.file } }
    let folders = Set(
      known + ["departments", "staff", TableSchema.staffAssignments.file, "submissions"])
    let others = inputs.folders.filter { folders.contains($0.key) }.values.joined()
    // A folder of tables under a name that no table has is as misnamed as a file is.
    let misnamed = inputs.folders.filter { name, files in
      !folders.contains(name) && name != InputFolder.forms && !files.isEmpty
    }.keys.map { $0 + "/" }
    return (inputs.tables + inputs.strangers(in: folders) + others + misnamed)
      .filter { !names.contains($0) }.sorted()
  }
}

/// Why a workspace cannot be used.
public enum WorkspaceError: Error, Sendable {
  /// The folder or its `hospital.yaml` is missing or unreadable.
  case missing(path: String, reason: String)
  /// `hospital.yaml` is not as it must be.
  case badSettings(path: String, YAMLError)
}
