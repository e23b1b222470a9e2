internal import Records

extension FindingText {
  /// What is wrong with departments that close and people who move; nil for all other findings.
  static func organisationSentence(_ finding: Finding, value: String) -> Bilingual? {
    let detail = finding.detail
    let quoted = value.isEmpty ? "" : "“\(value)”"
    let spaced = value.isEmpty ? "" : " '\(value)'"
    switch finding.code {
    case .endsBeforeBeginning:
      return Bilingual(
        zh: "结束日期\(quoted)早于开始日期 \(detail)；请核对两个日期后重报",
        en: "the last day\(spaced) is before the first, \(detail); check both and report again")
    case .duplicateAssignment:
      return Bilingual(
        zh: "此人同一日开始的任职已见于第 \(detail) 行，只采用第一行；请更正开始日期或删除其一",
        en:
          "row \(detail) has an assignment of this person from the same day, and the first row is "
          + "kept; correct the day or remove one of them")
    case .closedBeforeOpened:
      return Bilingual(
        zh: "撤销日期\(quoted)早于成立日期 \(detail)，撤销日期按空值处理；请核对两个日期",
        en:
          "the last day\(spaced) is before the department's first, \(detail), and counts as empty; "
          + "check both")
    case .departmentNotOpen: return notOpenSentence(finding, quoted, spaced)
    case .unusableSuccessor: return successorSentence(finding, quoted, spaced)
    default: return assignmentSentence(finding)
    }
  }

  /// - Parameter finding: its detail is the department's first day behind `<`, or its last behind `>`.
  private static func notOpenSentence(
    _ finding: Finding, _ quoted: String, _ spaced: String
  ) -> Bilingual {
    let day = finding.detail.dropFirst()
    guard finding.detail.hasPrefix(">") else {
      return Bilingual(
        zh: "日期\(quoted)早于科室成立日期 \(day)，本行已采用；请核对科室或日期",
        en: "the day\(spaced) is before the department's first, \(day); the row is kept, check the "
          + "department or the day")
    }
    guard !quoted.isEmpty else {
      return Bilingual(
        zh: "科室已于 \(day) 撤销，而任职没有结束日期，本行已采用；请填写结束日期",
        en: "the department closed on \(day), and the assignment has no last day; the row is kept, "
          + "state its last day")
    }
    return Bilingual(
      zh: "日期\(quoted)晚于科室撤销日期 \(day)，本行已采用；请核对科室或日期",
      en: "the day\(spaced) is after the department's last, \(day); the row is kept, check the "
        + "department or the day")
  }

  private static func successorSentence(
    _ finding: Finding, _ quoted: String, _ spaced: String
  ) -> Bilingual {
    let why: Bilingual =
      switch finding.detail {
      case "not_closed": Bilingual(zh: "未填撤销日期", en: "the department has no last day")
      case "itself": Bilingual(zh: "即为本科室", en: "it is the department itself")
      case "cycle": Bilingual(zh: "承接关系首尾相接", en: "the successors lead back to the department")
      case "ambiguous": Bilingual(zh: "对应不止一个科室", en: "it names more than one department")
      default: Bilingual(zh: "科室名录中查不到", en: "it names no listed department")
      }
    return Bilingual(
      zh: "承接科室\(quoted)无法采用：\(why.chinese)；请更正",
      en: "the successor\(spaced) is not used: \(why.english); correct it")
  }

  private static func assignmentSentence(_ finding: Finding) -> Bilingual? {
    let detail = finding.detail
    let days = detail.split(separator: "/")
    let (first, last) = (days.first ?? "", days.last ?? "")
    switch finding.code {
    case .overlappingAssignments:
      return Bilingual(
        zh: "此人的任职与第 \(detail) 行的任职时间重叠，重叠的日子按后开始的一段计；请更正其中一个日期",
        en:
          "the assignment shares days with that of row \(detail), and these count for the one that "
          + "began later; correct one of the days")
    case .assignmentGap:
      return Bilingual(
        zh: "此人 \(first) 至 \(last) 没有任职记录，按名册所在科室计；请补填",
        en: "the person has no assignment from \(first) to \(last), and these days count for the "
          + "department of the staff list; fill them in")
    case .assignmentDiffers:
      return Bilingual(
        zh: "未结束的任职与名册所在科室（\(detail)）不同，按任职计；请核对名册或填结束日期",
        en:
          "the assignment has not ended, and the staff list has another department, \(detail); the "
          + "assignment counts, check the list or state its last day")
    default: return nil
    }
  }
}
