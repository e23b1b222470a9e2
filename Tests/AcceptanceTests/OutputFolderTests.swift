import Foundation
import Testing

/// A report takes the place of the one before it as a whole, and touches nothing else.
@Suite("The folder of a report")
struct OutputFolderTests {
  private static let files = [
    "hospital.yaml": "name: {zh: 甲, en: A}\n", "departments.csv": "id,name\nD1,甲科\n",
    "staff.csv": "id,department_id\nS1,D1\n",
    "issues.csv": "id,department_id,raised_on\nI1,D1,2023-01-01\n",
  ]
  private static let arguments = ["report", "w", "--period", "2023H1"]

  /// A workspace with its report, and the folder that the report is in.
  private func issued() throws -> (folder: PrivateFolder, report: URL) {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.files)
    let run = try ProgramRun(Self.arguments, in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    return (folder, folder.url.appending(path: "reports/w/2023H1"))
  }

  @Test("What somebody has put beside the report's files stays there")
  func foreignFiles() throws {
    let (folder, report) = try issued()
    try Data("signed".utf8).write(to: report.appending(path: "批注.txt"))
    try folder.folder("reports/w/2023H1/scans/may", files: ["1.txt": "scan"])
    try folder.folder("reports/w/2023H1/empty")
    let before = try PrivateFolder.contents(of: report)
    #expect(try ProgramRun(Self.arguments, in: folder.url).exitCode == 0)
    #expect(try PrivateFolder.contents(of: report) == before)
    #expect(before["scans/may/1.txt"] == Data("scan".utf8))
    #expect(FileManager.default.fileExists(atPath: report.appending(path: "empty").path))
  }

  @Test("A file of the old report that the new one does not have goes with it")
  func staleFiles() throws {
    let (folder, report) = try issued()
    let manifest = report.appending(path: "manifest.json")
    let text = try String(contentsOf: manifest, encoding: .utf8)
    let listed = text.replacing(
      "\"findings.csv\",", with: "\"findings.csv\", \n    \"old \\\"1\\\".txt\",")
    try listed.write(to: manifest, atomically: true, encoding: .utf8)
    let stale = report.appending(path: "old \"1\".txt")
    try Data("old".utf8).write(to: stale)
    #expect(try ProgramRun(Self.arguments, in: folder.url).exitCode == 0)
    #expect(!FileManager.default.fileExists(atPath: stale.path))
    #expect(try String(contentsOf: manifest, encoding: .utf8) == text)
  }

  @Test("A report that a killed run had moved aside is put back, and half a report removed")
  func interruptedMove() throws {
    let (folder, report) = try issued()
    let before = try PrivateFolder.contents(of: report)
    let parent = report.deletingLastPathComponent()
    try FileManager.default.moveItem(at: report, to: parent.appending(path: ".2023H1.old"))
    try folder.folder("reports/w/.2023H1.new", files: ["statistics.csv": "half"])
    try folder.folder("reports/w/.2022-05.new", files: ["statistics.csv": "half"])
    try folder.folder("reports/w/.my.new", files: ["kept": "by its owner"])
    // A run that issues nothing clears up all the same.
    try Data("name: {zh: 甲, en: A}\nmax_rejected_percent: 0\n".utf8)
      .write(to: folder.url.appending(path: "w/hospital.yaml"))
    let rows = (0..<50).map { "I\($0),D9,2023-01-01\n" }.joined()
    try Data("id,department_id,raised_on\n\(rows)".utf8)
      .write(to: folder.url.appending(path: "w/issues.csv"))
    #expect(try ProgramRun(Self.arguments, in: folder.url).exitCode == 65)
    #expect(try PrivateFolder.contents(of: report) == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: parent.path)
    #expect(Set(names) == ["2023H1", ".my.new"])
  }

  @Test("A report folder that is a link is followed, and stays one")
  func link() throws {
    let (folder, report) = try issued()
    let elsewhere = folder.url.appending(path: "elsewhere")
    try FileManager.default.moveItem(at: report, to: elsewhere)
    try FileManager.default.createSymbolicLink(at: report, withDestinationURL: elsewhere)
    try FileManager.default.removeItem(at: elsewhere.appending(path: "statistics.csv"))
    #expect(try ProgramRun(Self.arguments, in: folder.url).exitCode == 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: report.path)
    #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
    #expect(try Set(PrivateFolder.contents(of: elsewhere).keys) == Set(IssuedReport.names))
  }

  @Test("Where the report would stand is a file: 73, and the file stays")
  func inTheWay() throws {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.files)
    try folder.folder("reports/w", files: ["2023H1": "a file"])
    #expect(try ProgramRun(Self.arguments, in: folder.url).exitCode == 73)
    let files = try PrivateFolder.contents(of: folder.url.appending(path: "reports"))
    #expect(files == ["w/2023H1": Data("a file".utf8)])
  }

  @Test("What killed runs have left in memory goes with the next run; what a run holds stays")
  func scratch() throws {
    let memory = URL(filePath: "/dev/shm")
    func scratch(_ name: String) throws -> URL {
      let folder = memory.appending(path: "halfyear-run-\(geteuid())-0-\(name)\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data("part".utf8).write(to: folder.appending(path: "sheet1.xml"))
      return folder
    }
    let (left, held) = (try scratch("left"), try scratch("held"))
    defer { for folder in [left, held] { try? FileManager.default.removeItem(at: folder) } }
    let lock = open(held.path, O_RDONLY | O_DIRECTORY)
    defer { close(lock) }
    try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
    _ = try issued()
    #expect(!FileManager.default.fileExists(atPath: left.path))
    #expect(FileManager.default.fileExists(atPath: held.appending(path: "sheet1.xml").path))
  }
}
