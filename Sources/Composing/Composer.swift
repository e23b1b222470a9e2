import Checking
import Comparing
import Counting
public import Records
public import ReportModel
import Threading

/// Writes the figures of a period up as a report, in one language.
///
/// Both languages come from the same code and the same facts; what differs is the words.
public struct Composer: Sendable {
  let facts: ReportFacts
  let words: Wording
  let comparisons: [Comparison]
  /// The windows of the period's months that have begun.
  let months: [Int]
  /// A name for each department that no other has.
  let departmentNames: [String]
  let catalogue: MetricIndex
  /// Where the key figures stand: the table's id, and the row.
  private(set) var keyPlaces: [SourceMetric: (table: String, row: Int)] = [:]

  var figures: Figures { facts.figures }

  public init(facts: ReportFacts, language: Language) {
    self.facts = facts
    words = Wording(
      language, rounding: facts.rounding, phrases: facts.wording,
      isAboutGroups: facts.figures.organisation.isByGroup)
    let timeline = facts.figures.timeline
    comparisons = Composer.comparisons(timeline)
    months = (timeline.periodCount..<timeline.reportedCount).filter {
      timeline.windows[$0].period.first <= timeline.windows[0].end
    }
    departmentNames = Composer.uniqueNames(facts.figures, words)
    catalogue = MetricIndex(facts.figures)
    // Every sentence asks for some.
    for (metrics, id, _) in keyTables {
      for (row, metric) in metrics.enumerated() { keyPlaces[metric] = (id, row) }
    }
  }

  /// The whole report: the sections of the workbook, and the text summary.
  ///
  /// - Parameters:
  ///   - withSections: false where only the text is wanted.
  ///   - jobs: the number of threads that compose sections; the report does not depend on it.
  /// - Complexity: O(metrics × departments × periods).
  public func report(withSections: Bool = true, jobs: Int = 1) -> Report {
    let status = reportingStatus
    return Report(
      language: words.language, title: reportTitle,
      organisation: facts.hospital[words.language], pageNote: pageNote, asOf: facts.asOf,
      rounding: facts.rounding, cover: cover, dataState: dataState(status), highlights: highlights,
      decisions: decisions(status), headlines: headlines,
      sections: withSections ? Composer.validlyNamed(sections(status, jobs: jobs)) : [],
      summary: summary(status), signs: signs)
  }

  var signs: [Sign] {
    [
      Sign(
        NumberText.undefined,
        meaning: words("没有可计算的基数，或两期不可比", "nothing to divide by, or not to be compared"))
    ] + hiddenSigns + [revisedSign].compactMap { $0 }
  }

  /// The main figures of every area beside those of the comparison periods, for a terminal.
  public func keyFigures() -> Table {
    mainFigures(id: "key_figures", title: reportTitle)
  }

  private func sections(_ status: ReportingStatus, jobs: Int) -> [Section] {
    var makers: [() -> [Section]] = [
      { [keyFigureSection()] }, { planSections }, { [staffSection()] },
    ]
    makers += figures.sources.map { source in { [section(of: source)] } }
    // What tells of single items is the office's.
    if facts.audience == .office { makers += [{ ledgerSections }, { assessmentSections }] }
    if facts.audience.seesDepartments { makers.append { comparisonSections } }
    makers += [
      { signalSections }, { departmentPageSections }, { qualitySections(status) },
      { [definitionSection()] },
    ]
    return Threads.make(makers, jobs: jobs).joined().map(\.withoutUnusedNotes)
  }

  var pageNote: String {
    let span = words.span(facts.period)
    // A span of days has no other name than its days.
    let name =
      facts.period.kind == .range
      ? span : words("{1}（{2}）", "{1} ({2})", words.name(facts.period), span)
    return words("统计期：{1}，数据截至 {2}", "Period: {1}, data as of {2}", name, "\(facts.asOf)")
  }

  private static func comparisons(_ timeline: Timeline) -> [Comparison] {
    let period = timeline.windows[0].period
    let wanted: [(Comparison.Kind, Period)] = [
      (.previous, period.previous), (.lastYear, period.sameLastYear),
    ]
    let found = wanted.compactMap { kind, earlier -> Comparison? in
      // What still runs is measured against what was known on the same day, where that was counted.
      let sameDay = period.sameDay(in: earlier, as: timeline.windows[0].end)
      if let sameDay, let window = timeline.window(of: sameDay) {
        return Comparison(kind: kind, window: window, period: sameDay, isToSameDay: true)
      }
      return (0..<timeline.periodCount).first { timeline.windows[$0].period == earlier }.map {
        Comparison(kind: kind, window: $0, period: earlier)
      }
    }
    // Where both are the same period, as for a year, it is compared with once.
    return found.filter { $0.kind == .lastYear || period.previous != period.sameLastYear }
  }

  private static func uniqueNames(_ figures: Figures, _ words: Wording) -> [String] {
    let departments = figures.departments
    let uses = departments.reduce(into: [String: Int]()) { $0[$1.name, default: 0] += 1 }
    return departments.enumerated().map { number, department in
      let name = department.name
      return (uses[name] == 1 ? name : "\(name) (\(department.id))")
        + nameMark(number, figures, words)
    }
  }

  /// Gives every section a name that a workbook takes for a sheet.
  static func validlyNamed(_ sections: [Section]) -> [Section] {
    var taken: Set<String> = ["目录", "contents", "history"]
    return sections.map { section in
      var section = section
      section.name = SheetName.free(section.name, in: &taken)
      return section
    }
  }
}

/// The names of sheets: at most 31 UTF-16 units, none of `[]:*?/\`, each once.
enum SheetName {
  static func free(_ wanted: String, in taken: inout Set<String>) -> String {
    let base = cut(cleaned(wanted), to: 31)
    var name = base
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      let suffix = " \(number)"
      name = cut(base, to: 31 - suffix.utf16.count) + suffix
      number += 1
    }
    return name
  }

  private static func cleaned(_ name: String) -> String {
    let forbidden = "[]:*?/\\'".unicodeScalars
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      let isPlain = scalar.value >= 0x20 && !(0xFFFE...0xFFFF ~= scalar.value)
      scalars.append(isPlain && !forbidden.contains(scalar) ? scalar : "-")
    }
    return scalars.isEmpty ? "-" : String(scalars)
  }

  private static func cut(_ name: String, to units: Int) -> String {
    var name = name
    while name.utf16.count > units { name.removeLast() }
    return name
  }
}
