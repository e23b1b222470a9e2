import Comparing
import Counting
import Records
import Rendering

/// The files that a report of a workspace with a plan has beside the others.
struct PlanTables {
  let progress: PlanProgress
  let figures: Figures

  /// Writes what the plan has; `named` asks for the lists of people: who has not reached a target, and
  /// the heads of departments with their scores.
  func write(named: Bool, to folder: OutputFolder) throws(Refusal) {
    if !progress.attainments.isEmpty {
      try write(targets, "targets.csv", to: folder)
      if named { try write(persons, "persons.csv", to: folder) }
    }
    if named, let assessment = progress.assessment, !assessment.heads.isEmpty {
      try write(heads(assessment), "heads.csv", to: folder)
    }
  }

  private func write(
    _ rows: [[String]], _ name: String, to folder: OutputFolder
  ) throws(Refusal) {
    try folder.write(name) { path throws(OutputError) in
      var table = DelimitedText(header: rows[0])
      for row in rows.dropFirst() { table.append(row) }
      try table.write(to: path)
    }
  }

  /// Every target and each of its members.
  private var targets: [[String]] {
    let heading = [
      "target", "metric", "scope", "member", "first_day", "last_day", "at_least", "at_most",
      "status",
      "value", "numerator", "denominator", "gap", "gap_unit", "parts_missed",
    ]
    return [heading]
      + progress.attainments.flatMap { attainment in
        attainment.members.map { row($0, attainment) }
      }
  }

  private func row(_ member: Attainment.Member, _ attainment: Attainment) -> [String] {
    let target = attainment.target
    let isPerson = target.scope == .person
    let scale = isPerson ? 1 : attainment.metric.metric.scale
    let showsParts = isPerson || attainment.metric.metric.isQuotient
    return [
      target.name, target.metricName, target.scope.rawValue, name(member, target),
      "\(attainment.span.first)", "\(attainment.span.last)", text(target.limit.atLeast),
      text(target.limit.atMost), member.status.rawValue,
      number(member.figure.numerator, over: member.figure.denominator, scale: scale),
      showsParts ? number(member.figure.numerator, over: 1, scale: scale) : "",
      showsParts ? "\(member.figure.denominator)" : "",
      member.gap.map { number($0.isMore ? $0.amount : -$0.amount, over: 1, scale: $0.scale) } ?? "",
      member.gap?.unit.rawValue ?? "",
      member.missed.map(text).joined(separator: ";"),
    ]
  }

  private func name(_ member: Attainment.Member, _ target: Target) -> String {
    switch target.scope {
    case .hospital, .person: ""
    case .branch: figures.members(.branch)[member.index]
    case .department: figures.departments[member.index].id
    }
  }

  private func text(_ part: Attainment.Part) -> String {
    let days = "\(part.span.first)..\(part.span.last)"
    return part.value.map { "\(days) \($0.chinese)" } ?? days
  }

  private func text(_ limit: ExactNumber?) -> String {
    limit.map { number($0.numerator, over: $0.denominator, scale: 1) } ?? ""
  }

  /// A quotient in the shortest form that reads back as the same number; nothing where it is undefined.
  private func number(_ numerator: Int64, over denominator: Int64, scale: Int64) -> String {
    guard denominator != 0 else { return "" }
    let whole = Int128(denominator) * Int128(scale)
    if Int128(numerator) % whole == 0 { return "\(Int128(numerator) / whole)" }
    return "\(Double(numerator) / (Double(denominator) * Double(scale)))"
  }

  /// The people who have not reached a target of each person, by name: a list for the office only.
  private var persons: [[String]] {
    [["target", "department", "staff_id", "name", "value", "at_least"]]
      + progress.attainments.flatMap { attainment in
        attainment.missing.map { person in
          let identity = figures.identity(of: person.person)
          let isHours = attainment.metric.metric.unit == .hours
          return [
            attainment.target.name, figures.departments[person.department].id, identity.id,
            identity.name,
            number(
              isHours ? person.hours : person.count, over: 1,
              scale: attainment.metric.metric.scale), text(attainment.target.limit.atLeast),
          ]
        }
      }
  }
  private func heads(_ assessment: Assessment) -> [[String]] {
    [["rank", "department", "staff_id", "name", "role", "score", "grade"]]
      + assessment.rankedHeads.map { head, score in
        let identity = figures.identity(of: head.person)
        return [
          score.map { "\($0.rank)" } ?? "", figures.departments[head.department].id, identity.id,
          identity.name, head.role,
          score.map { number($0.points, over: 1, scale: 100) } ?? "",
          score?.grade.map { assessment.rules.grades[$0].title.chinese } ?? "",
        ]
      }
  }
}
