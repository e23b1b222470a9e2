import Foundation
import Testing

@Suite("Figures worked by hand")
struct HandWorkedTests {
  @Test("The reckoning finds them", arguments: HandWorkedCase.all)
  func reckoning(example: HandWorkedCase) throws {
    let folder = try PrivateFolder()
    let input = try folder.folder("hand", files: example.files)
    let reckoning = Reckoning(
      of: input, period: try #require(Span(example.period)),
      asOf: example.asOf.flatMap { CalendarDay($0) }, view: example.view)
    let figures = reckoning.figures()
    for expected in example.figures {
      let figure = figures[expected.key(in: example.period)]
      let parts = [figure?.value, figure?.numerator, figure?.denominator].map { $0?.double }
      #expect(figure != nil && parts == expected.parts, "\(expected)")
    }
    #expect(reckoning.judgements.rejected == Set(example.rejectedPlaces))
    #expect(reckoning.judgements.warnings == Set(example.warningPlaces))
  }

  @Test("The program finds them", arguments: HandWorkedCase.all)
  func program(example: HandWorkedCase) throws {
    let folder = try PrivateFolder()
    try folder.folder("hand", files: example.files)
    var arguments = ["report", "hand", "--period", example.period, "--output", "out"]
    if let asOf = example.asOf { arguments += ["--as-of", asOf] }
    if example.view != .asWas { arguments += ["--view", example.view.rawValue] }
    let run = try ProgramRun(arguments, in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let report = try IssuedReport(in: folder.url.appending(path: "out/hand/\(example.period)"))
    for expected in example.figures {
      let row = report.statistics[expected.key(in: example.period)]
      let parts = [row?.value, row?.numerator, row?.denominator].map { $0.flatMap { Double($0) } }
      #expect(row != nil && parts == expected.parts, "\(expected)")
    }
    let errors = report.findings.filter { $0.severity == "error" }
    #expect(
      Set(errors.map { Place(file: $0.file, row: $0.row) }) == Set(example.rejectedPlaces))
    let warnings = report.findings.filter { $0.severity == "warning" }
      .map { Warning(file: $0.file, row: $0.row, code: $0.code) }
    #expect(Set(example.warningPlaces).isSubset(of: warnings))
  }
}

extension HandWorkedCase {
  var rejectedPlaces: [Place] { rejected.map { Place(file: $0.file, row: $0.row) } }
  var warningPlaces: [Warning] {
    warnings.map { Warning(file: $0.file, row: $0.row, code: $0.code) }
  }
}
