import Foundation
import Testing

/// The data sets of the five campaigns: the facts of each are in its report, and its files are those that
/// its specification gives.
@Suite("The five campaigns")
struct CampaignTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A data set, how it is reported, and what must be found.
  struct Campaign: CustomStringConvertible {
    let name: String
    let arguments: [String]
    /// The folder of the report.
    let period: String
    /// Figures of the hospital, or of a member: `metric`, `scope`, `member`, `value`.
    let figures: [(metric: String, scope: String, member: String, value: String)]
    /// Rows of `targets.csv`: `target`, `status`, `value` of the hospital.
    let targets: [(target: String, status: String, value: String)]
    /// What the Chinese text says.
    let sentences: [String]
    /// Sheets that the table of the README points to.
    let sheets: [String]

    var description: String { name }
  }

  @Test("The report has the campaign's facts", arguments: Campaign.all)
  func report(campaign: Campaign) throws {
    let folder = try PrivateFolder()
    let run = try ProgramRun(
      ["report", Self.path(campaign)] + campaign.arguments + ["--output", "out"], in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let issued = folder.url.appending(path: "out/\(campaign.name)/\(campaign.period)")
    let report = try IssuedReport(in: issued)
    for fact in campaign.figures {
      let key = FigureKey(
        metric: fact.metric, period: campaign.period, month: "", scope: fact.scope,
        member: fact.member)
      #expect(report.statistics[key]?.value == fact.value, "\(fact)")
    }
    let table = try String(contentsOf: issued.appending(path: "targets.csv"), encoding: .utf8)
    let rows = CSVText.records(of: table)
    for target in campaign.targets {
      let row = rows.first { $0[0] == target.target && $0[3].isEmpty }
      #expect(row?[8] == target.status && row?[9] == target.value, "\(target): \(row ?? [])")
    }
    let text = try String(contentsOf: issued.appending(path: "summary.zh.txt"), encoding: .utf8)
    for sentence in campaign.sentences { #expect(text.contains(sentence), "\(sentence)") }
    let sheets = try WorkbookParts(issued.appending(path: "half-year.xlsx")).text("xl/workbook.xml")
    for sheet in campaign.sheets { #expect(sheets.contains("name=\"\(sheet)\""), "\(sheet)") }
  }

  @Test("The data set is what its specification gives, and small", arguments: Campaign.all)
  func dataSet(campaign: Campaign) throws {
    let folder = try PrivateFolder()
    let path = Self.path(campaign)
    let run = try ProgramRun(
      ["generate", "\(path)/generate.yaml", "--output", "made"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    let made = try PrivateFolder.contents(of: folder.url.appending(path: "made"))
    var kept = try PrivateFolder.contents(of: URL(filePath: path))
    kept["generate.yaml"] = nil
    #expect(Set(made.keys) == Set(kept.keys))
    for (name, bytes) in made { #expect(kept[name] == bytes, "\(name)") }
    let isFirst = campaign.name == "shiyan-2023"
    #expect(isFirst || kept.values.reduce(0) { $0 + $1.count } < 400_000)
  }

  @Test("A fortnight's bulletin: what moved, what is late and whose, and no individual")
  func bulletin() throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/shijiazhuang-2015").path
    let run = try ProgramRun(
      ["bulletin", workspace, "--as-of", "2016-06-15", "--output", "out"], in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let issued = folder.url.appending(path: "out/shijiazhuang-2015/bulletin-2016-06-15")
    let files = try PrivateFolder.contents(of: issued)
    #expect(
      Set(files.keys) == [
        "bulletin.xlsx", "bulletin.zh.txt", "bulletin.en.txt", "findings.csv", "manifest.json",
      ])
    let text = String(decoding: files["bulletin.zh.txt"] ?? Data(), as: UTF8.self)
    #expect(text.contains("工作进展通报（2016-06-02 至 2016-06-15）"))
    #expect(text.contains("优质护理全覆盖（护理部）：已销号 2016-06-13"))
    #expect(text.contains("重点项目逾期 1 项：信息科 1。"))
    let english = String(decoding: files["bulletin.en.txt"] ?? Data(), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(english.contains("Key projects: 1 item overdue (信息科 1)."))
  }

  @Test(
    "A key project of the settings has its state in the ledger; one that is missing there is told")
  func keyProjects() throws {
    let folder = try PrivateFolder()
    try folder.folder(
      "ours",
      files: [
        "hospital.yaml": """
        name: {zh: 甲, en: A}
        language: en
        key_projects:
          - {name: P1, title: {zh: 中心, en: Liver centre}, leader: 王, acceptance_standard: {zh: 开诊, en: it is open}}
          - {name: P2, title: {zh: 病房, en: New wards}, due_on: 2023-03-31, acceptance_standard: {zh: 启用, en: it is used}}
        """,
        "departments.csv": "id,name\nD1,内科\n", "staff.csv": "id,department_id\nS1,D1\n",
        "projects.csv": "id,department_id,raised_on,due_on\nP1,D1,2023-01-05,2023-05-31\n",
      ])
    let run = try ProgramRun(["report", "ours", "--period", "2023H1"], in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let texts = try WorkbookParts(folder.url.appending(path: "reports/ours/2023H1/half-year.xlsx"))
      .text("xl/sharedStrings.xml")
    for text in [
      "Liver centre", "it is open", "red: 30 days late", "New wards", "not in the ledger",
    ] {
      #expect(texts.contains(">\(text)<"), "\(text)")
    }
  }

  @Test("Of individuals' items a bulletin has numbers and nothing else")
  func discretion() throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/honghu-2021")
    let run = try ProgramRun(
      ["bulletin", workspace.path, "--as-of", "2021-11-30", "--output", "out"], in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let issues = try CSVText.records(
      of: String(contentsOf: workspace.appending(path: "issues.csv"), encoding: .utf8))
    let individual = Set(issues.filter { $0[1] == "individual" }.map { $0[0] })
    #expect(individual.count == 214)
    let text = try String(
      contentsOf: folder.url.appending(path: "out/honghu-2021/bulletin-2021-11-30/bulletin.zh.txt"),
      encoding: .utf8)
    #expect(individual.allSatisfy { !text.contains($0) })
    // At least one item of a department is listed, so that the list is not simply empty.
    let others = issues.dropFirst().map { $0[0] }.filter { !individual.contains($0) }
    #expect(others.contains { text.contains($0) })
  }

  @Test("A bulletin's days")
  func bulletinDays() throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/honghu-2021").path
    let late = try ProgramRun(
      ["bulletin", workspace, "--as-of", "2021-11-30", "--since", "2021-11-30"], in: folder.url)
    #expect(late.exitCode == 64)
    #expect(late.errors.contains("'--since' is a day before '--as-of'"))
  }

  @Test("A phase that is none, and neither phase nor period, are usage errors")
  func phases() throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/honghu-2021").path
    let unknown = try ProgramRun(["report", workspace, "--phase", "thaw"], in: folder.url)
    #expect(unknown.exitCode == 64)
    #expect(unknown.errors.contains("known are 'ice_breaking', 'study'"))
    #expect(try ProgramRun(["report", workspace], in: folder.url).exitCode == 64)
  }

  @Test("Who has not reached a target of each person is named only where it is asked for")
  func named() throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/shijiazhuang-2015").path
    let arguments = ["report", workspace, "--phase", "study", "--output", "out"]
    let period = folder.url.appending(path: "out/shijiazhuang-2015/2015-11-03..2015-11-20")
    #expect(try ProgramRun(arguments, in: folder.url).exitCode == 0)
    #expect(try PrivateFolder.contents(of: period)["persons.csv"] == nil)
    #expect(try ProgramRun(arguments + ["--named"], in: folder.url).exitCode == 0)
    let list = try String(contentsOf: period.appending(path: "persons.csv"), encoding: .utf8)
    let rows = CSVText.records(of: list)
    #expect(rows.count == 2 && rows[1][0] == "managers_study" && rows[1][5] == "8")
    #expect(Double(rows[1][4]).map { $0 < 8 } == true)
    let text = try String(contentsOf: period.appending(path: "summary.zh.txt"), encoding: .utf8)
    #expect(!rows[1][3].isEmpty && !text.contains(rows[1][3]))
  }

  @Test("The heads of departments have their departments' scores, by name where it is asked for")
  func heads() throws {
    let folder = try PrivateFolder()
    let workspace = Self.project.appending(path: "datasets/shiyan-2023").path
    let arguments = ["report", workspace, "--period", "2023H1", "--output", "out", "--named"]
    #expect(try ProgramRun(arguments, in: folder.url).exitCode == 0)
    let period = folder.url.appending(path: "out/shiyan-2023/2023H1")
    let rows = CSVText.records(
      of: try String(contentsOf: period.appending(path: "heads.csv"), encoding: .utf8))
    let heads = rows.dropFirst()
    #expect(rows[0].joined(separator: ",") == "rank,department,staff_id,name,role,score,grade")
    #expect(heads.count == 61 && heads.first?[0] == "1")
    let scores = heads.compactMap { Double($0[5]) }
    #expect(scores.count == 61 && scores == scores.sorted(by: >))
    let staff = CSVText.records(
      of: try String(
        contentsOf: Self.project.appending(path: "datasets/shiyan-2023/staff.csv"), encoding: .utf8)
    )
    let names = Dictionary(staff.map { ($0[0], $0[1]) }) { first, _ in first }
    #expect(heads.allSatisfy { !$0[3].isEmpty && names[$0[2]] == $0[3] })
  }

  private static func path(_ campaign: Campaign) -> String {
    project.appending(path: "datasets/\(campaign.name)").path
  }
}
