import Foundation
import Testing

@Suite("convert")
struct ConvertTests {
  private func convert(_ bytes: [UInt8], _ options: [String] = []) throws -> ProgramRun {
    let folder = try PrivateFolder()
    try Data(bytes).write(to: folder.url.appending(path: "table.xls"))
    return try ProgramRun(["convert", "table.xls"] + options, in: folder.url)
  }

  @Test("Text of any separator comes out as RFC 4180, every row as wide as the widest")
  func text() throws {
    let run = try convert(Array("编号;说明\n1;\"a,b\";x\n\n2;c\"d\n".utf8), ["--raw"])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output == "编号,说明,\r\n1,\"a,b\",x\r\n,,\r\n2,\"c\"\"d\",\r\n")
  }

  @Test("A missing file is 66, what is no table too, a sheet that is not there 64")
  func errors() throws {
    let folder = try PrivateFolder()
    #expect(try ProgramRun(["convert", "none.csv"], in: folder.url).exitCode == 66)
    #expect(try convert(Array("%PDF-1.4".utf8)).exitCode == 66)
    let run = try convert(Array("a,b\n".utf8), ["--sheet", "2"])
    #expect(run.exitCode == 64 && run.output.isEmpty)
    #expect(run.errors.contains("no sheet '2'"))
  }

  @Test("Without --raw: from the heading down, and nothing but records, however ids and names look")
  func records() throws {
    let records = [
      "T1,2023-03-01,内科,note1", "Total2,2023/3/2,外科,x", "2023-1,2023.3.3,小计科,",
      "说明科01,2023-03-04,内科,注：是一行记录", "e1,2023-03-05,内科,", "T7,,内科,",
    ]
    let others = [
      "编号,日期,主办科室,主题", "内科,小计,3,", "内科2,小 计,,3", "Total,,,4", "合 计：,3,,", ",,,", "注1：按签到,,,",
      "example1,2023-03-01,内科,x", "备注：无,,,",
    ]
    // Twice, as what has been seen once is remembered.
    let lines =
      ["登记表,,,", "编号,日期,主办科室,主题"]
      + (0..<2).flatMap { _ in
        zip(records, others).flatMap { [$0, $1] } + others
      }
    let run = try convert(Array(lines.joined(separator: "\n").utf8))
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      run.output.split(separator: "\r\n").map(String.init) == ["编号,日期,主办科室,主题"] + records + records)
  }
}
