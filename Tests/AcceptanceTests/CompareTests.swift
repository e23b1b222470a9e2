import Foundation
import Testing

/// `halfyear compare`, held against the report's own figures.
@Suite("The compare command")
struct CompareTests {
  private static let example = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "datasets/shiyan-2023").path

  private func compare(_ options: [String], in folder: PrivateFolder) throws -> ProgramRun {
    try ProgramRun(["compare", Self.example, "--period", "2023H1"] + options, in: folder.url)
  }

  /// The records of the CSV as dictionaries by heading.
  private func records(_ text: String) throws -> [[String: String]] {
    let all = CSVText.records(of: text)
    let header = try #require(all.first)
    return all.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  private func statistics(_ options: [String], in folder: PrivateFolder) throws -> IssuedReport {
    let output = UUID().uuidString
    let run = try ProgramRun(
      ["report", Self.example, "--output", output] + options, in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let period = try #require(options.drop { $0 != "--period" }.dropFirst().first)
    return try IssuedReport(in: folder.url.appending(path: "\(output)/shiyan-2023/\(period)"))
  }

  private let metrics = [
    "training.participations", "training.coverage", "issues.closure_rate", "issues.overdue_at_end",
    "issues.days_to_close_median", "assessments.mean_score", "staff.headcount",
  ]

  @Test("Every value is that of statistics.csv")
  func values() throws {
    let folder = try PrivateFolder()
    let issued = try statistics(["--period", "2023H1"], in: folder)
    let run = try compare(["--csv", "--metrics", metrics.joined(separator: ",")], in: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    let records = try records(run.output)
    #expect(records.count == metrics.count * 61)
    for record in records {
      func figure(_ period: String) throws -> IssuedReport.StatisticsRow {
        let key = FigureKey(
          metric: record["metric"] ?? "", period: period, month: "", scope: "department",
          member: record["member"] ?? "")
        return try #require(issued.statistics[key])
      }
      let now = try figure("2023H1")
      #expect(record["value"] == now.value && record["numerator"] == now.numerator)
      #expect(record["denominator"] == now.denominator)
      #expect(try record["previous"] == figure("2022H2").value)
      #expect(try record["last_year"] == figure("2022H1").value)
    }
  }

  @Test("A running half is compared to the same day of the earlier ones")
  func sameDay() throws {
    let folder = try PrivateFolder()
    let list = metrics.filter { $0 != "issues.days_to_close_median" }.joined(separator: ",")
    let run = try compare(["--csv", "--as-of", "2023-05-15", "--metrics", list], in: folder)
    let spans = ["previous": "2022-07-01..2022-11-15", "last_year": "2022-01-01..2022-05-15"]
    for (name, span) in spans {
      // The same span as a report of its own, with nothing known after its end.
      let issued = try statistics(
        ["--period", span, "--as-of", String(span.suffix(10))], in: folder)
      for record in try records(run.output) {
        #expect(record["\(name)_period"] == span)
        let key = FigureKey(
          metric: record["metric"] ?? "", period: span, month: "", scope: "department",
          member: record["member"] ?? "")
        #expect(record[name] == issued.statistics[key]?.value, "\(key)")
      }
    }
  }

  @Test("What there is not is 64, with what may be meant")
  func usage() throws {
    let folder = try PrivateFolder()
    let metric = try compare(["--metrics", "training.coverag"], in: folder)
    #expect(metric.exitCode == 64 && metric.errors.contains("'training.coverage'"))
    let department = try compare(["--departments", "检验可"], in: folder)
    #expect(department.exitCode == 64 && department.errors.contains("'检验科'"))
    #expect(try compare(["--departments", "检验科", "--by", "branch"], in: folder).exitCode == 64)
    #expect(try compare(["--by", "ward"], in: folder).exitCode == 64)
    #expect(try compare(["--metrics", ","], in: folder).exitCode == 64)
    #expect(try compare(["--as-of", "2022-01-01"], in: folder).exitCode == 64)
  }

  @Test("Chosen departments keep their places among all; the files are written where asked")
  func files() throws {
    let folder = try PrivateFolder()
    let run = try compare(
      [
        "--departments", "检验科, 心病科", "--metrics", "training.participations", "--output", "out",
      ], in: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("检验科") } && lines.contains { $0.hasPrefix("心病科") })
    #expect(!lines.contains { $0.hasPrefix("肺病科") })
    let issued = folder.url.appending(path: "out/shiyan-2023/2023H1-compare")
    let files = try PrivateFolder.contents(of: issued)
    #expect(Set(files.keys) == ["compare.xlsx", "compare.csv", "manifest.json"])
    let shown = try records(String(decoding: try #require(files["compare.csv"]), as: UTF8.self))
    let all = try records(
      compare(["--csv", "--metrics", "training.participations"], in: folder).output)
    #expect(shown.map { $0["name"] } == ["心病科", "检验科"])
    for record in shown { #expect(all.contains(record)) }
  }

  @Test("Branches and categories, by rank")
  func groups() throws {
    let folder = try PrivateFolder()
    let run = try compare(
      ["--by", "category", "--order", "score", "--csv", "--metrics", "training.per_head"],
      in: folder)
    let records = try records(run.output)
    #expect(records.map { $0["rank"] } == ["1", "2", "3", "4", "5"])
    #expect(records.allSatisfy { $0["scope"] == "category" })
  }
}
