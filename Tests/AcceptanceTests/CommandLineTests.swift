import Foundation
import Testing

/// Exit codes of the `report` command, and that what was issued before stays where nothing new is.
@Suite("Command line")
struct CommandLineTests {
  private static let sound = [
    "hospital.yaml": HandWorkedCase.yaml, "departments.csv": HandWorkedCase.twoDepartments,
    "staff.csv": HandWorkedCase.threePeople,
    "issues.csv": "id,department_id,raised_on\nI1,D1,2023-01-01\n",
  ]

  private func report(
    _ files: [String: String], options: [String] = ["--period", "2023H1"]
  ) throws -> ProgramRun {
    let folder = try PrivateFolder()
    try folder.folder("w", files: files)
    return try ProgramRun(["report", "w", "--output", "out"] + options, in: folder.url)
  }

  @Test("A sound workspace and one with findings are issued")
  func issued() throws {
    #expect(try report(Self.sound).exitCode == 0)
    var files = Self.sound
    files["issues.csv"] = "id,department_id,raised_on\nI1,D1,2023-01-01\nI2,D9,2023-01-01\n"
    #expect(try report(files).exitCode == 0)
    #expect(try report(files, options: ["--period", "2023H1", "--strict"]).exitCode == 65)
  }

  @Test("All files are issued, and `reports` is the default folder")
  func defaultFolder() throws {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.sound)
    let run = try ProgramRun(["report", "w", "--period", "2023-05"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let files = try PrivateFolder.contents(of: folder.url.appending(path: "reports"))
    #expect(Set(files.keys) == Set(IssuedReport.names.map { "w/2023-05/\($0)" }))
  }

  @Test("What each step took is told when asked for, and changes nothing else")
  func timings() throws {
    let options = ["--period", "2023H1", "--timings"]
    let text = try report(Self.sound, options: options)
    let lines = text.errors.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(
      try lines[0].contains(Regex(#"^halfyear: counting: 6 rows, \d+ bytes, \d+\.\d{3} s, CPU "#)))
    for (line, step) in zip(lines.dropFirst(), ["comparing", "composing", "writing"]) {
      #expect(line.hasPrefix("halfyear: \(step): "))
    }
    #expect(try text.output == report(Self.sound).output)
    let json = try report(Self.sound, options: options + ["--log-format", "json"])
    let first = try #require(json.errors.split(separator: "\n").first { $0.contains("counting") })
    for field in ["\"rows\":6", "\"wall_microseconds\":", "\"cpu_microseconds\":"] {
      #expect(first.replacing(" ", with: "").contains(field))
    }
  }

  @Test(
    "Wrong usage is 64",
    arguments: [
      [], ["--period", "2023H3"], ["--period", "2023Q5"], ["--period", "2023-13"],
      ["--period", "soon"], ["--period", "2023-02-01..2023-01-01"], ["--period", ""],
      ["--period", "2023-02-01..2023-02-30"], ["--period", "2023H1", "--as-of", "yesterday"],
      ["--period", "2023H1", "--as-of", "2023-02-29"],
      ["--period", "2023H1", "--as-of", "2022-12-31"], ["--period", "2023H1", "--no-such"],
      ["--period", "2023H1", "superfluous"],
    ])
  func usage(options: [String]) throws {
    let run = try report(Self.sound, options: options)
    #expect(run.exitCode == 64)
    #expect(run.output.isEmpty && !run.errors.isEmpty)
  }

  @Test("More than half of fifty rows rejected is 65, half of them is not")
  func tooManyRejected() throws {
    func files(rejected: Int, of count: Int) -> [String: String] {
      let rows = (0..<count).map { "I\($0),\($0 < rejected ? "D9" : "D1"),2023-01-01\n" }
      return Self.sound.merging(["issues.csv": "id,department_id,raised_on\n" + rows.joined()]) {
        $1
      }
    }
    #expect(try report(files(rejected: 26, of: 50)).exitCode == 65)
    #expect(try report(files(rejected: 25, of: 50)).exitCode == 0)
    #expect(try report(files(rejected: 49, of: 49)).exitCode == 0)
  }

  @Test("A missing input is 66", arguments: ["departments.csv", "staff.csv"])
  func missingInput(file: String) throws {
    #expect(try report(Self.sound.filter { $0.key != file }).exitCode == 66)
  }

  @Test("A missing workspace is 66, a workbook that is none too")
  func unreadableInput() throws {
    let folder = try PrivateFolder()
    let run = try ProgramRun(["report", "none", "--period", "2023H1"], in: folder.url)
    #expect(run.exitCode == 66)
    var files = Self.sound
    files["staff.csv"] = nil
    files["staff.xlsx"] = "this is no workbook"
    #expect(try report(files).exitCode == 66)
  }

  @Test(
    "Bad configuration is 78",
    arguments: ["name: {zh: [\n", "name: {zh: 甲, en: A\n", "- a\n- list\n", "name:\n\tzh: tab\n"])
  func configuration(yaml: String) throws {
    #expect(try report(Self.sound.merging(["hospital.yaml": yaml]) { $1 }).exitCode == 78)
  }

  @Test("An output folder that cannot be is 73")
  func cannotWrite() throws {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.sound)
    try Data("a file".utf8).write(to: folder.url.appending(path: "out"))
    let run = try ProgramRun(
      ["report", "w", "--period", "2023H1", "--output", "out"], in: folder.url)
    #expect(run.exitCode == 73)
  }

  @Test("The previous report stays in place, byte by byte, when none is issued")
  func previousReportStays() throws {
    let folder = try PrivateFolder()
    let input = try folder.folder("w", files: Self.sound)
    let arguments = ["report", "w", "--period", "2023H1", "--output", "out"]
    try #require(try ProgramRun(arguments, in: folder.url).exitCode == 0)
    let output = folder.url.appending(path: "out")
    let before = try PrivateFolder.contents(of: output)

    let broken = "id,department_id,raised_on\nI2,D9,2023-01-01\n"
    try Data(broken.utf8).write(to: input.appending(path: "issues.csv"))
    #expect(try ProgramRun(arguments + ["--strict"], in: folder.url).exitCode == 65)
    #expect(try PrivateFolder.contents(of: output) == before)

    try Data("name: {zh: [\n".utf8).write(to: input.appending(path: "hospital.yaml"))
    #expect(try ProgramRun(arguments, in: folder.url).exitCode == 78)
    try FileManager.default.removeItem(at: input.appending(path: "staff.csv"))
    #expect(try ProgramRun(arguments, in: folder.url).exitCode != 0)
    #expect(try PrivateFolder.contents(of: output) == before)
  }

  @Test("The manifest states each input's SHA-256")
  func checksums() throws {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.sound)
    let run = try ProgramRun(
      ["report", "w", "--period", "2023H1", "--output", "out"], in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let report = try IssuedReport(in: folder.url.appending(path: "out/w/2023H1"))
    // As sha256sum prints it for the two lines of issues.csv.
    let expected = "43ff258410c7685d8b74148d95236735b6076288576b763a838706e0574cff24"
    #expect(report.checksums["issues.csv"] == expected)
    #expect(report.checksums.count >= 3)
  }
}
