import Foundation
import Testing

/// The order of the rows, the time zone and the language of the system are no part of the data.
@Suite("Order, time zone and locale")
struct OrderTests {
  /// Sound data, so that no row number is told anywhere: those are of the order.
  private static let tables: [String: (heading: String, rows: [String])] = [
    "staff.csv": (
      "id,name,department_id,volunteer,joined_on",
      (1...40).map { "S\($0),人\($0),D\($0 % 3 + 1),\($0 % 2),2020-01-\($0 % 28 + 1)" }
    ),
    "training_sessions.csv": (
      "id,date,department_id,form,hours",
      (1...20).map {
        "T\($0),2023-0\($0 % 6 + 1)-\($0 + 8),D\($0 % 3 + 1),\(["讲座", "演示", ""][$0 % 3]),1.\($0)"
      }
    ),
    "training_attendance.csv": (
      "session_id,staff_id,hours",
      (1...20).flatMap { event in
        (1...40).filter { ($0 * event) % 7 < 3 }.map {
          "T\(event),S\($0),\($0 % 2 == 0 ? "0.\($0)" : "")"
        }
      }
    ),
    "issues.csv": (
      "id,level,department_id,staff_id,category,raised_on,measure,due_on,closed_on",
      (1...90).map { number in
        let closed = number % 4 == 0 ? "" : "2023-0\(number % 3 + 4)-1\(number % 9)"
        return
          "I\(number),个人,D\(number % 3 + 1),S\(number % 40 + 1),\(["作风", "服务", "质量"][number % 3]),"
          + "2023-0\(number % 3 + 1)-0\(number % 9 + 1),改,2023-05-\(number % 20 + 10),\(closed)"
      }
    ),
  ]

  private static let zones = ["UTC", "Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati"]
  private static let locales = ["C", "zh_CN.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1"]

  @Test("Ten orders of the rows, in any time zone and locale, give the same bytes")
  func sameBytes() throws {
    var random = SplitMix(state: 2023)
    var expected: [String: Data]?
    for order in 0..<10 {
      let folder = try PrivateFolder()
      var files = [
        "hospital.yaml": "name: 示例\n", "departments.csv": "id,name\nD1,甲科\nD2,乙科\nD3,丙科\n",
      ]
      for (file, table) in Self.tables.sorted(by: { $0.key < $1.key }) {
        let rows = order == 0 ? table.rows : table.rows.shuffled(using: &random)
        files[file] = ([table.heading] + rows).joined(separator: "\n") + "\n"
      }
      try folder.folder("w", files: files)
      let places = FaultTests.isWhole ? Self.places : [Self.places[(order * 5) % Self.places.count]]
      for (zone, locale) in places {
        let environment = ["TZ": zone, "LC_ALL": locale, "LANG": locale]
        let run = try ProgramRun(
          ["report", "w", "--period", "2023H1", "--as-of", "2023-06-28"], in: folder.url,
          environment: environment)
        #expect(run.exitCode == 0, "\(run.errors)")
        var report = try PrivateFolder.contents(of: folder.url.appending(path: "reports/w/2023H1"))
        // The digests of the inputs are another's.
        report["manifest.json"] = nil
        let first = expected ?? report
        expected = first
        let different = first.keys.filter { first[$0] != report[$0] }.sorted()
        #expect(different.isEmpty, "order \(order), \(zone), \(locale)")
        #expect(report.keys.sorted() == first.keys.sorted())
      }
    }
    #expect(expected?["findings.csv"]?.count ?? 0 < 80)
    #expect(expected?["statistics.csv"]?.count ?? 0 > 10_000)
  }

  private static let places = zones.flatMap { zone in locales.map { (zone, $0) } }
}

/// A generator with a seed (Steele, Lea and Flood 2014), so that a failure can be seen again.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
