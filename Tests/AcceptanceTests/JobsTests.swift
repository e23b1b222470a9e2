import Foundation
import Testing

@Suite("The number of threads")
struct JobsTests {
  private static let workspace = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "datasets/shiyan-2023").path

  /// More threads than the machine has cores, and numbers that nothing is a multiple of.
  @Test("does not change a byte of a report, nor what is printed")
  func report() throws {
    let folder = try PrivateFolder()
    var expected: (files: [String: Data], output: String)?
    for jobs in [1, 2, 3, 7] {
      let run = try ProgramRun(
        [
          "report", Self.workspace, "--period", "2023H1", "--jobs", "\(jobs)", "--quiet",
          "--each-department", "departments", "--output", "reports",
        ], in: folder.folder("\(jobs)"))
      try #require(run.exitCode == 0, "\(run.errors)")
      let files = try PrivateFolder.contents(of: folder.url.appending(path: "\(jobs)"))
      guard let first = expected else {
        expected = (files, run.output)
        continue
      }
      #expect(run.output == first.output)
      #expect(files.keys.sorted() == first.files.keys.sorted())
      for (path, bytes) in first.files {
        let isSame = files[path] == bytes
        #expect(isSame, "\(path) differs with \(jobs) jobs")
      }
    }
    #expect(expected.map { $0.files.count > 7 } == true)
  }
}
