import Records
import Testing

@testable import Checking

@Suite("Names as they are meant")
struct NearNamesTests {
  private static let departments = """
    id,name,aliases
    D1,心血管内科,心内科
    D2,神经内科,Neurology
    D3,骨伤科（一）,
    D4,内科,
    D5,外科,
    1-6,院办公室,
    d1,检验科,

    """

  private func read(_ names: [String]) throws -> CheckedFolder {
    let rows = names.enumerated().map { "I\($0),\($1),2023-01-01\n" }.joined()
    return try CheckedFolder([
      "departments.csv": NearNamesTests.departments,
      "staff.csv": "id,name,department_id\nS1,张晓明,D1\nS2,欧阳 娜,D1\nS3,王伟,D2\n",
      "issues.csv": "id,department_id,raised_on\n" + rows,
      "hospital.yaml": "name: 市医院\naliases:\n  D2: [神内]\n",
    ])
  }

  @Test("Blanks, full width, brackets and the case of names do not matter")
  func folded() throws {
    let names = ["心血管 内科", "心 内 科", "ＮＥＵＲＯＬＯＧＹ", "neurology", "骨伤科(一)", "Ｄ２", "神内", "1－6"]
    let folder = try read(names)
    let found = folder.items["issues"]?.map(\.department).sorted()
    #expect(found == [0, 0, 1, 1, 1, 1, 2, 5])
  }

  @Test("Ids that differ by case stay apart; nothing near is taken for the thing itself")
  func neverGuessed() throws {
    let folder = try read(["D1", "d1", "d2", "心血管外科", "神经内", "肝科"])
    #expect(folder.items["issues"]?.map(\.department).sorted() == [0, 6])
    #expect(folder.found("issues.csv").count == 4)
  }

  @Test("Near misses are named, with the line that makes them known")
  func suggestions() throws {
    let folder = try read(["心血管外科", "神经内科病区", "神经科", "办公室", "院办公事", "肝科"])
    let details = folder.checker.findings.sorted.filter { $0.code == .unknownReference }.map(
      \.detail)
    #expect(
      details == [
        "心血管内科 (D1)\tD1: [心血管外科]", "神经内科 (D2)\tD2: [神内, 神经内科病区]",
        "神经内科 (D2)\tD2: [神内, 神经科]", "院办公室 (1-6)\t'1-6': [办公室]",
        "院办公室 (1-6)\t'1-6': [院办公事]", "",
      ])
  }

  @Test("The line is learnt as it is printed")
  func learnt() throws {
    let line = "D1: [心血管外科, 'a: b']"
    let folder = try CheckedFolder([
      "departments.csv": NearNamesTests.departments, "staff.csv": "id,department_id\nS1,D1\n",
      "issues.csv": "id,department_id,raised_on\n1,心血管外科,2023-01-01\n2,a: b,2023-01-01\n",
      "hospital.yaml": "name: 市医院\naliases:\n  \(line)\n",
    ])
    #expect(folder.items["issues"]?.count == 2)
    let department = Department(id: "D1", name: "x", settingsAliases: ["心血管外科"])
    #expect(AliasLine.text(of: department, learning: "a: b") == line)
  }

  @Test("People by name with blanks; near names are told, short ones are not")
  func people() throws {
    let folder = try CheckedFolder([
      "departments.csv": NearNamesTests.departments,
      "staff.csv": "id,name,department_id\nS1,张晓明,D1\nS2,欧阳 娜,D1\nS3,王伟,D2\n",
      "drills.csv": "id,date,department_id\nE1,2023-01-01,D1\n",
      "drill_participation.csv": "drill_id,staff_id\nE1,张 晓明\nE1,欧阳娜\nE1,张小明\nE1,王炜\n",
    ])
    #expect(folder.participations["drills"]?.count == 2)
    let details = folder.checker.findings.sorted.filter { $0.code == .unknownReference }.map(
      \.detail)
    #expect(details == ["张晓明", ""])
  }

  @Test("What is near is what comparing with every name finds", arguments: 0..<20)
  func agreement(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    func text(_ kind: NameDistance.Kind) -> String {
      let letters = Array("心内外骨")
      let stem = String((0..<random(5)).map { _ in letters[random(4)] })
      return stem + (kind == .people ? "" : ["", "科", "病区", "室", "中心"][random(5)])
    }
    for kind in [NameDistance.Kind.departments, .people] {
      let entries = (0..<60).map { number in
        NearNames.Entry(
          index: Int32(number), ids: [], names: (0...random(2)).map { _ in text(kind) })
      }
      let near = NearNames(kind)
      for _ in 0..<100 {
        let wrong = text(kind)
        let expected = entries.compactMap { entry in
          entry.names.compactMap { kind.distance(wrong, $0) }.min().map { ($0, entry.index) }
        }.sorted { $0 < $1 }.prefix(3).map(\.1)
        #expect(near.nearest(to: wrong) { entries } == expected, "\(wrong)")
      }
    }
  }

  @Test(
    "One character replaced, missing or added",
    arguments: [
      ("abc", "abd", true), ("abc", "ab", true), ("abc", "bc", true), ("abc", "axbc", true),
      ("abc", "abc", false), ("abc", "acb", false), ("abc", "a", false), ("", "a", true),
    ])
  func edits(left: String, right: String, isOne: Bool) {
    #expect(NameDistance.isOneEdit(Array(left), Array(right)) == isOne)
    #expect(NameDistance.isOneEdit(Array(right), Array(left)) == isOne)
  }
}
