import Testing

@testable import Checking
@testable import SheetBuilding

/// Every row of a sheet is exactly one of accepted, rejected and recognised as something else, however
/// the sheet is made and whatever kind of file it comes as.
@Suite("Accounting for every row")
struct RowAccountTests {
  @Test("On sheets of random mess", arguments: SheetForm.allCases, 0..<24)
  func randomSheets(form: SheetForm, seed: Int) throws {
    var random = Mess(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    var sheet = random.sheet()
    // A workbook has no rows behind the last one that holds something.
    if form != .commaText { sheet.removeBlankEnd() }
    let file = "training_sessions.\(form.ending)"
    let bytes = form.bytes(sheet.lines.map(\.cells)) { row in
      row < sheet.lines.count - 1 && (row &* 7 &+ seed) % 3 > 0
    }
    let folder = try CheckedFolder(contents: [file: bytes])
    let outcome = try #require(folder.outcome(file), "\(folder.checker.findings.sorted)")
    #expect(outcome.rowsInFile == sheet.lines.count)
    #expect(outcome.rowsRead + outcome.others.values.reduce(0, +) == sheet.lines.count)
    #expect(outcome.rowsAccepted == sheet.count(.accepted))
    #expect(outcome.rowsRejected == sheet.count(.rejected))
    for kind in SheetLayout.RowKind.allCases {
      #expect(outcome.others[kind] ?? 0 == sheet.count(.other(kind)), "\(kind)")
    }
    #expect(folder.events["training"]?.count == sheet.count(.accepted))
  }

  private enum Fate: Hashable {
    case accepted, rejected
    case other(SheetLayout.RowKind)
  }

  private struct Sheet {
    var lines: [(fate: Fate, cells: [String])] = []

    func count(_ fate: Fate) -> Int { lines.count { $0.fate == fate } }

    mutating func add(_ fate: Fate, _ line: String) {
      lines.append(
        (fate, line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)))
    }

    mutating func removeBlankEnd() {
      while lines.last?.fate == .other(.blank) { lines.removeLast() }
    }
  }

  private struct Mess {
    var state: UInt64

    mutating func number(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }

    mutating func pick(_ choices: [String]) -> String { choices[number(choices.count)] }

    mutating func sheet() -> Sheet {
      var sheet = Sheet()
      for _ in 0..<number(4) { addTitle(&sheet) }
      let heading = "序号,编号,日期,主办科室,学时,参加人数"
      sheet.add(.other(.heading), heading)
      for row in 0..<number(30) {
        switch number(10) {
        case 0: sheet.add(.other(.blank), pick(["", ",,,,,", " , ,,,,"]))
        case 1: sheet.add(.other(.heading), heading)
        case 2: sheet.add(.other(.total), pick(["小计,,,,3,4", "内科,小计,,,1,", "本页合计,,,,,"]))
        case 3: addRejected(row, &sheet)
        default:
          let day = "2023-0\(number(6) + 1)-11"
          sheet.add(.accepted, "\(row),T\(row),\(day),\(pick(["D1", "外科"])),1,\(number(9))")
        }
      }
      for _ in 0..<number(3) {
        sheet.add(
          .other(.total), pick(["合计,,,,9,9", "总 计：,,,,1.5,", "Total,,,,2,3", ",合计,,,/,12人"]))
      }
      for _ in 0..<number(4) {
        sheet.add(
          .other(.note), pick(["填报人：甲,,,审核人：乙,,", "备注：无,,,,,", "注：以签到为准,,,,,", "（以下空白）,,,,,"]))
      }
      return sheet
    }

    private mutating func addTitle(_ sheet: inout Sheet) {
      let line = pick(["2023年上半年培训登记表,,,,,", "填报日期：2023年7月1日,,,,,", "", ",,,,,"])
      sheet.add(.other(line.first == "2" || line.first == "填" ? .title : .blank), line)
    }

    private mutating func addRejected(_ row: Int, _ sheet: inout Sheet) {
      let line = pick([
        ",2023-01-01,D1,,", "R\(row),,D1,,", "R\(row),待定,D1,,", "R\(row),2023-01-01,无,,",
        "R\(row),,,,",
      ])
      sheet.add(.rejected, "\(row)," + line)
    }
  }
}
