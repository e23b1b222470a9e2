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
}
