import Foundation
import Testing

/// The seeds of the workspaces: 60, or as many as `HALFYEAR_SEEDS` says (`200`, or `1000-1200`).
let seeds: [Int] = {
  let text = ProcessInfo.processInfo.environment["HALFYEAR_SEEDS"] ?? "60"
  let numbers = text.split(separator: "-").compactMap { Int($0) }
  return numbers.count == 2 ? Array(numbers[0]...numbers[1]) : Array(1...(numbers.first ?? 60))
}()

@Suite("Random workspaces")
struct RandomWorkspaceTests {
  @Test("The report agrees with the reckoning, row by row", arguments: seeds)
  func agrees(seed: Int) throws {
    let trial = try Trial(seed: seed)
    let run = try trial.run(in: "first")
    if trial.reckoning.hasTooManyRejected {
      #expect(run.exitCode == 65)
      #expect(try trial.files(in: "first").isEmpty)
      return
    }
    try #require(run.exitCode == 0, "\(run.errors)")
    let report = try IssuedReport(in: trial.reportFolder(in: "first"))
    let differences = Agreement.differences(report, trial.reckoning)
    let first = differences.prefix(12).joined(separator: "\n")
    #expect(
      differences.isEmpty, "\(trial.description): \(differences.count) differences\n\(first)")
  }

  @Test("Place, time zone, language and number of jobs do not change a byte", arguments: seeds)
  func repeats(seed: Int) throws {
    let trial = try Trial(seed: seed)
    if trial.reckoning.hasTooManyRejected { return }
    let run = try trial.run(in: "first")
    try #require(run.exitCode == 0, "\(run.errors)")
    let first = try trial.files(in: "first")
    #expect(Set(first.keys.map { ($0 as NSString).lastPathComponent }) == Set(IssuedReport.names))
    try trial.run(
      in: "second", ["--jobs", "1"], ["TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8"])
    try trial.run(
      in: "third", ["--jobs", "4"], ["TZ": "America/New_York", "LC_ALL": "zh_CN.GB18030"])
    for place in ["second", "third"] {
      let files = try trial.files(in: place)
      let changed = Set(first.keys).union(files.keys).filter { first[$0] != files[$0] }
      #expect(changed.isEmpty, "\(trial.description), \(place) run")
    }
  }
}

/// A random workspace on disk, what is expected of it, and places to run the program in.
struct Trial: CustomStringConvertible {
  let description: String
  let reckoning: Reckoning
  private let workspace: RandomWorkspace
  private let folder: PrivateFolder
  private let input: URL

  init(seed: Int) throws {
    workspace = RandomWorkspace(seed: seed)
    folder = try PrivateFolder()
    input = folder.url.appending(path: "random-\(seed)")
    try workspace.write(to: input)
    let asOf = workspace.asOf
    description = "seed \(seed), \(workspace.period), as of \(asOf ?? "its end")"
    reckoning = Reckoning(
      of: input, period: try #require(Span(workspace.period)),
      asOf: asOf.flatMap { CalendarDay($0) }, view: workspace.view)
  }

  /// Runs the report in a folder of its own; the arguments are the same in each.
  @discardableResult
  func run(
    in place: String, _ options: [String] = [], _ environment: [String: String] = [:]
  ) throws -> ProgramRun {
    var arguments = ["report", input.path, "--period", workspace.period, "--output", "out"]
    if let asOf = workspace.asOf { arguments += ["--as-of", asOf] }
    if workspace.view != .asWas { arguments += ["--view", workspace.view.rawValue] }
    return try ProgramRun(
      arguments + options, in: folder.folder(place), environment: environment)
  }

  func reportFolder(in place: String) -> URL {
    folder.url.appending(path: "\(place)/out/\(input.lastPathComponent)/\(workspace.period)")
  }

  /// The issued files by their names; none where no report was issued.
  func files(in place: String) throws -> [String: Data] {
    let output = reportFolder(in: place)
    guard FileManager.default.fileExists(atPath: output.path) else { return [:] }
    return try PrivateFolder.contents(of: output)
  }
}
