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

  /// Sources of some megabytes are read side by side where there are threads for them; what is found is told in their order.
  @Test("does not decide in which order faults of several files are told")
  func faults() throws {
    let folder = try PrivateFolder()
    let items = { (name: String) in
      "id,level,department_id,raised_on\n"
        + (0..<20_000).map {
          "\(name)\($0 % 19_990),\($0 % 9 == 0 ? "?" : "individual"),D\($0 % 3 + 1),2023-02-11"
        }
        .joined(separator: "\n")
    }
    try folder.folder(
      "w",
      files: [
        "hospital.yaml": "name: {zh: 市医院, en: City Hospital}\n",
        "departments.csv": "id,name\nD1,内科\nD2,外科\n",
        "staff.csv": "id,name,department_id\nS1,王伟,D1\nS2,李芳,D2\n",
        "issues.csv": items("I"), "tasks.csv": "%PDF-1.4\n" + items("T"), "topics.csv": items("O"),
        "policies.csv": "%PDF-1.4\n" + items("P"), "suggestions.csv": items("G"),
        "training_sessions.csv":
          "id,date,department_id,hours\nT1,2023-03-02,D1,2\nT2,2023-03-09,D7,2",
        "training_attendance.csv": "session_id,staff_id\nT1,S1\nT1,S9\nT2,S2\nT1,S1",
      ])
    var told: Set<String> = []
    for jobs in [1, 2, 3, 6] {
      let run = try ProgramRun(["check", "w", "--jobs", "\(jobs)"], in: folder.url)
      #expect(run.output.contains("tasks.csv") && run.output.contains("policies.csv"))
      told.insert("\(run.exitCode)\n\(run.output)")
    }
    #expect(told.count == 1)
  }

  /// Which of too many values come first is chance: the column is given up as a whole, and says so.
  @Test("does not decide which values of a column with too many of them are counted")
  func crowdedColumns() throws {
    let folder = try PrivateFolder()
    let rows = 30_000
    let items = (0..<rows).map {
      "P\($0),department,D\($0 % 2 + 1),第\($0 * 7 % 1500)类,查房,2023-0\($0 % 6 + 1)-11"
    }
    let events = (0..<3000).map { "T\($0),2023-03-02,D1,形式\($0),2,5" }
    try folder.folder(
      "w",
      files: [
        "hospital.yaml": "name: {zh: 市医院, en: City Hospital}\n",
        "departments.csv": "id,name\nD1,内科\nD2,外科\n",
        "staff.csv": "id,name,department_id,group\nS1,王伟,D1,g\nS2,李芳,D2,g\n",
        "issues.csv": "id,level,department_id,category,source,raised_on\n"
          + items.joined(separator: "\n"),
        "training_sessions.csv": "id,date,department_id,form,hours,participants\n"
          + events.joined(separator: "\n"),
      ])
    var statistics: Set<String> = []
    for jobs in [1, 2, 5] {
      let run = try ProgramRun(
        [
          "report", "w", "--period", "2023H1", "--jobs", "\(jobs)", "--quiet", "--output",
          "reports\(jobs)",
        ], in: folder.url)
      try #require(run.exitCode == 0, "\(run.errors)")
      let report = folder.url.appending(path: "reports\(jobs)/w/2023H1")
      let figures = try String(
        contentsOf: report.appending(path: "statistics.csv"), encoding: .utf8)
      statistics.insert(figures)
      let isCounted = figures.contains("\nissues.raised,items,2023H1,,hospital,,\(rows),")
      let isBroken = figures.contains("\nissues.raised,items,2023H1,,issues.source,查房,\(rows),")
      let isGivenUp =
        !figures.contains(",issues.category,") && !figures.contains(",training.form,")
      #expect(isCounted && isBroken && isGivenUp)
      let findings = try String(
        contentsOf: report.appending(path: "findings.csv"), encoding: .utf8
      ).split(separator: "\n")
      #expect(findings.filter { $0.contains(",too_many_values,") }.count == 2)
      #expect(!findings.contains { $0.contains("unreadable_optional") })
    }
    #expect(statistics.count == 1)
  }
}
