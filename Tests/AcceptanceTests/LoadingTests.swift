import Foundation
import Testing

/// libxlsxwriter is loaded by the runs that write a workbook, and by no others.
@Suite("The library for workbooks")
struct LoadingTests {
  private static let files = [
    "hospital.yaml": "name: {zh: 甲, en: A}\n", "departments.csv": "id,name\nD1,甲科\n",
    "staff.csv": "id,department_id\nS1,D1\n",
    "issues.csv": "id,department_id,raised_on\nI1,D1,2023-01-01\n",
  ]
  private static let report = ["report", "w", "--period", "2023H1"]

  /// A folder with a workspace, and the environment in which every version of the library is a broken file.
  private func broken() throws -> (folder: PrivateFolder, environment: [String: String]) {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.files)
    let names = ["libxlsxwriter.so"] + (0..<100).map { "libxlsxwriter.so.\($0)" }
    let libraries = try folder.folder(
      "libraries", files: Dictionary(uniqueKeysWithValues: names.map { ($0, "no library\n") }))
    return (folder, ["LD_LIBRARY_PATH": libraries.path])
  }

  @Test(
    "Where it cannot be loaded, no report is issued, and one line says why",
    arguments: [[], ["--jobs", "1"]])
  func missing(options: [String]) throws {
    let (folder, environment) = try broken()
    #expect(try ProgramRun(Self.report + options, in: folder.url).exitCode == 0)
    let reports = folder.url.appending(path: "reports")
    let before = try PrivateFolder.contents(of: reports)
    try Data("id,department_id,raised_on\nI2,D1,2023-01-02\n".utf8)
      .write(to: folder.url.appending(path: "w/issues.csv"))
    let run = try ProgramRun(
      Self.report + options + ["--quiet"], in: folder.url, environment: environment)
    #expect(run.exitCode == 73)
    #expect(run.errors.contains("libxlsxwriter cannot be loaded: "))
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(try PrivateFolder.contents(of: reports) == before)
  }

  @Test(
    "What writes no workbook does without it",
    arguments: [
      ["--version"], ["--help"], ["metrics"], ["check", "w"], ["convert", "w/issues.csv"],
    ])
  func unused(arguments: [String]) throws {
    let (folder, environment) = try broken()
    let run = try ProgramRun(arguments, in: folder.url, environment: environment)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(!run.output.isEmpty)
  }

  @Test("A system that binds all functions at the start changes nothing")
  func boundAtOnce() throws {
    let folder = try PrivateFolder()
    try folder.folder("w", files: Self.files)
    let bound = try ProgramRun(
      Self.report + ["--output", "bound"], in: folder.url, environment: ["LD_BIND_NOW": "1"])
    #expect(bound.exitCode == 0, "\(bound.errors)")
    #expect(try ProgramRun(Self.report, in: folder.url).exitCode == 0)
    let written = try PrivateFolder.contents(of: folder.url.appending(path: "bound"))
    #expect(
      try written == PrivateFolder.contents(of: folder.url.appending(path: "reports"))
        && written["w/2023H1/half-year.xlsx"] != nil)
  }
}
