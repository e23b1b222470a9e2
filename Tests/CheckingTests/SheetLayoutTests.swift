import Records
import Testing

@testable import Checking

@Suite("Sheets as clerks make them")
struct SheetLayoutTests {
  private static let file = "training_sessions.csv"

  private func read(_ text: String) throws -> CheckedFolder {
    try CheckedFolder([SheetLayoutTests.file: text])
  }

  @Test("Titles, a repeated heading, blank rows, totals, notes and signatures are no records")
  func messySheet() throws {
    let sheet = try read(
      """
      2023年上半年集中培训登记表,,,,
      填报科室：内科,,,填报日期：2023-07-01,

      编号,日期,主办科室,学时,参加人数
      T1,2023-03-01,内科,2,10
      T2,2023-03-02,外科,1.5,20
      小计,,,3.5,30
      编号,日期,主办科室,学时,参加人数
      T3,2023-03-03,内科,1,5
      T4,,内科,1,5
      ,,,,
      合 计,,,5.5,40
      备注：T2 为线上培训,,,,
      填报人：张三,,审核：李四,,
      注1：人数以签到为准。,,,,
      以上数据截至2023年6月30日。,,,,
      """)
    let outcome = try #require(sheet.outcome(SheetLayoutTests.file))
    #expect(outcome.rowsRead == 4)
    #expect(outcome.rowsRejected == 1)
    #expect(outcome.others == [.title: 2, .heading: 2, .blank: 2, .total: 2, .note: 4])
    #expect(outcome.rowsInFile == 16)
    #expect(sheet.events["training"]?.count == 3)
    #expect(sheet.found(SheetLayoutTests.file) == ["10 missing_value"])
  }

