import Foundation
import Reading
import Records
import Testing

@Suite("Web pages and XML under the name of a workbook")
struct MarkupTests {
  @Test("A page's table: end tags left out, blanks, entities, cells over rows and columns")
  func page() throws {
    let file = try TextFile(
      """
      <!DOCTYPE html><html><head><meta charset="utf-8"><style>td {mso: "<td>"}</style></head>
      <body><TABLE border=1><tr><th rowspan="2">科室<th colspan=2>学 &amp; 时</tr>
      <tr><td>一<br>二</td><td> 3&nbsp;</td>
      <!-- <tr><td>no</td></tr> --><tr style="display: none"><td>内科<td>&#x31;&lt;2<td>
      </table></body></html>
      """)
    #expect(
      try file.rows() == [["科室", "学 & 时"], ["科室", "一\n二", "3"], ["内科", "1<2", ""]])
    #expect(try file.rows(fillsMerged: false)[1] == ["", "一\n二", "3"])
    #expect(try file.remarks() == [.hiddenRows(3...3)])
  }

  @Test("Each table is a sheet; one inside a cell is part of that")
  func tables() throws {
    let file = try TextFile(
      "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table><table><tr><td>c</table>"
    )
    #expect(try InputFile.tables(in: file.path).map(\.sheet) == ["1", "2"])
    #expect(try file.rows() == [["ab"]])
    #expect(try file.rows(sheet: 1) == [["c"]])
  }

  @Test("A page of beginnings without ends is read in no time")
  func endless() throws {
    let page = "<table><tr><td>a</td></tr>" + String(repeating: "<a", count: 500_000)
    #expect(try TextFile(page).rows() == [["a"]])
  }

  @Test("A page in GBK")
  func encoded() throws {
    let head = Array("<html><table><tr><td>".utf8)
    let file = try TextFile(head + [0xC4, 0xDA, 0xBF, 0xC6] + Array("</td></tr></table>".utf8))
    #expect(try file.rows() == [["内科"]])
  }

  @Test("A page without a table is refused")
  func empty() throws {
    #expect(throws: ReadingError.fault(.noSheet)) { try TextFile("<html><p>x</p></html>").rows() }
  }

  @Test("XML of Excel 2003: kinds of values, places, merged cells, hidden sheets")
  func spreadsheetML() throws {
    let file = try TextFile(
      """
      <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
      <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
       xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
      <Worksheet ss:Name="一"><Table>
      <Row><Cell ss:MergeDown="2"><Data ss:Type="String">甲 &amp; 乙</Data></Cell>
      <Cell ss:Index="3"><Data ss:Type="Number">0.30000000000000004</Data></Cell></Row>
      <Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="DateTime">2023-06-05T00:00:00.000</Data></Cell>
      <Cell ss:MergeAcross="1"><Data ss:Type="Boolean">1</Data></Cell><Cell ss:Formula="=1"/></Row>
      </Table></Worksheet>
      <Worksheet ss:Name="二"><Table><Row><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row></Table>
      <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>
      """)
    #expect(
      try file.rows() == [["甲 & 乙", "", "0.3"], [""], ["甲 & 乙", "2023-06-05", "TRUE"]])
    #expect(
      try file.remarks() == [.formulaWithoutValue(row: 3, column: 4), .hiddenRows(3...3)])
    #expect(try InputFile.tables(in: file.path).map(\.isHidden) == [false, true])
    #expect(try file.rows(sheet: 1) == [["#N/A"]])
  }
}
