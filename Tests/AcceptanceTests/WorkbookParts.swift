import Foundation

/// The parts of a workbook, unpacked by another program.
struct WorkbookParts {
  private let url: URL

  init(_ url: URL) throws { self.url = url }

  var names: [String] {
    get throws {
      let list = try unzip(["-Z1", url.path])
      return String(decoding: list, as: UTF8.self).split(separator: "\n").map(String.init)
    }
  }

  func text(_ part: String) throws -> String { String(decoding: try data(part), as: UTF8.self) }

  /// One part behind the other; a `*` in a name stands for any of them.
  func data(_ parts: String...) throws -> Data {
    // In brackets, unzip takes characters for a choice among them.
    try unzip(["-p", url.path] + parts.map { $0.replacingOccurrences(of: "[", with: "[[]") })
  }

  private func unzip(_ arguments: [String]) throws -> Data {
    let pipe = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
    process.arguments = arguments
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
    return data
  }
}