  @Test("Totals that disagree are told with both numbers; subtotals begin anew")
  func totals() throws {
    let sheet = try read(
      """
      编号,日期,主办科室,学时,参加人数
      T1,2023-03-01,内科,2,10
      T2,2023-03-02,内科,1.25,20
      内科,小计,,3,30
      T3,2023-03-03,外科,1,5
      T3,2023-03-03,外科,1,5
      外科,小计,,2,10
      总计,,,6,40
      """)
    #expect(
      sheet.found(SheetLayoutTests.file) == [
        "4 total_differs", "6 duplicate_id", "8 total_differs",
      ])
    let differing = sheet.checker.findings.sorted.filter { $0.code == .totalDiffers }
    #expect(differing.map(\.value) == ["3", "6"])
    #expect(differing.map(\.detail) == ["3.25", "5.25"])
    #expect(differing.map(\.location.column) == ["学时", "学时"])
  }

  @Test(
    "A row that merely lacks something is rejected",
    arguments: [
      "T1,,内科,1,5", ",2023-03-01,内科,1,5", "T1,,,,", "T1,2023-03-01,合计,1,5",
      "合计,2023-03-01,无此科室,1,5",
      "备注,2023-03-01,无此科室,,", "T1,,内科,合计,", "内科-1,,,,", "5,,,合计,", "说明会,,内科,2,10", "合肥路门诊,,,1,2",
    ])
  func rejected(row: String) throws {
    let sheet = try read("编号,日期,主办科室,学时,参加人数\n\(row)\n")
    let outcome = try #require(sheet.outcome(SheetLayoutTests.file))
    // A word for a total does make a total where nothing but numbers follows it.
    #expect(outcome.rowsRejected == 1, "\(outcome.others)")
  }

  @Test("The number of departments below their list is no department; one called 合肥 is")
  func departmentTotal() throws {
    let folder = try CheckedFolder([
      "departments.csv": "科室编号,科室名称\nD1,内科\nD2,合肥\n合计,2\n",
      "staff.csv": "id,department_id\nS1,D1\n合计,\n",
    ])
    #expect(folder.departments?.all.map(\.id) == ["D1", "D2"])
    #expect(folder.outcome("departments.csv")?.others[.total] == 1)
    #expect(folder.outcome("staff.csv")?.others[.total] == 1)
  }

  @Test("Headings of two rows: groups above the columns, merged or not")
  func groups() throws {
    let ledger = """
      问题整改台账,,,,,
      编号,责任科室,提出日期,整改,,
      ,,,措施,时限,责任人
      1,内科,2023-03-01,每周查房,2023-03-31,甲
      """
    let plain = try CheckedFolder(["issues.csv": ledger])
    #expect(plain.items["issues"]?.map(\.hasMeasure) == [true])
    #expect(plain.items["issues"]?.map { $0.due } == [try #require(Day("2023-03-31")).number])
    #expect(plain.outcome("issues.csv")?.others == [.title: 1, .heading: 2, .blank: 0])
    let merged = ledger.replacing("\n,,,措施", with: "\n编号,责任科室,提出日期,措施")
    let filled = try CheckedFolder(["issues.csv": merged])
    #expect(filled.items["issues"]?.count == 1)
    #expect(filled.outcome("issues.csv")?.others == [.title: 1, .heading: 2, .blank: 0])
  }

  @Test("The first row stays the heading where no later one says more, known or not")
  func plainTables() throws {
    let unknown = try read("a,b,c\n1,2,3\n日期,x,y\n")
    #expect(unknown.outcome(SheetLayoutTests.file)?.rowsRead == 2)
    #expect(unknown.outcome(SheetLayoutTests.file)?.others[.title] == 0)
    let known = try read("id,date,department_id,\nid,日期,x,y\n")
    #expect(known.outcome(SheetLayoutTests.file)?.rowsRejected == 1)
  }

  @Test("One file a department: their union, each row with its place, ids compared across them")
  func folderOfFiles() throws {
    let folder = try CheckedFolder([
      "training_sessions/内科.csv": "编号,日期,学时\nT1,2023-03-01,1\nT2,2023-03-02,2\n",
      "training_sessions/2023上半年-外科.csv":
        "填报科室：外科\n编号,日期,参加人数\nT3,2023-03-01,4\nT1,2023-03-04,1\n",
      "training_attendance/内科.csv": "编号,工号\nT1,S1\nT1,S2\n",
      "training_attendance/外科.csv": "工号,编号\nS3,T3\nS2,T1\nS1,T2\n",
    ])
    let events = try #require(folder.events["training"])
    #expect(events.all.map(\.department) == [1, 1, 0])
    #expect(folder.participations["training"]?.count == 4)
    #expect(folder.found("training_sessions/内科.csv") == ["2 duplicate_id"])
    #expect(folder.found("training_attendance/外科.csv") == ["3 duplicate_participation"])
    let id = folder.checker.findings.sorted.first { $0.code == .duplicateId }
    #expect(id?.detail == "training_sessions/2023上半年-外科.csv")
    let repeated = folder.checker.findings.sorted.first { $0.code == .duplicateParticipation }
    #expect(repeated?.detail == "3; training_attendance/内科.csv")
    #expect(folder.checker.outcomes.map(\.rowsRead) == [3, 3, 2, 2, 2, 3])
  }

  @Test("The department of a file is not guessed where names disagree or fit nothing")
  func unclearFiles() throws {
    let folder = try CheckedFolder([
      "training_sessions/内科.csv": "科室：外科\n编号,日期\nT1,2023-03-01\n",
      "training_sessions/培训.csv": "编号,日期\nT2,2023-03-01\n",
    ])
    #expect(folder.events["training"]?.count == 0)
    #expect(folder.found("training_sessions/培训.csv") == ["1 missing_column", "2 missing_value"])
    #expect(folder.found("training_sessions/内科.csv") == ["2 missing_column", "3 missing_value"])
  }

  @Test("A file sent twice is read once; a corrected one beside the old one is told, not guessed")
  func repeatedFiles() throws {
    let text = "编号,日期,主办科室\nT1,2023-03-01,内科\nT2,2023-03-02,内科\n"
    let folder = try CheckedFolder([
      "training_sessions/内科.csv": text, "training_sessions/内科 - 副本.csv": text,
      "training_sessions/内科（更正）.csv": text.replacing("03-02", with: "03-05"),
    ])
    #expect(folder.events["training"]?.count == 2)
    let codes = folder.checker.findings.sorted.filter { $0.severity == .warning }
    #expect(codes.map(\.code) == [.repeatedFile, .correctedFile])
    #expect(
      codes.map(\.location.file) == ["training_sessions/内科.csv", "training_sessions/内科（更正）.csv"])
    #expect(
      codes.last?.detail == "2; training_sessions/内科 - 副本.csv; training_sessions/内科（更正）.csv")
  }

  @Test("Running numbers that begin anew in each file or sheet are no ids, and told as that")
  func runningNumbers() throws {
    let rows = { (day: Int) in "序号,提出日期,责任科室\n1,2023-03-0\(day),内科\n2,2023-03-0\(day),外科\n" }
    let folder = try CheckedFolder(["issues/内科.csv": rows(1), "issues/外科.csv": rows(2)])
    #expect(folder.items["issues"]?.count == 2)
    let found = folder.checker.findings.sorted.filter { $0.location.file == "issues/外科.csv" }
    #expect(found.map(\.code) == [.runningNumbers, .duplicateId, .duplicateId])
    #expect(found.first?.detail == "2; issues/内科.csv")
  }
}
