import Checking
import Comparing
import Composing
import Records
import Workspace

/// What `check` prints: the findings of each submitter, those with most rejected rows first, then what
/// became of each file's rows, then who has reported.
struct CheckReport {
  let results: Results
  let language: Language

  /// Findings that one department, or where none is known whoever sent the file, can mend.
  struct Group {
    let name: String
    /// Their places among the results' findings: of a million no copy is made.
    var findings: [Int] = []
    var errors = 0
    var warnings: Int { findings.count - errors }
  }

  /// Worst first; equal ones by name.
  var groups: [Group] {
    var names: [String: String] = [:]
    for department in results.figures.departments { names[department.id] = department.name }
    var groups: [String: Group] = [:]
    for (place, finding) in results.findings.enumerated() {
      let file = finding.location.file
      // A file's name never begins with the mark that sets ids apart from it.
      let key = finding.submitter.isEmpty ? file : "\u{1}" + finding.submitter
      let name = names[finding.submitter].map { "\($0) (\(finding.submitter))" } ?? file
      groups[key, default: Group(name: name)].findings.append(place)
      if finding.severity == .error { groups[key]?.errors += 1 }
    }
    return groups.values.sorted {
      (-$0.errors, -$0.warnings, $0.name) < (-$1.errors, -$1.warnings, $1.name)
    }
  }

  /// Hands the text over, some thousand lines at a time.
  func write(reportingOf period: Period?, settings: Settings, to output: (String) -> Void) {
    var lines: [String] = []
    func add(_ line: String) {
      lines.append(line)
      guard lines.count == CheckReport.linesAtOnce else { return }
      output(lines.joined(separator: "\n") + "\n")
      lines.removeAll(keepingCapacity: true)
    }
    for group in groups {
      add("## " + heading(of: group))
      for place in group.findings { add(FindingLine.text(results.findings[place], language)) }
      add("")
    }
    for outcome in results.outcomes { add(line(outcome)) }
    if let period {
      add("")
      let status = ReportingStatus(
        results.figures, received: results.received, dueDays: settings.submissionDueDays,
        period: period)
      for line in status.lines(in: language) { add(line) }
    }
    if !lines.isEmpty { output(lines.joined(separator: "\n") + "\n") }
  }

  private static let linesAtOnce = 4096

  private func heading(of group: Group) -> String {
    Bilingual(
      zh: "\(group.name)：错误 \(group.errors) 条，提醒 \(group.warnings) 条",
      en: "\(group.name): errors \(group.errors), warnings \(group.warnings)")[language]
  }

  /// Read = accepted + rejected, and with the rows that are no records all rows of the file.
  private func line(_ outcome: FileOutcome) -> String {
    let records = "\(outcome.rowsRead) = \(outcome.rowsAccepted) + \(outcome.rowsRejected)"
    let others = SheetLayout.RowKind.allCases.compactMap { kind -> String? in
      guard let count = outcome.others[kind], count > 0 else { return nil }
      return RowKindText.title(of: kind)[language] + " \(count)"
    }
    let rest = others.joined(separator: language == .chinese ? "、" : ", ")
    let all = Bilingual(
      zh: "；另有\(rest)；全部 \(outcome.rowsInFile) 行",
      en: "; besides: \(rest); \(outcome.rowsInFile) rows in all")
    return "\(outcome.file): \(records)" + (rest.isEmpty ? "" : all[language])
  }
}
