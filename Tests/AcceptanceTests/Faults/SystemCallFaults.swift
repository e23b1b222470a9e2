import Foundation

/// Lets `strace` make a call of the program fail, or kill the program at it.
struct SystemCallFaults {
  /// What happens at a call.
  enum Fault: String, CaseIterable {
    case error, kill
  }

  /// The calls by which the program touches files. With one thread they come in the same order each time.
  static let calls = [
    "openat", "read", "pread64", "write", "pwrite64", "close", "fsync", "fdatasync", "rename",
    "renameat2", "link", "mkdir", "unlink", "rmdir", "ftruncate", "flock", "fcntl", "getdents64",
    "newfstatat", "lseek", "sync_file_range", "sendfile", "chmod", "chown", "statfs", "access",
  ]

  static let strace = "/usr/bin/strace"

  /// Whether this machine lets one program look at another; containers may forbid it.
  static let isPossible: Bool = {
    guard FileManager.default.isExecutableFile(atPath: strace), let folder = try? PrivateFolder()
    else { return false }
    let run = try? WrappedRun([strace, "-qq", "-o", "trace", "/bin/true"], in: folder.url)
    return run?.exitCode == 0
  }()

  let binary: String

  init() throws { binary = try ProgramRun.binary().path }

  /// How often each of the calls is made in an undisturbed run.
  func counts(in workshop: FaultWorkshop) throws -> [(call: String, count: Int)] {
    let trial = try workshop.trial()
    _ = try WrappedRun(
      [
        Self.strace, "-f", "-qq", "-o", "trace.txt", "-e",
        "trace=\(Self.calls.joined(separator: ","))",
      ]
        + [binary] + FaultWorkshop.arguments, in: trial.url)
    let trace = try String(contentsOf: trial.url.appending(path: "trace.txt"), encoding: .utf8)
    var counts: [String: Int] = [:]
    for line in trace.split(separator: "\n") {
      guard let call = line.split(separator: " ").dropFirst().first?.prefix(while: { $0 != "(" })
      else { continue }
      counts[String(call), default: 0] += 1
    }
    return Self.calls.compactMap { call in counts[call].map { (call, $0) } }
  }

  /// Runs a night in which one call fails or is the last; returns what is wrong afterwards, and whether the
  /// call was reached at all.
  ///
  /// Without `--seccomp-bpf`, under which strace 6.1 delivers no signals.
  func faults(
    _ workshop: FaultWorkshop, _ fault: Fault, call: String, number: Int
  ) throws -> (faults: [String], isReached: Bool) {
    let trial = try workshop.trial()
    let effect =
      fault == .kill ? "signal=SIGKILL" : "error=\(call.contains("write") ? "ENOSPC" : "EIO")"
    let run = try WrappedRun(
      [
        Self.strace, "-f", "-qq", "-o", "trace.txt", "-e", "trace=\(call)", "-e",
        "inject=\(call):\(effect):when=\(number)", binary,
      ] + FaultWorkshop.arguments, in: trial.url)
    let trace = try Data(contentsOf: trial.url.appending(path: "trace.txt"))
    let mark = fault == .kill ? "+++ killed by SIGKILL +++" : "(INJECTED)"
    let faults = try workshop.faults(after: trial, exitCode: fault == .kill ? nil : run.exitCode)
    return (
      faults.map { "\(fault.rawValue) at \(call) \(number): \($0); \(run.errors)" },
      trace.range(of: Data(mark.utf8)) != nil
    )
  }
}
