import Foundation

/// One command as it is typed into a terminal.
struct ShellRun {
  let exitCode: Int32
  /// Standard output.
  let output: String
  /// Standard error.
  let errors: String

  init(_ command: String, in folder: URL) throws {
    let streams = try Playground()
    let output = streams.url.appending(path: "output")
    let errors = streams.url.appending(path: "errors")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder
    process.environment = ShellRun.environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try ShellRun.writing(to: output)
    process.standardError = try ShellRun.writing(to: errors)
    try process.run()
    process.waitUntilExit()
    exitCode = process.terminationStatus
    self.output = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
  }

  /// Without what `make` hands down to the programs that it starts, and the test runner to its own.
  private static var environment: [String: String] {
    ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("MAKE") && $0.key != "MFLAGS" && !$0.key.hasPrefix("SWIFT")
    }
  }

  /// Files rather than pipes: a pipe that nobody empties would stop the command.
  private static func writing(to url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }
}
