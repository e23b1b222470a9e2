import Foundation

/// The package's own files.
enum Project {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The paths of the Swift files below a folder, from that folder on.
  static func swiftFiles(below folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
      .filter { $0.hasSuffix(".swift") }.sorted()
  }

  struct NotBuilt: Error { let lookedAt: [String] }

  /// The program that `HALFYEAR_BINARY` names, or else the one built last beside the tests.
  static func program() throws -> URL {
    if let path = ProcessInfo.processInfo.environment["HALFYEAR_BINARY"] {
      return URL(fileURLWithPath: path)
    }
    let candidates = ["debug", "release"].map { root.appending(path: ".build/\($0)/halfyear") }
    let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let found else { throw NotBuilt(lookedAt: candidates.map(\.path)) }
    return found
  }
}
