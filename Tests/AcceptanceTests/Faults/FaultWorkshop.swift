import Foundation

/// A workspace between two nights: the report of the first is there, and the second is about to come. Every
/// trial starts from a copy of that state.
final class FaultWorkshop: Sendable {
  /// What a folder of reports may hold: the bytes of the period's folder, by path.
  typealias State = [String: Data]

  let folder: PrivateFolder
  /// The published state before and after the second night.
  let old: State
  let new: State
  private let template: URL

  static let arguments = [
    "nightly", "datasets/w", "--as-of", "2023-06-05", "--jobs", "1", "--quiet",
  ]
  static let period = "2023H1"
  /// The test's own file beside the report; no run may lose it.
  static let foreign = "批注.txt"

  private static let files = [
    "hospital.yaml": "name: {zh: 甲, en: A}\n",
    "departments.csv": "id,name\nD1,甲科\nD2,乙科\n",
    "staff.csv": "id,department_id\nS1,D1\nS2,D2\n",
    "training_sessions.csv": "id,date,department_id\nT1,2023-02-01,D1\nT2,2023-06-05,D2\n",
    "training_attendance.csv": "session_id,staff_id\nT1,S1\nT1,S2\nT2,S1\nT2,S9\n",
    "issues.csv": "id,department_id,raised_on,due_on\nI1,D1,2023-01-05,2023-06-04\n",
  ]

  init() throws {
    folder = try PrivateFolder()
    template = folder.url.appending(path: "template")
    try folder.folder("template/datasets/w", files: Self.files)
    // What was written just now would be read by every night; so the second one has summaries to rely on.
    Thread.sleep(forTimeInterval: 2.1)
    let first = ["nightly", "datasets/w", "--as-of", "2023-06-01", "--quiet"]
    _ = try ProgramRun(first, in: template)
    let index = template.appending(path: "reports/w/.summaries/index")
    guard try Data(contentsOf: index).range(of: Data("attendance".utf8)) != nil else {
      throw Unusable(reason: "no summary is to be relied on")
    }
    let report = template.appending(path: "reports/w/\(Self.period)")
    try Data("signed".utf8).write(to: report.appending(path: Self.foreign))
    old = try PrivateFolder.contents(of: report)
    // A row that is late, so that the second night has something to say.
    let issues = Self.files["issues.csv"]! + "I2,D2,2023-03-01,2023-04-01\n"
    try Data(issues.utf8).write(to: template.appending(path: "datasets/w/issues.csv"))
    let undisturbed = try FaultTrial(copying: template, in: folder)
    let run = try ProgramRun(Self.arguments, in: undisturbed.url)
    new = try undisturbed.state()
    guard run.exitCode == 0, old.count > 6, old != new else {
      throw Unusable(reason: run.errors)
    }
  }

  struct Unusable: Error { let reason: String }

  func trial() throws -> FaultTrial { try FaultTrial(copying: template, in: folder) }

  /// What is wrong with the state that a disturbed run has left; empty where nothing is.
  ///
  /// - Parameter exitCode: nil where the run was killed.
  func faults(after trial: FaultTrial, exitCode: Int32?) throws -> [String] {
    var faults: [String] = []
    let state = try trial.state()
    let isNew = state == new || isWithoutHistory(state, trial)
    if state != old, !isNew {
      faults.append("the report is neither the old nor the new one: \(difference(state))")
    }
    if exitCode == 0, !isNew { faults.append("0, and the old report") }
    if let exitCode, !Self.exitCodes.contains(exitCode) { faults.append("exit code \(exitCode)") }
    let again = try ProgramRun(Self.arguments, in: trial.url)
    if again.exitCode != 0 {
      faults.append("the rerun ends with \(again.exitCode): \(again.errors)")
    }
    let after = try trial.state()
    if after != new { faults.append("the rerun's report is another: \(difference(after))") }
    let names = try FileManager.default.contentsOfDirectory(
      atPath: trial.url.appending(path: "reports/w").path)
    if Set(names) != [Self.period, "history.sqlite", ".summaries"] {
      faults.append("left behind: \(names)")
    }
    return faults
  }

  /// The new report as it is where the history could not be read or written: nobody knows what has
  /// changed, and the exit code says so.
  private func isWithoutHistory(_ state: State, _ trial: FaultTrial) -> Bool {
    let silent = ["changes.csv", "manifest.json"]
    let errors = try? String(contentsOf: trial.url.appending(path: "errors.txt"), encoding: .utf8)
    return errors?.contains("history.sqlite") == true && state["changes.csv"] == nil
      && state.filter { !silent.contains($0.key) } == new.filter { !silent.contains($0.key) }
  }

  /// Those of the README, and that of a program that could not be loaded.
  private static let exitCodes: Set<Int32> = [0, 64, 65, 66, 73, 74, 75, 78, 127]

  private func difference(_ state: State) -> String {
    let keys = Set(state.keys).union(new.keys)
    return keys.filter { state[$0] != new[$0] }.sorted()
      .map { "\($0)\(state[$0] == old[$0] ? " (old)" : "")" }.joined(separator: ", ")
  }
}

/// One copy of the workshop's reports beside its inputs, removed with the value.
final class FaultTrial: Sendable {
  let url: URL

  init(copying template: URL, in folder: PrivateFolder) throws {
    url = folder.url.appending(path: UUID().uuidString)
    let files = FileManager.default
    try files.createDirectory(at: url, withIntermediateDirectories: true)
    // A copy would be another file, and be read for that alone; no run writes to the inputs.
    try files.createSymbolicLink(
      at: url.appending(path: "datasets"),
      withDestinationURL: template.appending(path: "datasets"))
    try files.copyItem(
      at: template.appending(path: "reports"), to: url.appending(path: "reports"))
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func state() throws -> FaultWorkshop.State {
    let report = url.appending(path: "reports/w/\(FaultWorkshop.period)")
    guard FileManager.default.fileExists(atPath: report.path) else { return [:] }
    return try PrivateFolder.contents(of: report)
  }
}

/// Another program around the one under test.
struct WrappedRun {
  /// The exit code; nil where a signal ended it.
  let exitCode: Int32?
  let errors: String

  /// - Parameter killedAfter: seconds after which the program is killed, unless it has ended.
  init(
    _ command: [String], in folder: URL, environment: [String: String] = [:],
    killedAfter: Double? = nil
  ) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errors = folder.appending(path: "errors.txt")
    try Data().write(to: errors)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    if let killedAfter {
      Thread.sleep(forTimeInterval: killedAfter)
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    exitCode = process.terminationReason == .exit ? process.terminationStatus : nil
    self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
  }
}
