import Foundation
import Testing

/// `explain` goes through the rows one by one; what it lists must add up to what the report says.
@Suite("Explain")
struct ExplainTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A data set with the days that its figures are asked of.
  struct Subject: Sendable, CustomTestStringConvertible {
    let name: String
    let period: String
    let asOf: String
    var testDescription: String { name }
  }

  static let subjects = [
    Subject(name: "shiyan-2023", period: "2023H1", asOf: "2023-06-10"),
    Subject(name: "honghu-2021", period: "2021-09-01..2021-12-31", asOf: "2021-12-20"),
    Subject(name: "changzhou-2018", period: "2018-05-01..2018-12-31", asOf: "2018-12-31"),
    Subject(name: "shijiazhuang-2015", period: "2015-11-01..2016-06-30", asOf: "2016-05-31"),
    Subject(name: "xiangya-2023", period: "2023H1", asOf: "2023-06-30"),
  ]

  /// Of each source some figures are traced, in turn of every metric; `make test-faults` traces every metric of
  /// the hospital and of three departments.
  @Test(
    "The listed rows of every metric of every source add up to the report's figure",
    arguments: subjects)
  func everyMetric(subject: Subject) throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/\(subject.name)").path
    let arguments = ["--period", subject.period, "--as-of", subject.asOf]
    let run = try ProgramRun(["report", workspace] + arguments, in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let report = try IssuedReport(
      in: folder.url.appending(path: "reports/\(subject.name)/\(subject.period)"))
    let keys = Self.traced(report, subject.period)
    #expect(keys.count > (FaultTests.isWhole ? 150 : 10))
    for key in keys {
      let options = key.member.isEmpty ? [] : ["--department", key.member]
      let explained = try ProgramRun(
        ["explain", workspace, key.metric] + arguments + options, in: folder.url)
      #expect(explained.exitCode == 0, "\(explained.errors)")
      let figure = try #require(report.statistics[key], "\(key)")
      try check(ExplainedFigure(explained.output), figure, "\(key.metric) \(key.member)")
    }
  }

  /// Which figures of a report are traced.
  private static func traced(_ report: IssuedReport, _ period: String) -> [FigureKey] {
    let own = report.statistics.keys.filter {
      $0.period == period && $0.month.isEmpty && ["hospital", "department"].contains($0.scope)
    }
    let bySource = Dictionary(grouping: own) { $0.metric.split(separator: ".")[0] }
    return bySource.sorted { $0.key < $1.key }.enumerated().flatMap { number, source in
      let metrics = Set(source.value.map(\.metric)).sorted()
      let whole = FaultTests.isWhole
      return metrics.enumerated().filter {
        whole || $0.offset == number * 5 % metrics.count
      }.flatMap { turn, metric in
        keys(source.value.filter { $0.metric == metric }, report, whole ? 3 : 1, turn)
      }
    }
  }

  /// The hospital's figure and those of some departments, first of such as have something to tell.
  private static func keys(
    _ keys: [FigureKey], _ report: IssuedReport, _ count: Int, _ turn: Int
  ) -> [FigureKey] {
    let departments = keys.filter { $0.scope == "department" }.sorted { $0.member < $1.member }
    let telling = departments.filter { !["", "0"].contains(report.statistics[$0]?.value) }
    let chosen = (0..<count).compactMap { number -> FigureKey? in
      let list = number < max(1, count / 2) && !telling.isEmpty ? telling : departments
      return list.isEmpty ? nil : list[(turn * 7 + number * 11) % list.count]
    }
    return keys.filter { $0.scope == "hospital" } + Set(chosen).sorted { $0.member < $1.member }
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
            ["explain", name, metric, "--department", department] + arguments,
            in: folder.url)
          #expect(explained.exitCode == 0, "\(explained.errors)")
          let key = FigureKey(
            metric: metric, period: "2023H1", month: "", scope: "department", member: department)
          check(
            try ExplainedFigure(explained.output), try #require(report.statistics[key]),
            "\(metric) \(department) \(name)")
        }
      }
    }
  }

  private func check(
    _ explained: ExplainedFigure, _ figure: IssuedReport.StatisticsRow, _ name: String
  ) {
    let (numerator, denominator) = (explained.numerator, explained.denominator)
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
    // What is counted one by one has as many rows as it counts.
    if ["events", "items", "people"].contains(figure.unit) {
      #expect("\(numerator.count)" == figure.value, "\(name)")
    }
    if figure.unit == "participations" {
      // An event without a list is one row for all who took part in it.
      let single = numerator.count { $0.adds == 1 }
      #expect(numerator.allSatisfy { $0.adds >= 1 && $0.adds == $0.adds.rounded() }, "\(name)")
      #expect(Double(single) <= Double(figure.value) ?? -1, "\(name)")
    }
    #expect(explained.value == figure.value, "\(name)")
    #expect(explained.counts.first == numerator.count, "\(name)")
    if explained.counts.count > 1 { #expect(explained.counts[1] == denominator.count, "\(name)") }
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

/// What `explain` prints: the account, an empty line, and the rows.
private struct ExplainedFigure {
  /// A row of numerator or denominator.
  struct Row {
    let place: String
    let adds: Double
  }

  private(set) var numerator: [Row] = []
  private(set) var denominator: [Row] = []
  /// The value as it is printed, and the numbers of rows that are said to stand behind it.
  let value: String
  let counts: [Int]

  init(_ output: String) throws {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "part,file,sheet,row,adds,code"))
    for line in lines[(start + 1)...] where !line.isEmpty {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let row = Row(place: cells[1...3].joined(separator: ":"), adds: Double(cells[4]) ?? 0)
      if cells[0] == "numerator" { numerator.append(row) }
      if cells[0] == "denominator" { denominator.append(row) }
    }
    // `0.5 = 3 ÷ 6；分子 3 行，分母 6 行`, or `12；12 行`.
    let parts = lines[3].split(separator: "；", maxSplits: 1, omittingEmptySubsequences: false)
    value = parts[0].components(separatedBy: " = ")[0]
    counts = (parts.count > 1 ? parts[1] : "").split { !$0.isNumber }.compactMap { Int($0) }
  }
}
