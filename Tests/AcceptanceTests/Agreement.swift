/// Where a report and the reckoning differ, each difference in words.
enum Agreement {
  static func differences(_ report: IssuedReport, _ reckoning: Reckoning) -> [String] {
    figures(report, reckoning) + findings(report, reckoning) + tallies(report, reckoning)
  }

  static func figures(_ report: IssuedReport, _ reckoning: Reckoning) -> [String] {
    var differences = report.repeatedKeys.map { "repeated row: \($0)" }
    let figures = reckoning.figures()
    for (key, figure) in figures.sorted(by: { $0.key < $1.key }) {
      guard let row = report.statistics[key] else {
        differences.append("missing row: \(key)")
        continue
      }
      if row.unit != figure.unit {
        differences.append("\(key): unit \(row.unit), expected \(figure.unit)")
      }
      differences += [
        difference("value", row.value, figure.value),
        difference("numerator", row.numerator, figure.numerator),
        difference("denominator", row.denominator, figure.denominator),
      ].compactMap { $0 }.map { "\(key): \($0)" }
    }
    let extra = Set(report.statistics.keys).subtracting(figures.keys)
    return differences + extra.sorted().map { "row too many: \($0)" }
  }

  /// Compares a printed number with an exact one: the nearest double, and no digit more than needed.
  private static func difference(_ what: String, _ text: String, _ exact: Exact?) -> String? {
    guard let exact else {
      return text.isEmpty ? nil : "\(what) \(text), expected none"
    }
    // Sums are written as plain decimals, so that a very small one is longer than its exponent form.
    let isShort = text.count <= "\(exact.double)".count || !text.contains("e") && text.count <= 8
    let isEqual = Double(text) == exact.double && isShort
    return isEqual
      ? nil : "\(what) \(text), expected \(exact.double) = \(exact.numerator)/\(exact.denominator)"
  }

  /// The kinds of warnings that the contract names; the program may have more of its own.
  static let warningCodes: Set<String> = [
    "unreadable_optional", "due_before_raised", "before_joining", "after_leaving",
    "head_count_differs", "in_the_future", "closed_before_opened", "unusable_successor",
    "department_not_open",
  ]

  static func findings(_ report: IssuedReport, _ reckoning: Reckoning) -> [String] {
    let judgements = reckoning.judgements
    let errors = Set(
      report.findings.filter { $0.severity == "error" }.map { Place(file: $0.file, row: $0.row) })
    let warnings = Set(
      report.findings
        .filter { $0.severity == "warning" && warningCodes.contains($0.code) }
        .filter { !judgements.rejected.contains(Place(file: $0.file, row: $0.row)) }
        .map { Warning(file: $0.file, row: $0.row, code: $0.code) })
    return lines("not rejected", judgements.rejected.subtracting(errors))
      + lines("wrongly rejected", errors.subtracting(judgements.rejected))
      + lines("no warning", judgements.warnings.subtracting(warnings))
      + lines("warning too many", warnings.subtracting(judgements.warnings))
  }

  private static func lines(_ what: String, _ things: Set<some Hashable>) -> [String] {
    things.map { "\(what): \($0)" }.sorted()
  }

  static func tallies(_ report: IssuedReport, _ reckoning: Reckoning) -> [String] {
    var differences: [String] = []
    let files = Set(reckoning.judgements.tallies.keys).union(
      report.tallies.keys.filter { $0.hasSuffix(".csv") })
    for file in files.sorted() {
      let expected = reckoning.judgements.tallies[file] ?? FileTally()
      let stated = report.tallies[file] ?? FileTally()
      if stated != expected { differences.append("\(file): \(stated), expected \(expected)") }
      if stated.read != stated.accepted + stated.rejected {
        differences.append("\(file): rows read are not those accepted and rejected")
      }
    }
    return differences
  }
}
