import Records
import Testing

@testable import Checking

@Suite("Matching headings")
struct HeadingTests {
  private func heading(_ cells: [String], aliases: [String: String] = [:]) -> Heading {
    Heading(
      cells, schema: .departments, aliases: aliases,
      place: SourceLocation(file: "departments.csv", row: 1))
  }

  @Test("Canonical names, Chinese aliases, case, blanks and stars")
  func matching() {
    let found = heading([" ID* ", "科室名称", "党支部", "备注"])
    #expect(found.fields.map(\.role) == [.id, .name, .branch])
    #expect(found.slots == [0, 1, 2, -1])
    #expect(found.missing.isEmpty)
    #expect(found.findings.map(\.code) == [.unusedColumn])
  }

  @Test("The canonical name wins over an alias; the second column of a field is told")
  func repeated() {
    let found = heading(["编号", "name", "id"])
    #expect(found.titles == ["name", "id"] || found.titles == ["id", "name"])
    #expect(found.slots[0] == -1)
    #expect(found.findings.map(\.code) == [.repeatedColumn])
  }

  @Test("A workspace's own headings are known; a missing column is told")
  func workspaceAliases() {
    let found = heading(["id", "单位"], aliases: ["单位": "name"])
    #expect(found.missing.isEmpty)
    #expect(heading(["id"]).findings.map(\.code) == [.missingColumn])
  }
}
