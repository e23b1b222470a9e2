import Foundation
import Testing

/// `explain` goes through the rows one by one; what it lists must add up to what the report says.
@Suite("Explain")
struct ExplainTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A printed row of numerator or denominator.
  private struct Listed {
    let part: String
    let place: String
    let adds: Double
  }

  private func listed(_ output: String) -> [Listed] {
    output.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Listed(
        part: cells[0], place: cells[1...3].joined(separator: ":"), adds: Double(cells[4]) ?? 0)
    }
  }

  @Test("The listed rows of every metric add up to the report's figure, hospital and department")
  func everyMetric() throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/shiyan-2023").path
    let arguments = ["--period", "2023H1", "--as-of", "2023-06-10"]
    let run = try ProgramRun(["report", workspace] + arguments, in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let report = try IssuedReport(in: folder.url.appending(path: "reports/shiyan-2023/2023H1"))
    // One source of each form is enough, but of these every metric.
    let sources = ["assessments", "training", "issues", "staff", "volunteers"]
    let metrics = Set(report.statistics.keys.map(\.metric)).filter { metric in
      sources.contains { metric.hasPrefix("\($0).") }
    }
    #expect(metrics.count > 30)
    for metric in metrics.sorted() {
      for department in [nil, "KS0012"] {
        let options = department.map { ["--department", $0] } ?? []
        let explained = try ProgramRun(
          ["explain", workspace, metric, "--csv"] + arguments + options, in: folder.url)
        #expect(explained.exitCode == 0, "\(explained.errors)")
        let key = FigureKey(
          metric: metric, period: "2023H1", month: "",
          scope: department == nil ? "hospital" : "department", member: department ?? "")
        let figure = try #require(report.statistics[key], "\(key)")
        check(listed(explained.output), figure, "\(metric) \(department ?? "")")
      }
    }
  }

  @Test("So they do where departments were merged and people moved, in both views")
  func movedPeople() throws {
    let folder = try PrivateFolder()
    for example in [HandWorkedCase.departmentsAsTheyWere, .departmentsAsTheyAre] {
      let name = example.view.rawValue
      try folder.folder(name, files: example.files)
      let arguments = ["--period", "2023H1", "--view", name]
      let run = try ProgramRun(["report", name] + arguments, in: folder.url)
      try #require(run.exitCode == 0, "\(run.errors)")
      let report = try IssuedReport(in: folder.url.appending(path: "reports/\(name)/2023H1"))
      let metrics = [
        "training.participations", "training.people", "training.coverage", "training.per_head",
        "staff.headcount", "issues.raised",
      ]
      for metric in metrics {
        for department in ["D1", "D2", "D3", "D4"] {
          let explained = try ProgramRun(
            ["explain", name, metric, "--csv", "--department", department] + arguments,
            in: folder.url)
          #expect(explained.exitCode == 0, "\(explained.errors)")
          let key = FigureKey(
            metric: metric, period: "2023H1", month: "", scope: "department", member: department)
          check(
            listed(explained.output), try #require(report.statistics[key]),
            "\(metric) \(department) \(name)")
        }
      }
    }
  }

  private func check(
    _ rows: [Listed], _ figure: IssuedReport.StatisticsRow, _ name: String
  ) {
    let numerator = rows.filter { $0.part == "numerator" }
    let denominator = rows.filter { $0.part == "denominator" }
    let sum = numerator.reduce(0) { $0 + $1.adds }
    if figure.unit == "days" {
      let days = numerator.map(\.adds).sorted()
      let middle = days.isEmpty ? nil : (days[(days.count - 1) / 2] + days[days.count / 2]) / 2
      #expect(middle == Double(figure.value), "\(name)")
    } else if figure.denominator.isEmpty {
      #expect(abs(sum - (Double(figure.value) ?? -1)) < 1e-6, "\(name): \(sum), \(figure.value)")
    } else {
      #expect(abs(sum - (Double(figure.numerator) ?? -1)) < 1e-6, "\(name)")
      #expect(Double(denominator.count) == Double(figure.denominator), "\(name)")
    }
    // A row stands for itself once, on each side.
    for part in [numerator, denominator] { #expect(Set(part.map(\.place)).count == part.count) }
  }

  @Test("Rejected rows are told that would have changed the figure, and those that might have")
  func rejected() throws {
    let folder = try PrivateFolder()
    try folder.folder(
      "w",
      files: [
        "hospital.yaml": "name: 甲\nlanguage: en\n", "departments.csv": "id,name\nD1,甲科\nD2,乙科\n",
        "staff.csv": "id,department_id\nS1,D1\n",
        "issues.csv": """
        id,department_id,raised_on,closed_on
        I1,D1,2023-01-05,
        I1,D1,2023-01-06,
        I3,D2,2023-01-07,2023-01-01
        I4,D9,2023-01-08,
        I5,D1,soon,
        I6,D1,2022-01-08,2022-01-01

        """,
      ])
    let run = try ProgramRun(
      ["explain", "issues.raised", "w", "--period", "2023H1", "--department", "甲科"],
      in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains("Items raised in the period."))
    let rows = run.output.split(separator: "\n").suffix(4)
    #expect(
      rows == [
        "numerator,issues.csv,,2,1,", "would,issues.csv,,3,,duplicate_id",
        "might,issues.csv,,5,,unknown_reference", "might,issues.csv,,6,,unreadable_value",
      ])
    #expect(run.output.contains("1 would have changed the figure, 2 might have"))
  }

  @Test("Workspace and period can be left out where only one can be meant")
  func defaults() throws {
    let folder = try PrivateFolder()
    try folder.folder("datasets/a", files: NightlyTests.files)
    #expect(try ProgramRun(["explain", "issues.raised"], in: folder.url).exitCode == 64)
    #expect(try ProgramRun(["nightly", "--as-of", "2023-06-03"], in: folder.url).exitCode == 0)
    let run = try ProgramRun(["explain", "issues.raised", "--csv"], in: folder.url)
    #expect(
      run.output
        == "part,file,sheet,row,adds,code\nnumerator,issues.csv,,2,1,\nnumerator,issues.csv,,3,1,\n"
    )
    let wrong = try ProgramRun(["explain", "issues.raisd"], in: folder.url)
    #expect(wrong.exitCode == 64)
    #expect(wrong.errors.contains("issues.raised"))
  }
}
