import Foundation
import Testing

/// A comparison that cannot fail proves nothing: here it meets reports with a known fault.
@Suite("The comparison of report and reckoning")
struct AgreementTests {
  private let folder: PrivateFolder
  private let reckoning: Reckoning

  init() throws {
    folder = try PrivateFolder()
    let input = try folder.folder("w", files: HandWorkedCase.listless.files)
    reckoning = Reckoning(of: input, period: try #require(Span("2023Q1")))
  }

  private static let findings = [
    "error,unknown_reference,drill_participation.csv,,4,staff_id,nobody,no such person",
    "warning,head_count_differs,drills.csv,,3,participants,3,the list has 2",
  ]

  private func figureLines() -> [String] {
    reckoning.figures().sorted { $0.key < $1.key }.map { key, figure in
      let numbers = [figure.value, figure.numerator, figure.denominator]
        .map { $0.map { "\($0.double)" } ?? "" }
      let texts = [key.metric, figure.unit, key.period, key.month, key.scope, key.member]
      return (texts + numbers).joined(separator: ",")
    }
  }

  private func differences(
    _ figures: [String], findings: [String] = Self.findings, rejected: Int = 1
  ) throws -> [String] {
    let inputs = [
      ("departments", 2, 0), ("staff", 3, 0), ("drills", 4, 0),
      ("drill_participation", 3 - rejected, rejected),
    ]
    let tallies = inputs.map { name, accepted, rejected in
      """
      {"file": "\(name).csv", "rows_read": \(accepted + rejected), "rows_accepted": \(accepted),
       "rows_rejected": \(rejected)}
      """
    }
    let heading = "metric,unit,period,month,scope,member,value,numerator,denominator"
    let report = try folder.folder(
      UUID().uuidString,
      files: [
        "statistics.csv": ([heading] + figures).joined(separator: "\n"),
        "findings.csv": (["severity,code,file,sheet,row,column,value,message"] + findings)
          .joined(separator: "\r\n"),
        "manifest.json": "{\"inputs\": [\(tallies.joined(separator: ","))]}",
      ])
    return Agreement.differences(try IssuedReport(in: report), reckoning)
  }

  @Test("A faultless report has no difference")
  func faultless() throws {
    #expect(try differences(figureLines()).isEmpty)
  }

  @Test("A wrong, missing, repeated or superfluous row is found")
  func wrongFigures() throws {
    let lines = figureLines()
    let rate = try #require(lines.firstIndex { $0.contains("coverage") && $0.contains("0.66") })
    var wrong = lines
    wrong[rate] = wrong[rate].replacingOccurrences(of: "0.6666666666666666", with: "0.6667")
    #expect(try differences(wrong).count == 1)
    #expect(try differences(Array(lines.dropFirst())).count == 1)
    #expect(try differences(lines + [lines[0]]).count == 1)
    #expect(try differences(lines + ["drills.events,events,2023Q9,,hospital,,0,,"]).count == 1)
    wrong = lines
    wrong[rate] = wrong[rate].replacingOccurrences(of: ",ratio,", with: ",people,")
    #expect(try differences(wrong).count == 1)
  }

  @Test("A wrong finding or tally is found")
  func wrongFindings() throws {
    let lines = figureLines()
    #expect(try differences(lines, findings: []).count == 2)
    let more = "warning,after_leaving,drill_participation.csv,,2,staff_id,,"
    #expect(try differences(lines, findings: Self.findings + [more]).count == 1)
    #expect(try differences(lines, rejected: 0).count == 1)
  }
}
