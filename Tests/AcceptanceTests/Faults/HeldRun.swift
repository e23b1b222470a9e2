import Foundation
import Glibc

/// A run that is stopped at one of its calls, as long as somebody wants.
final class HeldRun {
  /// Nil where the call was not reached.
  private var process: Int32?
  private let wrapper = Process()
  private let trace: URL

  /// Starts a night under `strace` and returns when it stands at a call, or has ended without it.
  init(_ binary: String, in folder: URL, call: String, number: Int) throws {
    trace = folder.appending(path: "trace.txt")
    wrapper.executableURL = URL(fileURLWithPath: SystemCallFaults.strace)
    wrapper.arguments =
      [
        "-f", "-qq", "-o", trace.path, "-e", "trace=\(call)", "-e",
        "inject=\(call):signal=SIGSTOP:when=\(number)", binary,
      ] + FaultWorkshop.arguments
    wrapper.currentDirectoryURL = folder
    wrapper.environment = ["PATH": "/usr/bin:/bin"]
    wrapper.standardInput = FileHandle.nullDevice
    wrapper.standardOutput = FileHandle.nullDevice
    wrapper.standardError = FileHandle.nullDevice
    try wrapper.run()
    while wrapper.isRunning, process == nil {
      process = Self.stopped(in: trace)
      if process == nil { Thread.sleep(forTimeInterval: 0.002) }
    }
  }

  var isHeld: Bool { process != nil }

  /// Lets the run go on; its exit code, nil where a signal ended it.
  func release() -> Int32? {
    if let process { kill(process, SIGCONT) }
    wrapper.waitUntilExit()
    return wrapper.terminationReason == .exit ? wrapper.terminationStatus : nil
  }

  /// The number of the process that a trace says is stopped.
  private static func stopped(in trace: URL) -> Int32? {
    guard let text = try? String(contentsOf: trace, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") where line.contains("--- stopped by SIGSTOP ---") {
      return line.split(separator: " ").first.flatMap { Int32($0) }
    }
    return nil
  }
}
