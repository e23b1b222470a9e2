import Checking
import Composing
import Records
import ReportModel
import Testing

@Suite("Who has reported, in the report")
struct ReportingTests {
  /// Training came from D1 in time and from D2 late; D3 has no record, but sent everything in time.
  private static let register = """
    department_id,source,period,received_on
    D1,training,2023H1,2023-07-03
    D1,training,2023H1,2023-07-20
    D2,training,2023H1,2023-07-06
    D3,全部,2023H1,2023-07-05
    D1,safety,2022H2,2023-01-01

    """

  private func report(
    _ language: Language, register: String = register, audience: Audience = .office
  ) throws -> Report {
    var files = SampleWorkspace.files
    files["submissions.csv"] = register
    files["hospital.yaml"] = (files["hospital.yaml"] ?? "") + "\nsubmission: {due_days: 5}\n"
    let facts = try SampleWorkspace.facts(files).circulated(to: audience, threshold: 5)
    return Composer(facts: facts, language: language).report()
  }

  private func texts(_ table: Table?) -> [[String]] {
    (table?.rows ?? []).map { row in
      row.map { cell in
        switch cell {
        case .text(let text), .blank(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        }
      }
    }
  }

  @Test("Rate and timeliness of each source; the register counts as a report")
  func bySource() throws {
    let table = try report(.english).table("quality_reporting")
    let third = "\(1.0 / 3)"
    let twoThirds = "\(2.0 / 3)"
    #expect(
      texts(table) == [
        ["Training", "3", "3", "0", "1.0", "2", "1", twoThirds],
        ["Issues", "3", "2", "1", twoThirds, "1", "0", third],
        ["Safety rounds", "3", "2", "1", twoThirds, "1", "0", third],
      ])
  }

  @Test("Rate and timeliness of each department that lacks something or was late")
  func byDepartment() throws {
    let table = try report(.chinese).table("quality_gaps")
    #expect(
      texts(table) == [
        ["急诊科", "2", "1", "0.5", "2", "1", "0.5", "安全巡查", "无", "有记录"],
        ["检验科", "2", "2", "1.0", "2", "0", "0.0", "无", "集中学习培训 2023-07-06", "无记录"],
      ])
  }

  @Test("Of a source that the register has not, nothing is said of time")
  func partialRegister() throws {
    let training = ReportingTests.register.split(separator: "\n").filter { !$0.contains("全部") }
    let report = try report(.english, register: training.joined(separator: "\n") + "\n")
    let lines = texts(report.table("quality_reporting"))
    #expect(lines.map { $0[7] } == ["\(1.0 / 3)", "–", "–"])
    #expect(
      report.prose.contains("all departments): Training 33.3%; late: 1 (检验科)."), "\(report.prose)")
    #expect(texts(report.table("quality_gaps")).map { $0[4] } == ["1", "1", "1"])
  }

  @Test("The text names who has not reported and who was late")
  func text() throws {
    let report = try report(.chinese)
    #expect(report.prose.contains("安全巡查：应报 3 个科室，已报 2 个；未报送 1 个：急诊科。"))
    #expect(
      report.prose.contains(
        "报送及时率（不晚于 2023-07-05 收到的科室 ÷ 全部科室）：集中学习培训 66.7%、安全巡查 33.3%；逾期科室 1 个：检验科。"))
  }

  @Test("The public is told numbers, and no names")
  func publicReport() throws {
    let report = try report(.chinese, audience: .public)
    #expect(report.prose.contains("逾期科室 1 个：名单从略"))
    #expect(report.table("quality_gaps") == nil)
    #expect(report.table("quality_reporting")?.rows.count == 3)
  }

  @Test("Without a register nothing is said of time, but why")
  func withoutRegister() throws {
    let facts = try SampleWorkspace.facts()
    let report = Composer(facts: facts, language: .chinese).report()
    #expect(report.table("quality_reporting")?.columns.count == 5)
    #expect(!report.prose.contains("及时率"))
    let notes = report.sections.flatMap(\.notes)
    #expect(notes.contains { $0.contains("没有本期的报送登记（submissions.csv），及时率无从计算") })
  }

  @Test("Rows of every file add up to all its rows")
  func rows() throws {
    var files = SampleWorkspace.files
    files["training_sessions.csv"] =
      "登记表,,,,,\n\n" + (files["training_sessions.csv"] ?? "") + "\n合计,,,,7.5,\n备注：无,,,,,\n"
    let facts = try SampleWorkspace.facts(files)
    let table = try #require(
      Composer(facts: facts, language: .chinese).report().table("quality_files"))
    #expect(
      table.columns.map(\.heading)
        == ["文件", "读取", "采用", "剔除", "剔除占比", "标题", "表头", "空行", "说明", "合计行", "全部行"])
    let lines = texts(table)
    let line = try #require(lines.first { $0[0] == "training_sessions.csv" })
    #expect(line == ["training_sessions.csv", "6", "6", "0", "0.0", "1", "1", "1", "1", "1", "11"])
    for line in lines
      + texts(Table(id: "", title: "", columns: table.columns, rows: [table.total ?? []]))
    {
      let numbers = line.map { Int($0) ?? 0 }
      #expect(numbers[1] == numbers[2] + numbers[3])
      #expect(numbers[1] + numbers[5...9].reduce(0, +) == numbers[10])
    }
  }
}
