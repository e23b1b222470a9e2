import Checking
import Records
import Workspace

/// What the last night of a workspace has left, for one that is made from the very same: nothing has been
/// written to, and settings, program, period and day are what they were. Such a night comes to the same
/// bytes, so those that are there stay.
struct LastNight {
  /// The run's number in the history.
  let run: Int
  let counts: NightCounts
  /// The files of the report by name, as they were when it was issued.
  let outputs: [String: FileIdentity]

  /// The numbers, then the files, each with a zero behind it.
  var bytes: [UInt8] {
    let numbers = [run, counts.read, counts.rejected, counts.warnings, counts.changed ?? -1]
    let lines =
      [numbers.map { "\($0)" }.joined(separator: " ")]
      + outputs.sorted { $0.key < $1.key }.map { "\($1.text) \($0)" }
    return Array(lines.map { $0 + "\0" }.joined().utf8)
  }
}

extension LastNight {
  /// Nil for bytes that are none of a night.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let numbers = lines.first?.split(separator: " ").compactMap { Int($0) } ?? []
    guard numbers.count == 5 else { return nil }
    run = numbers[0]
    counts = NightCounts(
      read: numbers[1], rejected: numbers[2], warnings: numbers[3],
      changed: numbers[4] < 0 ? nil : numbers[4])
    var outputs: [String: FileIdentity] = [:]
    for line in lines.dropFirst() {
      guard let (state, name) = FileIdentity.split(line[...]) else { return nil }
      outputs[name] = state
    }
    self.outputs = outputs
  }

  /// - Parameters:
  ///   - run: the run's number in the history; nil where that could not keep it.
  ///   - paths: the files of the report, below its folder.
  /// - Returns: nil where one of them is not there any more, or the history does not know the run.
  init?(
    _ run: Int?, _ results: Results, _ changes: ChangeReport?, _ paths: [String],
    in folder: OutputFolder
  ) {
    var outputs: [String: FileIdentity] = [:]
    for path in paths {
      guard let state = FileIdentity(path: path) else { return nil }
      outputs[String(path.dropFirst(folder.path.utf8.count + 1))] = state
    }
    guard let run else { return nil }
    self.run = run
    counts = NightCounts(results, changes)
    self.outputs = outputs
  }

  /// Whether the report is still as the run has left it.
  func isIntact(in folder: String) -> Bool {
    !outputs.isEmpty && outputs.allSatisfy { FileIdentity(path: "\(folder)/\($0)") == $1 }
  }
}

extension Issue {
  /// How a night ends that is not refused.
  enum Ending {
    case issued(Outcome)
    /// Nothing had changed: the report of the run before stays.
    case repeated(Repetition)
  }

  struct Repetition {
    let counts: NightCounts
    /// The run that issued the report.
    let run: Int
    /// Why the run could not be kept in the history.
    let failure: Refusal?
  }

  /// The night's report.
  ///
  /// - Parameter started: when the run began (`Clock.steadyMilliseconds`).
  /// - Throws: `Refusal`; the report that was there before stays.
  func night(started: Int) throws(Refusal) -> Ending {
    try locked(started: started) { folder, memory throws(Refusal) in
      if !isAfresh, let repeated = repetition(folder, memory) { return .repeated(repeated) }
      return .issued(try issue(to: folder, memory, strict: false, note: ""))
    }
  }

  /// Nil where anything is not what it was, or cannot be told to be.
  private func repetition(_ folder: OutputFolder, _ memory: Memory) -> Repetition? {
    guard let summaries = summaries(.byTimes), let key = summaries.nightKey(of: self),
      let last = summaries.bytes(named: LastNight.file, key: key).flatMap(LastNight.init),
      last.isIntact(in: folder.path), memory.keepRepetition(of: last.run)
    else { return nil }
    log.endProgress()
    return Repetition(counts: last.counts, run: last.run, failure: memory.failure)
  }
}

extension LastNight {
  /// Its name among the summaries.
  static let file = "last"
}

extension Summaries {
  /// All that a night comes from; nil where a file may have been written to.
  ///
  /// - Complexity: no file is opened.
  func nightKey(of issue: Issue) -> String? {
    let workspace = issue.workspace
    let tables =
      [TableSchema.departments, .staff, .staffAssignments]
      + [.submissions(workspace.settings.sources)]
      + workspace.settings.sources.flatMap { [$0.records, $0.participation].compactMap { $0 } }
    var lines = ["last night", basis, "\(issue.period)", issue.asOf.map { "\($0)" } ?? ""]
    for file in tables.flatMap(workspace.files) + workspace.commentFiles(on: issue.period) {
      guard let digest = digest(of: file) else { return nil }
      lines.append("\(digest) \(file)")
    }
    return (lines + ["unused"] + workspace.unusedFiles).joined(separator: "\n")
  }
}

extension Workspace {
  /// What the office has written to a report, each file once.
  func commentFiles(on period: Period) -> [String] {
    Set(Language.allCases.compactMap { commentFile(on: period, in: $0) }).sorted()
  }
}
