import Testing

@testable import Checking

/// Every row of a sheet is exactly one of accepted, rejected and recognised as something else, however
/// the sheet is made.
@Suite("Accounting for every row")
struct RowAccountTests {
  @Test("On sheets of random mess", arguments: 0..<60)
  func randomSheets(seed: Int) throws {
    var random = Mess(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    let sheet = random.sheet()
    let folder = try CheckedFolder([
      "training_sessions.csv": sheet.lines.joined(separator: "\n") + "\n"
    ])
    let outcome = try #require(folder.outcome("training_sessions.csv"))
    #expect(outcome.rowsInFile == sheet.lines.count)
    #expect(outcome.rowsRead + outcome.others.values.reduce(0, +) == sheet.lines.count)
    #expect(outcome.rowsAccepted == sheet.accepted)
    #expect(outcome.rowsRejected == sheet.rejected)
    for (kind, count) in sheet.others { #expect(outcome.others[kind] ?? 0 == count, "\(kind)") }
    #expect(folder.events["training"]?.count == sheet.accepted)
  }

  private struct Sheet {
    var lines: [String] = []
    var accepted = 0
    var rejected = 0
    var others: [SheetLayout.RowKind: Int] = [:]
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
      for _ in 0..<number(4) { add(title: &sheet) }
      let heading = "序号,编号,日期,主办科室,学时,参加人数"
      sheet.lines.append(heading)
      sheet.others[.heading, default: 0] += 1
      for row in 0..<number(30) {
        switch number(10) {
        case 0: add(.blank, pick(["", ",,,,,", " , ,,,,"]), &sheet)
        case 1: add(.heading, heading, &sheet)
        case 2: add(.total, pick(["小计,,,,3,4", "内科,小计,,,1,", "本页合计,,,,,"]), &sheet)
        case 3: add(rejected: row, &sheet)
        default:
          sheet.lines.append(
            "\(row),T\(row),2023-0\(number(6) + 1)-11,\(pick(["D1", "外科"])),1,\(number(9))")
          sheet.accepted += 1
        }
      }
      for _ in 0..<number(3) {
        add(.total, pick(["合计,,,,9,9", "总 计：,,,,1.5,", "Total,,,,2,3", ",合计,,,/,12人"]), &sheet)
      }
      for _ in 0..<number(4) {
        add(.note, pick(["填报人：甲,,,审核人：乙,,", "备注：无,,,,,", "注：以签到为准,,,,,", "（以下空白）,,,,,"]), &sheet)
      }
      return sheet
    }

    private mutating func add(title sheet: inout Sheet) {
      let line = pick(["2023年上半年培训登记表,,,,,", "填报日期：2023年7月1日,,,,,", "", ",,,,,"])
      add(line.first == "2" || line.first == "填" ? .title : .blank, line, &sheet)
    }

    private func add(_ kind: SheetLayout.RowKind, _ line: String, _ sheet: inout Sheet) {
      sheet.lines.append(line)
      sheet.others[kind, default: 0] += 1
    }

    private mutating func add(rejected row: Int, _ sheet: inout Sheet) {
      sheet.lines.append(
        "\(row),"
          + pick([
            ",2023-01-01,D1,,", "R\(row),,D1,,", "R\(row),待定,D1,,", "R\(row),2023-01-01,无,,",
            "R\(row),,,,",
          ]))
      sheet.rejected += 1
    }
  }
}
