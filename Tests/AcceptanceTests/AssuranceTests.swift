import Foundation
import Testing

@Suite("Whether targets will be met, month by month")
struct AssuranceTests {
  /// Each month of two years has 20 items due, of which 14 and 15 in turn are closed in time: limits of 59 to 86 %.
  private static func files(_ targets: String) -> [String: String] {
    var issues = "id,department_id,raised_on,due_on,closed_on\n"
    for month in 0..<24 {
      let (year, number) = (2022 + month / 12, month % 12 + 1)
      let text = "\(year)-\(number < 10 ? "0" : "")\(number)"
      for item in 0..<20 {
        let closed = item < 14 + month % 2 ? "\(text)-20" : ""
        issues += "\(text)-\(item),D\(item % 4 + 1),\(text)-01,\(text)-25,\(closed)\n"
      }
    }
    return [
      "hospital.yaml": HandWorkedCase.yaml + "targets:\n" + targets, "issues.csv": issues,
      "departments.csv": "id,name\nD1,甲科\nD2,乙科\nD3,丙科\nD4,丁科\n",
      "staff.csv": HandWorkedCase.threePeople,
    ]
  }

  @Test("Limits within, outside and on both sides of what is asked for", arguments: ["zh", "en"])
  func verdicts(language: String) throws {
    let folder = try PrivateFolder()
    var files = Self.files(
      """
        - {name: easy, title: {zh: 宽, en: Easy}, metric: issues.due_met_rate, at_least: 50%}
        - {name: hard, title: {zh: 严, en: Hard}, metric: issues.due_met_rate, at_least: 95%}
        - {name: near, title: {zh: 近, en: Near}, metric: issues.due_met_rate, at_least: 75%}
        - {name: rate, title: {zh: 另, en: Other}, metric: issues.closure_rate, at_least: 99%}

      """)
    files["hospital.yaml"]! += "language: \(language)\n"
    try folder.folder("ours", files: files)
    let run = try ProgramRun(["report", "ours", "--period", "2023H2"], in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let issued = try PrivateFolder.contents(of: folder.url.appending(path: "reports/ours/2023H2"))
    let page = String(decoding: try #require(issued["index.html"]), as: UTF8.self)
    let words =
      language == "zh"
      ? ["稳定达标", "不改变做不到", "时达时不达"]
      : ["target will be met", "target will not be met without change", "hit or miss"]
    for word in words { #expect(page.contains(word), "\(word)") }
    // Of the text only what will not be met; a month's closure rate is another thing than the half-year's.
    let chinese = String(decoding: try #require(issued["summary.zh.txt"]), as: UTF8.self)
    #expect(chinese.contains("严：最近 24 个月的波动全在要求（不低于 95.0%）之外，不改变做不到"))
    #expect(chinese.contains("不改变做不到") && !chinese.contains("另：最近"))
    let english = String(decoding: try #require(issued["summary.en.txt"]), as: UTF8.self)
    #expect(
      english.replacing("\n", with: " ").contains(
        "Hard: all of the fluctuation of the last 24 months"))
    let staff = try ProgramRun(
      ["report", "ours", "--period", "2023H2", "--audience", "staff"], in: folder.url)
    #expect(staff.exitCode == 0)
    let circulated = try PrivateFolder.contents(
      of: folder.url.appending(path: "reports/ours/2023H2-staff"))
    let open = String(decoding: try #require(circulated["index.html"]), as: UTF8.self)
    #expect(!open.contains(words[2]))
  }
}
