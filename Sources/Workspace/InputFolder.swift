internal import Glibc

/// What lies in a workspace's folder: files, and folders named as a table with one file a department.
struct InputFolder: Sendable {
  /// The folder of forms that nobody has filled in yet.
  static let forms = "forms"
  /// The endings of tables, in letters of either case; of several forms of a table the first one here is
  /// taken. What a file is its content tells.
  static let endings = [".csv", ".xlsx", ".xlsm", ".xls", ".tsv"]
  /// A table may end so, too, but most such files are something else.
  private static let doubtfulEnding = ".txt"

  /// The file of each table by the table's base name, as `staff` → `staff.csv`.
  private(set) var files: [String: String] = [:]
  /// The files of each folder by its name, as `drills` → `drills/内科.xlsx`, sorted.
  private(set) var folders: [String: [String]] = [:]
  /// All files that look like tables, sorted.
  private(set) var tables: [String] = []
  /// Files of folders that do not look like tables.
  private var others: [String: [String]] = [:]

  init(_ path: String) throws(WorkspaceError) {
    let names = try InputFolder.names(in: path)
    for ending in InputFolder.endings + [InputFolder.doubtfulEnding] {
      for name in names where name.lowercased().hasSuffix(ending) {
        let base = String(name.dropLast(ending.utf8.count))
        if files[base] == nil { files[base] = name }
        if ending != InputFolder.doubtfulEnding { tables.append(name) }
      }
    }
    tables.sort()
    for name in names where InputFolder.isFolder("\(path)/\(name)") {
      let inside = try InputFolder.names(in: "\(path)/\(name)")
      let isTable = { (file: String) in
        InputFolder.endings.contains { file.lowercased().hasSuffix($0) }
          || file.lowercased().hasSuffix(InputFolder.doubtfulEnding)
            && InputFolder.hasSeparators("\(path)/\(name)/\(file)")
      }
      folders[name] = inside.filter(isTable).map { "\(name)/\($0)" }
      others[name] = inside.filter { !isTable($0) }.map { "\(name)/\($0)" }
    }
  }

  /// Files in these folders that are no tables, as a scan or a letter sent along.
  func strangers(in folders: Set<String>) -> [String] {
    others.filter { folders.contains($0.key) }.values.flatMap { $0 }
  }

  /// The entries of a folder, sorted; without what programs leave behind.
  private static func names(in path: String) throws(WorkspaceError) -> [String] {
    guard let folder = opendir(path) else {
      throw .missing(path: path, reason: String(cString: strerror(errno)))
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), !name.hasPrefix("~$"), name != "Thumbs.db" { names.append(name) }
    }
    return names.sorted()
  }

  /// Whether the beginning of a file has anything that separates cells, as what a spreadsheet program saves as
  /// text has, and a letter has not.
  private static func hasSeparators(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var beginning = [UInt8](repeating: 0, count: 1024)
    let count = beginning.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    let marks = "\t,;|".utf8
    return beginning.prefix(max(0, count)).contains { marks.contains($0) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
