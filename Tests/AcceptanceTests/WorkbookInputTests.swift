import Foundation
import Testing

/// Whatever form the inputs come in, the figures are the same.
@Suite("Inputs in other forms")
struct WorkbookInputTests {
  private static let issues = [
    ["编号", "责任科室", "提出日期", "整改措施"], ["I1", "D1", "2023-01-01", "甲; 乙"],
    ["I2", "D2", "2023-02-03", ""],
  ]

  private func statistics(_ name: String, _ issues: Data) throws -> (String, String) {
    let folder = try PrivateFolder()
    let input = try folder.folder(
      "w",
      files: [
        "hospital.yaml": HandWorkedCase.yaml, "departments.csv": HandWorkedCase.twoDepartments,
        "staff.csv": HandWorkedCase.threePeople,
      ])
    try issues.write(to: input.appending(path: name))
    let run = try ProgramRun(
      ["report", "w", "--period", "2023H1", "--output", "out"], in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let report = folder.url.appending(path: "out/w/2023H1")
    return (
      try String(contentsOf: report.appending(path: "statistics.csv"), encoding: .utf8),
      try String(contentsOf: report.appending(path: "manifest.json"), encoding: .utf8)
    )
  }

  @Test("Semicolons in GB18030, UTF-16 with tabs, a web page and XML under the name .xls")
  func forms() throws {
    let plain = Self.issues.map { $0.joined(separator: ",") }.joined(separator: "\n")
    let expected = try statistics("issues.csv", Data(plain.utf8)).0
    #expect(expected.contains("issues.raised,"))
    let quoted = Self.issues.map { row in
      row.map { $0.contains(";") ? "\"\($0)\"" : $0 }.joined(separator: ";")
    }.joined(separator: "\r\n")
    let gb18030 = String.Encoding(rawValue: 0x8000_0632)
    let rows = Self.issues.map { "<tr><td>\($0.joined(separator: "<td>"))</tr>" }.joined()
    let cells = Self.issues.map { row in
      "<Row>\(row.map { "<Cell><Data ss:Type='String'>\($0)</Data></Cell>" }.joined())</Row>"
    }
    let xml =
      "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"
      + "<Worksheet ss:Name='一'><Table>\(cells.joined())</Table></Worksheet></Workbook>"
    let forms: [(String, Data?)] = [
      ("issues.csv", quoted.data(using: gb18030)),
      (
        "issues.TSV",
        Self.issues.map { $0.joined(separator: "\t") }.joined(separator: "\n").data(using: .utf16)
      ),
      ("issues.xls", "<html><table>\(rows)</table></html>".data(using: .utf8)),
      ("issues.xls", xml.data(using: .utf8)),
    ]
    for (name, data) in forms {
      #expect(try statistics(name, #require(data)).0 == expected, "\(name)")
    }
  }

  @Test("One broken file among a department's others is a finding, and the report says so")
  func broken() throws {
    let folder = try PrivateFolder()
    let input = try folder.folder(
      "w",
      files: [
        "hospital.yaml": HandWorkedCase.yaml, "departments.csv": HandWorkedCase.twoDepartments,
        "staff.csv": HandWorkedCase.threePeople,
      ])
    try folder.folder(
      "w/issues",
      files: [
        "a.csv": "id,department_id,raised_on\nI1,D1,2023-01-01\n", "b.xlsx": "PK\u{3}\u{4}broken",
      ])
    let run = try ProgramRun(["check", "w"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains("issues/b.xlsx: error: [unreadable_file]"))
    #expect(run.output.contains("文件不完整"))
    #expect(run.output.contains("issues/a.csv: 1 = 1 + 0"))
    #expect(FileManager.default.fileExists(atPath: input.path))
  }

  @Test("convert leaves out titles, totals and notes; --raw leaves out nothing")
  func convert() throws {
    let folder = try PrivateFolder()
    let text = """
      培训登记表;;
      填报科室：内科;;
      编号;日期;学时
      T1;2023-06-05; 1,5

      T2;2023-06-06;2
      合计;;3.5
      备注：无;;
      """
    try Data(text.utf8).write(to: folder.url.appending(path: "t.txt"))
    let run = try ProgramRun(["convert", "t.txt"], in: folder.url)
    #expect(run.output == "编号,日期,学时\r\nT1,2023-06-05,\"1,5\"\r\nT2,2023-06-06,2\r\n")
    let raw = try ProgramRun(["convert", "t.txt", "--raw"], in: folder.url)
    #expect(raw.output.split(separator: "\r\n").count == 8)
    #expect(raw.output.hasPrefix("培训登记表,,\r\n"))
  }
}
