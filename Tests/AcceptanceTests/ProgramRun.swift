import Foundation

/// One run of the built program, as a user or cron starts it.
struct ProgramRun {
  let exitCode: Int32
  let output: String
  let errors: String

  /// Runs the program with this folder as the current one; the environment holds nothing else.
  init(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) throws {
    let streams = try PrivateFolder()
    let output = streams.url.appending(path: "output")
    let errors = streams.url.appending(path: "errors")
    let process = Process()
    process.executableURL = try ProgramRun.binary()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path].merging(environment) {
      $1
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try ProgramRun.writing(to: output)
    process.standardError = try ProgramRun.writing(to: errors)
    try process.run()
    process.waitUntilExit()
    // A crash shows as the signal's number below zero, so that it cannot pass for an exit code.
    exitCode =
      process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    self.output = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
  }

  /// Files rather than pipes: a pipe that nobody empties would stop the program.
  private static func writing(to url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  struct NotBuilt: Error { let lookedAt: [String] }

  /// The program that `HALFYEAR_BINARY` names, or the one built beside the tests.
  static func binary() throws -> URL {
    if let path = ProcessInfo.processInfo.environment["HALFYEAR_BINARY"] {
      return URL(fileURLWithPath: path)
    }
    let candidates = productFolders().map { $0.appending(path: "halfyear") }
    let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let found else { throw NotBuilt(lookedAt: candidates.map(\.path)) }
    return found
  }

  private static func productFolders() -> [URL] {
    let arguments = CommandLine.arguments
    var folders: [URL] = []
    if let option = arguments.firstIndex(of: "--test-bundle-path"), option + 1 < arguments.count {
      folders.append(URL(fileURLWithPath: arguments[option + 1]).deletingLastPathComponent())
    }
    folders.append(URL(fileURLWithPath: arguments[0]).deletingLastPathComponent())
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return folders + ["debug", "release"].map { package.appending(path: ".build/\($0)") }
  }
}
