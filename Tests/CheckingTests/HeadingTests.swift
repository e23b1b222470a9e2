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
    // The fourth column has no field; it is looked at only to tell a note from a record.
    #expect(found.slots == [0, 1, 2, 3])
    #expect(found.fields.count == 3)
    #expect(found.missing.isEmpty)
    #expect(found.findings.map(\.code) == [.unusedColumn])
  }

  @Test("The canonical name wins over an alias; the second column of a field is told")
  func repeated() {
    let found = heading(["编号", "name", "id"])
    #expect(found.fields.map(\.name) == ["name", "id"])
    #expect(found.slots == [2, 0, 1])
    #expect(found.findings.map(\.code) == [.repeatedColumn])
  }

  @Test("A workspace's own headings are known; a missing column is told")
  func workspaceAliases() {
    let found = heading(["id", "单位"], aliases: ["单位": "name"])
    #expect(found.missing.isEmpty)
    #expect(heading(["id"]).findings.map(\.code) == [.missingColumn])
  }

  @Test("What brackets say behind a heading is left aside, unless it is another unit")
  func remarks() {
    let cells = ["编号", "日期（年-月-日）", "主办科室(名称)", "学时（小时）", "参加人数(人)"]
    let sessions = Source.standard[0].records
    let place = SourceLocation(file: "training_sessions.csv", row: 1)
    let found = Heading(cells, schema: sessions, aliases: [:], place: place)
    #expect(found.fields.map(\.role) == [.id, .date, .department, .hours, .participants])
    let minutes = Heading(["编号", "学时（分钟）"], schema: sessions, aliases: [:], place: place)
    #expect(minutes.slot(.hours) == nil)
  }
}
