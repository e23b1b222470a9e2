import Foundation
import Testing

/// The texts and the hospital's figures of `datasets/shiyan-2023`, held to what is recorded in `Golden`.
///
/// To record anew, run the tests with `HALFYEAR_RECORD=1`: the files are rewritten and the test fails,
/// so that a recording is looked at before it passes.
@Suite("Golden files")
struct GoldenTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  @Test("The report of the example says what was recorded")
  func example() throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/shiyan-2023").path
    let run = try ProgramRun(
      ["report", workspace, "--period", "2023H1", "--output", "out"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let issued = folder.url.appending(path: "out/shiyan-2023/2023H1")
    try compare(text(issued, "summary.zh.txt"), "summary.zh.txt")
    try compare(text(issued, "summary.en.txt"), "summary.en.txt")
    try compare(text(issued, "findings.csv"), "findings.csv")
    let figures = try text(issued, "statistics.csv").split(separator: "\n")
      .filter { $0.hasPrefix("metric,") || $0.contains(",2023H1,,hospital,") }
    try compare(figures.joined(separator: "\n") + "\n", "hospital.csv")
  }

  /// The published figures of the half-year, to the unit; they are in no recording's power.
  @Test(
    "The acceptance figures",
    arguments: [
      ("training.events", 467), ("training.participations", 5863), ("training.people", 796),
      ("drills.events", 131), ("drills.participations", 1520), ("assessments.events", 58),
      ("assessments.participations", 1631), ("issues.raised", 1494), ("issues.with_measure", 1494),
      ("issues.people", 796), ("volunteers.registered", 740), ("staff.employees", 763),
      ("tasks.raised", 168), ("commitments.raised", 864), ("outreach.events", 39),
      ("policies.raised", 13),
    ])
  func acceptance(metric: String, value: Int) throws {
    let figures = try String(
      contentsOf: Self.golden.appending(path: "hospital.csv"), encoding: .utf8)
    let line = figures.split(separator: "\n").first { $0.hasPrefix("\(metric),") }
    #expect(line?.hasSuffix(",hospital,,\(value),,") == true, "\(line ?? "no such row")")
  }

  private func text(_ folder: URL, _ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  private func compare(_ text: String, _ name: String) throws {
    let file = Self.golden.appending(path: name)
    if ProcessInfo.processInfo.environment["HALFYEAR_RECORD"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(name) is recorded; look at it, then run the tests without HALFYEAR_RECORD")
      return
    }
    let recorded = try String(contentsOf: file, encoding: .utf8)
    let lines = (recorded.split(separator: "\n"), text.split(separator: "\n"))
    let first = zip(lines.0, lines.1).first { $0 != $1 }
    #expect(
      recorded == text,
      "\(name): \(first.map { "'\($0)' became '\($1)'" } ?? "\(lines.0.count) lines became \(lines.1.count)")"
    )
  }
}
