import Foundation
import Testing

/// The example that is kept with the project, held to what the program writes.
@Suite("The committed example")
struct ExampleTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let kept = project.appending(path: "reports/shiyan-2023/2023H1")

  @Test("It is what the program writes today; `make readme` renews it")
  func fresh() throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/shiyan-2023").path
    let run = try ProgramRun(
      ["report", workspace, "--period", "2023H1", "--output", "out"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let written = folder.url.appending(path: "out/shiyan-2023/2023H1")
    let texts = ["summary.zh.txt", "summary.en.txt", "findings.csv", "targets.csv", "index.html"]
    for name in texts {
      #expect(
        try Data(contentsOf: written.appending(path: name))
          == Data(contentsOf: Self.kept.appending(path: name)), "\(name)")
    }
    // The workbook's bytes hang on the compressing library; what is in it does not.
    let (one, other) = (try sheets(of: written), try sheets(of: Self.kept))
    #expect(one.count > 100_000 && one == other)
  }

  /// The parts of the workbook that hold cells.
  private func sheets(of folder: URL) throws -> Data {
    try WorkbookParts(folder.appending(path: "half-year.xlsx")).data(
      "xl/worksheets/*.xml", "xl/sharedStrings.xml")
  }
}
