import Foundation
import Testing

/// Where things are, what they are called, and how they are written.
@Suite("Layout")
struct LayoutTests {
  @Test("All Swift files are formatted as .swift-format says")
  func formatting() throws {
    let run = try ShellRun(
      "swift format lint --recursive --strict Sources Tests Package.swift", in: Project.root)
    #expect(run.exitCode == 0, "'make format' does most of it:\n\(run.errors)\(run.output)")
  }

  @Test("A file is named for what is in it")
  func names() throws {
    let empty = ["util", "helper", "extension", "manager", "misc", "common"]
    for file in try Project.swiftFiles(below: ".") where !file.hasPrefix(".") {
      let name = file.split(separator: "/").last.map { $0.lowercased() } ?? ""
      #expect(!empty.contains { name.contains($0) }, "\(file)")
    }
  }

  @Test("No source file is longer than 500 lines")
  func lengths() throws {
    for file in try Project.swiftFiles(below: "Sources") {
      let lines = try Project.text("Sources/\(file)").split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 501, "Sources/\(file) has \(lines.count - 1) lines; split it by topic")
    }
  }

  @Test("The top level holds the package, its data and its reports, and nothing else")
  func topLevel() throws {
    let allowed: Set = [
      "Package.swift", "Sources", "Tests", "datasets", "reports", "Makefile", "README.md",
      // Written by every build; the next test sees that it stays out of the history.
      "Package.resolved",
    ]
    let names = try FileManager.default.contentsOfDirectory(atPath: Project.root.path)
      .filter { !$0.hasPrefix(".") }
    #expect(Set(names).subtracting(allowed).isEmpty)
  }

  @Test("Of builds nothing is kept in the history, of reports the pictures and one example")
  func history() throws {
    let files = try ShellRun("git -c safe.directory='*' ls-files", in: Project.root)
    // An unpacked archive has no history.
    guard files.exitCode == 0 else { return }
    for file in files.output.split(separator: "\n") {
      #expect(file != "Package.resolved" && !file.hasPrefix(".build"))
      guard file.hasPrefix("reports/") else { continue }
      let kept = ["reports/pictures/", "reports/shiyan-2023/2023H1/"]
      // The example's figures are large, and made again in a moment.
      let isKept = kept.contains { file.hasPrefix($0) } && !file.hasSuffix("/statistics.csv")
      #expect(isKept, "\(file)")
    }
  }
}
