import Foundation
import Testing

@Suite("Runs beside each other")
struct LockTests {
  private static let files = [
    "hospital.yaml": "name: {zh: 甲, en: A}\n", "departments.csv": "id,name\nD1,甲科\n",
    "staff.csv": "id,department_id\nS1,D1\n",
    "issues.csv": "id,department_id,raised_on\nI1,D1,2023-01-01\n",
  ]

  @Test("While another run holds the workspace's reports, the exit is 75 and nothing changes")
  func held() throws {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.files)
    let arguments = ["report", "w", "--period", "2023H1"]
    #expect(try ProgramRun(arguments, in: folder.url).exitCode == 0)
    let reports = folder.url.appending(path: "reports/w")
    let before = try PrivateFolder.contents(of: reports)

    let descriptor = open(reports.path, O_RDONLY | O_DIRECTORY)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let run = try ProgramRun(arguments, in: folder.url)
    #expect(run.exitCode == 75)
    #expect(run.errors.contains("another run"))
    #expect(try PrivateFolder.contents(of: reports) == before)

    close(descriptor)
    #expect(try ProgramRun(arguments, in: folder.url).exitCode == 0)
  }

  @Test("What a killed run has left behind is cleared away by the next")
  func leftovers() throws {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.files)
    let staging = try folder.folder("reports/w/.2023H1.new", files: ["statistics.csv": "half"])
    #expect(try ProgramRun(["report", "w", "--period", "2023H1"], in: folder.url).exitCode == 0)
    #expect(!FileManager.default.fileExists(atPath: staging.path))
    let statistics = folder.url.appending(path: "reports/w/2023H1/statistics.csv")
    #expect(try Data(contentsOf: statistics).count > 1000)
  }

  @Test(
    "Every command explains itself",
    arguments: [
      [], ["report"], ["check"], ["metrics"], ["generate"], ["nightly"], ["history"],
      ["publish"], ["explain"],
    ])
  func help(command: [String]) throws {
    let folder = try PrivateFolder()
    let run = try ProgramRun(command + ["--help"], in: folder.url)
    #expect(run.exitCode == 0)
    #expect(run.output.contains("USAGE: halfyear"))
  }
}
