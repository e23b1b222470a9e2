internal import Records

extension FindingText {
  /// What the findings about departments that close and people who move mean; nil for all other codes.
  static func organisationExplanation(_ code: FindingCode) -> Explained? {
    switch code {
    case .endsBeforeBeginning:
      return Explained(
        "结束早于开始", "Ends before it begins", "任职的结束日期早于开始日期，该行剔除。",
        "The last day of an assignment is before its first; the row is rejected.")
    case .duplicateAssignment:
      return Explained(
        "同一日任职重复", "Two assignments from one day", "同一人同一日开始的任职在本文件前面已出现，采用第一行，该行剔除。",
        "The person has an assignment from the same day earlier in the file; the first row is kept, this one "
          + "rejected.")
    case .closedBeforeOpened:
      return Explained(
        "撤销早于成立", "Department closed before it opened", "科室的撤销日期早于成立日期，撤销日期按空值处理。",
        "A department's last day is before its first; the last day counts as empty.")
    case .unusableSuccessor:
      return Explained(
        "承接科室无法采用", "Successor that cannot be used",
        "承接科室查不到、不唯一、即为本科室、首尾相接，或未填撤销日期，不作承接处理。",
        "A successor that is not listed, not unique, the department itself or its own successor's "
          + "predecessor, or stated without a last day; it is not used.")
    case .departmentNotOpen:
      return Explained(
        "科室不在存续期内", "Department not open on the day", "日期早于科室的成立日期或晚于撤销日期，该行采用。",
        "The day is before the department's first or after its last; the row is kept.")
    case .overlappingAssignments:
      return Explained(
        "任职时间重叠", "Assignments overlap", "同一人两段任职有重叠的日子，按后开始的一段计。",
        "Two assignments of a person share days; these count for the one that began later.")
    case .assignmentGap:
      return Explained(
        "任职时间中断", "Gap between assignments", "同一人两段任职之间有空缺的日子，按名册所在科室计。",
        "Between two assignments of a person there are days without one; they count for the department of "
          + "the staff list.")
    case .assignmentDiffers:
      return Explained(
        "现任职与名册不符", "Assignment and staff list differ", "未结束的任职与名册所在科室不同，按任职计。",
        "An assignment that has not ended names another department than the staff list; the assignment "
          + "counts.")
    default: return nil
    }
  }
}
