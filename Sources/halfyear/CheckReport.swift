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
    var findings: [Finding]
    var errors: Int { findings.count { $0.severity == .error } }
    var warnings: Int { findings.count - errors }
  }

  /// Worst first; equal ones by name.
  var groups: [Group] {
    var names: [String: String] = [:]
    for department in results.figures.departments { names[department.id] = department.name }
    var groups: [String: Group] = [:]
    for finding in results.findings {
      let file = finding.location.file
      // A file's name never begins with the mark that sets ids apart from it.
      let key = finding.submitter.isEmpty ? file : "\u{1}" + finding.submitter
      let name = names[finding.submitter].map { "\($0) (\(finding.submitter))" } ?? file
      groups[key, default: Group(name: name, findings: [])].findings.append(finding)
    }
    return groups.values.sorted {
      (-$0.errors, -$0.warnings, $0.name) < (-$1.errors, -$1.warnings, $1.name)
    }
  }

  func text(reportingOf period: Period?, settings: Settings) -> String {
    var lines: [String] = []
    for group in groups {
      lines.append("## " + heading(of: group))
      lines += group.findings.map { FindingLine.text($0, language) }
      lines.append("")
    }
    lines += results.outcomes.map(line)
    if let period {
      lines +=
        [""]
        + ReportingStatus(
          results.figures, received: results.received,
          dueDays: settings.submissionDueDays, period: period
        ).lines(in: language)
    }
    return lines.joined(separator: "\n") + "\n"
  }

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
