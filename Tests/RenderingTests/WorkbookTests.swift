import Glibc
import Records
import Rendering
import ReportModel
import Testing

@Suite("Workbook")
struct WorkbookTests {
  let folder = WorkbookFolder()

  @Test("a rich report keeps its sheets, tables, bars and charts")
  func parts() throws {
    let file = try folder.write(SampleReport.chinese())
    if let keep = getenv("HALFYEAR_KEEP_WORKBOOK") {
      _ = try WorkbookRenderer().write(
        SampleReport.chinese(), to: String(cString: keep), temporaryFolder: folder.path)
    }
    let book = WorkbookFolder.part("xl/workbook.xml", of: file)
    for name in ["目录", "主要指标", "科室", "各月"] { #expect(book.contains("name=\"\(name)\"")) }
    #expect(folder.files == ["a.xlsx"])
  }
}
