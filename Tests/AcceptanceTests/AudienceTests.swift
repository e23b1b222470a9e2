import Foundation
import Testing

/// `--audience`: what a circle of readers is told, held against what the office is told.
@Suite("Circles of readers")
struct AudienceTests {
  private static let example = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "datasets/shiyan-2023").path

  private struct Issued {
    let rows: [FigureKey: IssuedReport.StatisticsRow]
    let files: [String: Data]
  }

  private func issue(_ audience: String, in folder: PrivateFolder) throws -> Issued {
    let run = try ProgramRun(
      [
        "report", Self.example, "--period", "2023H1", "--output", "out", "--audience", audience,
      ], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let suffix = audience == "office" ? "" : "-\(audience)"
    let issued = folder.url.appending(path: "out/shiyan-2023/2023H1\(suffix)")
    let files = try PrivateFolder.contents(of: issued)
    let text = String(decoding: try #require(files["statistics.csv"]), as: UTF8.self)
    var rows: [FigureKey: IssuedReport.StatisticsRow] = [:]
    for cells in CSVText.records(of: text).dropFirst() {
      let key = FigureKey(
        metric: cells[0], period: cells[2], month: cells[3], scope: cells[4], member: cells[5])
      rows[key] = IssuedReport.StatisticsRow(
        unit: cells[1], value: cells[6], numerator: cells[7], denominator: cells[8])
    }
    return Issued(rows: rows, files: files)
  }

  private let counts = [
    "raised", "closed", "open_at_start", "open_at_end", "with_measure", "overdue_at_end",
    "closed_on_time", "due", "rechecked", "reopened", "people",
  ]

  @Test("Small counts of individuals' items are hidden, and totals give nothing away")
  func staff() throws {
    let folder = try PrivateFolder()
    let office = try issue("office", in: folder)
    let staff = try issue("staff", in: folder)
    // Nothing is added or changed, only left out.
    for (key, row) in staff.rows {
      #expect(office.rows[key]?.value == row.value && office.rows[key]?.numerator == row.numerator)
    }
    let branch = try branches()
    var hiddenCount = 0
    for name in counts {
      for period in ["2023H1", "2022H2", "2022H1"] {
        let all = office.rows.filter {
          $0.key.metric == "issues.\(name)" && $0.key.period == period && $0.key.month.isEmpty
        }
        let hidden = all.filter { staff.rows[$0.key] == nil }
        hiddenCount += hidden.count
        for (key, row) in all where key.scope != "hospital" {
          let count = try #require(Int(row.value))
          if (1...4).contains(count) { #expect(hidden[key] != nil, "\(key)") }
        }
        #expect(hidden.keys.allSatisfy { $0.scope != "hospital" })
        guard name != "people" else { continue }
        expectNoRest(hidden, branch, all, staff)
      }
    }
    #expect(hiddenCount > 20)
    for (earlier, later) in [("2022H2", "2023H1"), ("2022H1", "2022H2")] {
      expectNoRestOfStock(office, staff, branch, earlier, later)
    }
  }

  /// What is open at the end of one period is open at the start of the next: a reader has it from either.
  private func expectNoRestOfStock(
    _ office: Issued, _ staff: Issued, _ branch: [String: String], _ earlier: String,
    _ later: String
  ) {
    let all = office.rows.filter {
      $0.key.metric == "issues.open_at_start" && $0.key.period == later && $0.key.month.isEmpty
    }
    let hidden = all.filter { key, _ in
      let end = FigureKey(
        metric: "issues.open_at_end", period: earlier, month: "", scope: key.scope,
        member: key.member)
      return staff.rows[key] == nil && staff.rows[end] == nil
    }
    let isSmall = all.contains {
      $0.key.scope == "department" && (1...4).contains(Int($0.value.value) ?? 0)
    }
    #expect(isSmall, "the example has small stocks")
    expectNoRest(hidden, branch, all, staff)
  }

  /// Of each shown total, the hidden parts are none or several, and together none or no small number.
  private func expectNoRest(
    _ hidden: [FigureKey: IssuedReport.StatisticsRow], _ branch: [String: String],
    _ all: [FigureKey: IssuedReport.StatisticsRow], _ staff: Issued
  ) {
    func check(_ parts: [(key: FigureKey, value: IssuedReport.StatisticsRow)], _ total: String) {
      let sum = parts.reduce(0) { $0 + (Int($1.value.value) ?? 0) }
      #expect(
        parts.isEmpty || parts.count > 1 && (sum >= 5 || sum == 0), "\(total): \(parts.map(\.key))")
    }
    for scope in Set(hidden.keys.map(\.scope)) {
      check(hidden.filter { $0.key.scope == scope }, scope)
    }
    for (key, _) in all where key.scope == "branch" && staff.rows[key] != nil {
      let parts = hidden.filter {
        $0.key.scope == "department" && branch[$0.key.member] == key.member
      }
      check(parts.map { ($0.key, $0.value) }, key.member)
    }
  }

  private func branches() throws -> [String: String] {
    let text = try String(contentsOfFile: Self.example + "/departments.csv", encoding: .utf8)
    let records = CSVText.records(of: text)
    let header = try #require(records.first)
    let (id, branch) = (
      try #require(header.firstIndex(of: "id")), try #require(header.firstIndex(of: "branch"))
    )
    return Dictionary(uniqueKeysWithValues: records.dropFirst().map { ($0[id], $0[branch]) })
  }

  @Test("No names, rows or items; the public is told nothing of departments")
  func withoutNames() throws {
    let folder = try PrivateFolder()
    for audience in ["staff", "public"] {
      let issued = try issue(audience, in: folder)
      #expect(
        Set(issued.files.keys) == [
          "half-year.xlsx", "index.html", "summary.zh.txt", "summary.en.txt", "statistics.csv",
          "manifest.json",
        ])
      for name in ["summary.zh.txt", "summary.en.txt", "index.html"] {
        let text = String(decoding: try #require(issued.files[name]), as: UTF8.self)
        #expect(text.contains("※"))
        #expect(!text.contains("findings.csv"), "\(audience) \(name)")
        #expect(text.contains("心病科") == (audience == "staff"))
      }
      let departments = issued.rows.keys.filter { $0.scope == "department" }
      #expect(departments.isEmpty == (audience == "public"))
      #expect(departments.allSatisfy { $0.month.isEmpty })
    }
  }

  @Test("Names and packs are for the office alone")
  func usage() throws {
    let folder = try PrivateFolder()
    for options in [["--named"], ["--each-department", "d"]] {
      let run = try ProgramRun(
        ["report", Self.example, "--period", "2023H1", "--audience", "public"] + options,
        in: folder.url)
      #expect(run.exitCode == 64)
    }
    let run = try ProgramRun(
      ["report", Self.example, "--period", "2023H1", "--audience", "everybody"], in: folder.url)
    #expect(run.exitCode == 64)
  }
}
